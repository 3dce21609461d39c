// Ranges read and walked; bisection.

#include "scenarios/compare/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenarios/session/nearest.h"

namespace comparison {
namespace {

using session::Failure;

constexpr unsigned kStepsUnlessTold = 13;
constexpr unsigned kMostSteps = 1000;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_setting(std::string_view name) {
  for (const session::SettingInfo& info : session::settings_reference()) {
    if (info.key == name) return true;
  }
  return false;
}

Failure unknown(std::string_view name, const Comparison& comparison) {
  std::vector<std::string_view> names;
  for (const Parameter& p : comparison.parameters()) names.push_back(p.name);
  for (const session::SettingInfo& info : session::settings_reference()) names.push_back(info.key);
  return {fmt::format("there is no parameter or setting '{}'. Did you mean '{}'?", name,
                      session::nearest(name, names))};
}

// Whether an axis can have these ends.
std::optional<Failure> problem_with(const Axis& axis, const Comparison& comparison) {
  const auto told = [&](std::string_view why) {
    return Failure{fmt::format("{}={}..{}: {}", axis.name, axis.first, axis.last, why)};
  };
  if (axis.first >= axis.last) return told("the range ends where it begins, or before");
  if (axis.scale == Scale::logarithmic && axis.first <= 0) return told("begin above 0");
  if (const Parameter* p = comparison.parameter(axis.name)) {
    if (axis.first < p->least || axis.last > p->most) {
      return told(fmt::format("the parameter goes from {} to {}", p->least, p->most));
    }
  }
  if (axis.steps < 2 || axis.steps > kMostSteps) {
    return told(fmt::format("between 2 and {} points can be made", kMostSteps));
  }
  return std::nullopt;
}

double between(const Axis& axis, double a, double b) {
  const double middle = axis.scale == Scale::logarithmic ? std::sqrt(a * b) : (a + b) / 2;
  return rounded(axis.kind, middle);
}

// An end within rounding of the other, or nothing left between them.
bool is_narrow(const Axis& axis, double a, double b) {
  const double middle = between(axis, a, b);
  return middle <= a || middle >= b || b - a <= std::abs(b) / 1000;
}

}  // namespace

Axis axis_of(const Parameter& p) {
  return {Axis::Of::parameter, p.name, p.label, p.least, p.most, kStepsUnlessTold, p.scale, p.kind};
}

Axis frames_axis(std::uint64_t most) {
  constexpr std::uint64_t kFewest = 4;
  const auto last = static_cast<double>(std::max(most, 2 * kFewest));
  return {Axis::Of::setting, "frames",           "frames",         kFewest, last,
          kStepsUnlessTold,  Scale::logarithmic, NumberKind::whole};
}

std::variant<Axis, Failure> parse_axis(std::string_view text, const Comparison& comparison) {
  const auto wrong = [&] {
    return Failure{
        fmt::format("'{}' is no range. Write NAME=FIRST..LAST or NAME=FIRST..LAST:POINTS, "
                    "for example share=0.001..1 or frames=4..1024:9",
                    text)};
  };
  const auto equals = text.find('=');
  const auto dots = text.find("..");
  if (equals == std::string_view::npos || dots == std::string_view::npos || dots < equals) {
    return wrong();
  }
  const std::string_view name = text.substr(0, equals);
  std::string_view last = text.substr(dots + 2);
  Axis axis;
  if (const Parameter* p = comparison.parameter(name)) {
    axis = axis_of(*p);
  } else if (is_setting(name)) {
    axis = {Axis::Of::setting, std::string(name),  std::string(name), 0, 0,
            kStepsUnlessTold,  Scale::logarithmic, NumberKind::whole};
  } else {
    return unknown(name, comparison);
  }
  if (const auto colon = last.find(':'); colon != std::string_view::npos) {
    const auto steps = number_in<unsigned>(last.substr(colon + 1));
    if (!steps) return wrong();
    axis.steps = *steps;
    last = last.substr(0, colon);
  }
  const auto from = number_in<double>(text.substr(equals + 1, dots - equals - 1));
  const auto to = number_in<double>(last);
  if (!from || !to) return wrong();
  axis.first = *from;
  axis.last = *to;
  if (auto bad = problem_with(axis, comparison)) return *bad;
  return axis;
}

std::vector<double> values_of(const Axis& axis) {
  std::vector<double> values;
  for (unsigned i = 0; i < axis.steps; ++i) {
    const double part = static_cast<double>(i) / (axis.steps - 1);
    double value = axis.scale == Scale::logarithmic
                       ? axis.first * std::pow(axis.last / axis.first, part)
                       : axis.first + (axis.last - axis.first) * part;
    // Page sizes are powers of two.
    if (axis.name == "page_size") value = std::exp2(std::round(std::log2(value)));
    value = rounded(axis.kind, value);
    if (values.empty() || value > values.back()) values.push_back(value);
  }
  return values;
}

std::string text_of(const Axis& axis, double value) { return text_of(axis.kind, value); }

Point point_on(const Axis& axis, double value, const Point& base) {
  Point point = base;
  if (axis.of == Axis::Of::parameter) {
    point.values[axis.name] = value;
  } else {
    point.sets.push_back(fmt::format("{}={}", axis.name, text_of(axis, value)));
  }
  return point;
}

std::variant<BreakEven, Failure> narrowed(Comparison& comparison, const Search& search,
                                          BreakEven found) {
  while (!is_narrow(search.axis, found.below.value, found.above.value) && !search.interrupted()) {
    const double middle = between(search.axis, found.below.value, found.above.value);
    auto result = comparison.at(point_on(search.axis, middle, search.base), search.interrupted);
    if (auto* bad = std::get_if<Failure>(&result)) return *bad;
    if (search.interrupted()) break;
    SweepPoint point{middle, std::get<Result>(std::move(result))};
    const bool is_below = point.result.fastest == found.below.result.fastest;
    (is_below ? found.below : found.above) = std::move(point);
  }
  return found;
}

}  // namespace comparison
