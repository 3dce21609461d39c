// The operators and punctuation of the language as text.

#pragma once

#include <array>
#include <string_view>

namespace python {

// The length of the longest operator the text starts with; 0 when it starts with none.
inline std::size_t operator_length(std::string_view text) {
  constexpr std::array<std::string_view, 5> kThree = {"**=", "//=", ">>=", "<<=", "..."};
  constexpr std::array<std::string_view, 20> kTwo = {
      "**", "//", ">>", "<<", "==", "!=", "<=", ">=", "->", "+=",
      "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "<>"};
  constexpr std::string_view kOne = "+-*/%@&|^~<>()[]{},:.;=";
  for (const std::string_view candidate : kThree) {
    if (text.starts_with(candidate)) return 3;
  }
  for (const std::string_view candidate : kTwo) {
    if (text.starts_with(candidate)) return 2;
  }
  return !text.empty() && kOne.find(text[0]) != std::string_view::npos ? 1 : 0;
}

}  // namespace python
