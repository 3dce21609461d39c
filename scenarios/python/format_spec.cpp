// Formats numbers and text by the format mini-language.

#include "scenarios/python/format_spec.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "scenarios/python/error.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/operations.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

bool is_align(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : rest_(text) {}

  bool accept(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<std::int64_t> number() {
    if (rest_.empty() || !is_digit(rest_[0])) return std::nullopt;
    std::int64_t n = 0;
    while (!rest_.empty() && is_digit(rest_[0])) {
      n = n * 10 + (rest_[0] - '0');
      if (n > 1'000'000'000) raise("ValueError", "Too many decimal digits in format string");
      rest_.remove_prefix(1);
    }
    return n;
  }
  void align(FormatSpec& spec) {
    if (rest_.empty()) return;
    const std::size_t n = code_point_bytes(rest_[0]);
    if (rest_.size() > n && is_align(rest_[n])) {
      spec.fill = std::string(rest_.substr(0, n));
      spec.align = rest_[n];
      rest_.remove_prefix(n + 1);
    } else if (is_align(rest_[0])) {
      spec.align = rest_[0];
      rest_.remove_prefix(1);
    }
  }
  std::string_view rest() const { return rest_; }
  void skip() { rest_.remove_prefix(1); }

 private:
  std::string_view rest_;
};

[[noreturn]] void unknown_code(char code, std::string_view type) {
  raise("ValueError", std::string("Unknown format code '") + code + "' for object of type '" +
                          std::string(type) + "'");
}

// Groups of three (four for binary, octal and hexadecimal) from the right, after zero padding to
// at least `width` characters in all.
std::string grouped(std::string digits, char separator, std::size_t size, std::int64_t width) {
  std::string result;
  std::size_t in_group = 0;
  std::size_t i = digits.size();
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(width, 0));
  while (i > 0 || result.size() < wanted) {
    if (in_group == size) {
      result += separator;
      in_group = 0;
    }
    result += i > 0 ? digits[--i] : '0';
    ++in_group;
  }
  std::reverse(result.begin(), result.end());
  return result;
}

struct NumberParts {
  std::string sign;    // "-", "+", " " or empty
  std::string prefix;  // "0x"
  std::string whole;   // digits before the point
  std::string tail;    // point, digits, exponent, percent sign
};

std::string assemble(NumberParts parts, FormatSpec spec, std::size_t group) {
  if (spec.zero_padded && spec.align == '\0') {
    spec.align = '=';
    spec.fill = "0";
  }
  const bool pad_with_zeros = spec.align == '=' && spec.fill == "0";
  const auto fixed =
      static_cast<std::int64_t>(parts.sign.size() + parts.prefix.size() + parts.tail.size());
  if (spec.grouping != '\0') {
    const bool digits = !parts.whole.empty() && std::isalnum(parts.whole[0]) != 0 &&
                        parts.whole != "inf" && parts.whole != "nan";
    if (digits) {
      parts.whole =
          grouped(parts.whole, spec.grouping, group, pad_with_zeros ? spec.width - fixed : 0);
    }
  }
  const std::string body = parts.whole + parts.tail;
  if (spec.align == '=') {
    const std::string head = parts.sign + parts.prefix;
    FormatSpec inner = spec;
    inner.width = spec.width - static_cast<std::int64_t>(head.size());
    inner.align = '>';
    return head + padded(body, inner, '>');
  }
  return padded(parts.sign + parts.prefix + body, spec, '>');
}

std::string sign_of(bool negative, const FormatSpec& spec) {
  if (negative) return "-";
  return spec.sign == '-' ? "" : std::string(1, spec.sign);
}

std::string digits_in_base(std::uint64_t magnitude, unsigned base, bool upper) {
  if (magnitude == 0) return "0";
  const char* alphabet = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string digits;
  for (; magnitude != 0; magnitude /= base) digits += alphabet[magnitude % base];
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::string print_real(const char* conversion, std::int64_t precision, double d) {
  const std::string control = std::string("%.*") + conversion;
  const int n = std::snprintf(nullptr, 0, control.c_str(), static_cast<int>(precision), d);
  std::string text(static_cast<std::size_t>(n) + 1, '\0');
  std::snprintf(text.data(), text.size(), control.c_str(), static_cast<int>(precision), d);
  text.resize(static_cast<std::size_t>(n));
  return text;
}

// The digits of |d| under the spec's type, without sign and padding.
std::string real_digits(double d, const FormatSpec& spec) {
  const std::int64_t precision = spec.precision.value_or(6);
  const std::string alt = spec.alternate ? "#" : "";
  const auto with = [&](const char* c) {
    const std::string control = alt + c;
    std::string text(32, '\0');
    const std::string full = std::string("%") + alt + ".*" + c;
    const int n = std::snprintf(nullptr, 0, full.c_str(), static_cast<int>(precision), d);
    text.resize(static_cast<std::size_t>(n) + 1);
    std::snprintf(text.data(), text.size(), full.c_str(), static_cast<int>(precision), d);
    text.resize(static_cast<std::size_t>(n));
    return text;
  };
  switch (spec.type) {
    case 'e': return with("e");
    case 'E': return with("E");
    case 'f': return with("f");
    case 'F': return with("F");
    case 'g':
    case 'n': return with("g");
    case 'G': return with("G");
    case '%': return print_real("f", precision, d * 100) + "%";
    case '\0': break;
    default: unknown_code(spec.type, "float");
  }
  if (!spec.precision) return float_repr(d);
  // No type but a precision: as 'g', but with a digit after the point and one less before 'e'.
  const std::int64_t wanted = std::max<std::int64_t>(precision, 1);
  std::string text = print_real("g", wanted, d);
  if (text.find('e') == std::string::npos && text.find('.') == std::string::npos &&
      std::isfinite(d)) {
    if (static_cast<std::int64_t>(text.size()) >= wanted) {
      text = print_real("e", wanted - 1, d);
      const std::size_t e = text.find('e');
      std::string mantissa = text.substr(0, e);
      if (mantissa.find('.') != std::string::npos) {
        while (mantissa.back() == '0') mantissa.pop_back();
        if (mantissa.back() == '.') mantissa.pop_back();
      }
      return mantissa + text.substr(e);
    }
    text += ".0";
  }
  return text;
}

}  // namespace

FormatSpec parse_format_spec(std::string_view text, std::string_view type_name) {
  FormatSpec spec;
  SpecReader reader(text);
  reader.align(spec);
  for (const char sign : {'+', '-', ' '}) {
    if (reader.accept(sign)) {
      spec.sign = sign;
      spec.has_sign = true;
      break;
    }
  }
  spec.no_negative_zero = reader.accept('z');
  spec.alternate = reader.accept('#');
  spec.zero_padded = reader.accept('0');
  spec.width = reader.number().value_or(0);
  if (reader.accept(',')) spec.grouping = ',';
  if (reader.accept('_')) {
    if (spec.grouping == ',') raise("ValueError", "Cannot specify both ',' and '_'.");
    spec.grouping = '_';
  }
  if (reader.accept('.')) {
    spec.precision = reader.number();
    if (!spec.precision) raise("ValueError", "Format specifier missing precision");
  }
  if (!reader.rest().empty()) {
    spec.type = reader.rest()[0];
    reader.skip();
  }
  if (spec.grouping != '\0' && spec.type != '\0') {
    const std::string_view fits = spec.grouping == ',' ? "defgEFG%" : "defgEFG%boxX";
    if (fits.find(spec.type) == std::string_view::npos && reader.rest().empty()) {
      raise("ValueError",
            std::string("Cannot specify '") + spec.grouping + "' with '" + spec.type + "'.");
    }
  }
  if (!reader.rest().empty()) {
    raise("ValueError", "Invalid format specifier '" + std::string(text) +
                            "' for object of type '" + std::string(type_name) + "'");
  }
  return spec;
}

std::string padded(std::string_view text, const FormatSpec& spec, char default_align) {
  const std::int64_t missing = spec.width - count_code_points(text);
  if (missing <= 0) return std::string(text);
  const char align = spec.align == '\0' ? default_align : spec.align;
  const std::int64_t before = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
  std::string result;
  for (std::int64_t i = 0; i < before; ++i) result += spec.fill;
  result += text;
  for (std::int64_t i = before; i < missing; ++i) result += spec.fill;
  return result;
}

std::string format_integer(std::int64_t n, const FormatSpec& spec) {
  const std::uint64_t magnitude =
      n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  NumberParts parts{.sign = sign_of(n < 0, spec), .prefix = {}, .whole = {}, .tail = {}};
  std::size_t group = 4;
  if (spec.type != '\0' && std::string_view("eEfFgG%").find(spec.type) != std::string_view::npos) {
    return format_real(static_cast<double>(n), spec);
  }
  if (spec.type != '\0' && std::string_view("boxXdn").find(spec.type) == std::string_view::npos) {
    unknown_code(spec.type, "int");
  }
  if (spec.precision) raise("ValueError", "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    raise("ValueError", "Negative zero coercion (z) not allowed in integer format specifier");
  }
  switch (spec.type) {
    case 'b': parts.whole = digits_in_base(magnitude, 2, false); break;
    case 'o': parts.whole = digits_in_base(magnitude, 8, false); break;
    case 'x': parts.whole = digits_in_base(magnitude, 16, false); break;
    case 'X': parts.whole = digits_in_base(magnitude, 16, true); break;
    case 'd':
    case 'n':
    case '\0':
      parts.whole = std::to_string(magnitude);
      group = 3;
      break;
    default: unknown_code(spec.type, "int");
  }
  if (spec.alternate && group == 4) parts.prefix = std::string("0") + spec.type;
  return assemble(std::move(parts), spec, group);
}

std::string format_real(double d, const FormatSpec& spec) {
  const std::string digits = real_digits(std::fabs(d), spec);
  const bool shows_zero = digits.find_first_of("123456789in") == std::string::npos;
  const bool negative = std::signbit(d) && !std::isnan(d) && !(spec.no_negative_zero && shows_zero);
  const bool upper = spec.type == 'F' || spec.type == 'E' || spec.type == 'G';
  std::size_t whole = 0;
  while (whole < digits.size() && is_digit(digits[whole])) ++whole;
  if (!std::isfinite(d)) whole = 0;
  std::string shown = digits;
  if (upper && !std::isfinite(d)) {
    std::transform(shown.begin(), shown.end(), shown.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  }
  return assemble({.sign = sign_of(negative, spec),
                   .prefix = {},
                   .whole = shown.substr(0, whole),
                   .tail = shown.substr(whole)},
                  spec, 3);
}

std::string format_text(std::string_view text, const FormatSpec& spec) {
  if (spec.has_sign) {
    raise("ValueError", spec.sign == ' ' ? "Space not allowed in string format specifier"
                                         : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    raise("ValueError", "Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) {
    raise("ValueError", "Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align == '=') {
    raise("ValueError", "'=' alignment not allowed in string format specifier");
  }
  if (spec.type != '\0' && spec.type != 's') unknown_code(spec.type, "str");
  if (spec.grouping != '\0') {
    raise("ValueError", std::string("Cannot specify '") + spec.grouping + "' with 's'.");
  }
  std::string_view shown = text;
  if (spec.precision) {
    std::size_t end = 0;
    for (std::int64_t i = 0; i < *spec.precision && end < text.size(); ++i) {
      end += code_point_bytes(text[end]);
    }
    shown = text.substr(0, end);
  }
  FormatSpec with_fill = spec;
  if (spec.zero_padded && spec.align == '\0') {
    with_fill.fill = "0";
  }
  return padded(shown, with_fill, '<');
}

std::string format_plain(Context& context, const Value& v, std::string_view text) {
  if (text.empty()) return str(context, v);
  if (v.is_none() || !v.is_bound()) {
    raise("TypeError", "unsupported format string passed to NoneType.__format__");
  }
  const FormatSpec spec = parse_format_spec(text, type_name(v));
  spend_on_width(context, spec.width);
  spend_on_digits(context, spec.precision.value_or(0));
  if (v.is_real()) return format_real(v.as_real(), spec);
  if (spec.type == 'c') {
    if (spec.has_sign) {
      raise("ValueError", "Sign not allowed with integer format specifier 'c'");
    }
    FormatSpec as_text = spec;
    as_text.type = 's';
    std::string character;
    append_code_point(character, v.as_integer());
    as_text.align = spec.align == '\0' ? '<' : spec.align;
    return format_text(character, as_text);
  }
  if (v.is_boolean() && spec.type == '\0' && !spec.precision) {
    return format_integer(v.as_integer(), spec);
  }
  return format_integer(v.as_integer(), spec);
}

}  // namespace python
