// Facts of the session, and where each control is in pixels.

#include "viz/app/state_file.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace viz {
namespace {

using json = nlohmann::ordered_json;

const char* name_of(Screen screen) {
  switch (screen) {
    case Screen::main: return "main";
    case Screen::steps: return "steps";
    case Screen::compare: return "compare";
    case Screen::beside: return "beside";
    case Screen::pages: return "pages";
    case Screen::memory: return "memory";
    case Screen::plug: return "plug";
    case Screen::editor: return "editor";
  }
  return "";
}

json facts_beside(const Session& s) {
  json facts = {{"choice", s.beside_choice()}, {"busy", s.beside_study().is_busy()}};
  const Beside* beside = s.beside();
  if (beside == nullptr) return facts;
  const Player& right = beside->right();
  const auto v = right.visit();
  facts["pace"] = beside->pace() == Pace::access ? "access" : "time";
  facts["tick"] = right.tick();
  facts["ticks"] = right.film().ticks();
  facts["line"] = v ? right.film().visits()[*v].line : 0;
  facts["faults"] = right.film().totals(right.tick()).faults();
  facts["timeline"] = {beside->window().from, beside->window().to};
  return facts;
}

json facts_of(const App& app) {
  const Session& s = app.session();
  json facts = {{"lesson", s.lessons()[s.lesson()].name},
                {"program", s.here().program.name},
                {"screen", name_of(s.screen())},
                {"busy", s.is_busy()},
                {"playing", s.is_playing()},
                {"edited", s.is_edited()},
                {"message", s.message()}};
  constexpr const char* kTabs[] = {"simulated", "real", "both"};
  facts["tab"] = kTabs[static_cast<std::size_t>(app.tab())];
  if (s.take().error) {
    facts["error"] = {{"line", s.take().error->line}, {"message", s.take().error->message}};
  }
  const LessonView lesson = lesson_view(s);
  facts["title"] = lesson.title;
  facts["prose"] = lesson.prose;
  facts["action"] = lesson.action;
  facts["action_ready"] = lesson.is_action_ready;
  facts["question"] = lesson.question.question;
  json choices = json::array();
  for (const ChoiceView& c : lesson.question.choices) {
    choices.push_back({{"figure", c.figure}, {"chosen", c.is_chosen}, {"answer", c.is_answer}});
  }
  facts["choices"] = choices;
  if (const Player* player = s.player()) {
    facts["tick"] = player->tick();
    facts["ticks"] = player->film().ticks();
    const TimeWindow& window = s.timeline().window();
    facts["timeline"] = {window.from, window.to};  // the part in view
    const auto v = player->visit();
    facts["line"] = v ? player->film().visits()[*v].line : 0;
    const LineFigures total = player->film().totals(player->tick());
    facts["faults"] = total.faults();
    facts["written"] = total.written;
    const AgreementView agreement = agreement_view(*player, s.take().real.get());
    facts["agreement"] = agreement.verdict;
  }
  if (s.screen() == Screen::beside) facts["beside"] = facts_beside(s);
  return facts;
}

}  // namespace

std::optional<Problem> StateFile::write(const App& app, const Stage& stage) {
  json state = facts_of(app);
  state["theme"] = app.preferences().theme == Theme::light ? "light" : "dark";
  state["scale"] = stage.scale();
  state["window"] = stage.size();
  state["focus"] = app.controls().focus();
  if (app.study() != nullptr && app.study()->result()) {
    state["charting"] = app.study()->is_busy();
    const auto& measured = app.study()->measured();
    state["measuring"] = std::any_of(measured.begin(), measured.end(), [](const auto& time) {
      return !time.measured && time.why_not.empty();
    });
    const auto fastest = app.study()->result()->fastest;
    if (const auto& question = app.study()->question()) {
      state["asked_at"] = question->value;
      if (question->guess) state["guess"] = *question->guess;
      if (question->answer) state["answer"] = *question->answer;
    }
    state["fastest"] = fastest ? std::string(1, static_cast<char>('A' + *fastest)) : "";
  }
  json& controls = state["controls"] = json::object();
  for (const auto& [name, at] : app.controls().places()) {
    const Rect r = stage.to_pixels(at);
    controls[name] = {r.x, r.y, r.w, r.h};
  }
  const std::string text = state.dump(1);
  if (text == last_) return std::nullopt;
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(path_, error) && !fs::is_regular_file(path_, error)) {
    return Problem{"--state-file " + path_ +
                   ": this is no file, and would be replaced. Name a file"};
  }
  const std::string beside = path_ + ".tmp";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text << '\n';
    if (!out.flush()) {
      fs::remove(beside, error);
      return Problem{"--state-file " + path_ +
                     ": cannot be written. Name one in a folder with room"};
    }
  }
  if (std::rename(beside.c_str(), path_.c_str()) != 0) {
    return Problem{"--state-file " + path_ + ": cannot be put in place"};
  }
  last_ = text;
  return std::nullopt;
}

}  // namespace viz
