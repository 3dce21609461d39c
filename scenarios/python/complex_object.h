// complex: what a literal such as 2j makes, with the arithmetic to write 1 + 2j.

#pragma once

#include <complex>
#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class ComplexObject final : public Object {
 public:
  explicit ComplexObject(std::complex<double> value) : value_(value) {}

  std::complex<double> value() const { return value_; }

  std::string_view type_name() const override { return "complex"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call_method(Context&, std::string_view name, const Arguments&) override;
  std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side) override;
  std::optional<Value> unary(Context&, UnaryOp) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  bool truth(Context&) override { return value_ != 0.0; }
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override { return this; }

 private:
  std::complex<double> value_;
};

}  // namespace python
