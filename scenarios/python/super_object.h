// super(): the methods of a class's base, bound to an instance.

#pragma once

#include <string_view>

#include "scenarios/python/object.h"

namespace python {

class SuperObject final : public Object {
 public:
  SuperObject(Value owner, Value self) : owner_(std::move(owner)), self_(std::move(self)) {}

  std::string_view type_name() const override { return "super"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::string repr(Context&) override { return "<super>"; }
  Object* clone(Cloner&) override;

 private:
  Value owner_, self_;
};

}  // namespace python
