// Instructions that direct control: jumps, iteration, functions, exceptions, with, imports.

#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/iterators.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

namespace {

bool is_kind(const Value& v, ObjectKind kind) {
  return v.is_object() && v.as_object()->kind == kind;
}

bool is_true(Vm& vm, const Value& v) { return v.is_boolean() ? v.as_boolean() : truth(vm, v); }

}  // namespace

void Vm::Instructions::jump_(Vm& vm, const Instruction& i) {
  vm.pc_ = vm.frames_.back().code->instructions.data() + i.arg;
}

void Vm::Instructions::jump_if_false_(Vm& vm, const Instruction& i) {
  const bool jumps = !is_true(vm, vm.top());
  vm.pop();
  if (jumps) jump_(vm, i);
}

void Vm::Instructions::jump_if_true_(Vm& vm, const Instruction& i) {
  const bool jumps = is_true(vm, vm.top());
  vm.pop();
  if (jumps) jump_(vm, i);
}

void Vm::Instructions::jump_if_false_or_pop_(Vm& vm, const Instruction& i) {
  if (!is_true(vm, vm.top())) return jump_(vm, i);
  vm.pop();
}

void Vm::Instructions::jump_if_true_or_pop_(Vm& vm, const Instruction& i) {
  if (is_true(vm, vm.top())) return jump_(vm, i);
  vm.pop();
}

void Vm::Instructions::iterate_(Vm& vm, const Instruction&) {
  if (is_kind(vm.top(), ObjectKind::instance)) {
    const Value self = vm.pop();
    if (vm.call_special(self, "__iter__", {})) return;
    raise("TypeError", quoted_type(self) + " object is not iterable");
  }
  vm.top() = iterate(vm, vm.top());
}

void Vm::Instructions::for_iter_(Vm& vm, const Instruction& i) {
  const Value& iterator = vm.top();
  if (is_kind(iterator, ObjectKind::range_iterator)) {
    auto& range = *static_cast<RangeIterator*>(iterator.as_object());
    std::int64_t n = 0;
    if (!range.advance(n)) {
      vm.pop();
      jump_(vm, i);
      return;
    }
    // The loop variable's store, which nearly always follows, is done with it.
    const Instruction& store = *vm.pc_;
    if (store.op == Op::store_local && vm.fuel_ > 0) {
      ++vm.pc_;
      --vm.fuel_;
      vm.locals_[store.arg] = Value::integer(n);
      return;
    }
    vm.push(Value::integer(n));
    return;
  }
  if (is_kind(iterator, ObjectKind::generator)) {
    auto& generator = *static_cast<GeneratorObject*>(iterator.as_object());
    if (generator.state == GeneratorObject::State::done) return vm.end_iteration();
    vm.resume(generator, Frame::Kind::generator_for, {});
    return;
  }
  if (is_kind(iterator, ObjectKind::instance)) {
    const Value self = iterator;
    if (vm.call_special(self, "__next__", {}, Frame::Kind::instance_next)) return;
    raise("TypeError", quoted_type(self) + " object is not an iterator");
  }
  std::optional<Value> item = next_of(vm, iterator);
  if (item) {
    vm.push(std::move(*item));
    return;
  }
  vm.pop();
  jump_(vm, i);
}

void Vm::Instructions::unpack_(Vm& vm, const Instruction& i) {
  const auto wanted = static_cast<std::size_t>(i.arg);
  const Value source = vm.pop();
  std::vector<Value> items;
  if (const auto sequence = as_sequence(source)) {
    items.assign(sequence->begin(), sequence->end());
  } else if (is_kind(source, ObjectKind::generator) || is_kind(source, ObjectKind::instance)) {
    vm.push(source);
    vm.call_prelude_now("__collect", {vm.pop()});
    --vm.frames_[vm.frames_.size() - 2].pc;  // unpack the list that comes back
    return;
  } else {
    Value iterator;
    if (!source.is_object()) {
      raise("TypeError", "cannot unpack non-iterable " + type_name(source) + " object");
    }
    try {
      iterator = iterate(vm, source);
    } catch (const Raised&) {
      raise("TypeError", "cannot unpack non-iterable " + type_name(source) + " object");
    }
    while (items.size() <= wanted) {
      std::optional<Value> item = next_of(vm, iterator);
      if (!item) break;
      items.push_back(std::move(*item));
    }
  }
  if (items.size() > wanted) {
    raise("ValueError", "too many values to unpack (expected " + std::to_string(wanted) + ")");
  }
  if (items.size() < wanted) {
    raise("ValueError", "not enough values to unpack (expected " + std::to_string(wanted) +
                            ", got " + std::to_string(items.size()) + ")");
  }
  for (std::size_t k = items.size(); k > 0; --k) vm.push(std::move(items[k - 1]));
}

void Vm::Instructions::unpack_star_(Vm& vm, const Instruction& i) {
  const Value source = vm.pop();
  if (is_kind(source, ObjectKind::generator)) {
    vm.call_prelude_now("__collect", {source});
    --vm.frames_[vm.frames_.size() - 2].pc;
    return;
  }
  std::vector<Value> items;
  try {
    items = collect(vm, source);
  } catch (const Raised&) {
    if (source.is_object() && source.as_object()->type_name() != "int") throw;
    raise("TypeError", "cannot unpack non-iterable " + type_name(source) + " object");
  }
  const std::size_t before = i.small, after = i.extra;
  if (items.size() < before + after) {
    raise("ValueError", "not enough values to unpack (expected at least " +
                            std::to_string(before + after) + ", got " +
                            std::to_string(items.size()) + ")");
  }
  const std::size_t rest_end = items.size() - after;
  for (std::size_t k = items.size(); k > rest_end; --k) vm.push(std::move(items[k - 1]));
  vm.push(
      make_list({std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(before)),
                 std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(rest_end))}));
  for (std::size_t k = before; k > 0; --k) vm.push(std::move(items[k - 1]));
}

void Vm::Instructions::make_function_(Vm& vm, const Instruction& i) {
  const FunctionCode& code = *vm.code_.functions[static_cast<std::size_t>(i.arg)];
  const auto take = [&](std::size_t count) {
    std::vector<Value> values(count);
    for (std::size_t k = count; k > 0; --k) values[k - 1] = vm.pop();
    return values;
  };
  std::vector<Value> cells = take(code.free_slots.size());
  std::vector<Value> keyword_defaults(code.keyword_defaults.size());
  for (std::size_t k = keyword_defaults.size(); k > 0; --k) {
    if (code.keyword_defaults[k - 1]) keyword_defaults[k - 1] = vm.pop();
  }
  std::vector<Value> defaults = take(code.defaults);
  vm.push(make<FunctionObject>(code, std::move(defaults), std::move(keyword_defaults),
                               std::move(cells)));
}

void Vm::Instructions::make_cell_(Vm& vm, const Instruction& i) {
  Value& slot = vm.locals_[i.arg];
  slot = make<CellObject>(std::move(slot));
}

void Vm::Instructions::load_closure_(Vm& vm, const Instruction& i) { vm.push(vm.locals_[i.arg]); }

void Vm::Instructions::return_value_(Vm& vm, const Instruction&) { vm.return_value(vm.pop()); }

void Vm::Instructions::yield_value_(Vm& vm, const Instruction&) { vm.yield_value(vm.pop()); }

void Vm::Instructions::import_module_(Vm& vm, const Instruction& i) {
  const std::string& name = vm.code_.names[static_cast<std::size_t>(i.arg)];
  Value module = vm.import(name);
  vm.push(i.small == 1 ? vm.import(name.substr(0, name.find('.'))) : std::move(module));
}

void Vm::Instructions::import_name_(Vm& vm, const Instruction& i) {
  const std::string& name = vm.code_.names[static_cast<std::size_t>(i.arg)];
  const auto& module = *static_cast<const ModuleObject*>(vm.top().as_object());
  std::optional<Value> found = find_attribute(vm, vm.top(), name);
  if (!found) {
    raise("ImportError",
          "cannot import name '" + name + "' from '" + module.name() + "' (unknown location)");
  }
  vm.push(std::move(*found));
}

Value Vm::import(const std::string& name) {
  if (const auto at = imported_.find(name); at != imported_.end()) return at->second;
  for (const NativeModule& module : modules_) {
    if (module.name != name) continue;
    return imported_.emplace(name, module.make(*this)).first->second;
  }
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos) {
    const Value package = import(name.substr(0, dot));
    if (auto found = find_attribute(*this, package, name.substr(dot + 1))) {
      if (found->get_if<ModuleObject>() != nullptr) return *found;
    }
    raise("ModuleNotFoundError", "No module named '" + name + "'");
  }
  raise("ModuleNotFoundError", "No module named '" + name + "'");
}

}  // namespace python
