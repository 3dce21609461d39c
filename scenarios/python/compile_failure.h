// How lexer, parser and compiler give up: thrown inside this folder, caught by compile().

#pragma once

#include <cstdint>
#include <string>

namespace python {

struct CompileFailure {
  bool is_unsupported = false;
  std::string type;  // "SyntaxError", "IndentationError", "TabError"
  std::string message;
  std::string instead;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // from 1
};

[[noreturn]] void fail_syntax(std::uint32_t line, std::uint32_t column, std::string message);
[[noreturn]] void fail_indentation(std::uint32_t line, std::uint32_t column, std::string message);
[[noreturn]] void fail_unsupported(std::uint32_t line, std::uint32_t column, std::string what,
                                   std::string instead);

}  // namespace python
