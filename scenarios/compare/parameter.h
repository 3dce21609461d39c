// A parameter: a number at the beginning of a program that may be set from outside. Its line says
// so in a comment, and is an ordinary line of Python for everyone else:
//
//   share = 0.05  # parameter 0.001..1 log: share of pages touched

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/session/play.h"

namespace comparison {

enum class Scale : std::uint8_t { linear, logarithmic };
enum class NumberKind : std::uint8_t { whole, real };

struct Parameter {
  std::string name;
  double value = 0;  // as the program has it
  double least = 0;
  double most = 0;
  Scale scale = Scale::linear;
  NumberKind kind = NumberKind::real;
  std::string label;  // for people; the name, if the comment has none
  friend bool operator==(const Parameter&, const Parameter&) = default;
};

// Values by name, of parameters that differ from what the program has.
using Values = std::map<std::string, double>;

// Those of a program, in order. The failure names a line that begins like a parameter and is none.
std::variant<std::vector<Parameter>, session::Failure> parameters_of(std::string_view source);

// The same program, with these values in the parameters' lines. Names that it does not have are
// passed over. Requires: parameters_of() fails not.
std::string with_values(std::string_view source, const Values&);

// A value as it is written in the program: whole numbers rounded, others to six digits.
std::string text_of(NumberKind, double value);
// What text_of() writes.
double rounded(NumberKind, double value);

}  // namespace comparison
