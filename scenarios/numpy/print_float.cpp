// Shortest digits come from std::to_chars; where they are more than the precision, the exact value
// is rounded (half to even), which is what Dragon4 does at its cutoff.

#include "scenarios/numpy/print_float.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace numpy {
namespace {

std::string shortest_scientific(double x, bool is_single) {
  char text[64];
  const auto form = std::chars_format::scientific;
  const auto end = is_single ? std::to_chars(text, text + sizeof text, static_cast<float>(x), form)
                             : std::to_chars(text, text + sizeof text, x, form);
  return {text, end.ptr};
}

// The shortest digits with the point in its place, zeros where digits are missing: 1.5e3 is "1500"
// and 1.5e-3 is "0.0015". (to_chars' fixed form gives the exact value of large numbers instead.)
std::string shortest_positional(double x, bool is_single) {
  const std::string text = shortest_scientific(x, is_single);
  const auto e = text.find('e');
  const int exponent = std::atoi(text.c_str() + e + 1);
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const std::string sign = text[0] == '-' ? "-" : "";
  const auto size = static_cast<int>(digits.size());
  if (exponent < 0) {
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  if (exponent + 1 >= size) {
    return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - size), '0');
  }
  const auto point = static_cast<std::size_t>(exponent + 1);
  return sign + digits.substr(0, point) + "." + digits.substr(point);
}

std::string rounded(const char* format, int precision, double x) {
  char text[512];
  const int length = std::snprintf(text, sizeof text, format, precision, x);
  return {text, static_cast<std::size_t>(length)};
}

// "1.500" -> "1.5", "1.000" -> "1.", "1" -> "1."
std::string trimmed(std::string text) {
  if (text.find('.') == std::string::npos) return text + ".";
  while (text.back() == '0') text.pop_back();
  return text;
}

std::size_t digits_after_point(const std::string& text) {
  const auto point = text.find('.');
  return point == std::string::npos ? 0 : text.size() - point - 1;
}

template <class T>
std::string repr_of(T x) {
  if (std::isnan(x)) return "nan";
  if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
  const double size = std::fabs(static_cast<double>(x));
  constexpr bool is_single = sizeof(T) == 4;
  // float_type_str: positional from 1e-4 to below 1e16.
  if (size == 0 || (size < 1e16 && size >= 1e-4)) {
    const std::string text = shortest_positional(x, is_single);
    return text.find('.') == std::string::npos ? text + ".0" : text;
  }
  return shortest_scientific(x, is_single);
}

}  // namespace

std::string float_text(double x) { return repr_of(x); }
std::string float_text(float x) { return repr_of(x); }

std::string positional_text(double x, bool is_single, int precision) {
  std::string text = shortest_positional(x, is_single);
  if (digits_after_point(text) > static_cast<std::size_t>(precision)) {
    text = rounded("%.*f", precision, x);
  }
  return trimmed(std::move(text));
}

ScientificText scientific_text(double x, bool is_single, int precision) {
  std::string text = shortest_scientific(x, is_single);
  if (digits_after_point(text.substr(0, text.find('e'))) > static_cast<std::size_t>(precision)) {
    text = rounded("%.*e", precision, x);
  }
  const auto e = text.find('e');
  return {trimmed(text.substr(0, e)), text.substr(e + 1)};
}

}  // namespace numpy
