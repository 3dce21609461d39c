// tuple.

#pragma once

#include <string_view>
#include <vector>

#include "scenarios/python/object.h"

namespace python {

class TupleObject final : public Object {
 public:
  explicit TupleObject(std::vector<Value> items = {});
  ~TupleObject() override;

  const std::vector<Value>& items() const { return items_; }

  std::string_view type_name() const override { return "tuple"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  Value item(Context&, const Value& key) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return !items_.empty(); }
  std::optional<std::int64_t> length(Context&) override {
    return static_cast<std::int64_t>(items_.size());
  }
  Value iterate(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;

 private:
  std::vector<Value> items_;
};

}  // namespace python
