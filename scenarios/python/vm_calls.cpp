// Calls: of functions of the language (a new frame), of native ones, of classes and methods.

#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/super_object.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

void Vm::Instructions::call_(Vm& vm, const Instruction& i) {
  vm.call(static_cast<std::uint32_t>(i.arg), i.extra);
}

void Vm::Instructions::call_method_(Vm& vm, const Instruction& i) {
  vm.call_method(vm.code_.names[static_cast<std::size_t>(i.arg)], i.small, i.extra);
}

// The callee lies under its arguments; keyword arguments come last.
void Vm::call(std::uint32_t count, std::uint16_t keywords) {
  Value* const first = sp_ - count;
  const Value& callee = first[-1];
  if (callee.is_object()) {
    switch (callee.as_object()->kind) {
      case ObjectKind::function:
        call_function(first, count, keywords, 1, Frame::Kind::normal, callee);
        return;
      case ObjectKind::bound_method: {
        const auto& method = *static_cast<const BoundMethodObject*>(callee.as_object());
        const Value function = method.function();
        first[-1] = Value(method.self());
        call_function(first - 1, count + 1, keywords, 0, Frame::Kind::normal, function);
        return;
      }
      case ObjectKind::user_class: instantiate(count, keywords); return;
      case ObjectKind::instance: {
        const Value self = callee;
        const Value function =
            static_cast<InstanceObject*>(self.as_object())->class_object().find_member("__call__");
        if (!function.is_bound()) break;
        if (function.is_object() && function.as_object()->kind == ObjectKind::function) {
          call_function(first - 1, count + 1, keywords, 0, Frame::Kind::normal, function);
          return;
        }
        const NativeCall inside(*this, "while calling a Python object");
        first[-1] = function;  // what is no function of the program is not bound to self
        return call(count, keywords);
      }
      default: break;
    }
  }
  call_native(count, keywords);
}

void Vm::call_method(std::string_view name, std::uint32_t count, std::uint16_t keywords) {
  Value* const first = sp_ - count;
  const Value& self = first[-1];
  if (self.is_object()) {
    Object& object = *self.as_object();
    if (object.kind == ObjectKind::instance) {
      const auto& instance = static_cast<const InstanceObject&>(object);
      if (instance.find_field(name) == nullptr) {
        const Value member = instance.class_object().find_member(name);
        if (member.is_object() && member.as_object()->kind == ObjectKind::function) {
          call_function(first - 1, count + 1, keywords, 0, Frame::Kind::normal, member);
          return;
        }
      }
      first[-1] = get_attribute(*this, Value(self), name);
      return call(count, keywords);
    }
    const bool machine = needs_machine(count);
    const bool sorts = machine && object.kind == ObjectKind::list && name == "sort";
    const bool looked_up = dynamic_cast<ModuleObject*>(&object) != nullptr ||
                           dynamic_cast<TypeObject*>(&object) != nullptr ||
                           dynamic_cast<ExceptionObject*>(&object) != nullptr ||
                           object.kind == ObjectKind::generator ||
                           dynamic_cast<SuperObject*>(&object) != nullptr;
    if (looked_up) {
      first[-1] = get_attribute(*this, Value(self), name);
      return call(count, keywords);
    }
    if (sorts) {
      call_prelude("__list_sort", count, keywords);
      return;
    }
    if (machine) {
      first[-1] = get_attribute(*this, Value(self), name);
      return call(count, keywords);
    }
  }
  std::vector<std::pair<std::string_view, Value>> named;
  const Arguments arguments = keyword_arguments(count, keywords, named);
  Value result = python::call_method(*this, self, name, arguments);
  finish_call(count, std::move(result));
}

Arguments Vm::keyword_arguments(std::uint32_t count, std::uint16_t keywords,
                                std::vector<std::pair<std::string_view, Value>>& into) {
  const Value* const first = sp_ - count;
  if (keywords == 0) return {.positional = {first, count}};
  const auto names = *as_sequence(constants_[keywords - 1U]);
  const std::size_t positional = count - names.size();
  for (std::size_t k = 0; k < names.size(); ++k) {
    into.emplace_back(*as_str(names[k]), first[positional + k]);
  }
  return {.positional = {first, positional}, .keywords = into};
}

// Drops the arguments and what was called, and pushes the result.
void Vm::finish_call(std::uint32_t count, Value result) {
  cut_stack(sp_ - count);
  top() = std::move(result);
}

void Vm::call_native(std::uint32_t count, std::uint16_t keywords) {
  if (needs_machine(count) && call_for_machine(count, keywords)) return;
  const Value callee = sp_[-static_cast<std::ptrdiff_t>(count) - 1];
  if (callee.as_object() == builtins_.find("super")->second.as_object()) {
    make_super(count);
    return;
  }
  std::vector<std::pair<std::string_view, Value>> named;
  const Arguments arguments = keyword_arguments(count, keywords, named);
  try {
    Value result = python::call(*this, callee, arguments);
    finish_call(count, std::move(result));
  } catch (const Unsupported&) {
    if (!call_telling(callee, count, keywords)) throw;
  }
}

void Vm::call_function(Value* first, std::uint32_t count, std::uint16_t keywords,
                       std::uint8_t below, Frame::Kind kind, Value function, Value self) {
  const auto& object = *static_cast<const FunctionObject*>(function.as_object());
  const FunctionCode& code = object.code();
  const bool plain = keywords == 0 && count == code.positional && code.keyword_only == 0 &&
                     !code.has_star && !code.has_double_star;
  if (!plain) {
    const auto offset = first - stack_.data();
    bind_arguments(object, first, count, keywords);
    first = stack_.data() + offset;
  }
  if (!code.is_generator) {
    push_frame(function, first, below, kind, std::move(self));
    return;
  }
  Value* base = first;
  ensure_stack(base, code.local_names.size() + 2);
  for (std::size_t i = 0; i < code.free_slots.size(); ++i) {
    base[code.free_slots[i]] = object.cells()[i];
  }
  std::vector<Value> values(std::make_move_iterator(base),
                            std::make_move_iterator(base + code.local_names.size()));
  sp_ = base;
  cut_stack(base - below);
  push(make<GeneratorObject>(function, std::move(values)));
}

void Vm::instantiate(std::uint32_t count, std::uint16_t keywords) {
  Value* const first = sp_ - count;
  const Value class_value = first[-1];
  const auto& object = *static_cast<const ClassObject*>(class_value.as_object());
  Value made;
  if (object.exception_base != nullptr) {
    std::vector<std::pair<std::string_view, Value>> named;
    const Arguments arguments = keyword_arguments(count, keywords, named);
    made = make<ExceptionObject>(
        *object.exception_base,
        std::vector<Value>(arguments.positional.begin(), arguments.positional.end()));
    static_cast<ExceptionObject*>(made.as_object())->user_class = class_value;
  } else {
    made = make<InstanceObject>(class_value);
  }
  const Value init = object.find_member("__init__");
  if (init.is_bound() && init.get_if<FunctionObject>() == nullptr) {
    std::vector<std::pair<std::string_view, Value>> named;
    const Value result = python::call(*this, init, keyword_arguments(count, keywords, named));
    check_init(result);
    finish_call(count, std::move(made));
    return;
  }
  if (init.is_bound()) {
    first[-1] = made;
    call_function(first - 1, count + 1, keywords, 0, Frame::Kind::init, init, made);
    return;
  }
  if (count > 0 && object.exception_base == nullptr) {
    raise("TypeError", object.name() + "() takes no arguments");
  }
  finish_call(count, std::move(made));
}

void Vm::check_init(const Value& result) {
  if (result.is_none()) return;
  raise("TypeError", "__init__() should return None, not " + quoted_type(result));
}

// Pushes a frame of self's special method, or the result of one that is no function of the program
// (nothing binds it to self); false when its class has none.
bool Vm::call_special(const Value& self, const char* name, std::vector<Value> arguments,
                      Frame::Kind kind) {
  const auto& instance = *static_cast<const InstanceObject*>(self.as_object());
  const Value function = instance.class_object().find_member(name);
  if (!function.is_bound()) return false;
  if (function.get_if<FunctionObject>() == nullptr) {
    Value result = python::call(*this, function, {.positional = arguments});
    if (kind != Frame::Kind::discard) push(std::move(result));
    return true;
  }
  Value* base = sp_;
  ensure_stack(base, arguments.size() + 3);
  const auto count = static_cast<std::uint32_t>(arguments.size() + 1);
  push(self);
  for (Value& v : arguments) push(std::move(v));
  call_function(sp_ - count, count, 0, 0, kind, function);
  return true;
}

void Vm::make_super(std::uint32_t count) {
  const Frame& frame = frames_.back();
  const auto* function = frame.function.get_if<FunctionObject>();
  if (count != 0 || function == nullptr || !function->owner.is_bound() ||
      frame.code->positional == 0) {
    throw Unsupported{"this use of super()", "super() without arguments inside a method"};
  }
  Value self = locals_[0];
  if (const auto* cell = self.get_if<CellObject>()) self = const_cast<CellObject*>(cell)->content();
  if (!self.is_bound()) raise("RuntimeError", "super(): arg[0] deleted");
  finish_call(count, make<SuperObject>(function->owner, std::move(self)));
}

void Vm::Instructions::call_unpacked_(Vm& vm, const Instruction& i) {
  Value dict;
  if (i.small == 1) dict = vm.pop();
  const Value list = vm.pop();
  const auto& items = static_cast<ListObject*>(list.as_object())->items();
  std::vector<Value> names;
  Value* base = vm.sp_;
  const auto* named = dict.is_bound() ? static_cast<DictObject*>(dict.as_object()) : nullptr;
  vm.ensure_stack(base, items.size() + (named != nullptr ? named->entries().size() : 0) + 4);
  for (const Value& item : items) vm.push(item);
  std::uint32_t count = static_cast<std::uint32_t>(items.size());
  if (named != nullptr) {
    for (const DictObject::Entry& entry : named->entries()) {
      if (!entry.key.is_bound()) continue;
      names.push_back(entry.key);
      vm.push(entry.value);
      ++count;
    }
  }
  if (names.empty()) return vm.call(count, 0);
  // The names take a constant's place for the call.
  vm.constants_.push_back(make_tuple(std::move(names)));
  if (vm.constants_.size() > UINT16_MAX) throw Unsupported{"too many ** calls in flight", {}};
  const auto keywords = static_cast<std::uint16_t>(vm.constants_.size());
  try {
    vm.call(count, keywords);
  } catch (...) {
    vm.constants_.pop_back();
    throw;
  }
  vm.constants_.pop_back();
}

}  // namespace python
