// Classes written in the language, and their instances.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/python/exception_object.h"
#include "scenarios/python/type_object.h"

namespace python {

class ClassObject final : public TypeObject {
 public:
  explicit ClassObject(const std::string& name);

  // The built-in exception it derives from; null for other classes.
  const ExceptionKind* exception_base = nullptr;

  // Looked up in this class and its bases; unbound when there is none.
  Value find_member(std::string_view name) const;
  bool has_member(std::string_view name) const { return find_member(name).is_bound(); }

  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  bool set_attribute(Context&, std::string_view name, const Value&) override;
  Value call(Context&, const Arguments&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  CycleLink link_{this};
};

class InstanceObject final : public Object {
 public:
  explicit InstanceObject(Value class_value);

  ClassObject& class_object() const { return *static_cast<ClassObject*>(class_.as_object()); }
  Value& field(std::string_view name);  // made unbound when there is none
  const Value* find_field(std::string_view name) const;
  bool delete_field(std::string_view name);

  std::string_view type_name() const override { return class_object().name(); }
  std::string qualified_type_name() const override { return class_object().qualified_name(); }
  Value type(Context&) override { return class_; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(Context&, std::string_view name, const Value&) override;
  bool truth(Context&) override;
  std::optional<std::int64_t> length(Context&) override;
  std::optional<std::uint64_t> hash(Context&) override;
  std::string repr(Context&) override;
  std::string str(Context&) override;
  Object* clone(Cloner&) override;
  void visit_held(const HeldVisitor&) override;
  CycleLink* cycle_link() override { return &link_; }

 private:
  Value class_;
  std::vector<std::pair<std::string, Value>> fields_;
  CycleLink link_{this};
  std::uint64_t identity_ = 0;
};

}  // namespace python
