// bytes.

#include "scenarios/python/bytes_object.h"

#include <algorithm>

#include "scenarios/python/format_spec.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/method_table.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/sequences.h"
#include "scenarios/python/text_search.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

const std::string& bytes_of(Object& self) { return static_cast<BytesObject&>(self).bytes(); }

std::string_view part_of(const Value& v) {
  if (const auto part = as_bytes(v)) return *part;
  raise("TypeError", "a bytes-like object is required, not " + quoted_type(v));
}

Value hex(Context& context, Object& self, const Arguments& a) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string separator;
  if (!a.positional.empty()) separator = to_text(context, a.positional[0]);
  std::string text;
  for (const char c : bytes_of(self)) {
    if (!text.empty()) text += separator;
    text += kHex[static_cast<unsigned char>(c) >> 4];
    text += kHex[static_cast<unsigned char>(c) & 15];
  }
  return make_str(std::move(text));
}

Value decode(Context& context, Object& self, const Arguments& a) {
  static constexpr Parameter kParameters[] = {{"encoding", Parameter::Need::optional},
                                              {"errors", Parameter::Need::optional}};
  const auto values = bind({.function = "decode", .parameters = kParameters}, a);
  return decode_bytes(bytes_of(self), values[0].is_bound() ? to_text(context, values[0]) : "utf-8");
}

Value join(Context& context, Object& self, const Arguments& a) {
  std::string all;
  std::int64_t at = 0;
  for (const Value& item : collect(context, a.positional[0])) {
    const auto part = as_bytes(item);
    if (!part) {
      raise("TypeError", "sequence item " + std::to_string(at) +
                             ": expected a bytes-like object, " + type_name(item) + " found");
    }
    if (at++ > 0) all += bytes_of(self);
    all += *part;
  }
  return make_bytes(std::move(all));
}

Value find(Context& context, Object& self, const Arguments& a) {
  std::int64_t start = 0, stop = 0;
  const std::string& bytes = bytes_of(self);
  clip_bounds(context, a, static_cast<std::int64_t>(bytes.size()), start, stop);
  std::string part;
  if (const auto byte = index_of(context, a.positional[0])) {
    part = std::string(1, static_cast<char>(*byte));
  } else {
    part = part_of(a.positional[0]);
  }
  const std::size_t at = find_text(bytes, part, static_cast<std::size_t>(start));
  spend_on_bytes(context, std::min(at, bytes.size()));
  const bool found = at != std::string::npos && static_cast<std::int64_t>(at + part.size()) <= stop;
  return Value::integer(found ? static_cast<std::int64_t>(at) : -1);
}

Value index(Context& context, Object& self, const Arguments& a) {
  Value at = find(context, self, a);
  if (at.as_integer() < 0) raise("ValueError", "subsection not found");
  return at;
}

Value count(Context& context, Object& self, const Arguments& a) {
  const std::string& bytes = bytes_of(self);
  std::string part;
  if (const auto byte = index_of(context, a.positional[0])) {
    part = std::string(1, static_cast<char>(*byte));
  } else {
    part = part_of(a.positional[0]);
  }
  if (part.empty()) return Value::integer(static_cast<std::int64_t>(bytes.size()) + 1);
  std::int64_t n = 0;
  for (std::size_t at = find_text(bytes, part); at != std::string::npos;
       at = find_text(bytes, part, at + part.size())) {
    ++n;
  }
  return Value::integer(n);
}

Value startswith(Context&, Object& self, const Arguments& a) {
  return Value::boolean(bytes_of(self).starts_with(part_of(a.positional[0])));
}

Value endswith(Context&, Object& self, const Arguments& a) {
  return Value::boolean(bytes_of(self).ends_with(part_of(a.positional[0])));
}

Value replace(Context&, Object& self, const Arguments& a) {
  const std::string_view from = part_of(a.positional[0]), to = part_of(a.positional[1]);
  const std::string& bytes = bytes_of(self);
  if (from.empty()) throw Unsupported{"bytes.replace of nothing", {}};
  std::string result;
  std::size_t start = 0;
  for (std::size_t at = find_text(bytes, from); at != std::string::npos;
       at = find_text(bytes, from, start)) {
    result += bytes.substr(start, at - start);
    result += to;
    start = at + from.size();
  }
  return make_bytes(result + bytes.substr(start));
}

constexpr Method kMethods[] = {
    {"count", count, 1, 1},
    {"decode", decode, 0, 2, true},
    {"endswith", endswith, 1, 1, false, Method::Cost::own},
    {"find", find, 1, 3, false, Method::Cost::own},
    {"hex", hex, 0, 1},
    {"index", index, 1, 3, false, Method::Cost::own},
    {"join", join, 1, 1},
    {"replace", replace, 2, 2},
    {"startswith", startswith, 1, 1, false, Method::Cost::own},
};

}  // namespace

const MethodTable& bytes_methods() {
  static constexpr MethodTable kTable{"bytes", kMethods};
  return kTable;
}

Value decode_bytes(const std::string& bytes, std::string encoding) {
  const std::string name = normalised_encoding(std::move(encoding));
  if (name == "latin1") {
    std::string text;
    for (const char c : bytes) append_code_point(text, static_cast<unsigned char>(c));
    return make_str(std::move(text));
  }
  const auto hex_byte = [](char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    return std::string("0x") + kHex[byte >> 4] + kHex[byte & 15];
  };
  if (name == "ascii") {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (static_cast<unsigned char>(bytes[i]) < 0x80) continue;
      raise("UnicodeDecodeError", "'ascii' codec can't decode byte " + hex_byte(bytes[i]) +
                                      " in position " + std::to_string(i) +
                                      ": ordinal not in range(128)");
    }
    return make_str(bytes);
  }
  if (const auto bad = find_bad_utf8(bytes)) {
    raise("UnicodeDecodeError", "'utf-8' codec can't decode byte " +
                                    hex_byte(bytes[bad->position]) + " in position " +
                                    std::to_string(bad->position) + ": " + bad->reason);
  }
  return make_str(bytes);
}

std::string normalised_encoding(std::string encoding) {
  std::string name;
  for (const char c : encoding) {
    if (c == '-' || c == '_') continue;
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (name == "utf8") return "utf8";
  if (name == "ascii" || name == "usascii") return "ascii";
  if (name == "latin1" || name == "iso88591") return "latin1";
  for (const char* known : {"utf16", "utf32", "cp1252", "utf8sig", "utf16le", "utf16be"}) {
    if (name == known) {
      throw Unsupported{"the encoding " + encoding, "utf-8, ascii or latin-1"};
    }
  }
  raise("LookupError", "unknown encoding: " + encoding);
}

std::optional<Value> BytesObject::find_attribute(Context& context, std::string_view name) {
  if (auto method = bytes_methods().bound(*this, name)) return method;
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> BytesObject::attribute_names() const {
  return bytes_methods().names();
}

Value BytesObject::call_method(Context& context, std::string_view name, const Arguments& a) {
  return bytes_methods().call(context, *this, name, a);
}

Value BytesObject::item(Context& context, const Value& key) {
  const auto size = static_cast<std::int64_t>(bytes_.size());
  if (const auto* slice = key.get_if<SliceObject>()) {
    const auto at = slice->indices(context, size);
    spend_on_bytes(context, static_cast<std::uint64_t>(at.count));
    std::string picked;
    for (std::int64_t i = 0; i < at.count; ++i) {
      picked += bytes_[static_cast<std::size_t>(at.start + i * at.step)];
    }
    return make_bytes(std::move(picked));
  }
  const auto index = index_of(context, key);
  if (!index) {
    raise("TypeError", "byte indices must be integers or slices, not " + python::type_name(key));
  }
  const std::int64_t at = *index < 0 ? *index + size : *index;
  if (at < 0 || at >= size) raise("IndexError", "index out of range");
  return Value::integer(static_cast<unsigned char>(bytes_[static_cast<std::size_t>(at)]));
}

bool BytesObject::contains(Context& context, const Value& wanted) {
  spend_on_bytes(context, bytes_.size());
  if (const auto byte = index_of(context, wanted)) {
    if (*byte < 0 || *byte > 255) raise("ValueError", "byte must be in range(0, 256)");
    return bytes_.find(static_cast<char>(*byte)) != std::string::npos;
  }
  return find_text(bytes_, part_of(wanted)) != std::string::npos;
}

std::optional<Value> BytesObject::binary(Context& context, BinaryOp op, const Value& other,
                                         Side side) {
  const bool foreign = other.is_object() && other.as_object()->operation_priority() > 0;
  if (op == BinaryOp::add && side == Side::left) {
    if (const auto that = as_bytes(other)) return make_bytes(bytes_ + std::string(*that));
    if (foreign) return std::nullopt;
    raise("TypeError", "can't concat " + python::type_name(other) + " to bytes");
  }
  if (op == BinaryOp::modulo && side == Side::left) {
    throw Unsupported{"% formatting of bytes", "a str with % and encode()"};
  }
  if (op != BinaryOp::multiply) return std::nullopt;
  const auto times = index_of(context, other);
  if (!times) {
    if (foreign) return std::nullopt;
    raise("TypeError", "can't multiply sequence by non-int of type " + quoted_type(other));
  }
  std::string all;
  all.reserve(repeated_size(context, bytes_.size(), *times));
  for (std::int64_t i = 0; i < *times; ++i) all += bytes_;
  return make_bytes(std::move(all));
}

std::optional<Value> BytesObject::compare(Context& context, CompareOp op, const Value& other) {
  const auto that = as_bytes(other);
  if (!that) return std::nullopt;
  return compare_operation(context, op, Value::integer(bytes_.compare(*that)), Value::integer(0));
}

Value BytesObject::iterate(Context&) {
  return make<SequenceIterator>(Value::object(this), "bytes_iterator");
}

std::optional<std::uint64_t> BytesObject::hash(Context&) {
  return std::hash<std::string>{}(bytes_);
}

std::string BytesObject::repr(Context&) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const bool single = bytes_.find('\'') != std::string::npos;
  const char quote = single && bytes_.find('"') == std::string::npos ? '"' : '\'';
  std::string text = std::string("b") + quote;
  for (const char c : bytes_) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      text += '\\';
      text += c;
    } else if (c == '\t') {
      text += "\\t";
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '\r') {
      text += "\\r";
    } else if (byte < 0x20 || byte >= 0x7F) {
      text += "\\x";
      text += kHex[byte >> 4];
      text += kHex[byte & 15];
    } else {
      text += c;
    }
  }
  return text + quote;
}

}  // namespace python
