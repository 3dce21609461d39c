// Classes written in the language, and their instances.

#include "scenarios/python/class_object.h"

#include <algorithm>

#include "scenarios/python/error.h"
#include "scenarios/python/function_object.h"
#include "scenarios/python/native.h"

namespace python {

ClassObject::ClassObject(const std::string& name) : TypeObject(name, "__main__." + name, nullptr) {
  kind = ObjectKind::user_class;
}

Value ClassObject::find_member(std::string_view name) const {
  // A class has one base at most, and any number of them above it.
  for (const ClassObject* at = this; at != nullptr;) {
    for (const auto& [known, value] : at->attributes()) {
      if (known == name) return value;
    }
    at = at->bases().empty() ? nullptr : at->bases()[0].get_if<ClassObject>();
  }
  return {};
}

std::optional<Value> ClassObject::find_attribute(Context& context, std::string_view name) {
  if (Value member = find_member(name); member.is_bound()) return member;
  ClassObject* last = this;  // whose base, if any, is no class of the program
  while (!last->bases().empty() && last->bases()[0].get_if<ClassObject>() != nullptr) {
    last = last->bases()[0].get_if<ClassObject>();
  }
  if (last != this && name.substr(0, 2) != "__") {
    return last->find_attribute(context, name);
  }
  return TypeObject::find_attribute(context, name);
}

bool ClassObject::set_attribute(Context& context, std::string_view name, const Value& value) {
  context.cycles.given(link_, value);
  add(std::string(name), value);
  return true;
}

Value ClassObject::call(Context&, const Arguments&) {
  refuse_native_call("making an instance of " + name());
}

void ClassObject::visit_held(const HeldVisitor& visit) { visit_members(visit); }

Object* ClassObject::clone(Cloner& cloner) {
  auto* copy = new ClassObject(name());
  cloner.remember(*this, copy);
  copy->exception_base = exception_base;
  cloner.later([this, copy, &cloner] { copy_members_to(*copy, cloner); });
  return copy;
}

InstanceObject::InstanceObject(Value class_value) : class_(std::move(class_value)) {
  kind = ObjectKind::instance;
}

Value& InstanceObject::field(std::string_view name) {
  for (auto& [known, value] : fields_) {
    if (known == name) return value;
  }
  return fields_.emplace_back(std::string(name), Value()).second;
}

const Value* InstanceObject::find_field(std::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (known == name) return &value;
  }
  return nullptr;
}

bool InstanceObject::delete_field(std::string_view name) {
  return std::erase_if(fields_, [&](const auto& field) { return field.first == name; }) > 0;
}

std::optional<Value> InstanceObject::find_attribute(Context& context, std::string_view name) {
  if (const Value* value = find_field(name)) return *value;
  const Value member = class_object().find_member(name);
  if (member.is_bound()) {
    if (member.get_if<FunctionObject>() == nullptr) return member;
    return make<BoundMethodObject>(Value::object(this), member);
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> InstanceObject::attribute_names() const {
  std::vector<std::string_view> names = class_object().attribute_names();
  for (const auto& [name, value] : fields_) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

bool InstanceObject::set_attribute(Context& context, std::string_view name, const Value& value) {
  context.cycles.given(link_, value);
  field(name) = value;
  return true;
}

bool InstanceObject::truth(Context&) {
  if (class_object().has_member("__len__")) refuse_native_call("__len__ of an instance");
  return true;
}

std::optional<std::int64_t> InstanceObject::length(Context&) {
  if (class_object().has_member("__len__")) refuse_native_call("__len__ of an instance");
  return std::nullopt;
}

std::optional<std::uint64_t> InstanceObject::hash(Context& context) {
  if (class_object().has_member("__eq__")) return std::nullopt;
  return identity_number(context, identity_);
}

std::string InstanceObject::repr(Context& context) {
  if (class_object().has_member("__repr__")) refuse_native_call("__repr__ of an instance");
  return "<" + class_object().qualified_name() + " object at " + identity_text(context, identity_) +
         ">";
}

std::string InstanceObject::str(Context& context) {
  if (class_object().has_member("__str__")) refuse_native_call("__str__ of an instance");
  return repr(context);
}

Object* InstanceObject::clone(Cloner& cloner) {
  auto* copy = new InstanceObject({});
  cloner.remember(*this, copy);
  copy->identity_ = identity_;
  cloner.later([this, copy, &cloner] {
    copy->class_ = cloner.copy(class_);
    for (const auto& [name, value] : fields_) copy->fields_.emplace_back(name, cloner.copy(value));
  });
  return copy;
}

void InstanceObject::visit_held(const HeldVisitor& visit) {
  visit(class_);
  for (auto& [name, value] : fields_) visit(value);
}

}  // namespace python
