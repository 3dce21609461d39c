// What the language consists of, read from the tables that implement it: for docs/language.md and
// for `--help`.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace python {

struct ReferenceEntry {
  enum class Group : std::uint8_t {
    statement,
    expression,
    builtin_function,
    builtin_type,
    method,  // name: "str.split"
    exception,
    left_out,  // valid Python that is refused by name
  };
  Group group = Group::statement;
  std::string name;
  std::string example;  // statements, expressions and what is left out: a program with it
};

std::vector<ReferenceEntry> language_reference();

}  // namespace python
