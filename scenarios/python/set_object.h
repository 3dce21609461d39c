// set: its table is probed as CPython 3.11 probes its own, so that the order of iteration is the
// same for keys with CPython's hashes (ints, floats, tuples of them).

#pragma once

#include <string_view>
#include <vector>

#include "scenarios/python/cycles.h"
#include "scenarios/python/object.h"

namespace python {

class SetObject final : public Object {
 public:
  SetObject() : table_(8) {}

  bool has(Context&, const Value& key);
  void insert(Context&, const Value& key);
  bool erase(Context&, const Value& key);  // false: was not there
  void clear();
  std::int64_t size() const { return used_; }
  std::vector<Value> keys() const;               // in order of iteration
  void merge(Context&, const SetObject& other);  // update(other)

  std::string_view type_name() const override { return "set"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> in_place(Context&, BinaryOp, const Value& other) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return used_ != 0; }
  std::optional<std::int64_t> length(Context&) override { return used_; }
  Value iterate(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    Value key;  // unbound: free, or deleted when `was_used`
    bool was_used = false;
  };
  // The slot of the key, or the free one where it would go.
  std::size_t find(Context&, const Value& key, std::uint64_t hash);
  void grow();
  void resize(std::size_t wanted);
  void insert_clean(Slot);
  void take_away(Context&, const SetObject& other);
  void toggle(Context&, const SetObject& other);

  std::vector<Slot> table_;  // a power of two long
  std::int64_t used_ = 0;
  std::int64_t filled_ = 0;  // used_ and deleted slots
  CycleLink link_{this};
};

}  // namespace python
