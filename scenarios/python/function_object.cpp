// Functions, bound methods, cells, generators and super() as values.

#include "scenarios/python/function_object.h"

#include "scenarios/python/class_object.h"
#include "scenarios/python/error.h"
#include "scenarios/python/native.h"
#include "scenarios/python/super_object.h"

namespace python {

void refuse_native_call(const std::string& what) {
  throw Unsupported{what + " inside this function",
                    "a loop that calls it and collects the results in a list"};
}

void CellObject::visit_held(const HeldVisitor& visit) { visit(content_); }

Object* CellObject::clone(Cloner& cloner) {
  auto* copy = new CellObject({});
  cloner.remember(*this, copy);
  cloner.later([this, copy, &cloner] { copy->content_ = cloner.copy(content_); });
  return copy;
}

FunctionObject::FunctionObject(const FunctionCode& function_code, std::vector<Value> default_values,
                               std::vector<Value> keyword_default_values,
                               std::vector<Value> closure)
    : code_(&function_code),
      defaults_(std::move(default_values)),
      keyword_defaults_(std::move(keyword_default_values)),
      cells_(std::move(closure)) {
  kind = ObjectKind::function;
}

void FunctionObject::visit_held(const HeldVisitor& visit) {
  for (auto* values : {&defaults_, &keyword_defaults_, &cells_}) {
    for (Value& v : *values) visit(v);
  }
  visit(owner);
}

std::optional<Value> FunctionObject::find_attribute(Context& context, std::string_view name) {
  if (name == "__name__") return make_str(code_->name);
  if (name == "__qualname__") return make_str(code_->qualified);
  return Object::find_attribute(context, name);
}

Value FunctionObject::call(Context&, const Arguments&) {
  refuse_native_call("calling " + code_->name + "()");
}

std::optional<std::uint64_t> FunctionObject::hash(Context& context) {
  return identity_number(context, identity_);
}

std::string FunctionObject::repr(Context& context) {
  return "<function " + code_->qualified + " at " + identity_text(context, identity_) + ">";
}

Object* FunctionObject::clone(Cloner& cloner) {
  auto* copy = new FunctionObject(*code_, {}, {}, {});
  cloner.remember(*this, copy);
  copy->identity_ = identity_;
  cloner.later([this, copy, &cloner] {
    for (const Value& v : defaults_) copy->defaults_.push_back(cloner.copy(v));
    for (const Value& v : keyword_defaults_) copy->keyword_defaults_.push_back(cloner.copy(v));
    for (const Value& v : cells_) copy->cells_.push_back(cloner.copy(v));
    copy->owner = cloner.copy(owner);
  });
  return copy;
}

BoundMethodObject::BoundMethodObject(Value self, Value function)
    : self_(std::move(self)), function_(std::move(function)) {
  kind = ObjectKind::bound_method;
}

std::optional<Value> BoundMethodObject::find_attribute(Context& context, std::string_view name) {
  if (name == "__self__") return self_;
  if (name == "__func__") return function_;
  return function_.as_object()->find_attribute(context, name);
}

Value BoundMethodObject::call(Context& context, const Arguments& arguments) {
  return function_.as_object()->call(context, arguments);
}

std::string BoundMethodObject::repr(Context& context) {
  const auto* function = function_.get_if<FunctionObject>();
  return "<bound method " + (function != nullptr ? function->code().qualified : "?") + " of " +
         python::repr(context, self_) + ">";
}

void BoundMethodObject::visit_held(const HeldVisitor& visit) {
  visit(self_);
  visit(function_);
}

Object* BoundMethodObject::clone(Cloner& cloner) {
  auto* copy = new BoundMethodObject({}, {});
  cloner.later(self_, copy->self_);
  cloner.later(function_, copy->function_);
  return copy;
}

GeneratorObject::GeneratorObject(Value function_value, std::vector<Value> locals)
    : values(std::move(locals)), function(std::move(function_value)) {
  kind = ObjectKind::generator;
}

std::optional<Value> GeneratorObject::find_attribute(Context& context, std::string_view name) {
  if (name == "__name__") {
    return make_str(static_cast<FunctionObject*>(function.as_object())->code().name);
  }
  if (name == "send" || name == "throw" || name == "close") {
    throw Unsupported{"generator." + std::string(name), "next()"};
  }
  return Object::find_attribute(context, name);
}

std::optional<Value> GeneratorObject::next(Context&) { refuse_native_call("running a generator"); }

std::optional<std::uint64_t> GeneratorObject::hash(Context& context) {
  return identity_number(context, identity_);
}

std::string GeneratorObject::repr(Context& context) {
  return "<generator object " +
         static_cast<FunctionObject*>(function.as_object())->code().qualified + " at " +
         identity_text(context, identity_) + ">";
}

Object* GeneratorObject::clone(Cloner& cloner) {
  auto* copy = new GeneratorObject(function, {});
  cloner.remember(*this, copy);
  copy->state = state;
  copy->pc = pc;
  copy->line = line;
  copy->identity_ = identity_;
  cloner.later([this, copy, &cloner] {
    copy->function = cloner.copy(function);
    for (const Value& v : values) copy->values.push_back(cloner.copy(v));
  });
  return copy;
}

void GeneratorObject::visit_held(const HeldVisitor& visit) {
  for (Value& v : values) visit(v);
  visit(function);
}

std::optional<Value> SuperObject::find_attribute(Context& context, std::string_view name) {
  const auto& owner = *static_cast<const ClassObject*>(owner_.as_object());
  for (const Value& base : owner.bases()) {
    if (const auto* user = base.get_if<ClassObject>()) {
      const Value member = user->find_member(name);
      if (!member.is_bound()) continue;
      if (member.get_if<FunctionObject>() != nullptr) {
        return make<BoundMethodObject>(self_, member);
      }
      return member;
    }
  }
  if (name == "__init__") {
    // The built-in __init__ of exceptions takes the arguments; object's takes none.
    if (self_.get_if<InstanceObject>() == nullptr) {
      return make<BoundNativeMethod>(self_, "__init__");
    }
    return make_function("__init__", [](Context&, const Arguments&) { return Value::none(); });
  }
  return Object::find_attribute(context, name);
}

Object* SuperObject::clone(Cloner& cloner) {
  auto* copy = new SuperObject({}, {});
  cloner.later(owner_, copy->owner_);
  cloner.later(self_, copy->self_);
  return copy;
}

}  // namespace python
