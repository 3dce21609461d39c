// list.

#pragma once

#include <string_view>
#include <vector>

#include "scenarios/python/cycles.h"
#include "scenarios/python/object.h"

namespace python {

class ListObject final : public Object {
 public:
  explicit ListObject(std::vector<Value> items = {});
  ~ListObject() override;

  std::vector<Value>& items() { return items_; }
  const std::vector<Value>& items() const { return items_; }
  // To be told of items that the list gets after it was made.
  void given(Context&, std::span<const Value> more);

  std::string_view type_name() const override { return "list"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  Value item(Context&, const Value& key) override;
  void set_item(Context&, const Value& key, const Value& value) override;
  void delete_item(Context&, const Value& key) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> in_place(Context&, BinaryOp, const Value& other) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return !items_.empty(); }
  std::optional<std::int64_t> length(Context&) override {
    return static_cast<std::int64_t>(items_.size());
  }
  Value iterate(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  std::vector<Value> items_;
  CycleLink link_{this};
  bool in_repr_ = false;
};

}  // namespace python
