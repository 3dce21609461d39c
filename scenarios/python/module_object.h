// A module as a value: names and their values, in order.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/python/object.h"

namespace python {

class ModuleObject : public Object {
 public:
  using Names = std::vector<std::string_view> (*)();

  // `name` as repr shows it ("numpy", "os.path"). real_names: what dir() of the real module lists,
  // for hints and for "not in the subset" at run time; may be null.
  explicit ModuleObject(std::string name, Names real_names = nullptr)
      : name_(std::move(name)), real_names_(real_names) {}

  const std::string& name() const { return name_; }
  void add(std::string name, Value value);  // replaces one of the same name
  const std::vector<std::pair<std::string, Value>>& members() const { return members_; }

  std::string_view type_name() const override { return "module"; }
  std::optional<Value> find_attribute(Context&, std::string_view name) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(Context&, std::string_view name, const Value&) override;
  std::string repr(Context&) override { return "<module '" + name_ + "'>"; }
  std::optional<std::uint64_t> hash(Context&) override;
  Object* clone(Cloner&) override;

 private:
  std::string name_;
  Names real_names_;
  std::vector<std::pair<std::string, Value>> members_;  // in order of add()
  std::vector<std::uint32_t> by_name_;                  // indexes of members_, sorted by name
};

}  // namespace python
