// bytes: an immutable sequence of bytes.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class BytesObject final : public Object {
 public:
  explicit BytesObject(std::string bytes) : bytes_(std::move(bytes)) {}

  const std::string& bytes() const { return bytes_; }

  std::string_view type_name() const override { return "bytes"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  Value item(Context&, const Value& key) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return !bytes_.empty(); }
  std::optional<std::int64_t> length(Context&) override {
    return static_cast<std::int64_t>(bytes_.size());
  }
  Value iterate(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override { return this; }

 private:
  std::string bytes_;
};

// A str from bytes; raises UnicodeDecodeError, LookupError.
Value decode_bytes(const std::string& bytes, std::string encoding);
// "utf8", "ascii" or "latin1"; raises LookupError for no encoding at all.
std::string normalised_encoding(std::string encoding);

}  // namespace python
