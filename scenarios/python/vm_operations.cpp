// Instructions that compute: operators, comparisons, items, formatting.

#include "scenarios/python/builtins.h"
#include "scenarios/python/class_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/numbers.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

namespace {

constexpr const char* kBinaryMethods[] = {"__add__",      "__sub__", "__mul__", "__truediv__",
                                          "__floordiv__", "__mod__", "__pow__", "__matmul__"};
constexpr const char* kReflectedMethods[] = {"__radd__", "__rsub__", "__rmul__", "__rtruediv__"};
constexpr const char* kCompareMethods[] = {"__eq__", "__ne__", "__lt__",
                                           "__le__", "__gt__", "__ge__"};

bool is_instance(const Value& v) {
  return v.is_object() && v.as_object()->kind == ObjectKind::instance;
}

// What only the machine can iterate.
bool runs_in_machine(const Value& v) {
  return v.is_object() && (v.as_object()->kind == ObjectKind::generator || is_instance(v));
}

const InstanceObject& instance_of(const Value& v) {
  return *static_cast<const InstanceObject*>(v.as_object());
}

// The special method that answers a binary operation of instances, on which side; null: none.
struct Special {
  const char* name = nullptr;
  bool reflected = false;
};
Special find_special(std::size_t op, const Value& left, const Value& right) {
  if (op < std::size(kBinaryMethods) && is_instance(left) &&
      instance_of(left).class_object().has_member(kBinaryMethods[op])) {
    return {kBinaryMethods[op], false};
  }
  if (op < std::size(kReflectedMethods) && is_instance(right) &&
      instance_of(right).class_object().has_member(kReflectedMethods[op])) {
    return {kReflectedMethods[op], true};
  }
  return {};
}

bool whole_fast(const Value& a, const Value& b) { return a.is_integer() && b.is_integer(); }

// The common operations of two ints; false where anything is out of the ordinary.
bool fast_binary(BinaryOp op, Value& a, const Value& b) {
  std::int64_t result = 0;
  if (whole_fast(a, b)) {
    const std::int64_t x = a.as_integer(), y = b.as_integer();
    switch (op) {
      case BinaryOp::add:
        if (__builtin_add_overflow(x, y, &result)) return false;
        break;
      case BinaryOp::subtract:
        if (__builtin_sub_overflow(x, y, &result)) return false;
        break;
      case BinaryOp::multiply:
        if (__builtin_mul_overflow(x, y, &result)) return false;
        break;
      default: return false;
    }
    a = Value::integer(result);
    return true;
  }
  if (!a.is_real() || !b.is_real()) return false;
  const double x = a.as_real(), y = b.as_real();
  switch (op) {
    case BinaryOp::add: a = Value::real(x + y); return true;
    case BinaryOp::subtract: a = Value::real(x - y); return true;
    case BinaryOp::multiply: a = Value::real(x * y); return true;
    default: return false;
  }
}

}  // namespace

void Vm::Instructions::binary_(Vm& vm, const Instruction& i) {
  const auto op = static_cast<BinaryOp>(i.small);
  Value& left = vm.sp_[-2];
  Value& right = vm.sp_[-1];
  if (fast_binary(op, left, right)) {
    --vm.sp_;
    *vm.sp_ = Value();
    return;
  }
  if (is_instance(left) || is_instance(right)) {
    const Special special = find_special(i.small, left, right);
    if (special.name != nullptr) {
      const Value r = vm.pop(), l = vm.pop();
      vm.call_special(special.reflected ? r : l, special.name, {special.reflected ? l : r});
      return;
    }
  }
  Value result = binary_operation(vm, op, left, right);
  vm.pop();
  vm.top() = std::move(result);
}

void Vm::Instructions::in_place_(Vm& vm, const Instruction& i) {
  const auto op = static_cast<BinaryOp>(i.small);
  Value& left = vm.sp_[-2];
  Value& right = vm.sp_[-1];
  if (fast_binary(op, left, right)) {
    --vm.sp_;
    *vm.sp_ = Value();
    return;
  }
  if (is_instance(left) || is_instance(right)) {
    binary_(vm, i);
    return;
  }
  if (runs_in_machine(right) && op == BinaryOp::add) {
    vm.call_prelude_now("__collect", {vm.pop()});
    --vm.frames_[vm.frames_.size() - 2].pc;  // once more, with the list
    return;
  }
  Value result = in_place_operation(vm, op, left, right);
  vm.pop();
  vm.top() = std::move(result);
}

void Vm::Instructions::unary_(Vm& vm, const Instruction& i) {
  const auto op = static_cast<UnaryOp>(i.small);
  if (is_instance(vm.top()) && op != UnaryOp::invert) {
    const char* name = op == UnaryOp::negative ? "__neg__" : "__pos__";
    if (instance_of(vm.top()).class_object().has_member(name)) {
      vm.call_special(vm.pop(), name, {});
      return;
    }
  }
  vm.top() = unary_operation(vm, op, vm.top());
}

void Vm::Instructions::negate_(Vm& vm, const Instruction&) {
  vm.top() = Value::boolean(!truth(vm, vm.top()));
}

namespace {

Value compare_whole(CompareOp op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case CompareOp::equal: return Value::boolean(a == b);
    case CompareOp::not_equal: return Value::boolean(a != b);
    case CompareOp::less: return Value::boolean(a < b);
    case CompareOp::less_equal: return Value::boolean(a <= b);
    case CompareOp::greater: return Value::boolean(a > b);
    case CompareOp::greater_equal: return Value::boolean(a >= b);
  }
  return Value::boolean(false);
}

}  // namespace

void Vm::Instructions::compare_(Vm& vm, const Instruction& i) {
  Value& left = vm.sp_[-2];
  Value& right = vm.sp_[-1];
  const auto op = static_cast<Comparison>(i.small);
  const bool search = op == Comparison::in || op == Comparison::not_in;
  if (search && runs_in_machine(right)) {
    const Value r = vm.pop(), l = vm.pop();
    vm.call_prelude_now(op == Comparison::in ? "__contains" : "__lacks", {l, r});
    return;
  }
  Value result;
  switch (op) {
    case Comparison::in: result = Value::boolean(contains(vm, right, left)); break;
    case Comparison::not_in: result = Value::boolean(!contains(vm, right, left)); break;
    case Comparison::is: result = Value::boolean(is_identical(left, right)); break;
    case Comparison::is_not: result = Value::boolean(!is_identical(left, right)); break;
    default:
      if (whole_fast(left, right)) {
        result =
            compare_whole(static_cast<CompareOp>(i.small), left.as_integer(), right.as_integer());
        break;
      }
      if (is_instance(left) &&
          instance_of(left).class_object().has_member(kCompareMethods[i.small])) {
        const Value r = vm.pop(), l = vm.pop();
        vm.call_special(l, kCompareMethods[i.small], {r});
        return;
      }
      if (op == Comparison::not_equal && is_instance(left) &&
          instance_of(left).class_object().has_member("__eq__")) {
        const Value r = vm.pop(), l = vm.pop();
        vm.call_prelude_now("__differ", {l, r});
        return;
      }
      result = compare_operation(vm, static_cast<CompareOp>(i.small), left, right);
  }
  vm.pop();
  vm.top() = std::move(result);
}

void Vm::Instructions::load_item_(Vm& vm, const Instruction&) {
  Value& object = vm.sp_[-2];
  if (is_instance(object) && instance_of(object).class_object().has_member("__getitem__")) {
    const Value key = vm.pop(), self = vm.pop();
    vm.call_special(self, "__getitem__", {key});
    return;
  }
  Value result = get_item(vm, object, vm.sp_[-1]);
  vm.pop();
  vm.top() = std::move(result);
}

void Vm::Instructions::store_item_(Vm& vm, const Instruction&) {
  Value& object = vm.sp_[-2];
  if (is_instance(object) && instance_of(object).class_object().has_member("__setitem__")) {
    const Value key = vm.pop(), self = vm.pop(), value = vm.pop();
    vm.call_special(self, "__setitem__", {key, value}, Frame::Kind::discard);
    return;
  }
  set_item(vm, object, vm.sp_[-1], vm.sp_[-3]);
  vm.pop();
  vm.pop();
  vm.pop();
}

void Vm::Instructions::delete_item_(Vm& vm, const Instruction&) {
  delete_item(vm, vm.sp_[-2], vm.sp_[-1]);
  vm.pop();
  vm.pop();
}

void Vm::Instructions::augment_item_(Vm& vm, const Instruction& i) {
  const auto op = static_cast<BinaryOp>(i.small);
  const Value &object = vm.sp_[-3], &key = vm.sp_[-2], &other = vm.sp_[-1];
  if (is_instance(object)) throw Unsupported{"an augmented item of an instance", "x[k] = x[k] + y"};
  Value value = get_item(vm, object, key);
  if (!fast_binary(op, value, other)) value = in_place_operation(vm, op, value, other);
  set_item(vm, object, key, value);
  vm.pop();
  vm.pop();
  vm.pop();
}

void Vm::Instructions::format_(Vm& vm, const Instruction& i) {
  std::string spec;
  if (i.extra != 0) spec = *as_str(vm.pop());
  const Value& v = vm.top();
  if (is_instance(v)) {
    const InstanceObject& instance = instance_of(v);
    const bool own = instance.class_object().has_member("__repr__") ||
                     instance.class_object().has_member("__str__");
    if (own) {
      const Value self = vm.pop();
      vm.call_prelude_now(i.small == 'r' ? "__format_repr" : "__format_str",
                          {self, make_str(std::move(spec))});
      return;
    }
  }
  if (i.small == 0 && spec.empty() && as_str(v)) return;
  std::string text;
  try {
    switch (i.small) {
      case 'r': text = repr(vm, v); break;
      case 's': text = str(vm, v); break;
      case 'a': text = ascii_of(repr(vm, v)); break;
      default: vm.top() = make_str(format(vm, v, spec)); return;
    }
  } catch (const Unsupported&) {  // it shows an instance whose __repr__ is the program's own
    if (i.small == 'a' || vm.frames_.back().code->is_hidden) throw;
    const Value shown = vm.pop();
    vm.call_prelude_now(i.small == 'r' ? "__format_repr" : "__format_str",
                        {shown, make_str(std::move(spec))});
    return;
  }
  vm.top() = make_str(std::move(text));
  if (!spec.empty()) vm.top() = make_str(format(vm, vm.top(), spec));
}

}  // namespace python
