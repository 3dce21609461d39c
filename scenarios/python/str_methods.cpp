// The methods of str, but for those that split and join.

#include <algorithm>

#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/sequences.h"
#include "scenarios/python/str_format.h"
#include "scenarios/python/str_splitting.h"
#include "scenarios/python/text_search.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

const StrObject& str_of(Object& self) { return static_cast<StrObject&>(self); }
const std::string& text_of(Object& self) { return static_cast<StrObject&>(self).text(); }

std::string_view need_str(const Value& v, const char* words) {
  if (const auto text = as_str(v)) return *text;
  raise("TypeError", words + type_name(v));
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

// Case and classes are known for ASCII; other letters would need Unicode's tables.
const std::string& ascii_of(Object& self, const char* method) {
  if (!str_of(self).is_ascii()) {
    throw Unsupported{"str." + std::string(method) + "() of text beyond ASCII", "ASCII text"};
  }
  return text_of(self);
}

template <char (*change)(char)>
std::string mapped(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), change);
  return text;
}

Value upper(Context&, Object& self, const Arguments&) {
  return make_str(mapped<to_upper>(ascii_of(self, "upper")));
}
Value lower(Context&, Object& self, const Arguments&) {
  return make_str(mapped<to_lower>(ascii_of(self, "lower")));
}

Value capitalize(Context&, Object& self, const Arguments&) {
  std::string text = mapped<to_lower>(ascii_of(self, "capitalize"));
  if (!text.empty()) text[0] = to_upper(text[0]);
  return make_str(std::move(text));
}

Value swapcase(Context&, Object& self, const Arguments&) {
  std::string text = ascii_of(self, "swapcase");
  for (char& c : text) c = is_upper(c) ? to_lower(c) : to_upper(c);
  return make_str(std::move(text));
}

Value title(Context&, Object& self, const Arguments&) {
  std::string text = ascii_of(self, "title");
  bool inside = false;
  for (char& c : text) {
    c = inside ? to_lower(c) : to_upper(c);
    inside = is_upper(c) || is_lower(c);
  }
  return make_str(std::move(text));
}

template <bool (*holds)(char)>
Value all_are(Context&, Object& self, const Arguments&) {
  const std::string& text = ascii_of(self, "isdigit");
  return Value::boolean(!text.empty() && std::all_of(text.begin(), text.end(), holds));
}
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_alnum(char c) { return is_letter(c) || is_digit(c); }

template <bool (*wanted)(char), bool (*other)(char)>
Value is_case(Context&, Object& self, const Arguments&) {
  const std::string& text = ascii_of(self, "isupper");
  return Value::boolean(std::any_of(text.begin(), text.end(), wanted) &&
                        std::none_of(text.begin(), text.end(), other));
}

Value isascii(Context&, Object& self, const Arguments&) {
  return Value::boolean(str_of(self).is_ascii());
}

Value isidentifier(Context&, Object& self, const Arguments&) {
  const std::string& text = ascii_of(self, "isidentifier");
  const auto part = [](char c) { return is_alnum(c) || c == '_'; };
  return Value::boolean(!text.empty() && !is_digit(text[0]) &&
                        std::all_of(text.begin(), text.end(), part));
}

// Characters to strip: those of the argument, else white space.
std::string stripped(Object& self, const Arguments& a, bool left, bool right) {
  const std::string& text = text_of(self);
  const bool given = !a.positional.empty() && !a.positional[0].is_none();
  std::string_view set;
  if (given) set = need_str(a.positional[0], "strip arg must be None or str, not ");
  const auto drops = [&](std::size_t from, std::size_t n) {
    if (!given) return n == 1 && is_space(text[from]);
    return set.find(text.substr(from, n)) != std::string_view::npos;
  };
  std::size_t start = 0, end = text.size();
  while (left && start < end) {
    const std::size_t n = code_point_bytes(text[start]);
    if (!drops(start, n)) break;
    start += n;
  }
  while (right && end > start) {
    std::size_t from = end - 1;
    while (from > start && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
    if (!drops(from, end - from)) break;
    end = from;
  }
  return text.substr(start, end - start);
}

Value strip(Context&, Object& self, const Arguments& a) {
  return make_str(stripped(self, a, true, true));
}
Value lstrip(Context&, Object& self, const Arguments& a) {
  return make_str(stripped(self, a, true, false));
}
Value rstrip(Context&, Object& self, const Arguments& a) {
  return make_str(stripped(self, a, false, true));
}

Value replace(Context& context, Object& self, const Arguments& a) {
  const std::string_view from = need_str(a.positional[0], "replace() argument 1 must be str, not ");
  const std::string_view to = need_str(a.positional[1], "replace() argument 2 must be str, not ");
  std::int64_t left = a.positional.size() > 2 ? to_index(context, a.positional[2]) : -1;
  const std::string& text = text_of(self);
  std::string result;
  if (from.empty()) {
    for (std::size_t i = 0; i <= text.size();) {
      if (left != 0) {
        result += to;
        --left;
      }
      if (i == text.size()) break;
      const std::size_t n = code_point_bytes(text[i]);
      result += text.substr(i, n);
      i += n;
    }
    return make_str(std::move(result));
  }
  std::size_t start = 0;
  for (std::size_t at = find_text(text, from); at != std::string::npos && left != 0;
       at = find_text(text, from, start), --left) {
    result += text.substr(start, at - start);
    result += to;
    start = at + from.size();
  }
  return make_str(result + text.substr(start));
}

// Byte range of the optional start and stop arguments.
std::string_view window(Context& context, Object& self, const Arguments& a, std::int64_t& start) {
  std::int64_t stop = 0;
  const StrObject& text = str_of(self);
  clip_bounds(context, a, text.size(), start, stop);
  if (start > stop) return {};
  spend_on_bytes(context, text.is_ascii() ? 0 : text.text().size());
  const std::size_t from = text.byte_of(start);
  return std::string_view(text.text()).substr(from, text.byte_of(stop) - from);
}

std::int64_t find_part(Context& context, Object& self, const Arguments& a, bool from_right) {
  const std::string_view part = need_str(a.positional[0], "must be str, not ");
  std::int64_t start = 0;
  const std::string_view text = window(context, self, a, start);
  if (text.data() == nullptr) return -1;
  const std::size_t at = from_right ? text.rfind(part) : find_text(text, part);
  const bool is_found = at != std::string_view::npos;
  spend_on_bytes(context, !is_found ? text.size() : from_right ? text.size() - at : at);
  if (!is_found) return -1;
  return start + count_code_points(text.substr(0, at));
}

Value find(Context& context, Object& self, const Arguments& a) {
  return Value::integer(find_part(context, self, a, false));
}
Value rfind(Context& context, Object& self, const Arguments& a) {
  return Value::integer(find_part(context, self, a, true));
}
Value index(Context& context, Object& self, const Arguments& a) {
  const std::int64_t at = find_part(context, self, a, false);
  if (at < 0) raise("ValueError", "substring not found");
  return Value::integer(at);
}
Value rindex(Context& context, Object& self, const Arguments& a) {
  const std::int64_t at = find_part(context, self, a, true);
  if (at < 0) raise("ValueError", "substring not found");
  return Value::integer(at);
}

Value count(Context& context, Object& self, const Arguments& a) {
  const std::string_view part = need_str(a.positional[0], "must be str, not ");
  std::int64_t start = 0;
  const std::string_view text = window(context, self, a, start);
  spend_on_bytes(context, text.size());
  if (part.empty()) return Value::integer(count_code_points(text) + 1);
  std::int64_t n = 0;
  for (std::size_t at = find_text(text, part); at != std::string_view::npos;
       at = find_text(text, part, at + part.size())) {
    ++n;
  }
  return Value::integer(n);
}

Value affix(Context& context, Object& self, const Arguments& a, bool prefix) {
  std::int64_t start = 0;
  const std::string_view text = window(context, self, a, start);
  const auto fits = [&](const Value& part) {
    const auto wanted = as_str(part);
    if (!wanted) {
      raise("TypeError", std::string(prefix ? "startswith" : "endswith") +
                             " first arg must be str or a tuple of str, not " + type_name(part));
    }
    return prefix ? text.starts_with(*wanted) : text.ends_with(*wanted);
  };
  if (const auto* tuple = a.positional[0].get_if<TupleObject>()) {
    return Value::boolean(std::any_of(tuple->items().begin(), tuple->items().end(), fits));
  }
  return Value::boolean(fits(a.positional[0]));
}
Value startswith(Context& context, Object& self, const Arguments& a) {
  return affix(context, self, a, true);
}
Value endswith(Context& context, Object& self, const Arguments& a) {
  return affix(context, self, a, false);
}

Value removeprefix(Context&, Object& self, const Arguments& a) {
  const std::string_view part =
      need_str(a.positional[0], "removeprefix() argument must be str, not ");
  const std::string& text = text_of(self);
  return make_str(text.starts_with(part) ? text.substr(part.size()) : text);
}
Value removesuffix(Context&, Object& self, const Arguments& a) {
  const std::string_view part =
      need_str(a.positional[0], "removesuffix() argument must be str, not ");
  const std::string& text = text_of(self);
  return make_str(text.ends_with(part) ? text.substr(0, text.size() - part.size()) : text);
}

Value justified(Context& context, Object& self, const Arguments& a, char align, const char* name) {
  const std::int64_t width = to_index(context, a.positional[0]);
  std::string fill = " ";
  if (a.positional.size() > 1) {
    fill = need_str(a.positional[1], "The fill character must be a unicode character, not ");
    if (count_code_points(fill) != 1) {
      raise("TypeError", "The fill character must be exactly one character long");
    }
  }
  (void)name;
  const std::int64_t missing = width - str_of(self).size();
  if (missing <= 0) return make_str(text_of(self));
  spend_on_width(context, missing);
  // CPython's centre puts the odd blank left when the width is odd.
  const std::int64_t before = align == '<'   ? 0
                              : align == '>' ? missing
                                             : missing / 2 + (missing & width & 1);
  std::string result;
  for (std::int64_t i = 0; i < before; ++i) result += fill;
  result += text_of(self);
  for (std::int64_t i = before; i < missing; ++i) result += fill;
  return make_str(std::move(result));
}
Value ljust(Context& context, Object& self, const Arguments& a) {
  return justified(context, self, a, '<', "ljust");
}
Value rjust(Context& context, Object& self, const Arguments& a) {
  return justified(context, self, a, '>', "rjust");
}
Value center(Context& context, Object& self, const Arguments& a) {
  return justified(context, self, a, '^', "center");
}

Value zfill(Context& context, Object& self, const Arguments& a) {
  const std::int64_t missing = to_index(context, a.positional[0]) - str_of(self).size();
  std::string text = text_of(self);
  if (missing > 0) {
    spend_on_width(context, missing);
    const bool sign = !text.empty() && (text[0] == '+' || text[0] == '-');
    text.insert(sign ? 1 : 0, static_cast<std::size_t>(missing), '0');
  }
  return make_str(std::move(text));
}

Value encode(Context& context, Object& self, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"encoding", Parameter::Need::optional},
                                              {"errors", Parameter::Need::optional}};
  const auto given = bind({.function = "encode", .parameters = kParameters}, a);
  return encode_text(text_of(self), given[0].is_bound() ? to_text(context, given[0]) : "utf-8");
}

Value expandtabs(Context& context, Object& self, const Arguments& a) {
  const std::int64_t size = a.positional.empty() ? 8 : to_index(context, a.positional[0]);
  std::string result;
  std::int64_t column = 0;
  for (const char c : text_of(self)) {
    if (c == '\t') {
      const std::int64_t n = size > 0 ? size - column % size : 0;
      spend_on_width(context, n);
      result.append(static_cast<std::size_t>(n), ' ');
      column += n;
      continue;
    }
    result += c;
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;
    if (c == '\n' || c == '\r') column = 0;
  }
  return make_str(std::move(result));
}

Value format(Context& context, Object& self, const Arguments& a) {
  return make_str(format_template(context, text_of(self), a));
}

constexpr Method kMethods[] = {
    {"capitalize", capitalize, 0, 0},
    {"center", center, 1, 2},
    {"count", count, 1, 3, false, Method::Cost::own},
    {"encode", encode, 0, 2, true},
    {"endswith", endswith, 1, 3, false, Method::Cost::own},
    {"expandtabs", expandtabs, 0, 1},
    {"find", find, 1, 3, false, Method::Cost::own},
    {"format", format, 0, 255, true},
    {"index", index, 1, 3, false, Method::Cost::own},
    {"isalnum", all_are<is_alnum>, 0, 0, false, Method::Cost::own},
    {"isalpha", all_are<is_letter>, 0, 0, false, Method::Cost::own},
    {"isascii", isascii, 0, 0, false, Method::Cost::own},
    {"isdecimal", all_are<is_digit>, 0, 0},
    {"isdigit", all_are<is_digit>, 0, 0, false, Method::Cost::own},
    {"isidentifier", isidentifier, 0, 0},
    {"islower", is_case<is_lower, is_upper>, 0, 0},
    {"isnumeric", all_are<is_digit>, 0, 0},
    {"isspace", all_are<is_space>, 0, 0, false, Method::Cost::own},
    {"isupper", is_case<is_upper, is_lower>, 0, 0},
    {"join", str_join, 1, 1},
    {"ljust", ljust, 1, 2},
    {"lower", lower, 0, 0},
    {"lstrip", lstrip, 0, 1},
    {"partition", str_partition, 1, 1},
    {"removeprefix", removeprefix, 1, 1},
    {"removesuffix", removesuffix, 1, 1},
    {"replace", replace, 2, 3},
    {"rfind", rfind, 1, 3, false, Method::Cost::own},
    {"rindex", rindex, 1, 3, false, Method::Cost::own},
    {"rjust", rjust, 1, 2},
    {"rsplit", str_rsplit, 0, 2, true},
    {"rstrip", rstrip, 0, 1},
    {"split", str_split, 0, 2, true},
    {"splitlines", str_splitlines, 0, 1},
    {"startswith", startswith, 1, 3, false, Method::Cost::own},
    {"strip", strip, 0, 1},
    {"swapcase", swapcase, 0, 0},
    {"title", title, 0, 0},
    {"upper", upper, 0, 0},
    {"zfill", zfill, 1, 1},
};

}  // namespace

const MethodTable& str_methods() {
  static constexpr MethodTable kTable{"str", kMethods};
  return kTable;
}

Value encode_text(const std::string& text, std::string encoding) {
  const std::string name = normalised_encoding(std::move(encoding));
  if (name == "utf8") return make_bytes(text);
  const std::uint32_t limit = name == "ascii" ? 0x80 : 0x100;
  std::string bytes;
  std::int64_t position = 0;
  for (std::size_t i = 0; i < text.size(); i += code_point_bytes(text[i]), ++position) {
    const std::uint32_t c = code_point_at(text, i);
    if (c >= limit) {
      const std::string shown = quoted_ascii(text.substr(i, code_point_bytes(text[i])));
      raise("UnicodeEncodeError", "'" + std::string(limit == 0x80 ? "ascii" : "latin-1") +
                                      "' codec can't encode character " + shown + " in position " +
                                      std::to_string(position) + ": ordinal not in range(" +
                                      std::to_string(limit) + ")");
    }
    bytes += static_cast<char>(c);
  }
  return make_bytes(std::move(bytes));
}

}  // namespace python
