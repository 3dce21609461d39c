// Setups put together from lessons and settings.

#include "scenarios/compare/setup.h"

#include <fmt/format.h>

#include <algorithm>

namespace comparison {

using session::Failure;

std::variant<Setup, Failure> setup_of(const lesson::Lesson& lesson) {
  if (lesson.strategies.size() < 2) {
    return Failure{
        fmt::format("{}: this lesson compares nothing. Lessons with two or more "
                    "[[strategy]] in their front matter do",
                    lesson.name)};
  }
  Setup setup;
  setup.title = lesson.title;
  const std::string after = lesson.program(lesson.strategies.front().program)->after;
  for (const lesson::Strategy& strategy : lesson.strategies) {
    const lesson::ProgramBlock& program = *lesson.program(strategy.program);
    if (program.after != after) {
      return Failure{fmt::format(
          "{}: strategies start from the same files; {} comes after '{}' and "
          "{} after '{}'",
          lesson.name, lesson.strategies.front().program, after, program.name, program.after)};
    }
    setup.strategies.push_back({strategy.label, {program.name, program.source}, program.settings});
  }
  for (std::string name = after; !name.empty(); name = lesson.program(name)->after) {
    setup.makers.push_back({name, lesson.program(name)->source});
  }
  std::reverse(setup.makers.begin(), setup.makers.end());
  return setup;
}

std::variant<Setup, Failure> under_each(const Setup& setup, std::string_view key_and_values) {
  const auto equals = key_and_values.find('=');
  const std::string key(key_and_values.substr(0, equals));
  std::vector<std::string> values;
  if (equals != std::string_view::npos) {
    std::string_view rest = key_and_values.substr(equals + 1);
    while (true) {
      const auto comma = std::min(rest.find(','), rest.size());
      values.emplace_back(rest.substr(0, comma));
      if (comma == rest.size()) break;
      rest.remove_prefix(comma + 1);
    }
  }
  if (values.size() < 2) {
    return Failure{
        fmt::format("'{}' names no two machines. Write KEY=VALUE,VALUE, for example "
                    "policy=lru,clock",
                    key_and_values)};
  }
  Setup result = setup;
  result.strategies.clear();
  for (const Strategy& strategy : setup.strategies) {
    for (const std::string& value : values) {
      const std::string assignment = fmt::format("{}={}", key, value);
      Strategy changed = strategy;
      changed.label += ", " + assignment;
      auto bad = session::apply_setting(changed.settings, assignment);
      if (!bad) bad = session::check_settings(changed.settings);
      if (bad) return Failure{*bad};
      result.strategies.push_back(std::move(changed));
    }
  }
  return result;
}

std::variant<std::vector<Parameter>, Failure> parameters_of(const Setup& setup) {
  std::vector<Parameter> all;
  std::vector<const ProgramText*> programs;
  for (const ProgramText& maker : setup.makers) programs.push_back(&maker);
  for (const Strategy& strategy : setup.strategies) programs.push_back(&strategy.program);
  for (const ProgramText* program : programs) {
    auto own = parameters_of(program->source);
    if (auto* bad = std::get_if<Failure>(&own)) {
      return Failure{fmt::format("{}, {}", program->name, bad->message)};
    }
    for (const Parameter& p : std::get<0>(own)) {
      const auto same = [&](const Parameter& other) { return other.name == p.name; };
      const auto known = std::find_if(all.begin(), all.end(), same);
      if (known == all.end()) {
        all.push_back(p);
      } else if (*known != p) {
        return Failure{
            fmt::format("{}: parameter {} is described here in another way than in a "
                        "program before it. Give both the same line",
                        program->name, p.name)};
      }
    }
  }
  for (const Parameter& p : all) {
    for (const session::SettingInfo& setting : session::settings_reference()) {
      if (setting.key == p.name) {
        return Failure{
            fmt::format("{} is a setting of the machine and cannot be a parameter's "
                        "name too",
                        p.name)};
      }
    }
  }
  return all;
}

}  // namespace comparison
