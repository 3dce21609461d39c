// np.iinfo and np.finfo: the limits of a number type.

#pragma once

#include "scenarios/numpy/dtype.h"
#include "scenarios/python/object.h"

namespace numpy {

class InfoObject final : public python::Object {
 public:
  explicit InfoObject(DType dtype) : dtype_(dtype) {}  // Requires: an integer or float type

  std::string_view type_name() const override { return dtype_.is_float() ? "finfo" : "iinfo"; }
  std::string qualified_type_name() const override { return "numpy." + std::string(type_name()); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  std::string repr(python::Context&) override;
  std::string str(python::Context&) override;  // of an iinfo; Unsupported of a finfo
  python::Object* clone(python::Cloner&) override { return this; }

 private:
  DType dtype_;
};

}  // namespace numpy
