// What every object of the language can be asked. Arrays, files, lists and strings each implement
// the part that they have; the rest raises the TypeError or AttributeError that CPython would.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scenarios/python/value.h"

namespace sim {
class Computer;
}

namespace python {

class Context;
class Cloner;
struct CycleLink;

using HeldVisitor = std::function<void(Value&)>;

enum class BinaryOp : std::uint8_t {
  add,
  subtract,
  multiply,
  true_divide,
  floor_divide,
  modulo,
  power,
  matmul,
  bit_and,
  bit_or,
  bit_xor,
  shift_left,
  shift_right,
};
enum class UnaryOp : std::uint8_t { negative, positive, invert };  // `not` is truth()
enum class CompareOp : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
enum class Side : std::uint8_t { left, right };  // where `this` stands in a binary operation

// A call's arguments. Keywords keep their order.
struct Arguments {
  std::span<const Value> positional;
  std::span<const std::pair<std::string_view, Value>> keywords = {};
};

// What the virtual machine treats specially, found without a cast.
enum class ObjectKind : std::uint8_t {
  plain,
  range_iterator,
  list_iterator,
  generator,  // its frame runs in the virtual machine
  function,   // written in the language
  bound_method,
  user_class,
  instance,  // of a user_class
  list,
  tuple,
  str,
  dict,
  exception,
};

class Object {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  // As type(x).__name__ ("list", "ndarray"), and as repr(type(x)) shows it ("numpy.ndarray").
  virtual std::string_view type_name() const = 0;
  virtual std::string qualified_type_name() const { return std::string(type_name()); }
  // As error messages call the type: 'numpy.ndarray' object has no attribute (C types have their
  // module's name in it).
  virtual std::string error_type_name() const { return std::string(type_name()); }
  // The type itself as a value (what type(x) returns); instances of one type give the same object.
  virtual Value type(Context&);

  // x.name; unset when there is no such attribute (the caller raises, with attribute_hint()).
  virtual std::optional<Value> find_attribute(Context&, std::string_view name);
  virtual std::vector<std::string_view> attribute_names() const;              // for "Did you mean"
  virtual bool set_attribute(Context&, std::string_view name, const Value&);  // false: cannot
  // x.name(args). The default calls find_attribute(name).
  virtual Value call_method(Context&, std::string_view name, const Arguments&);
  virtual Value call(Context&, const Arguments&);

  virtual Value item(Context&, const Value& key);
  virtual void set_item(Context&, const Value& key, const Value& value);
  virtual void delete_item(Context&, const Value& key);
  virtual bool contains(Context&, const Value&);  // default: by iteration and ==

  // Nothing means NotImplemented: the other side is asked, then TypeError.
  virtual std::optional<Value> binary(Context&, BinaryOp, const Value& other, Side);
  virtual std::optional<Value> in_place(Context&, BinaryOp, const Value& other);
  virtual std::optional<Value> unary(Context&, UnaryOp);
  virtual std::optional<Value> compare(Context&, CompareOp,
                                       const Value& other);  // this on the left
  // Whether this type answers mixed operations before the other side is asked (ndarray over list,
  // scalar).
  virtual int operation_priority() const { return 0; }

  virtual bool truth(Context&) { return true; }
  virtual std::optional<std::int64_t> length(Context&) { return std::nullopt; }
  virtual std::optional<std::int64_t> as_index(Context&) { return std::nullopt; }  // __index__
  virtual std::optional<Value> as_int(Context&) { return std::nullopt; }           // int(x)
  virtual std::optional<double> as_float(Context&) { return std::nullopt; }        // float(x)

  virtual Value iterate(Context&);                      // an iterator; default: TypeError
  virtual std::optional<Value> next(Context&);          // of an iterator; nothing at its end
  virtual std::optional<std::uint64_t> hash(Context&);  // nothing: unhashable

  virtual Value enter(Context&);  // with x: returns what `as` binds
  virtual void leave(Context&);   // the end of the with block, also by exception

  virtual std::string repr(Context&) = 0;
  virtual std::string str(Context&);                            // default: its repr
  virtual std::string format(Context&, std::string_view spec);  // f"{x:spec}"; default: str only

  // A copy for a copied evaluator: references to other objects go through the cloner, which keeps
  // sharing and cycles. Immutable objects may return themselves.
  virtual Object* clone(Cloner&) = 0;

  // Shows each value that it holds, once; one that shows only some of them is never found to be
  // garbage because of the others.
  virtual void visit_held(const HeldVisitor&) {}
  // Its place among the objects that cycles are looked for in; null: it cannot close one.
  virtual CycleLink* cycle_link() { return nullptr; }

  std::uint32_t references = 0;
  ObjectKind kind = ObjectKind::plain;
  Object* next_waiting = nullptr;  // while it waits to be freed; see free_object
};

// Frees an object that nobody refers to, and what only it holds: the deeper ones wait until the
// outer ones are gone, so that no nesting of a program needs a deep C++ stack. Asks for no memory.
void free_object(Object*) noexcept;

// Lets go of what the object holds, one value after the other; it stays behind as a shell.
// Requires: the caller holds it.
void empty(Object&);
// Drops the values from the last to the first, as CPython drops the items of lists and tuples.
void drop_backwards(std::vector<Value>&);

inline void retain(Object* o) noexcept { ++o->references; }
inline void release(Object* o) noexcept {
  if (--o->references == 0) free_object(o);
}

template <class T, class... Args>
Value make(Args&&... args) {
  return Value::object(new T(std::forward<Args>(args)...));
}

// Old object -> its copy, made when first asked for.
class Cloner {
 public:
  // For the copied evaluator.
  explicit Cloner(Context& context) : context_(&context) {}

  // Within clone() only for what cannot nest (an array's buffer): all else is left to later().
  Value copy(const Value&);
  // For objects that can be part of a cycle: called by clone() with the new object before it copies
  // what the old one refers to.
  void remember(const Object& old, Object* copy);
  // Runs `fill` once the copies in progress are made: what the object holds, so that no nesting of
  // a program needs a deep C++ stack.
  void later(std::function<void()> fill) { pending_.push_back(std::move(fill)); }
  // The same for one value: `to`, a member of the new object, becomes the copy of `from`.
  void later(const Value& from, Value& to) {
    later([this, &from, &to] { to = copy(from); });
  }

  // What the copies run on: objects that make system calls when they go (files, mappings) keep it.
  sim::Computer& computer() const;
  // The copied evaluator's. It may keep what outlasts the copies: its parting.
  Context& context() const { return *context_; }

 private:
  Context* context_;
  std::unordered_map<const Object*, Value> copies_;
  std::vector<std::function<void()>> pending_;
  int depth_ = 0;
};

}  // namespace python
