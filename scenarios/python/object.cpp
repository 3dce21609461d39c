// What an object answers when its type has nothing to say: CPython's errors.

#include "scenarios/python/object.h"

#include "scenarios/python/context.h"
#include "scenarios/python/cycles.h"
#include "scenarios/python/error.h"
#include "scenarios/python/native_function.h"
#include "scenarios/python/operations.h"
#include "scenarios/python/type_object.h"

namespace python {

Value Object::type(Context& context) {
  return context.types().find_or_make(qualified_type_name(), type_name());
}

std::optional<Value> Object::find_attribute(Context& context, std::string_view name) {
  if (name == "__class__") return type(context);
  return std::nullopt;
}

std::vector<std::string_view> Object::attribute_names() const { return {}; }

bool Object::set_attribute(Context&, std::string_view, const Value&) { return false; }

Value Object::call_method(Context& context, std::string_view name, const Arguments& arguments) {
  const Value self = Value::object(this);
  return python::call(context, get_attribute(context, self, name), arguments);
}

Value Object::call(Context&, const Arguments&) {
  raise("TypeError", "'" + error_type_name() + "' object is not callable");
}

Value Object::item(Context&, const Value&) {
  raise("TypeError", "'" + error_type_name() + "' object is not subscriptable");
}

void Object::set_item(Context&, const Value&, const Value&) {
  raise("TypeError", "'" + error_type_name() + "' object does not support item assignment");
}

void Object::delete_item(Context&, const Value&) {
  raise("TypeError", "'" + error_type_name() + "' object doesn't support item deletion");
}

bool Object::contains(Context& context, const Value& wanted) {
  Value iterator;
  try {
    iterator = iterate(context);
  } catch (const Raised&) {
    raise("TypeError", "argument of type '" + std::string(type_name()) + "' is not iterable");
  }
  while (std::optional<Value> item = next_of(context, iterator)) {
    context.spend(1);
    if (equal(context, *item, wanted)) return true;
  }
  return false;
}

std::optional<Value> Object::binary(Context&, BinaryOp, const Value&, Side) { return std::nullopt; }
std::optional<Value> Object::in_place(Context&, BinaryOp, const Value&) { return std::nullopt; }
std::optional<Value> Object::unary(Context&, UnaryOp) { return std::nullopt; }
std::optional<Value> Object::compare(Context&, CompareOp, const Value&) { return std::nullopt; }

Value Object::iterate(Context&) {
  raise("TypeError", "'" + error_type_name() + "' object is not iterable");
}

std::optional<Value> Object::next(Context&) {
  raise("TypeError", "'" + error_type_name() + "' object is not an iterator");
}

std::string Object::str(Context& context) { return python::repr(context, Value::object(this)); }

std::optional<std::uint64_t> Object::hash(Context&) { return std::nullopt; }

Value Object::enter(Context&) {
  raise("TypeError",
        "'" + error_type_name() + "' object does not support the context manager protocol");
}

void Object::leave(Context&) {}

std::string Object::format(Context& context, std::string_view spec) {
  if (spec.empty()) return str(context);
  raise("TypeError",
        "unsupported format string passed to " + std::string(type_name()) + ".__format__");
}

namespace {

// How deep this thread is in freeing, and what waits for its end. (A reference goes wherever a
// value does, with no context at hand.)
struct Freeing {
  std::uint32_t depth = 0;
  Object* waiting = nullptr;
};
thread_local Freeing freeing;

}  // namespace

void free_object(Object* object) noexcept {
  constexpr std::uint32_t kDeepest = 50;  // as CPython's trashcan
  if (freeing.depth == kDeepest) {
    object->next_waiting = freeing.waiting;
    freeing.waiting = object;
    return;
  }
  ++freeing.depth;
  delete object;
  while (freeing.depth == 1 && freeing.waiting != nullptr) {
    Object* const next = freeing.waiting;
    freeing.waiting = next->next_waiting;
    delete next;
  }
  --freeing.depth;
}

void empty(Object& object) {
  object.visit_held([](Value& v) {
    const Value gone = std::move(v);
    static_cast<void>(gone);
  });
}

void drop_backwards(std::vector<Value>& values) {
  while (!values.empty()) values.pop_back();
}

sim::Computer& Cloner::computer() const { return context_->computer(); }

Value Cloner::copy(const Value& value) {
  if (!value.is_object()) return value;
  const auto known = copies_.find(value.as_object());
  if (known != copies_.end()) return known->second;
  constexpr int kDeepest = 8;  // an array, its map and their type
  SIM_CHECK(depth_ < kDeepest);
  ++depth_;
  const Value copied = Value::object(value.as_object()->clone(*this));
  --depth_;
  copies_.insert_or_assign(value.as_object(), copied);
  const CycleLink* link = value.as_object()->cycle_link();
  CycleLink* const copied_link = copied.as_object()->cycle_link();
  if (link != nullptr && link->is_tracked() && !copied_link->is_tracked()) {
    context_->cycles.track(*copied_link);
  }
  if (depth_ == 0) {
    ++depth_;
    while (!pending_.empty()) {
      const std::function<void()> fill = std::move(pending_.back());
      pending_.pop_back();
      fill();
    }
    --depth_;
  }
  return copied;
}

void Cloner::remember(const Object& old, Object* copy) {
  copies_.insert_or_assign(&old, Value::object(copy));
}

}  // namespace python
