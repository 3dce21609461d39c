// Cuts a program's text into tokens, with the indentation made explicit.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/compile_failure.h"

namespace python {

enum class TokenKind : std::uint8_t {
  name,  // keywords too
  number,
  string,  // with its prefix and quotes
  op,
  newline,
  indent,
  dedent,
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;  // from 1, in code points
  std::uint32_t nesting = 0;                                         // open brackets around it
};

struct OpenBracket {
  char bracket = '(';
  std::uint32_t line = 0, column = 0;
};

struct Tokens {
  std::vector<Token> tokens;              // ends with `end`, also after a failure
  std::optional<CompileFailure> failure;  // what stopped the lexer
  std::optional<OpenBracket> unclosed;    // the innermost bracket open at the end
};

// Where an expression inside an f-string starts. Text and positions only; no indentation.
struct LexerStart {
  std::uint32_t line = 1, column = 1;
  bool is_expression = false;
};

Tokens tokenize(std::string_view source, LexerStart start = {});

}  // namespace python
