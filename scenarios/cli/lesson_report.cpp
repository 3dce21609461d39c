// Prose wrapped to the terminal, and answers looked up in the runs.

#include "scenarios/cli/lesson_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

#include "scenarios/lesson/answer.h"

namespace cli {
namespace {

using json = nlohmann::ordered_json;

std::string plain(const std::vector<lesson::Span>& spans) {
  std::string text;
  for (const lesson::Span& span : spans) {
    const bool code = span.style == lesson::SpanStyle::code;
    text += code ? "`" + span.text + "`" : span.text;
  }
  return text;
}

class BlockText {
 public:
  BlockText(std::ostringstream& out, const Page& page) : out_(out), page_(page) {}

  void operator()(const lesson::Heading& h) const {
    const std::string text = plain(h.spans);
    const std::string rule(columns(text), h.level == 1 ? '=' : '-');
    out_ << '\n' << page_.paint(Ink::bold, text) << '\n' << page_.paint(Ink::dim, rule) << "\n\n";
  }
  void operator()(const lesson::Paragraph& p) const {
    lines(plain(p.spans), "", "");
    out_ << '\n';
  }
  void operator()(const lesson::ListItem& i) const {
    const std::string indent(2 * i.depth, ' ');
    lines(plain(i.spans), indent + i.marker + " ", indent + "  ");
  }
  void operator()(const lesson::Listing& l) const {
    std::istringstream text(l.text);
    for (std::string line; std::getline(text, line);) out_ << "    " << line << '\n';
    out_ << '\n';
  }
  void operator()(const lesson::ProgramBlock&) const {}
  void operator()(const lesson::Prediction&) const {}

  void lines(const std::string& text, const std::string& first, const std::string& rest) const {
    const std::size_t width = std::min<std::size_t>(page_.width, 100) - columns(first);
    bool is_first = true;
    for (const std::string& line : wrapped(text, width)) {
      out_ << (is_first ? first : rest) << line << '\n';
      is_first = false;
    }
  }

 private:
  std::ostringstream& out_;
  const Page& page_;
};

std::string show(const json& answer) {
  if (answer.is_null()) return "not run here";
  return answer.is_string() ? answer.get<std::string>() : answer.dump();
}

}  // namespace

void LessonReport::ran(const std::string& program, std::string report, json run) {
  reports_[program] = std::move(report);
  runs_[program] = std::move(run);
}

void LessonReport::left_out(const std::string& program) {
  reports_[program] = fmt::format(
      "    ({} runs on the simulated computer alone: --on sim or --on both)\n", program);
}

json LessonReport::answer(const lesson::Prediction& p) const {
  const auto run = runs_.find(p.of);
  return run == runs_.end() ? json() : lesson::answer_at(run->second, p.answer);
}

std::string LessonReport::text() const {
  std::ostringstream out;
  const BlockText tell(out, page_);
  for (const lesson::Block& block : lesson_.blocks) {
    std::visit(tell, block);
    if (const auto* program = std::get_if<lesson::ProgramBlock>(&block)) {
      if (const auto told = reports_.find(program->name); told != reports_.end()) {
        out << told->second << '\n';
      }
    }
    if (const auto* p = std::get_if<lesson::Prediction>(&block)) {
      tell.lines(p->question, page_.paint(Ink::bold, "Q: "), "   ");
      if (!p->choices.empty()) out << fmt::format("   ({})\n", fmt::join(p->choices, " or "));
      tell.lines(fmt::format("{}. {}", show(answer(*p)), p->because), page_.paint(Ink::good, "A: "),
                 "   ");
      out << '\n';
    }
  }
  return out.str();
}

json LessonReport::predictions() const {
  json list = json::array();
  for (const lesson::Block& block : lesson_.blocks) {
    const auto* p = std::get_if<lesson::Prediction>(&block);
    if (p == nullptr) continue;
    list.push_back({{"question", p->question},
                    {"choices", p->choices},
                    {"of", p->of},
                    {"answer", answer(*p)},
                    {"because", p->because}});
  }
  return list;
}

}  // namespace cli
