// slice, as a[1:2] passes it to item(), and the Ellipsis of a[...].

#pragma once

#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class SliceObject final : public Object {
 public:
  SliceObject(Value start, Value stop, Value step)
      : start_(std::move(start)), stop_(std::move(stop)), step_(std::move(step)) {}

  const Value& start() const { return start_; }  // None where left out
  const Value& stop() const { return stop_; }
  const Value& step() const { return step_; }

  // slice.indices(length): clipped to a sequence of that length. count: how many items it picks.
  struct Indices {
    std::int64_t start = 0, stop = 0, step = 1, count = 0;
  };
  // Raises "slice step cannot be zero", "slice indices must be integers or None or have an
  // __index__ method".
  Indices indices(Context&, std::int64_t length) const;

  std::string_view type_name() const override { return "slice"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value start_, stop_, step_;
};

class EllipsisObject final : public Object {
 public:
  std::string_view type_name() const override { return "ellipsis"; }
  std::optional<std::uint64_t> hash(Context&) override { return 0x3ffff0; }
  std::string repr(Context&) override { return "Ellipsis"; }
  Object* clone(Cloner&) override { return this; }
};

// What a special method returns for operands it does not know.
class NotImplementedObject final : public Object {
 public:
  std::string_view type_name() const override { return "NotImplementedType"; }
  std::string repr(Context&) override { return "NotImplemented"; }
  Object* clone(Cloner&) override { return this; }
};

}  // namespace python
