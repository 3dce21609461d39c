// Markdown into blocks (md4c), front matter and predictions into fields (toml++).

#include "scenarios/lesson/lesson.h"

#include <fmt/format.h>
#include <md4c.h>

#include <algorithm>
#include <set>

#include "scenarios/lesson/answer.h"
#include "scenarios/lesson/program_line.h"
#include "scenarios/session/toml_text.h"

namespace lesson {
namespace {

// What stands between the first two "+++" lines, and what follows.
struct Parts {
  std::string_view front;
  std::string_view body;
  std::size_t body_line = 1;
};

std::optional<Parts> cut_front_matter(std::string_view text) {
  constexpr std::string_view kFence = "+++\n";
  if (!text.starts_with(kFence)) return std::nullopt;
  const auto end = text.find("\n+++\n", kFence.size() - 1);
  if (end == std::string_view::npos) return std::nullopt;
  Parts parts;
  parts.front = text.substr(kFence.size(), end + 1 - kFence.size());
  parts.body = text.substr(end + 5);
  const std::string_view before = text.substr(0, end + 5);
  parts.body_line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  return parts;
}

// md4c's callbacks, gathered into blocks.
class Gatherer {
 public:
  std::vector<Block> blocks;
  std::vector<std::pair<std::string, std::string>> fenced;  // info string, text; in order
  std::string problem;

  static int enter_block(MD_BLOCKTYPE type, void* detail, void* self) {
    return static_cast<Gatherer*>(self)->enter(type, detail);
  }
  static int leave_block(MD_BLOCKTYPE type, void* detail, void* self) {
    return static_cast<Gatherer*>(self)->leave(type, detail);
  }
  static int enter_span(MD_SPANTYPE type, void*, void* self) {
    auto& styles = static_cast<Gatherer*>(self)->styles_;
    switch (type) {
      case MD_SPAN_EM: styles.push_back(SpanStyle::emphasis); break;
      case MD_SPAN_STRONG: styles.push_back(SpanStyle::strong); break;
      case MD_SPAN_CODE: styles.push_back(SpanStyle::code); break;
      default: styles.push_back(styles.empty() ? SpanStyle::plain : styles.back()); break;
    }
    return 0;
  }
  static int leave_span(MD_SPANTYPE, void*, void* self) {
    static_cast<Gatherer*>(self)->styles_.pop_back();
    return 0;
  }
  static int text(MD_TEXTTYPE type, const MD_CHAR* chars, MD_SIZE size, void* self) {
    auto& g = *static_cast<Gatherer*>(self);
    const std::string_view piece(chars, size);
    const bool is_break = type == MD_TEXT_SOFTBR || type == MD_TEXT_BR;
    if (g.in_code_) {
      g.code_ += piece;
    } else {
      const SpanStyle style = g.styles_.empty() ? SpanStyle::plain : g.styles_.back();
      g.add(is_break ? std::string_view(" ") : piece, style);
    }
    return 0;
  }

 private:
  int enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL: markers_.push_back("-"); break;
      case MD_BLOCK_OL:
        markers_.push_back(fmt::format("{}.", static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start));
        break;
      case MD_BLOCK_CODE: {
        const auto& info = static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->info;
        info_.assign(info.text == nullptr ? "" : std::string(info.text, info.size));
        code_.clear();
        in_code_ = true;
        break;
      }
      case MD_BLOCK_LI:
      case MD_BLOCK_P:
      case MD_BLOCK_H: break;
      default: break;
    }
    return 0;
  }

  int leave(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_H:
        blocks.push_back(Heading{static_cast<MD_BLOCK_H_DETAIL*>(detail)->level, take()});
        break;
      case MD_BLOCK_P:
        if (markers_.empty()) {
          blocks.push_back(Paragraph{take()});
        } else {
          finish_item();
        }
        break;
      case MD_BLOCK_LI: finish_item(); break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL: markers_.pop_back(); break;
      case MD_BLOCK_CODE:
        in_code_ = false;
        fenced.emplace_back(info_, code_);
        blocks.push_back(Listing{code_});
        break;
      default: break;
    }
    return 0;
  }

  void finish_item() {
    if (spans_.empty()) return;
    const auto depth = static_cast<unsigned>(markers_.size()) - 1;
    blocks.push_back(ListItem{depth, markers_.back(), take()});
    std::string& marker = markers_.back();
    if (marker != "-") marker = fmt::format("{}.", std::stoul(marker) + 1);
  }

  void add(std::string_view piece, SpanStyle style) {
    if (!spans_.empty() && spans_.back().style == style) {
      spans_.back().text += piece;
    } else {
      spans_.push_back({std::string(piece), style});
    }
  }
  std::vector<Span> take() { return std::exchange(spans_, {}); }

  std::vector<SpanStyle> styles_;
  std::vector<std::string> markers_;
  std::vector<Span> spans_;
  std::string info_, code_;
  bool in_code_ = false;
};

std::variant<Prediction, Problem> parse_prediction(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return Problem{fmt::format("a prediction is not TOML: {}", parsed.error().description())};
  }
  const toml::table& table = parsed.table();
  Prediction p;
  p.question = table["question"].value_or("");
  p.of = table["of"].value_or("");
  p.answer = table["answer"].value_or("");
  p.because = table["because"].value_or("");
  if (const auto* choices = table["choices"].as_array()) {
    for (const auto& choice : *choices) p.choices.push_back(choice.value_or(std::string()));
  }
  if (p.question.empty() || p.of.empty() || !p.answer.starts_with('/')) {
    return Problem{
        "a prediction needs question, of (a program's name) and answer (a JSON pointer "
        "such as /computers/0/totals/faults/major)"};
  }
  if (const auto bad = problem_with_pointer(p.answer)) {
    return Problem{fmt::format("the prediction's answer = \"{}\": {}", p.answer, *bad)};
  }
  return p;
}

std::optional<Problem> read_front_matter(std::string_view front, Lesson& to) {
  const toml::parse_result parsed = toml::parse(front);
  if (!parsed) {
    const auto& where = parsed.error().source().begin;
    return Problem{fmt::format("line {}: the front matter is not TOML: {}", where.line + 1,
                               parsed.error().description())};
  }
  const toml::table& table = parsed.table();
  to.title = table["title"].value_or("");
  to.summary = table["summary"].value_or("");
  if (to.title.empty()) return Problem{"the front matter has no title. Write title = \"...\""};
  if (const auto* machine = table["machine"].as_table()) {
    std::ostringstream text;
    text << *machine;
    if (const auto bad = session::apply_toml(to.settings, text.str(), "front matter [machine]")) {
      return Problem{*bad};
    }
  }
  if (const auto* strategies = table["strategy"].as_array()) {
    for (const auto& node : *strategies) {
      const auto* strategy = node.as_table();
      if (strategy == nullptr) return Problem{"a strategy is a table: write [[strategy]]"};
      const std::string program = (*strategy)["program"].value_or(std::string());
      to.strategies.push_back({program, (*strategy)["label"].value_or(program)});
    }
  }
  return std::nullopt;
}

// Turns the fenced blocks that are programs or predictions into those.
std::optional<Problem> sort_blocks(Gatherer& gathered, Lesson& to) {
  std::size_t fence = 0;
  for (Block& block : gathered.blocks) {
    if (!std::holds_alternative<Listing>(block)) continue;
    const auto& [info, text] = gathered.fenced[fence++];
    if (is_program_line(info)) {
      auto program = parse_program_line(info, to.settings);
      if (auto* bad = std::get_if<Problem>(&program)) return *bad;
      std::get<ProgramBlock>(program).source = text;
      block = std::get<ProgramBlock>(std::move(program));
    } else if (info == "predict") {
      auto prediction = parse_prediction(text);
      if (auto* bad = std::get_if<Problem>(&prediction)) return *bad;
      block = std::get<Prediction>(std::move(prediction));
    }
  }
  to.blocks = std::move(gathered.blocks);
  return std::nullopt;
}

// Every program's name is its own, and `after` leads to files that can be handed on.
std::optional<Problem> check_programs(const Lesson& lesson) {
  std::set<std::string> names;
  for (const Block& block : lesson.blocks) {
    const auto* program = std::get_if<ProgramBlock>(&block);
    if (program == nullptr) continue;
    if (!program->after.empty()) {
      if (!names.contains(program->after)) {
        return Problem{fmt::format("program {}: after={} names no earlier program", program->name,
                                   program->after)};
      }
      const auto& stop = lesson.program(program->after)->stop;
      if (stop && stop->how == session::Stop::How::power_cut) {
        return Problem{
            fmt::format("program {}: after={} ends in a power cut, and nobody knows "
                        "which of the possible disks is found",
                        program->name, program->after)};
      }
    }
    if (!names.insert(program->name).second) {
      return Problem{fmt::format("two programs are called {}", program->name)};
    }
  }
  if (names.empty()) {
    return Problem{
        "the lesson has no program. A program is a code block that starts with "
        "```python name=SOME-NAME"};
  }
  return std::nullopt;
}

std::optional<Problem> check_references(const Lesson& lesson) {
  for (const Block& block : lesson.blocks) {
    const auto* prediction = std::get_if<Prediction>(&block);
    if (prediction != nullptr && lesson.program(prediction->of) == nullptr) {
      return Problem{fmt::format("a prediction is of {}, which is no program", prediction->of)};
    }
  }
  for (const Strategy& strategy : lesson.strategies) {
    if (lesson.program(strategy.program) == nullptr) {
      return Problem{fmt::format("a strategy is program {}, which is not there", strategy.program)};
    }
  }
  return std::nullopt;
}

}  // namespace

const ProgramBlock* Lesson::program(std::string_view wanted) const {
  for (const Block& block : blocks) {
    const auto* program = std::get_if<ProgramBlock>(&block);
    if (program != nullptr && program->name == wanted) return program;
  }
  return nullptr;
}

std::variant<Lesson, Problem> parse(std::string_view name, std::string_view text) {
  const auto parts = cut_front_matter(text);
  if (!parts) {
    return Problem{
        "a lesson starts with front matter: a line +++, then title = \"...\", then a "
        "line +++"};
  }
  Lesson lesson;
  lesson.name = std::string(name);
  if (const auto bad = read_front_matter(parts->front, lesson)) return *bad;

  Gatherer gathered;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML;
  parser.enter_block = Gatherer::enter_block;
  parser.leave_block = Gatherer::leave_block;
  parser.enter_span = Gatherer::enter_span;
  parser.leave_span = Gatherer::leave_span;
  parser.text = Gatherer::text;
  const auto size = static_cast<MD_SIZE>(parts->body.size());
  if (md_parse(parts->body.data(), size, &parser, &gathered) != 0) {
    return Problem{"the Markdown could not be read"};
  }
  if (const auto bad = sort_blocks(gathered, lesson)) return *bad;
  if (const auto bad = check_programs(lesson)) return *bad;
  if (const auto bad = check_references(lesson)) return *bad;
  return lesson;
}

}  // namespace lesson
