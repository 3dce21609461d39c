// See npy_header.h.

#include "scenarios/numpy/npy_header.h"

#include <charconv>
#include <optional>
#include <set>

#include "scenarios/python/native.h"

namespace numpy {
namespace {

constexpr std::size_t kPrefix = 10;      // magic, two bytes of version, two of length
constexpr std::size_t kAlignment = 64;   // ARRAY_ALIGN of numpy.lib.format
constexpr std::size_t kRoomToGrow = 21;  // digits of the largest axis: GROWTH_AXIS_MAX_DIGITS

std::string shape_text(const Dims& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

// Reads the dictionary literal, piece by piece. Anything unexpected makes the whole text no header.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), rest_(text) {}

  bool take(std::string_view piece) {
    skip_spaces();
    if (!rest_.starts_with(piece)) return false;
    rest_.remove_prefix(piece.size());
    return true;
  }
  void expect(std::string_view piece) {
    if (!take(piece)) fail();
  }
  std::string quoted_text() {
    skip_spaces();
    if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) fail();
    const std::size_t end = rest_.find(rest_[0], 1);
    if (end == std::string_view::npos) fail();
    const std::string text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return text;
  }
  std::int64_t number() {
    skip_spaces();
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
    if (error != std::errc()) fail();
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return n;
  }
  bool at_end() {
    skip_spaces();
    return rest_.empty();
  }
  [[noreturn]] void fail() const {
    python::raise("ValueError", "Cannot parse header: " + python::quoted(text_));
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n')) rest_.remove_prefix(1);
  }

  std::string_view text_;
  std::string_view rest_;
};

DType dtype_of(Reader& reader) {
  if (reader.take("[")) {
    throw python::Unsupported{"records (structured dtypes) are not supported",
                              "an array of one element type"};
  }
  const std::string descr = reader.quoted_text();
  if (descr == "|O") {
    python::raise("ValueError", "Object arrays cannot be loaded when allow_pickle=False");
  }
  if (const std::optional<DType> dtype = parse_dtype(descr)) return *dtype;
  python::raise("ValueError", "descr is not a valid dtype descriptor: " + python::quoted(descr));
}

Dims shape_of(Reader& reader) {
  Dims shape;
  reader.expect("(");
  while (!reader.take(")")) {
    shape.push_back(reader.number());
    if (reader.take(",")) continue;
    reader.expect(")");
    break;
  }
  return shape;
}

}  // namespace

std::string NpyHeader::bytes() const {
  const bool is_fortran = order == Order::f;
  std::string text = "{'descr': '" + dtype.str_code() +
                     "', 'fortran_order': " + (is_fortran ? "True" : "False") +
                     ", 'shape': " + shape_text(shape) + ", }";
  if (!shape.empty()) {
    const std::int64_t growing = is_fortran ? shape.back() : shape[0];
    text.append(kRoomToGrow - std::to_string(growing).size(), ' ');
  }
  const std::size_t used = kPrefix + text.size() + 1;
  text.append(kAlignment - used % kAlignment, ' ');
  text += '\n';
  std::string bytes(kNpyMagic);
  bytes += {'\1', '\0', static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
  return bytes + text;
}

// The header must have its three keys, each of them once.
NpyHeader parse_npy_header(std::string_view description) {
  NpyHeader header;
  Reader reader(description);
  std::set<std::string> keys;
  reader.expect("{");
  while (!reader.take("}")) {
    const std::string key = reader.quoted_text();
    if (!keys.insert(key).second) reader.fail();
    reader.expect(":");
    if (key == "descr") {
      header.dtype = dtype_of(reader);
    } else if (key == "fortran_order") {
      header.order = reader.take("True") ? Order::f : Order::c;
      if (header.order == Order::c) reader.expect("False");
    } else if (key == "shape") {
      header.shape = shape_of(reader);
    } else {
      reader.fail();
    }
    if (reader.take(",")) continue;
    reader.expect("}");
    break;
  }
  if (!reader.at_end()) reader.fail();
  if (keys.size() != 3) {
    std::string list;
    for (const std::string& key : keys) list += (list.empty() ? "" : ", ") + python::quoted(key);
    python::raise("ValueError", "Header does not contain the correct keys: [" + list + "]");
  }
  return header;
}

}  // namespace numpy
