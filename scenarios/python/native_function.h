// A function of the language that is written in C++, alone or bound to the value it is a method of.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/object.h"

namespace python {

using NativePointer = Value (*)(Context&, const Arguments&);

class NativeFunction final : public Object {
 public:
  NativeFunction(std::string name, NativePointer function)
      : name_(std::move(name)), function_(function) {}

  const std::string& name() const { return name_; }

  std::string_view type_name() const override { return "builtin_function_or_method"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value call(Context& context, const Arguments& arguments) override {
    return function_(context, arguments);
  }
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override { return "<built-in function " + name_ + ">"; }
  Object* clone(Cloner&) override { return this; }

 private:
  std::string name_;
  NativePointer function_;
};

// x.append as a value: calls x.call_method("append", ...).
class BoundNativeMethod final : public Object {
 public:
  BoundNativeMethod(Value self, std::string name)
      : self_(std::move(self)), name_(std::move(name)) {}

  const Value& self() const { return self_; }
  const std::string& name() const { return name_; }

  std::string_view type_name() const override { return "builtin_function_or_method"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  Value call(Context&, const Arguments&) override;
  std::optional<Value> compare(Context&, CompareOp, const Value& other) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  Object* clone(Cloner&) override;

 private:
  Value self_;
  std::string name_;
};

}  // namespace python
