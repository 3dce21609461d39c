// What kept something from being made, in words for the person who started the program.

#pragma once

#include <string>
#include <variant>

namespace real {

struct Problem {
  std::string what;
};

template <class T>
using Or = std::variant<T, Problem>;

}  // namespace real
