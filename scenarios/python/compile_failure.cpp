// How lexer, parser and compiler give up.

#include "scenarios/python/compile_failure.h"

namespace python {

void fail_syntax(std::uint32_t line, std::uint32_t column, std::string message) {
  throw CompileFailure{.is_unsupported = false,
                       .type = "SyntaxError",
                       .message = std::move(message),
                       .instead = {},
                       .line = line,
                       .column = column};
}

void fail_indentation(std::uint32_t line, std::uint32_t column, std::string message) {
  throw CompileFailure{.is_unsupported = false,
                       .type = "IndentationError",
                       .message = std::move(message),
                       .instead = {},
                       .line = line,
                       .column = column};
}

void fail_unsupported(std::uint32_t line, std::uint32_t column, std::string what,
                      std::string instead) {
  throw CompileFailure{.is_unsupported = true,
                       .type = {},
                       .message = std::move(what),
                       .instead = std::move(instead),
                       .line = line,
                       .column = column};
}

}  // namespace python
