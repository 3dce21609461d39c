// Shortest digits come from std::to_chars; where they are more than the precision, the exact value
// is rounded (half to even), which is what Dragon4 does at its cutoff.

#include "scenarios/numpy/print_float.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace numpy {
namespace {

std::string shortest(double x, bool is_single, std::chars_format format) {
  char text[512];
  const auto end = is_single
                       ? std::to_chars(text, text + sizeof text, static_cast<float>(x), format)
                       : std::to_chars(text, text + sizeof text, x, format);
  return {text, end.ptr};
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
  const T size = std::fabs(x);
  constexpr bool is_single = sizeof(T) == 4;
  // float_type_str: positional from 1e-4 to below 1e16.
  if (size == 0 || (size < static_cast<T>(1e16L) && size >= static_cast<T>(1e-4L))) {
    const std::string text = shortest(x, is_single, std::chars_format::fixed);
    return text.find('.') == std::string::npos ? text + ".0" : text;
  }
  return shortest(x, is_single, std::chars_format::scientific);
}

}  // namespace

std::string float_text(double x) { return repr_of(x); }
std::string float_text(float x) { return repr_of(x); }

std::string positional_text(double x, bool is_single, int precision) {
  std::string text = shortest(x, is_single, std::chars_format::fixed);
  if (digits_after_point(text) > static_cast<std::size_t>(precision)) {
    text = rounded("%.*f", precision, x);
  }
  return trimmed(std::move(text));
}

ScientificText scientific_text(double x, bool is_single, int precision) {
  std::string text = shortest(x, is_single, std::chars_format::scientific);
  if (digits_after_point(text.substr(0, text.find('e'))) > static_cast<std::size_t>(precision)) {
    text = rounded("%.*e", precision, x);
  }
  const auto e = text.find('e');
  return {trimmed(text.substr(0, e)), text.substr(e + 1)};
}

}  // namespace numpy
