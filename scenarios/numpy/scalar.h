// NumPy scalars: what an array's element is once it has been taken out (mm[3] is np.int32(0)).
// Values on the host, with NumPy's own arithmetic: wrapping with warnings, never Python's big ints.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/numpy/number.h"
#include "scenarios/python/object.h"

namespace numpy {

class Scalar final : public python::Object {
 public:
  explicit Scalar(const Number& number) : number_(number) {}

  const Number& number() const { return number_; }
  DType dtype() const { return DType(number_.type()); }

  std::string_view type_name() const override;
  std::string qualified_type_name() const override;
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  python::Value item(python::Context&, const python::Value& key) override;

  std::optional<python::Value> binary(python::Context&, python::BinaryOp, const python::Value&,
                                      python::Side) override;
  std::optional<python::Value> unary(python::Context&, python::UnaryOp) override;
  std::optional<python::Value> compare(python::Context&, python::CompareOp,
                                       const python::Value&) override;
  int operation_priority() const override { return 50; }

  bool truth(python::Context&) override { return number_.is_nonzero(); }
  std::optional<std::int64_t> as_index(python::Context&) override;
  std::optional<python::Value> as_int(python::Context&) override;
  std::optional<double> as_float(python::Context&) override { return number_.to_double(); }
  std::optional<std::uint64_t> hash(python::Context&) override;

  std::string repr(python::Context&) override;
  std::string format(python::Context&, std::string_view spec) override;
  python::Object* clone(python::Cloner&) override { return this; }

 private:
  Number number_;
};

python::Value make_scalar(const Number&);

// The number a value is: a Python bool, int or float, or a NumPy scalar.
std::optional<Number> number_of(const python::Value&);

// "int32", "bool_": how a scalar's type is called.
std::string_view scalar_type_name(ElementType);
std::string scalar_qualified_name(ElementType);  // "numpy.int32"
std::optional<ElementType> scalar_type_of(std::string_view qualified_name);

// str(x) of a scalar: "5", "True", "0.1", "1e+16", "nan".
std::string text_of(const Number&);

// np.int32(...): makes the types and enters them into the context's table.
void register_scalar_types(python::Context&);

}  // namespace numpy
