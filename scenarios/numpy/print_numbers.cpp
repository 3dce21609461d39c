// Choosing one format for all elements of an array: numpy/core/arrayprint.py's FloatingFormat,
// IntegerFormat and BoolFormat with floatmode 'maxprec'.

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/numpy/print_array.h"
#include "scenarios/numpy/print_float.h"
#include "scenarios/numpy/scalar.h"

namespace numpy {
namespace {

std::string padded_left(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

std::vector<std::string> equally_wide(std::vector<std::string> words) {
  std::size_t width = 0;
  for (const std::string& w : words) width = std::max(width, w.size());
  for (std::string& w : words) w = padded_left(w, width);
  return words;
}

bool wants_exponents(const std::vector<double>& finite, bool is_single, bool suppress) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  for (const double x : finite) {
    if (x == 0) continue;
    low = std::min(low, std::fabs(x));
    high = std::max(high, std::fabs(x));
  }
  if (high == 0) return false;
  if (high >= 1e8) return true;
  const double ratio = is_single
                           ? static_cast<double>(static_cast<float>(high) / static_cast<float>(low))
                           : high / low;
  return !suppress && (low < 0.0001 || ratio > 1000);
}

struct Padding {
  std::size_t left = 0;
  std::size_t right = 0;
};

// nan and inf are as wide as a number, and widen the left part when they are wider.
void make_room(Padding& pad, const std::vector<Number>& numbers) {
  for (const Number& n : numbers) {
    const double x = n.to_double();
    if (std::isfinite(x)) continue;
    const std::size_t length = std::isnan(x) ? 3 : x < 0 ? 4 : 3;
    const std::size_t offset = pad.right + 1;
    if (length > offset) pad.left = std::max(pad.left, length - offset);
  }
}

std::string non_finite(double x, const Padding& pad) {
  const std::string text = std::isnan(x) ? "nan" : x < 0 ? "-inf" : "inf";
  return padded_left(text, pad.left + pad.right + 1);
}

std::vector<std::string> with_exponents(const std::vector<Number>& numbers, bool is_single,
                                        int precision) {
  std::vector<ScientificText> texts;
  Padding pad;
  std::size_t digits = 0;
  std::size_t exponent_size = 0;
  for (const Number& n : numbers) {
    if (!std::isfinite(n.to_double())) {
      texts.emplace_back();
      continue;
    }
    texts.push_back(scientific_text(n.to_double(), is_single, precision));
    const ScientificText& t = texts.back();
    const std::size_t point = t.mantissa.find('.');
    pad.left = std::max(pad.left, point);
    digits = std::max(digits, t.mantissa.size() - point - 1);
    exponent_size = std::max(exponent_size, t.exponent.size() - 1);
  }
  pad.right = exponent_size + 2 + digits;
  make_room(pad, numbers);
  std::vector<std::string> words;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const double x = numbers[k].to_double();
    if (!std::isfinite(x)) {
      words.push_back(non_finite(x, pad));
      continue;
    }
    const ScientificText& t = texts[k];
    const std::size_t point = t.mantissa.find('.');
    std::string word =
        padded_left(t.mantissa.substr(0, point), pad.left) + t.mantissa.substr(point);
    word.append(digits - (t.mantissa.size() - point - 1), '0');
    word += std::string("e") + t.exponent[0];
    word.append(exponent_size - (t.exponent.size() - 1), '0');
    words.push_back(word + t.exponent.substr(1));
  }
  return words;
}

std::vector<std::string> with_points(const std::vector<Number>& numbers, bool is_single,
                                     int precision) {
  std::vector<std::string> words;
  Padding pad;
  for (const Number& n : numbers) {
    const double x = n.to_double();
    words.push_back(std::isfinite(x) ? positional_text(x, is_single, precision) : "");
    if (!std::isfinite(x)) continue;
    const std::size_t point = words.back().find('.');
    pad.left = std::max(pad.left, point);
    pad.right = std::max(pad.right, words.back().size() - point - 1);
  }
  make_room(pad, numbers);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (words[k].empty()) {
      words[k] = non_finite(numbers[k].to_double(), pad);
      continue;
    }
    const std::size_t point = words[k].find('.');
    words[k].append(pad.right - (words[k].size() - point - 1), ' ');
    words[k].insert(0, pad.left - point, ' ');
  }
  return words;
}

}  // namespace

std::vector<std::string> format_numbers(const std::vector<Number>& numbers,
                                        const PrintOptions& options, bool has_axes) {
  if (numbers.empty()) return {};
  const ElementType type = numbers[0].type();
  std::vector<std::string> words;
  if (type == ElementType::boolean) {
    for (const Number& n : numbers) {
      words.push_back(n.is_nonzero() ? (has_axes ? " True" : "True") : "False");
    }
    return words;
  }
  if (!DType(type).is_float()) {
    for (const Number& n : numbers) words.push_back(text_of(n));
    return equally_wide(std::move(words));
  }
  std::vector<double> finite;
  for (const Number& n : numbers) {
    if (std::isfinite(n.to_double())) finite.push_back(n.to_double());
  }
  const bool is_single = type == ElementType::float32;
  return wants_exponents(finite, is_single, options.suppress)
             ? with_exponents(numbers, is_single, options.precision)
             : with_points(numbers, is_single, options.precision);
}

}  // namespace numpy
