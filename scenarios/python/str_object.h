// str: text as UTF-8, counted and indexed by code point.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class StrObject final : public Object {
 public:
  explicit StrObject(std::string text);

  const std::string& text() const { return text_; }
  std::int64_t size() const { return size_; }  // code points
  bool is_ascii() const { return size_ == static_cast<std::int64_t>(text_.size()); }
  // Byte position of a code point. Requires: 0 <= index <= size().
  std::size_t byte_of(std::int64_t index) const;

  std::string_view type_name() const override { return "str"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  Value item(Context&, const Value& key) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return !text_.empty(); }
  std::optional<std::int64_t> length(Context&) override { return size_; }
  Value iterate(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  std::string str(Context&) override { return text_; }
  std::string format(Context&, std::string_view spec) override;
  Object* clone(Cloner&) override { return this; }

 private:
  std::string text_;
  std::int64_t size_;
};

// The text as a Python literal: 'it''s', "it's", '\n'.
std::string quoted(std::string_view text);

}  // namespace python
