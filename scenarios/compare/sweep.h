// A comparison over a range of one parameter or setting: point by point, for whoever draws a chart
// or prints a table, and the places where another strategy becomes the fastest.

#pragma once

#include <string>
#include <variant>
#include <vector>

#include "scenarios/compare/comparison.h"

namespace comparison {

struct Axis {
  enum class Of : std::uint8_t { parameter, setting } of = Of::parameter;
  std::string name;
  std::string label;  // for people
  double first = 0;
  double last = 0;
  unsigned steps = 0;  // points, both ends included
  Scale scale = Scale::linear;
  NumberKind kind = NumberKind::real;
};

// "share=0.001..1", "frames=4..1024:9" (nine points). Settings go in powers of their range.
std::variant<Axis, session::Failure> parse_axis(std::string_view text, const Comparison&);
// A parameter over all of its range.
Axis axis_of(const Parameter&);

// From the fewest frames that most programs run with to these.
Axis frames_axis(std::uint64_t most);

// Ascending, without repetitions.
std::vector<double> values_of(const Axis&);
// The point with that value on the axis, elsewhere as `base`.
Point point_on(const Axis&, double value, const Point& base);
std::string text_of(const Axis&, double value);

struct SweepPoint {
  double value = 0;
  Result result;
};

// Between these two values the fastest strategy changes.
struct BreakEven {
  SweepPoint below, above;
};

struct Search {
  const Axis& axis;
  const Point& base;
  Interrupted interrupted = never_interrupted;
};

// Narrows the two down by halving, until they are a thousandth apart or next to each other, or it
// is interrupted. Requires: another strategy is fastest in each.
std::variant<BreakEven, session::Failure> narrowed(Comparison&, const Search&, BreakEven);

}  // namespace comparison
