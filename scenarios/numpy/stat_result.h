// What os.stat() gives: of a real stat_result the size alone.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/native.h"
#include "sim/core/units.h"

namespace numpy {

class StatResult final : public python::Object {
 public:
  explicit StatResult(sim::Bytes size) : size_(size) {}

  std::string_view type_name() const override { return "stat_result"; }
  std::string qualified_type_name() const override { return "os.stat_result"; }
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context& context,
                                              std::string_view name) override {
    if (name == "st_size") return python::Value::integer(static_cast<std::int64_t>(size_.count));
    if (name.starts_with("st_")) refuse(name);
    return Object::find_attribute(context, name);
  }
  std::vector<std::string_view> attribute_names() const override { return {"st_size"}; }
  python::Value item(python::Context&, const python::Value&) override { refuse("an item"); }
  std::string repr(python::Context&) override { refuse("repr()"); }
  python::Object* clone(python::Cloner&) override { return this; }

 private:
  [[noreturn]] static void refuse(std::string_view what) {
    throw python::Unsupported{
        std::string(what) + " of os.stat() is not supported: files have no owner and no times here",
        "os.stat(name).st_size"};
  }

  sim::Bytes size_;
};

}  // namespace numpy
