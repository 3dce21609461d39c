// The language reference says the truth: what it lists can be used, what it leaves out is refused.

#include "scenarios/python/language_reference.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/scenarios/python/run_program.h"

namespace python {
namespace {

using Group = ReferenceEntry::Group;

TEST_CASE("the example of every statement and expression runs") {
  for (const ReferenceEntry& entry : language_reference()) {
    if (entry.group != Group::statement && entry.group != Group::expression) continue;
    CAPTURE(entry.name);
    const Ran ran = run_program(entry.example);
    CHECK(ran.state == RunState::finished);
    CHECK(ran.error_text == "");
  }
}

TEST_CASE("the example of everything left out is refused by name") {
  for (const ReferenceEntry& entry : language_reference()) {
    if (entry.group != Group::left_out) continue;
    CAPTURE(entry.name);
    CHECK(problem_in(entry.example).kind == CompileProblem::Kind::unsupported);
  }
}

TEST_CASE("every listed built-in and exception is a name of the language") {
  for (const ReferenceEntry& entry : language_reference()) {
    const bool plain =
        entry.group == Group::builtin_function || entry.group == Group::builtin_type ||
        (entry.group == Group::exception && entry.name.find('.') == std::string::npos);
    if (!plain) continue;
    CAPTURE(entry.name);
    CHECK(run_program(entry.name + "\n").state == RunState::finished);
  }
}

TEST_CASE("every listed method is an attribute of its type's values") {
  const std::pair<std::string_view, std::string_view> kValues[] = {
      {"str", "''"},  {"bytes", "b''"}, {"list", "[]"},       {"tuple", "()"},
      {"dict", "{}"}, {"set", "{1}"},   {"range", "range(1)"}};
  std::set<std::string> types;
  for (const ReferenceEntry& entry : language_reference()) {
    if (entry.group != Group::method || entry.name.starts_with("class.")) continue;
    const std::size_t dot = entry.name.find('.');
    for (const auto& [type, value] : kValues) {
      if (entry.name.substr(0, dot) != type) continue;
      types.insert(std::string(type));
      CAPTURE(entry.name);
      CHECK(run_program("(" + std::string(value) + ")" + entry.name.substr(dot) + "\n").state ==
            RunState::finished);
    }
  }
  CHECK(types.size() == 7);
}

}  // namespace
}  // namespace python
