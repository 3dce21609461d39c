// Numbers from text and to text, and round(), which CPython defines by decimal digits.

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "scenarios/python/error.h"
#include "scenarios/python/numbers.h"

namespace python {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Underscores may stand between digits only.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      result += text[i];
      continue;
    }
    const bool between = i > 0 && i + 1 < text.size() && std::isalnum(text[i - 1]) != 0 &&
                         std::isalnum(text[i + 1]) != 0;
    if (!between) return std::nullopt;
  }
  return result;
}

// Consumes "0x" where the base asks for it; with base 0 the prefix decides.
int strip_base_prefix(std::string_view& digits, int base) {
  const auto prefix_base = [&]() -> int {
    if (digits.size() < 2 || digits[0] != '0') return 0;
    switch (digits[1]) {
      case 'x':
      case 'X': return 16;
      case 'o':
      case 'O': return 8;
      case 'b':
      case 'B': return 2;
      default: return 0;
    }
  }();
  if (prefix_base != 0 && (base == 0 || base == prefix_base)) {
    digits.remove_prefix(2);
    if (!digits.empty() && digits[0] == '_') digits.remove_prefix(1);
    return prefix_base;
  }
  return base == 0 ? 10 : base;
}

// The value rounded half to even at 10**-digits, for digits < 0: on the exact decimal text.
double round_to_tens(double d, std::int64_t places) {
  char exact[400];
  std::snprintf(exact, sizeof exact, "%.0f", std::trunc(std::fabs(d)));
  std::string text = exact;
  const bool has_fraction = std::trunc(d) != d;
  const auto cut = static_cast<std::int64_t>(text.size()) - places;
  if (cut < 0) return std::copysign(0.0, d);
  const std::string tail = text.substr(static_cast<std::size_t>(cut));
  std::string head = cut == 0 ? "0" : text.substr(0, static_cast<std::size_t>(cut));
  const std::string half = "5" + std::string(tail.size() - 1, '0');
  const bool odd = (head.back() - '0') % 2 == 1;
  const bool up = tail > half || (tail == half && (has_fraction || odd));
  std::string result = head + std::string(tail.size(), '0');
  double value = std::strtod(result.c_str(), nullptr);
  if (up) {
    result = "1" + std::string(tail.size(), '0');
    value += std::strtod(result.c_str(), nullptr);
  }
  return std::copysign(value, d);
}

std::int64_t round_whole_to_tens(std::int64_t n, std::int64_t places) {
  if (places > 18) return 0;
  std::int64_t ten = 1;
  for (std::int64_t i = 0; i < places; ++i) ten *= 10;
  const std::int64_t low = n - floor_modulo(n, ten);
  const std::int64_t rest = n - low;
  if (rest * 2 < ten || (rest * 2 == ten && floor_divide(low, ten) % 2 == 0)) return low;
  return checked_add(low, ten);
}

Value round_real(double d, std::optional<std::int64_t> digits) {
  if (!digits) {
    if (!std::isfinite(d)) return Value::integer(int_from_double(d));
    return Value::integer(int_from_double(std::nearbyint(d)));
  }
  if (!std::isfinite(d) || *digits > 323) return Value::real(d);
  if (*digits < -308) return Value::real(std::copysign(0.0, d));
  if (*digits < 0) return Value::real(round_to_tens(d, -*digits));
  std::string text(700, '\0');
  const int n = std::snprintf(text.data(), text.size(), "%.*f", static_cast<int>(*digits), d);
  text.resize(static_cast<std::size_t>(n));
  return Value::real(std::strtod(text.c_str(), nullptr));
}

}  // namespace

Value round_number(const Value& v, std::optional<std::int64_t> digits) {
  if (v.is_real()) return round_real(v.as_real(), digits);
  if (!digits || *digits >= 0) return Value::integer(v.as_integer());
  return Value::integer(round_whole_to_tens(v.as_integer(), -*digits));
}

std::string float_repr(double d) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d > 0 ? "inf" : "-inf";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(end.ptr - buffer));
  const std::size_t e = text.find('e');
  const int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (is_digit(c)) digits += c;
  }
  const std::string sign = std::signbit(d) ? "-" : "";
  const auto length = static_cast<int>(digits.size());
  if (exponent < -4 || exponent >= 16) {
    std::string result = sign + digits.substr(0, 1);
    if (length > 1) result += "." + digits.substr(1);
    const std::string magnitude = std::to_string(std::abs(exponent));
    return result + (exponent < 0 ? "e-" : "e+") + (magnitude.size() < 2 ? "0" : "") + magnitude;
  }
  if (exponent < 0) {
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  const int whole = exponent + 1;
  if (length <= whole) {
    return sign + digits + std::string(static_cast<std::size_t>(whole - length), '0') + ".0";
  }
  return sign + digits.substr(0, static_cast<std::size_t>(whole)) + "." +
         digits.substr(static_cast<std::size_t>(whole));
}

std::optional<std::int64_t> parse_integer(std::string_view text, int base) {
  std::string_view digits = stripped(text);
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  const bool free_base = base == 0;
  const std::string_view before = digits;
  base = strip_base_prefix(digits, base);
  const std::optional<std::string> plain = without_underscores(digits);
  if (!plain || plain->empty()) return std::nullopt;
  if (free_base && before.size() == digits.size() && plain->size() > 1 && plain->front() == '0' &&
      plain->find_first_not_of('0') != std::string::npos) {
    return std::nullopt;  // 0123 is no literal
  }
  std::int64_t result = 0;
  for (const char c : *plain) {
    const int lower = std::tolower(static_cast<unsigned char>(c));
    const int digit = is_digit(c)                      ? c - '0'
                      : (lower >= 'a' && lower <= 'z') ? lower - 'a' + 10
                                                       : 99;
    if (digit >= base) return std::nullopt;
  }
  for (const char c : *plain) {
    const int lower = std::tolower(static_cast<unsigned char>(c));
    const int digit = is_digit(c) ? c - '0' : lower - 'a' + 10;
    result = checked_multiply(result, base);
    result = negative ? checked_subtract(result, digit) : checked_add(result, digit);
  }
  return result;
}

std::optional<double> parse_float(std::string_view text) {
  const std::optional<std::string> plain = without_underscores(stripped(text));
  if (!plain || plain->empty()) return std::nullopt;
  std::string lower;
  for (const char c : *plain) {
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const std::size_t start = lower[0] == '+' || lower[0] == '-' ? 1 : 0;
  const std::string word = lower.substr(start);
  const bool named = word == "inf" || word == "infinity" || word == "nan";
  if (!named && word.find_first_not_of("0123456789.e+-") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(lower.c_str(), &end);
  if (end != lower.c_str() + lower.size()) return std::nullopt;
  return value;
}

}  // namespace python
