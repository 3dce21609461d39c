// The inside of string literals: prefixes, escapes, and the parts of an f-string's field.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/lexer.h"

namespace python {

struct LiteralParts {
  std::string_view body;  // between the quotes
  bool is_raw = false, is_bytes = false, is_formatted = false;
};
LiteralParts split_literal(std::string_view token);

// Replaces the escape sequences. Throws CompileFailure at the token.
std::string unescape(std::string_view body, bool is_bytes, const Token&);
void check_ascii(std::string_view body, const Token&);

struct FieldParts {
  std::string_view expression;
  std::string_view self_documenting;  // "x = " of f"{x = }", empty when there is no '='
  char conversion = '\0';             // r s a
  bool has_spec = false;
  std::string_view spec;
  std::size_t end = 0;  // in the body, after the closing brace
};
// Requires: body[at] is the opening brace.
FieldParts split_field(std::string_view body, std::size_t at, const Token&);

}  // namespace python
