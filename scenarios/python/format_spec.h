// The format mini-language: [[fill]align][sign][#][0][width][,_][.precision][type].

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/python/context.h"
#include "scenarios/python/value.h"

namespace python {

struct FormatSpec {
  std::string fill = " ";  // one code point
  char align = '\0';       // < > ^ = or none given
  char sign = '-';
  bool has_sign = false;
  bool no_negative_zero = false;  // 'z'
  bool alternate = false;
  bool zero_padded = false;
  std::int64_t width = 0;
  char grouping = '\0';  // ',' or '_'
  std::optional<std::int64_t> precision;
  char type = '\0';
};

// Raises ValueError("Invalid format specifier").
FormatSpec parse_format_spec(std::string_view spec, std::string_view type_name);

std::string format_integer(std::int64_t, const FormatSpec&);
std::string format_real(double, const FormatSpec&);
std::string format_text(std::string_view, const FormatSpec&);

// The text padded to the spec's width, counted in code points.
std::string padded(std::string_view text, const FormatSpec&, char default_align);

// f"{v:spec}" of None, bool, int and float.
std::string format_plain(Context&, const Value&, std::string_view spec);

// "%5.2f" % values.
std::string format_percent(Context&, std::string_view format, const Value& values);

}  // namespace python
