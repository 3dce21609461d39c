// Types, modules and native functions as values.

#include <algorithm>

#include "scenarios/python/native.h"

namespace python {

namespace {

// Objects that compare by identity hash by address shifted as CPython does; nothing prints it.
std::uint64_t address_hash(const Object* o) { return reinterpret_cast<std::uintptr_t>(o) >> 4; }

bool name_before(const std::pair<std::string, Value>& entry, std::string_view name) {
  return entry.first < name;
}

}  // namespace

// --- native functions

std::optional<Value> NativeFunction::find_attribute(Context& context, std::string_view name) {
  if (name == "__name__" || name == "__qualname__") return make_str(name_);
  return Object::find_attribute(context, name);
}

std::optional<std::uint64_t> NativeFunction::hash(Context&) { return address_hash(this); }

std::optional<Value> BoundNativeMethod::find_attribute(Context& context, std::string_view name) {
  if (name == "__name__") return make_str(name_);
  if (name == "__self__") return self_;
  return Object::find_attribute(context, name);
}

Value BoundNativeMethod::call(Context& context, const Arguments& arguments) {
  return python::call_method(context, self_, name_, arguments);
}

std::optional<Value> BoundNativeMethod::compare(Context&, CompareOp op, const Value& other) {
  const auto* that = other.get_if<BoundNativeMethod>();
  if (that == nullptr || (op != CompareOp::equal && op != CompareOp::not_equal)) {
    return std::nullopt;
  }
  const bool same = that->name_ == name_ && is_identical(that->self_, self_);
  return Value::boolean(same == (op == CompareOp::equal));
}

std::optional<std::uint64_t> BoundNativeMethod::hash(Context&) {
  return std::hash<std::string>{}(name_);
}

std::string BoundNativeMethod::repr(Context&) {
  return "<built-in method " + name_ + " of " + python::type_name(self_) + " object>";
}

Object* BoundNativeMethod::clone(Cloner& cloner) {
  auto* copy = new BoundNativeMethod({}, name_);
  cloner.later(self_, copy->self_);
  return copy;
}

// --- modules

void ModuleObject::add(std::string name, Value value) {
  const auto at = std::lower_bound(
      by_name_.begin(), by_name_.end(), name,
      [&](std::uint32_t i, const std::string& wanted) { return members_[i].first < wanted; });
  if (at != by_name_.end() && members_[*at].first == name) {
    members_[*at].second = std::move(value);
    return;
  }
  by_name_.insert(at, static_cast<std::uint32_t>(members_.size()));
  members_.emplace_back(std::move(name), std::move(value));
}

std::optional<Value> ModuleObject::find_attribute(Context& context, std::string_view name) {
  const auto at = std::lower_bound(
      by_name_.begin(), by_name_.end(), name,
      [&](std::uint32_t i, std::string_view wanted) { return members_[i].first < wanted; });
  if (at != by_name_.end() && members_[*at].first == name) return members_[*at].second;
  if (name == "__name__") return make_str(name_);
  if (real_names_ != nullptr) {
    const std::vector<std::string_view> real = real_names_();
    if (std::find(real.begin(), real.end(), name) != real.end()) {
      throw Unsupported{name_ + "." + std::string(name) + " is not part of the subset", {}};
    }
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> ModuleObject::attribute_names() const {
  std::vector<std::string_view> names;
  if (real_names_ != nullptr) names = real_names_();
  for (const auto& [name, value] : members_) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool ModuleObject::set_attribute(Context&, std::string_view name, const Value& value) {
  add(std::string(name), value);
  return true;
}

std::optional<std::uint64_t> ModuleObject::hash(Context&) {
  return std::hash<std::string>{}(name_);
}

Object* ModuleObject::clone(Cloner& cloner) {
  auto* copy = new ModuleObject(name_, real_names_);
  cloner.remember(*this, copy);
  copy->by_name_ = by_name_;
  cloner.later([this, copy, &cloner] {
    for (const auto& [name, value] : members_) {
      copy->members_.emplace_back(name, cloner.copy(value));
    }
  });
  return copy;
}

// --- types

void TypeObject::add(std::string name, Value value) {
  for (auto& [known, old] : attributes_) {
    if (known == name) {
      old = std::move(value);
      return;
    }
  }
  attributes_.emplace_back(std::move(name), std::move(value));
}

bool TypeObject::is_subclass_of(const TypeObject& other) const {
  // A program's class has one base, and any number of them above it; built-in ones are few.
  const TypeObject* at = this;
  for (; at != &other && at->bases_.size() == 1;) {
    at = static_cast<const TypeObject*>(at->bases_[0].as_object());
  }
  return at == &other || std::any_of(at->bases_.begin(), at->bases_.end(), [&](const Value& base) {
           return static_cast<const TypeObject*>(base.as_object())->is_subclass_of(other);
         });
}

std::optional<Value> TypeObject::find_attribute(Context& context, std::string_view name) {
  for (const auto& [known, value] : attributes_) {
    if (known == name) return value;
  }
  if (name.substr(0, 2) != "__") {
    for (const Value& base : bases_) {
      if (auto found = base.as_object()->find_attribute(context, name)) return found;
    }
  }
  if (name == "__name__" || name == "__qualname__") return make_str(name_);
  if (name == "__module__") {
    const bool plain = qualified_name_ == name_;
    return make_str(plain ? "builtins"
                          : qualified_name_.substr(0, qualified_name_.size() - name_.size() - 1));
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> TypeObject::attribute_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : attributes_) names.emplace_back(name);
  return names;
}

Value TypeObject::call(Context& context, const Arguments& arguments) {
  if (constructor_ != nullptr) return constructor_(context, arguments);
  raise("TypeError", "cannot create '" + qualified_name_ + "' instances");
}

std::optional<std::uint64_t> TypeObject::hash(Context&) {
  return std::hash<std::string>{}(qualified_name_);
}

void TypeObject::visit_members(const HeldVisitor& visit) {
  for (Value& base : bases_) visit(base);
  for (auto& [name, value] : attributes_) visit(value);
}

void TypeObject::copy_members_to(TypeObject& copy, Cloner& cloner) const {
  for (const Value& base : bases_) copy.bases_.push_back(cloner.copy(base));
  for (const auto& [name, value] : attributes_) {
    copy.attributes_.emplace_back(name, cloner.copy(value));
  }
}

Object* TypeObject::clone(Cloner& cloner) {
  auto* copy = new TypeObject(name_, qualified_name_, constructor_);
  cloner.remember(*this, copy);
  copy_members_to(*copy, cloner);
  return copy;
}

Value TypeTable::find(std::string_view qualified_name) const {
  const auto at = std::lower_bound(types_.begin(), types_.end(), qualified_name, name_before);
  return at != types_.end() && at->first == qualified_name ? at->second : Value();
}

Value TypeTable::find_or_make(std::string_view qualified_name, std::string_view name) {
  if (Value known = find(qualified_name); known.is_bound()) return known;
  const Value type = make<TypeObject>(std::string(name), std::string(qualified_name), nullptr);
  add(type);
  return type;
}

void TypeTable::add(const Value& type) {
  const std::string& name = static_cast<const TypeObject*>(type.as_object())->qualified_name();
  const auto at = std::lower_bound(types_.begin(), types_.end(), name, name_before);
  if (at != types_.end() && at->first == name) {
    at->second = type;
  } else {
    types_.emplace(at, name, type);
  }
}

void TypeTable::copy_from(const TypeTable& other, Cloner& cloner) {
  for (const auto& [name, type] : other.types_) types_.emplace_back(name, cloner.copy(type));
}

Value make_type(Context& context, std::string name, std::string qualified_name,
                NativePointer constructor) {
  const Value type = make<TypeObject>(std::move(name), std::move(qualified_name), constructor);
  context.types().add(type);
  return type;
}

Value type_of(Context& context, const Value& v) {
  if (v.is_object()) return v.as_object()->type(context);
  const std::string name = type_name(v);
  return context.types().find_or_make(name, name);
}

bool is_instance(Context& context, const Value& v, const TypeObject& type) {
  const Value actual = type_of(context, v);
  return static_cast<const TypeObject*>(actual.as_object())->is_subclass_of(type);
}

}  // namespace python
