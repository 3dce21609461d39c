// range: start, stop, step.

#pragma once

#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class RangeObject final : public Object {
 public:
  // Requires: step is not 0.
  RangeObject(std::int64_t start, std::int64_t stop, std::int64_t step)
      : start_(start), stop_(stop), step_(step) {}

  std::int64_t start() const { return start_; }
  std::int64_t stop() const { return stop_; }
  std::int64_t step() const { return step_; }
  std::int64_t size() const;

  std::string_view type_name() const override { return "range"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  Value item(Context&, const Value& key) override;
  bool contains(Context&, const Value&) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return size() != 0; }
  std::optional<std::int64_t> length(Context&) override { return size(); }
  Value iterate(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override { return this; }

 private:
  std::int64_t start_, stop_, step_;
};

}  // namespace python
