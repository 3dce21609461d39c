// The column on the left, from where the session stands.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "viz/model/narration.h"
#include "viz/model/session.h"
#include "viz/model/source_lines.h"
#include "viz/model/words.h"

namespace viz {
namespace {

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string figure_text(const std::string& text) {
  return is_number(text) && text.size() < 19 ? with_commas(std::stoull(text)) : text;
}

// What a line without a touch did.
std::string line_summary(const Player& player) {
  const Film& film = player.film();
  const std::size_t v = *player.visit();
  LineFigures sum;
  for (std::size_t e = film.visits()[v].first_event; e < film.after(v).first_event; ++e) {
    sum.add(film.events()[e]);
  }
  const std::uint32_t line = film.visits()[v].line;
  if (sum.written > 0) {
    return fmt::format("Line {} wrote {} back to the disk.", line, counted(sum.written, "page"));
  }
  if (sum.calls > 0) {
    return fmt::format("Line {} made {} and touched no memory.", line,
                       counted(sum.calls, "system call"));
  }
  return fmt::format("Line {} touched no memory: nothing to see in the picture.", line);
}

void add_question(const Session& session, LessonView& view) {
  const auto q = session.question();
  if (!q) return;
  const lesson::Prediction& question = session.here().questions[*q];
  const Asked& asked = session.take().asked[*q];
  const auto guess = session.guess(*q);
  view.question.question = question.question;
  view.question.is_open = session.is_open(*q);
  const bool is_known = !view.question.is_open;
  for (std::size_t c = 0; c < question.choices.size(); ++c) {
    ChoiceView choice{figure_text(question.choices[c]), "", guess == c, false};
    if (is_known) {
      choice.is_answer = question.choices[c] == asked.answer;
      if (choice.is_answer) choice.label = guess == c ? "your answer, and right" : "it was this";
      if (guess == c && !choice.is_answer) choice.label = "your answer";
    }
    view.question.choices.push_back(std::move(choice));
  }
  if (is_known) view.question.because = question.because;
  if (is_known && question.choices.empty()) {
    view.question.choices.push_back({figure_text(asked.answer), "it was this", false, true});
  }
}

std::string said_at_end(const session::Run& run) {
  switch (run.ending.kind) {
    case session::EndKind::raised: return run.ending.error_line;
    case session::EndKind::died:
      return fmt::format("The program died of {} in line {}{}{}.",
                         session::name_of_signal(run.ending.signal), run.ending.line,
                         run.ending.message.empty() ? "" : ": ", run.ending.message);
    case session::EndKind::killed:
      return fmt::format("kill -9 just before {}.", run.ending.message);
    case session::EndKind::power_cut:
      return fmt::format("The power failed just before {}.", run.ending.message);
    case session::EndKind::finished:
      return run.ending.status == 0 ? "" : fmt::format("The program {}.", how_it_ended(run.ending));
    default: return run.ending.message;
  }
}

}  // namespace

LessonView lesson_view(const Session& session) {
  LessonView view;
  const LessonPage& page = session.here();
  const Player* player = session.player();
  view.above = fmt::format("Program {} of {}", session.page() + 1, session.pages().size());
  view.title = page.title;
  view.prose = page.prose;
  const LineTopic topic = topic_of(player);
  view.columns = figure_columns(topic);
  if (player != nullptr) {
    if (player->tick() > 0) {
      const std::string story = told(*player);
      view.prose = story.empty() ? line_summary(*player) : story;
      const bool is_end = player->tick() == player->film().ticks();
      if (is_end) view.said = said_at_end(player->film().run());
      if (is_end && !page.after.empty()) view.prose = page.after;
      const Film& film = player->film();
      const std::size_t printed = film.after(*player->visit()).output_before;
      if (player->is_at_line_end()) view.output = film.output().substr(0, printed);
    }
  }
  view.lines = source_lines(page.program.source, player, topic);
  if (const auto& error = session.take().error; error && error->line <= view.lines.size()) {
    if (error->line > 0) view.lines[error->line - 1].is_wrong = true;
  }
  if (player != nullptr) add_question(session, view);
  const Session::Next next = session.next();
  view.action = next.label;
  view.is_action_ready = next.is_ready;
  if (session.take().error) {
    view.said =
        fmt::format("line {}: {}", session.take().error->line, session.take().error->message);
  }
  if (const auto before = session.take().failed_before) {
    view.prose = fmt::format(
        "This program works on the files that {} leaves, and that one cannot be run as it is.",
        session.pages()[*before].program.name);
  }
  if (!session.message().empty()) view.said = session.message();
  return view;
}

}  // namespace viz
