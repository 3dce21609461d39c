// A dtype as a value of the language.

#pragma once

#include "scenarios/numpy/dtype.h"
#include "scenarios/python/object.h"

namespace numpy {

class DTypeObject final : public python::Object {
 public:
  explicit DTypeObject(DType dtype) : dtype_(dtype) {}

  DType dtype() const { return dtype_; }

  std::string_view type_name() const override;
  std::string qualified_type_name() const override;
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  std::optional<python::Value> compare(python::Context&, python::CompareOp,
                                       const python::Value&) override;
  std::optional<std::uint64_t> hash(python::Context&) override;
  std::string repr(python::Context&) override { return dtype_.repr(); }
  std::string str(python::Context&) override { return dtype_.str(); }
  python::Object* clone(python::Cloner&) override { return this; }

 private:
  DType dtype_;
};

}  // namespace numpy
