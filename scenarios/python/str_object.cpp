// str as an object: indexing, comparison, repr. Its methods are in str_methods.cpp.

#include "scenarios/python/str_object.h"

#include <algorithm>

#include "scenarios/python/format_spec.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/sequences.h"
#include "scenarios/python/text_search.h"
#include "scenarios/python/utf8.h"

namespace python {

StrObject::StrObject(std::string text) : text_(std::move(text)), size_(count_code_points(text_)) {
  kind = ObjectKind::str;
}

std::size_t StrObject::byte_of(std::int64_t index) const {
  if (is_ascii()) return static_cast<std::size_t>(index);
  std::size_t at = 0;
  for (; index > 0; --index) at += code_point_bytes(text_[at]);
  return at;
}

std::optional<Value> StrObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = str_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> StrObject::attribute_names() const { return str_methods().names(); }

Value StrObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return str_methods().call(context, *this, name, a);
}

Value StrObject::item(Context& context, const Value& key) {
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, size_);
    spend_on_bytes(context, static_cast<std::uint64_t>(at.count));
    if (!is_ascii()) spend_on_bytes(context, text_.size());
    if (at.step == 1) {
      if (at.count == 0) return make_str("");
      const std::size_t from = byte_of(at.start);
      return make_str(text_.substr(from, byte_of(at.start + at.count) - from));
    }
    std::string picked;
    for (std::int64_t i = 0; i < at.count; ++i) {
      const std::size_t from = byte_of(at.start + i * at.step);
      picked += text_.substr(from, code_point_bytes(text_[from]));
    }
    return make_str(std::move(picked));
  }
  const auto index = index_of(context, key);
  if (!index) {
    raise("TypeError", "string indices must be integers, not " + quoted_type(key));
  }
  const std::int64_t at = *index < 0 ? *index + size_ : *index;
  if (at < 0 || at >= size_) raise("IndexError", "string index out of range");
  if (!is_ascii()) spend_on_bytes(context, static_cast<std::uint64_t>(at));
  const std::size_t from = byte_of(at);
  return make_str(text_.substr(from, code_point_bytes(text_[from])));
}

bool StrObject::contains(Context& context, const Value& wanted) {
  spend_on_bytes(context, text_.size());
  const auto part = as_str(wanted);
  if (!part) {
    raise("TypeError",
          "'in <string>' requires string as left operand, not " + python::type_name(wanted));
  }
  return find_text(text_, *part) != std::string::npos;
}

std::optional<Value> StrObject::binary(Context& context, BinaryOp op, const Value& other,
                                       Side side) {
  if (op == BinaryOp::modulo && side == Side::left) {
    return make_str(format_percent(context, text_, other));
  }
  const bool foreign = other.is_object() && other.as_object()->operation_priority() > 0;
  if (op == BinaryOp::add && side == Side::left) {
    if (const auto that = as_str(other)) return make_str(text_ + std::string(*that));
    if (foreign) return std::nullopt;
    raise("TypeError",
          "can only concatenate str (not \"" + python::type_name(other) + "\") to str");
  }
  if (op != BinaryOp::multiply) return std::nullopt;
  const auto times = index_of(context, other);
  if (!times) {
    if (foreign) return std::nullopt;
    raise("TypeError", "can't multiply sequence by non-int of type " + quoted_type(other));
  }
  std::string all;
  all.reserve(repeated_size(context, text_.size(), *times));
  for (std::int64_t i = 0; i < *times; ++i) all += text_;
  return make_str(std::move(all));
}

// UTF-8 sorts as its code points do.
std::optional<Value> StrObject::compare(Context& context, CompareOp op, const Value& other) {
  const auto that = as_str(other);
  if (!that) return std::nullopt;
  spend_on_bytes(context, std::min(text_.size(), that->size()));
  return compare_operation(context, op, Value::integer(text_.compare(*that)), Value::integer(0));
}

Value StrObject::iterate(Context&) {
  return make<SequenceIterator>(Value::object(this), "str_iterator");
}

// FNV-1a. CPython's own is keyed at random: no program can depend on it.
std::optional<std::uint64_t> StrObject::hash(Context& context) {
  spend_on_bytes(context, text_.size());
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text_) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::string StrObject::repr(Context& context) {
  spend_on_bytes(context, text_.size());
  return quoted(text_);
}

std::string StrObject::format(Context& context, std::string_view spec) {
  spend_on_bytes(context, text_.size());
  if (spec.empty()) return text_;
  const FormatSpec parsed = parse_format_spec(spec, "str");
  spend_on_width(context, parsed.width);
  return format_text(text_, parsed);
}

namespace {

void append_hex(std::string& text, const char* prefix, std::uint32_t code, int digits) {
  constexpr std::string_view kHex = "0123456789abcdef";
  text += prefix;
  for (int i = digits - 1; i >= 0; --i) text += kHex[(code >> (4 * i)) & 15];
}

// Code points that repr escapes: controls, and the separators and formats that are no space.
bool is_printable(std::uint32_t c) {
  if (c < 0x20 || c == 0x7F) return false;
  if (c < 0x80) return true;
  if (c < 0xA1 || c == 0xAD) return false;
  if (c >= 0x2000 && c <= 0x200F) return false;
  if (c >= 0x2028 && c <= 0x202F) return false;
  if (c >= 0x205F && c <= 0x206F) return false;
  return c != 0x3000 && c != 0xFEFF && !(c >= 0xE000 && c <= 0xF8FF) && c != 0xFFFE && c != 0xFFFF;
}

}  // namespace

std::string quoted(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  std::string result(1, quote);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t n = code_point_bytes(text[i]);
    const std::uint32_t c = code_point_at(text, i);
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      result += '\\';
      result += static_cast<char>(c);
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\r') {
      result += "\\r";
    } else if (c == '\t') {
      result += "\\t";
    } else if (is_printable(c)) {
      result += text.substr(i, n);
    } else if (c < 0x100) {
      append_hex(result, "\\x", c, 2);
    } else if (c < 0x10000) {
      append_hex(result, "\\u", c, 4);
    } else {
      append_hex(result, "\\U", c, 8);
    }
    i += n;
  }
  return result + quote;
}

}  // namespace python
