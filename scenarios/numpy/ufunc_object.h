// np.add and the other ufuncs as values.

#pragma once

#include "scenarios/numpy/ufunc.h"

namespace numpy {

class UfuncObject final : public python::Object {
 public:
  explicit UfuncObject(const Ufunc& ufunc) : ufunc_(&ufunc) {}

  std::string_view type_name() const override { return "ufunc"; }
  std::string qualified_type_name() const override { return "numpy.ufunc"; }
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  python::Value call(python::Context&, const python::Arguments&) override;
  std::string repr(python::Context&) override;
  python::Object* clone(python::Cloner&) override { return this; }

 private:
  const Ufunc* ufunc_;  // an entry of the table, which lives forever
};

}  // namespace numpy
