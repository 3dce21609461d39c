// A type as a value: printable, callable, comparable by identity; and the table of all of them.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/python/native_function.h"
#include "scenarios/python/object.h"

namespace python {

// int, numpy.ndarray, ValueError. Subclass it where a plain function is not enough for call() or
// where the type has attributes of its own.
class TypeObject : public Object {
 public:
  // name: "ndarray"; qualified_name: "numpy.ndarray" ("int" for built-ins). constructor may be
  // null: the type cannot be called ("cannot create 'x' instances").
  TypeObject(std::string name, std::string qualified_name, NativePointer constructor)
      : name_(std::move(name)),
        qualified_name_(std::move(qualified_name)),
        constructor_(constructor) {}

  const std::string& name() const { return name_; }
  const std::string& qualified_name() const { return qualified_name_; }
  void add_base(Value type) { bases_.push_back(std::move(type)); }
  const std::vector<Value>& bases() const { return bases_; }
  void add(std::string name, Value value);  // a class attribute, such as dict.fromkeys
  bool is_subclass_of(const TypeObject& other) const;

  std::string_view type_name() const override { return "type"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  Value call(Context&, const Arguments&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override { return "<class '" + qualified_name_ + "'>"; }
  Object* clone(Cloner&) override;

 protected:
  void copy_members_to(TypeObject& copy, Cloner&) const;
  void visit_members(const HeldVisitor&);
  const std::vector<std::pair<std::string, Value>>& attributes() const { return attributes_; }

 private:
  std::string name_;
  std::string qualified_name_;
  NativePointer constructor_;
  std::vector<Value> bases_;
  std::vector<std::pair<std::string, Value>> attributes_;
};

// Every type of one evaluator by qualified name: type(x) is the same object each time.
class TypeTable {
 public:
  // Unbound when there is none yet.
  Value find(std::string_view qualified_name) const;
  // The type of that name; made (not callable) when there is none.
  Value find_or_make(std::string_view qualified_name, std::string_view name);
  // Requires: type is a TypeObject. One of the same qualified name is replaced.
  void add(const Value& type);
  void copy_from(const TypeTable&, Cloner&);

 private:
  std::vector<std::pair<std::string, Value>> types_;  // sorted by qualified name
};

// Makes a type and enters it into the context's table, so that type(x) of every object with that
// qualified type name is this one.
Value make_type(Context&, std::string name, std::string qualified_name, NativePointer constructor);

Value type_of(Context&, const Value&);  // type(x)
// isinstance(x, type) for one type.
bool is_instance(Context&, const Value&, const TypeObject&);

}  // namespace python
