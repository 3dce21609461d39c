// x.flags.

#pragma once

#include "scenarios/numpy/ndarray.h"

namespace numpy {

class FlagsObject final : public python::Object {
 public:
  explicit FlagsObject(python::Value array) : array_(std::move(array)) {}

  std::string_view type_name() const override { return "flagsobj"; }
  std::string qualified_type_name() const override { return "numpy.core.multiarray.flagsobj"; }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(python::Context&, std::string_view, const python::Value&) override;
  python::Value item(python::Context&, const python::Value& key) override;
  void set_item(python::Context&, const python::Value& key, const python::Value&) override;
  std::string repr(python::Context&) override;
  python::Object* clone(python::Cloner&) override;

 private:
  python::Value array_;
};

// x.setflags(write=) and x.flags.writeable = ...: raises when the memory may not be written.
void set_writeable(NdArray&, bool writeable);

}  // namespace numpy
