// Instructions that move values: constants, names, attributes, items, and making collections.

#include "scenarios/python/builtins.h"
#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"
#include "scenarios/python/set_object.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

namespace {

std::string unbound_local(const std::string& name) {
  return "cannot access local variable '" + name + "' where it is not associated with a value";
}

Value& cell_content(const Value& cell) {
  return static_cast<CellObject*>(cell.as_object())->content();
}

}  // namespace

void Vm::Instructions::line_(Vm& vm, const Instruction& i) {
  vm.Vm::line_ = static_cast<std::uint32_t>(i.arg);
  if (vm.listener == nullptr) return;
  vm.told_line_ = vm.Vm::line_;
  vm.listener->before_line(vm.Vm::line_);
}

void Vm::Instructions::load_constant_(Vm& vm, const Instruction& i) {
  vm.push(vm.constants_[static_cast<std::size_t>(i.arg)]);
}

void Vm::Instructions::load_local_(Vm& vm, const Instruction& i) {
  const Value& v = vm.locals_[i.arg];
  if (!v.is_bound()) [[unlikely]] {
    raise("UnboundLocalError",
          unbound_local(vm.frames_.back().code->local_names[static_cast<std::size_t>(i.arg)]));
  }
  vm.push(v);
}

void Vm::Instructions::load_global_(Vm& vm, const Instruction& i) {
  const auto slot = static_cast<std::size_t>(i.arg);
  const Value& v = vm.globals_[slot];
  if (v.is_bound()) [[likely]] {
    vm.push(v);
    return;
  }
  if (!vm.fallbacks_[slot].is_bound()) vm.name_error(vm.code_.global_names[slot]);
  vm.push(vm.fallbacks_[slot]);
}

void Vm::Instructions::load_cell_(Vm& vm, const Instruction& i) {
  const Value& v = cell_content(vm.locals_[i.arg]);
  if (!v.is_bound()) {
    const FunctionCode& code = *vm.frames_.back().code;
    const std::string& name = code.local_names[static_cast<std::size_t>(i.arg)];
    for (const std::uint32_t slot : code.free_slots) {
      if (slot != static_cast<std::uint32_t>(i.arg)) continue;
      raise("NameError", "cannot access free variable '" + name +
                             "' where it is not associated with a value in enclosing scope");
    }
    raise("UnboundLocalError", unbound_local(name));
  }
  vm.push(v);
}

void Vm::Instructions::load_class_local_(Vm& vm, const Instruction& i) {
  const Value& v = vm.locals_[i.arg];
  if (v.is_bound()) {
    vm.push(v);
    return;
  }
  load_global_(vm, {.op = Op::load_global, .arg = i.extra});
}

void Vm::Instructions::store_local_(Vm& vm, const Instruction& i) { vm.locals_[i.arg] = vm.pop(); }

void Vm::Instructions::store_global_(Vm& vm, const Instruction& i) {
  Value& slot = vm.globals_[static_cast<std::size_t>(i.arg)];
  if (!slot.is_bound()) vm.global_order_.push_back(static_cast<std::uint32_t>(i.arg));
  slot = vm.pop();
}

void Vm::Instructions::store_cell_(Vm& vm, const Instruction& i) {
  vm.cycles.given(*vm.locals_[i.arg].as_object()->cycle_link(), vm.top());
  cell_content(vm.locals_[i.arg]) = vm.pop();
}

void Vm::Instructions::delete_local_(Vm& vm, const Instruction& i) {
  Value& v = vm.locals_[i.arg];
  if (!v.is_bound()) {
    raise("UnboundLocalError",
          unbound_local(vm.frames_.back().code->local_names[static_cast<std::size_t>(i.arg)]));
  }
  v = Value();
}

void Vm::Instructions::delete_global_(Vm& vm, const Instruction& i) {
  Value& v = vm.globals_[static_cast<std::size_t>(i.arg)];
  if (!v.is_bound()) {
    raise("NameError",
          "name '" + vm.code_.global_names[static_cast<std::size_t>(i.arg)] + "' is not defined");
  }
  std::erase(vm.global_order_, static_cast<std::uint32_t>(i.arg));
  v = Value();
}

void Vm::Instructions::delete_cell_(Vm& vm, const Instruction& i) {
  cell_content(vm.locals_[i.arg]) = Value();
}

void Vm::Instructions::pop_(Vm& vm, const Instruction&) { vm.pop(); }

void Vm::Instructions::copy_(Vm& vm, const Instruction&) { vm.push(vm.top()); }

void Vm::Instructions::copy_two_(Vm& vm, const Instruction&) {
  vm.push(vm.sp_[-2]);
  vm.push(vm.sp_[-2]);
}

void Vm::Instructions::swap_(Vm& vm, const Instruction&) { vm.sp_[-1].swap(vm.sp_[-2]); }

void Vm::Instructions::rotate_three_(Vm& vm, const Instruction&) {
  vm.sp_[-1].swap(vm.sp_[-2]);
  vm.sp_[-2].swap(vm.sp_[-3]);
}

void Vm::Instructions::load_attribute_(Vm& vm, const Instruction& i) {
  const std::string& name = vm.code_.names[static_cast<std::size_t>(i.arg)];
  vm.top() = get_attribute(vm, vm.top(), name);
}

void Vm::Instructions::store_attribute_(Vm& vm, const Instruction& i) {
  const std::string& name = vm.code_.names[static_cast<std::size_t>(i.arg)];
  const Value object = vm.pop();
  const Value value = vm.pop();
  set_attribute(vm, object, name, value);
}

void Vm::Instructions::delete_attribute_(Vm& vm, const Instruction& i) {
  const std::string& name = vm.code_.names[static_cast<std::size_t>(i.arg)];
  const Value object = vm.pop();
  auto* instance = object.get_if<InstanceObject>();
  if (instance == nullptr) throw Unsupported{"del of this attribute", {}};
  if (!instance->delete_field(name)) raise("AttributeError", name);
}

namespace {

std::vector<Value> take_items(Value*& sp, std::int32_t count) {
  std::vector<Value> items(std::make_move_iterator(sp - count), std::make_move_iterator(sp));
  sp -= count;
  return items;
}

}  // namespace

void Vm::Instructions::build_tuple_(Vm& vm, const Instruction& i) {
  vm.push(make_tuple(take_items(vm.sp_, i.arg)));
}

void Vm::Instructions::build_list_(Vm& vm, const Instruction& i) {
  vm.push(make_list(take_items(vm.sp_, i.arg)));
}

// small 1: a display of constants, which CPython builds from a frozen set that it made, and made
// again in that one's order, at compile time: the order of iteration shows it.
void Vm::Instructions::build_set_(Vm& vm, const Instruction& i) {
  std::vector<Value> items = take_items(vm.sp_, i.arg);
  Value made = make<SetObject>();
  const auto fill = [&](const Value& set) {
    for (const Value& item : items) static_cast<SetObject*>(set.as_object())->insert(vm, item);
  };
  fill(made);
  if (i.small == 1) {
    items = static_cast<SetObject*>(made.as_object())->keys();
    const Value again = make<SetObject>();
    fill(again);
    made = make<SetObject>();
    static_cast<SetObject*>(made.as_object())
        ->merge(vm, *static_cast<SetObject*>(again.as_object()));
  }
  vm.push(std::move(made));
}

void Vm::Instructions::build_dict_(Vm& vm, const Instruction&) { vm.push(make_dict()); }

void Vm::Instructions::build_slice_(Vm& vm, const Instruction&) {
  Value step = vm.pop(), stop = vm.pop(), start = vm.pop();
  vm.push(make<SliceObject>(std::move(start), std::move(stop), std::move(step)));
}

void Vm::Instructions::build_string_(Vm& vm, const Instruction& i) {
  std::string text;
  const auto parts = take_items(vm.sp_, i.arg);
  for (const Value& part : parts) spend_on_whole(vm, part);
  for (const Value& part : parts) text += *as_str(part);
  vm.push(make_str(std::move(text)));
}

void Vm::Instructions::list_append_(Vm& vm, const Instruction& i) {
  Value item = vm.pop();
  static_cast<ListObject*>(vm.sp_[-1 - i.arg].as_object())->items().push_back(std::move(item));
}

void Vm::Instructions::list_to_tuple_(Vm& vm, const Instruction& i) {
  const Value list = vm.pop();
  const std::vector<Value>& items = static_cast<ListObject*>(list.as_object())->items();
  if (i.small == 0) {
    vm.push(make_tuple(items));
    return;
  }
  const Value set = make<SetObject>();
  for (const Value& item : items) static_cast<SetObject*>(set.as_object())->insert(vm, item);
  vm.push(set);
}

void Vm::Instructions::set_add_(Vm& vm, const Instruction& i) {
  const Value item = vm.pop();
  static_cast<SetObject*>(vm.sp_[-1 - i.arg].as_object())->insert(vm, item);
}

void Vm::Instructions::dict_add_(Vm& vm, const Instruction& i) {
  Value value = vm.pop();
  const Value key = vm.pop();
  // Among a call's keywords (small 1) the key must be new; in a display it replaces.
  auto* dict = static_cast<DictObject*>(vm.sp_[-1 - i.arg].as_object());
  if (i.small == 1 && dict->get(vm, key).is_bound()) {
    raise("TypeError", "got multiple values for keyword argument " + repr(vm, key));
  }
  dict->set(vm, key, std::move(value));
}

void Vm::Instructions::dict_update_(Vm& vm, const Instruction& i) {
  const Value from = vm.pop();
  auto* dict = static_cast<DictObject*>(vm.sp_[-1 - i.arg].as_object());
  const auto* source = from.get_if<DictObject>();
  if (source == nullptr) {
    raise("TypeError", i.small == 1 ? "argument after ** must be a mapping, not " + type_name(from)
                                    : quoted_type(from) + " object is not a mapping");
  }
  for (const DictObject::Entry& entry : source->entries()) {
    if (!entry.key.is_bound()) continue;
    if (i.small == 1 && !as_str(entry.key)) raise("TypeError", "keywords must be strings");
    if (i.small == 1 && dict->get(vm, entry.key).is_bound()) {
      raise("TypeError", "got multiple values for keyword argument " + repr(vm, entry.key));
    }
    dict->set(vm, entry.key, entry.value);
  }
}

}  // namespace python
