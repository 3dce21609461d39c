// Instructions of raise, try, with and assert.

#include <algorithm>
#include <span>

#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

namespace {

bool is_exception_class(const Value& v) {
  if (v.get_if<ExceptionType>() != nullptr) return true;
  const auto* user = v.get_if<ClassObject>();
  return user != nullptr && user->exception_base != nullptr;
}

Value as_exception(Context& context, const Value& v) {
  if (v.get_if<ExceptionObject>() != nullptr) return v;
  if (v.get_if<ExceptionType>() != nullptr) return call(context, v, {});
  raise("TypeError", "exceptions must derive from BaseException");
}

// A class or a tuple of classes, which is looked at as a whole before any of it is compared.
bool matches(Context& context, const Value& exception, const Value& wanted) {
  const auto* tuple = wanted.get_if<TupleObject>();
  const std::span<const Value> types =
      tuple != nullptr ? std::span<const Value>(tuple->items()) : std::span(&wanted, 1);
  if (!std::all_of(types.begin(), types.end(), is_exception_class)) {
    raise("TypeError", "catching classes that do not inherit from BaseException is not allowed");
  }
  return std::any_of(types.begin(), types.end(), [&](const Value& type) {
    return is_instance(context, exception, *static_cast<TypeObject*>(type.as_object()));
  });
}

}  // namespace

void Vm::Instructions::raise_(Vm& vm, const Instruction& i) {
  if (i.arg == 0) {
    if (!vm.handled_.is_object()) raise("RuntimeError", "No active exception to reraise");
    vm.raise_in_frame(vm.handled_, false);
    return;
  }
  Value cause;
  if (i.arg == 2) cause = vm.pop();
  const Value given = vm.pop();
  if (given.get_if<ClassObject>() != nullptr && is_exception_class(given)) {
    // Instantiating may run the program's own __init__: call it, then raise the result.
    vm.push(given);
    if (cause.is_bound()) throw Unsupported{"raise Class from ...", "raise Class() from ..."};
    --vm.pc_;
    vm.call(0, 0);
    return;
  }
  const Value exception = as_exception(vm, given);
  auto* object = static_cast<ExceptionObject*>(exception.as_object());
  if (i.arg == 2) {
    if (!cause.is_none()) {
      object->cause = as_exception(vm, cause);
      object->given(vm, object->cause);
    } else {
      object->cause = Value();
    }
    object->hides_context = true;
  }
  if (vm.handled_.is_object() && vm.handled_.as_object() != object) {
    object->raised_during = vm.handled_;
    object->given(vm, vm.handled_);
  }
  throw Raised{exception};
}

void Vm::Instructions::raise_assertion_(Vm& vm, const Instruction& i) {
  std::vector<Value> args;
  if (i.arg == 1) args.push_back(vm.pop());
  throw Raised{make<ExceptionObject>(*find_exception_kind("AssertionError"), std::move(args))};
}

void Vm::Instructions::begin_handler_(Vm& vm, const Instruction&) {
  vm.top().swap(vm.handled_);
  if (!vm.top().is_bound()) vm.top() = Value::none();
}

void Vm::Instructions::load_handled_(Vm& vm, const Instruction&) { vm.push(vm.handled_); }

void Vm::Instructions::match_exception_(Vm& vm, const Instruction&) {
  const Value type = vm.pop();
  vm.push(Value::boolean(matches(vm, vm.handled_, type)));
}

void Vm::Instructions::end_handler_(Vm& vm, const Instruction&) { vm.handled_ = vm.pop(); }

void Vm::Instructions::reraise_(Vm& vm, const Instruction&) {
  vm.raise_in_frame(vm.handled_, false);
}

void Vm::Instructions::raise_again_(Vm& vm, const Instruction&) {
  vm.raise_in_frame(vm.pop(), false);
}

void Vm::Instructions::reraise_cleanup_(Vm& vm, const Instruction&) {
  Value exception = vm.pop();
  vm.handled_ = vm.pop();
  vm.raise_in_frame(std::move(exception), false);
}

void Vm::Instructions::enter_with_(Vm& vm, const Instruction&) {
  const Value manager = vm.top();
  if (manager.is_object() && manager.as_object()->kind == ObjectKind::instance) {
    const auto& own = static_cast<InstanceObject*>(manager.as_object())->class_object();
    if (!own.has_member("__exit__") || !vm.call_special(manager, "__enter__", {})) {
      raise("TypeError", quoted_type(manager) +
                             " object does not support the context manager protocol" +
                             (own.has_member("__enter__") ? " (missed __exit__ method)" : ""));
    }
    return;
  }
  if (!manager.is_object()) {
    raise("TypeError",
          quoted_type(manager) + " object does not support the context manager protocol");
  }
  vm.push(manager.as_object()->enter(vm));
}

void Vm::Instructions::leave_with_(Vm& vm, const Instruction&) {
  const Value manager = vm.pop();
  if (manager.as_object()->kind == ObjectKind::instance) {
    if (vm.call_special(manager, "__exit__", {Value::none(), Value::none(), Value::none()})) return;
    raise("AttributeError", "__exit__");
  }
  manager.as_object()->leave(vm);
  vm.push(Value::none());
}

// The context lies below the exception that was handled before this one.
void Vm::Instructions::leave_with_raising_(Vm& vm, const Instruction&) {
  const Value manager = vm.sp_[-2];
  if (manager.as_object()->kind == ObjectKind::instance) {
    const Value type = type_of(vm, vm.handled_);
    if (vm.call_special(manager, "__exit__", {type, vm.handled_, Value::none()})) return;
    raise("AttributeError", "__exit__");
  }
  manager.as_object()->leave(vm);
  vm.push(Value::boolean(false));
}

void Vm::Instructions::build_class_(Vm& vm, const Instruction& i) {
  const Value body = vm.pop();
  std::vector<Value> bases(static_cast<std::size_t>(i.arg));
  for (std::size_t k = bases.size(); k > 0; --k) bases[k - 1] = vm.pop();
  const auto& code = static_cast<FunctionObject*>(body.as_object())->code();
  const Value made = make<ClassObject>(code.name);
  auto& object = *static_cast<ClassObject*>(made.as_object());
  for (const Value& base : bases) {
    if (const auto* exception = base.get_if<ExceptionType>()) {
      object.exception_base = &exception->exception_kind();
    } else if (const auto* user = base.get_if<ClassObject>()) {
      object.exception_base = user->exception_base;
    } else if (base.as_object() != type_of(vm, Value()).as_object()) {
      const auto* type = base.get_if<TypeObject>();
      if (type != nullptr && type->name() == "object") continue;
      throw Unsupported{"a class derived from " + repr(vm, base),
                        "a class that holds one as an attribute"};
    }
    object.add_base(base);
  }
  if (bases.size() > 1) throw Unsupported{"a class with several bases", "one base class"};
  Value* base = vm.sp_;
  vm.push_frame(body, base, 0, Frame::Kind::normal, made);
}

void Vm::Instructions::end_class_(Vm& vm, const Instruction&) {
  const Value made = vm.frames_.back().self;
  auto& object = *static_cast<ClassObject*>(made.as_object());
  const std::vector<std::string>& names = vm.frames_.back().code->local_names;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const Value& v = vm.locals_[k];
    if (!v.is_bound() || v.get_if<CellObject>() != nullptr) continue;
    if (auto* function = v.get_if<FunctionObject>()) function->owner = made;
    object.add(names[k], v);
    vm.cycles.given(*object.cycle_link(), v);
  }
  vm.push(made);
}

}  // namespace python
