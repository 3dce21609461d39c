// str.format() and the % operator of str.

#include "scenarios/python/str_format.h"

#include "scenarios/python/exception_object.h"
#include "scenarios/python/format_spec.h"
#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/utf8.h"

namespace python {

std::string ascii_of(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result;
  for (std::size_t i = 0; i < text.size(); i += code_point_bytes(text[i])) {
    const std::uint32_t c = code_point_at(text, i);
    if (c < 0x80) {
      result += static_cast<char>(c);
      continue;
    }
    const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    result += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
    for (int k = digits - 1; k >= 0; --k) result += kHex[(c >> (4 * k)) & 15];
  }
  return result;
}

std::string quoted_ascii(std::string_view character) { return "'" + ascii_of(character) + "'"; }

namespace {

class Template {
 public:
  Template(Context& context, const Arguments& arguments)
      : context_(context), arguments_(arguments) {}

  std::string run(std::string_view text, int depth) {
    if (depth > 2) raise("ValueError", "Max string recursion exceeded");
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
      const char c = text[i];
      if (c != '{' && c != '}') {
        result += c;
        ++i;
        continue;
      }
      if (i + 1 < text.size() && text[i + 1] == c) {
        result += c;
        i += 2;
        continue;
      }
      if (c == '}') raise("ValueError", "Single '}' encountered in format string");
      if (i + 1 >= text.size()) raise("ValueError", "Single '{' encountered in format string");
      const std::size_t end = find_end(text, i + 1);
      result += field(text.substr(i + 1, end - i - 1), depth);
      i = end + 1;
    }
    return result;
  }

 private:
  static std::size_t find_end(std::string_view text, std::size_t at) {
    int open = 1;
    for (; at < text.size(); ++at) {
      if (text[at] == '{') ++open;
      if (text[at] == '}' && --open == 0) return at;
    }
    raise("ValueError", "expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    std::size_t end = text.find_first_of("!:");
    const std::string_view name = text.substr(0, end);
    char conversion = '\0';
    std::string spec;
    const Value v = lookup(name);  // before the fields in the spec: they are numbered after it
    if (end != std::string_view::npos && text[end] == '!') {
      if (end + 1 >= text.size()) {
        raise("ValueError", "end of string while looking for conversion specifier");
      }
      conversion = text[end + 1];
      end += 2;
      if (end < text.size() && text[end] != ':') {
        raise("ValueError", "expected ':' after conversion specifier");
      }
    }
    if (end != std::string_view::npos && end < text.size()) {
      spec = run(text.substr(end + 1), depth + 1);
    }
    switch (conversion) {
      case '\0': return format(context_, v, spec);
      case 'r': return format(context_, make_str(repr(context_, v)), spec);
      case 's': return format(context_, make_str(str(context_, v)), spec);
      case 'a': return format(context_, make_str(ascii_of(repr(context_, v))), spec);
      default: raise("ValueError", std::string("Unknown conversion specifier ") + conversion);
    }
  }

  Value lookup(std::string_view name) {
    const std::size_t end = name.find_first_of(".[");
    Value v = first(name.substr(0, end));
    while (!name.empty() && end != std::string_view::npos) {
      return walk(v, name.substr(end));
    }
    return v;
  }

  Value walk(Value v, std::string_view path) {
    while (!path.empty()) {
      if (path[0] == '.') {
        const std::size_t end = path.find_first_of(".[", 1);
        v = get_attribute(
            context_, v,
            path.substr(1, end == std::string_view::npos ? std::string_view::npos : end - 1));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
        continue;
      }
      const std::size_t close = path.find(']');
      if (close == std::string_view::npos) raise("ValueError", "Missing ']' in format string");
      const std::string_view key = path.substr(1, close - 1);
      const auto index = parse_integer(key, 10);
      v = get_item(context_, v, index ? Value::integer(*index) : make_str(std::string(key)));
      path = path.substr(close + 1);
    }
    return v;
  }

  Value first(std::string_view name) {
    const bool digits =
        !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
    if (!name.empty() && !digits) {
      for (const auto& [known, value] : arguments_.keywords) {
        if (known == name) return value;
      }
      throw Raised{make<ExceptionObject>(*find_exception_kind("KeyError"),
                                         std::vector<Value>{make_str(std::string(name))})};
    }
    if (name.empty() ? numbering_ == Numbering::manual : numbering_ == Numbering::automatic) {
      raise("ValueError", name.empty() ? "cannot switch from manual field specification to "
                                         "automatic field numbering"
                                       : "cannot switch from automatic field numbering to manual "
                                         "field specification");
    }
    numbering_ = name.empty() ? Numbering::automatic : Numbering::manual;
    const auto index = static_cast<std::size_t>(name.empty() ? next_++ : *parse_integer(name, 10));
    if (index >= arguments_.positional.size()) {
      raise("IndexError", "Replacement index " + std::to_string(index) +
                              " out of range for positional args tuple");
    }
    return arguments_.positional[index];
  }

  enum class Numbering : std::uint8_t { open, automatic, manual };
  Context& context_;
  const Arguments& arguments_;
  Numbering numbering_ = Numbering::open;
  std::int64_t next_ = 0;
};

// One conversion of the % operator.
struct Conversion {
  FormatSpec spec;
  bool left = false;
  char type = 's';
};

class Percent {
 public:
  Percent(Context& context, const Value& values) : context_(context), values_(values) {
    if (const auto* tuple = values.get_if<TupleObject>()) {
      items_ = tuple->items();
    } else {
      items_ = {&values_, 1};
      is_mapping_ = values.get_if<DictObject>() != nullptr;
    }
  }

  std::string run(std::string_view text) {
    text_ = text;
    std::string result;
    while (at_ < text_.size()) {
      if (text_[at_] != '%') {
        result += text_[at_++];
        continue;
      }
      ++at_;
      result += conversion();
    }
    if (used_ < items_.size() && !is_mapping_ && !keyed_) {
      raise("TypeError", "not all arguments converted during string formatting");
    }
    return result;
  }

 private:
  char take() {
    if (at_ >= text_.size()) raise("ValueError", "incomplete format");
    return text_[at_++];
  }

  Value next() {
    if (key_.is_bound()) return std::exchange(key_, Value());
    if (used_ >= items_.size()) raise("TypeError", "not enough arguments for format string");
    return items_[used_++];
  }

  std::int64_t number() {
    if (at_ < text_.size() && text_[at_] == '*') {
      ++at_;
      const Value v = next();
      if (!is_whole(v)) raise("TypeError", "* wants int");
      return v.as_integer();
    }
    std::int64_t n = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      n = n * 10 + (text_[at_++] - '0');
      if (n > 1'000'000'000) raise("ValueError", "width too big");
    }
    return n;
  }

  void key() {
    if (at_ >= text_.size() || text_[at_] != '(') return;
    const std::size_t close = text_.find(')', at_);
    if (close == std::string_view::npos) raise("ValueError", "incomplete format key");
    if (values_.get_if<DictObject>() == nullptr) raise("TypeError", "format requires a mapping");
    key_ =
        get_item(context_, values_, make_str(std::string(text_.substr(at_ + 1, close - at_ - 1))));
    keyed_ = true;
    at_ = close + 1;
  }

  std::string conversion() {
    key();
    Conversion c;
    for (bool flag = true; flag && at_ < text_.size();) {
      switch (text_[at_]) {
        case '-': c.left = true; break;
        case '+': c.spec.sign = '+'; break;
        case ' ':
          if (c.spec.sign != '+') c.spec.sign = ' ';
          break;
        case '#': c.spec.alternate = true; break;
        case '0': c.spec.zero_padded = true; break;
        default: flag = false;
      }
      if (flag) ++at_;
    }
    c.spec.width = number();
    if (c.spec.width < 0) {
      c.left = true;
      c.spec.width = -c.spec.width;
    }
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      c.spec.precision = std::max<std::int64_t>(number(), 0);
    }
    while (at_ < text_.size() && (text_[at_] == 'l' || text_[at_] == 'h' || text_[at_] == 'L')) {
      ++at_;
    }
    spend_on_width(context_, c.spec.width);
    const std::size_t at = at_;
    c.type = take();
    if (c.type != 's' && c.type != 'r') spend_on_digits(context_, c.spec.precision.value_or(0));
    if (c.type == '%') return "%";
    return converted(c, at);
  }

  std::string converted(Conversion& c, std::size_t at) {
    FormatSpec text_spec;
    text_spec.width = c.spec.width;
    text_spec.precision = c.spec.precision;
    text_spec.align = c.left ? '<' : '>';
    switch (c.type) {
      case 's': return format_text(str(context_, next()), text_spec);
      case 'r': return format_text(repr(context_, next()), text_spec);
      case 'a': return format_text(ascii_of(repr(context_, next())), text_spec);
      case 'c': return format_text(character(next()), text_spec);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': return whole(c, next());
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': return real(c, next());
      default: break;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c.type);
    raise("ValueError", std::string("unsupported format character '") + c.type + "' (0x" +
                            kHex[byte >> 4] + kHex[byte & 15] + ") at index " + std::to_string(at));
  }

  std::string character(const Value& v) {
    if (const auto text = as_str(v); text && count_code_points(*text) == 1) {
      return std::string(*text);
    }
    if (!is_whole(v)) raise("TypeError", "%c requires int or char");
    std::string text;
    if (v.as_integer() < 0 || v.as_integer() > 0x10FFFF) {
      raise("OverflowError", "%c arg not in range(0x110000)");
    }
    append_code_point(text, v.as_integer());
    return text;
  }

  std::string whole(Conversion& c, const Value& v) {
    const bool decimal = c.type == 'd' || c.type == 'i' || c.type == 'u';
    std::int64_t n = 0;
    if (const auto index = index_of(context_, v)) {
      n = *index;
    } else if (decimal && v.is_real()) {
      n = int_from_double(v.as_real());
    } else if (auto as_int = decimal && v.is_object() ? v.as_object()->as_int(context_)
                                                      : std::optional<Value>{}) {
      n = as_int->as_integer();
    } else {
      raise("TypeError",
            std::string("%") + c.type + " format: " +
                (decimal ? "a real number is required, not " : "an integer is required, not ") +
                type_name(v));
    }
    c.spec.type = decimal ? 'd' : c.type;
    if (c.spec.precision) {
      // At least so many digits, then padded with blanks.
      FormatSpec digits;
      digits.type = c.spec.type;
      digits.sign = c.spec.sign;
      digits.zero_padded = true;
      digits.width = *c.spec.precision + (n < 0 || c.spec.sign != '-' ? 1 : 0);
      c.spec.precision.reset();
      FormatSpec around;
      around.width = c.spec.width;
      return padded(format_integer(n, digits), around, c.left ? '<' : '>');
    }
    if (c.left) {
      c.spec.zero_padded = false;
      c.spec.align = '<';
    }
    return format_integer(n, c.spec);
  }

  std::string real(Conversion& c, const Value& v) {
    c.spec.type = c.type;
    if (c.left) {
      c.spec.zero_padded = false;
      c.spec.align = '<';
    }
    return format_real(to_float(context_, v), c.spec);
  }

  Context& context_;
  const Value& values_;
  std::span<const Value> items_;
  std::string_view text_;
  std::size_t at_ = 0, used_ = 0;
  bool is_mapping_ = false, keyed_ = false;
  Value key_;
};

}  // namespace

std::string format_template(Context& context, std::string_view text, const Arguments& arguments) {
  return Template(context, arguments).run(text, 0);
}

std::string format_percent(Context& context, std::string_view text, const Value& values) {
  return Percent(context, values).run(text);
}

}  // namespace python
