// Words KEY=VALUE, each read by what its key stands for.

#include "scenarios/lesson/program_line.h"

#include <fmt/format.h>

#include <vector>

namespace lesson {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

std::optional<Problem> read_stop(std::string_view value, session::Stop::How how, ProgramBlock& to) {
  const auto place = session::parse_place(value);
  if (const auto* bad = std::get_if<std::string>(&place)) return Problem{*bad};
  if (to.stop) return Problem{"kill= and power-cut=: a run ends once"};
  to.stop = session::Stop{how, std::get<session::Place>(place)};
  if (how == session::Stop::How::power_cut) to.on = ProgramBlock::Computers::simulated;
  return std::nullopt;
}

std::optional<Problem> read_word(std::string_view word, ProgramBlock& to) {
  using How = session::Stop::How;
  const auto equals = word.find('=');
  const std::string_view key = word.substr(0, equals);
  const std::string_view value = equals < word.size() ? word.substr(equals + 1) : "";
  if (key == "name") {
    to.name = value;
  } else if (key == "after") {
    to.after = value;
  } else if (key == "on") {
    if (value != "sim") return Problem{"on= takes sim; without it, a program runs on both"};
    to.on = ProgramBlock::Computers::simulated;
  } else if (key == "kill") {
    return read_stop(value, How::killed, to);
  } else if (key == "power-cut") {
    return read_stop(value, How::power_cut, to);
  } else if (const auto bad = session::apply_setting(to.settings, word)) {
    return Problem{*bad + "; and name=, after=, on=sim, kill=PLACE, power-cut=PLACE"};
  }
  return std::nullopt;
}

}  // namespace

bool is_program_line(std::string_view info) {
  return info.starts_with("python ") && info.find(" name=") != std::string_view::npos;
}

std::variant<ProgramBlock, Problem> parse_program_line(std::string_view info,
                                                       const session::Settings& settings) {
  ProgramBlock program;
  program.settings = settings;
  std::vector<std::string_view> words = words_of(info);
  words.erase(words.begin());  // "python"
  const auto told = [&](const std::string& what) {
    return Problem{fmt::format("```{}: {}", info, what)};
  };
  for (const std::string_view word : words) {
    if (const auto bad = read_word(word, program)) return told(bad->message);
  }
  if (const auto bad = session::check_settings(program.settings)) return told(*bad);
  const bool writes_unasked = program.settings.machine.background != sim::BackgroundWriting{};
  if (writes_unasked && program.on == ProgramBlock::Computers::both) {
    return told("dirty_expire_ms and dirty_ratio are not asked of the real computer. Add on=sim");
  }
  return program;
}

}  // namespace lesson
