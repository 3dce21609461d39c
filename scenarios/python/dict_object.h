// dict: keys in order of insertion, found by hash.

#pragma once

#include <string_view>
#include <vector>

#include "scenarios/python/cycles.h"
#include "scenarios/python/object.h"

namespace python {

class DictObject final : public Object {
 public:
  struct Entry {
    std::uint64_t hash = 0;
    Value key;  // unbound: deleted
    Value value;
  };

  DictObject();

  // Unbound when there is no such key. Raises TypeError for an unhashable key.
  Value get(Context&, const Value& key);
  void set(Context&, const Value& key, Value value);
  // The value that was there; unbound when there was none.
  Value remove(Context&, const Value& key);
  void clear();
  std::int64_t size() const { return used_; }
  // In order; those with an unbound key are holes.
  const std::vector<Entry>& entries() const { return entries_; }

  std::string_view type_name() const override { return "dict"; }
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
  bool truth(Context&) override { return used_ != 0; }
  std::optional<std::int64_t> length(Context&) override { return used_; }
  Value iterate(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  std::int64_t find(Context&, const Value& key, std::uint64_t hash);  // entry, or -1
  void insert_index(std::uint64_t hash, std::int32_t entry);
  void rebuild();

  std::vector<Entry> entries_;
  std::vector<std::int32_t> index_;  // open addressing, -1 free; a power of two long
  std::int64_t used_ = 0;
  CycleLink link_{this};
  bool in_repr_ = false;
};

// dict.update(from): a dict, or pairs.
void update_dict(Context&, DictObject&, const Value& from);
[[noreturn]] void raise_key_error(const Value& key);

}  // namespace python
