// The methods of a built-in type as a table: calls, bound methods, hints and the language reference
// all read it.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/native.h"

namespace python {

// Requires of `self`: an object of the table's type.
struct Method {
  std::string_view name;
  Value (*run)(Context&, Object& self, const Arguments&);
  std::size_t least = 0;
  std::size_t most = 0;
  bool takes_keywords = false;  // else they are refused before it runs
  // whole: it goes through all of the object, and what it returns is new. Else it says itself what
  // it spends.
  enum class Cost : std::uint8_t { whole, own } cost = Cost::whole;
};

struct MethodTable {
  std::string_view type;
  std::span<const Method> methods;

  const Method* find(std::string_view name) const;
  // Checks the number of arguments ("list.append() takes exactly one argument (0 given)") and runs
  // the method. Raises AttributeError when there is none of that name.
  Value call(Context&, Object& self, std::string_view name, const Arguments&) const;
  std::optional<Value> bound(Object& self, std::string_view name) const;
  std::vector<std::string_view> names() const;
};

// Of each built-in type, for the language reference.
const MethodTable& str_methods();
const MethodTable& bytes_methods();
const MethodTable& list_methods();
const MethodTable& tuple_methods();
const MethodTable& dict_methods();
const MethodTable& set_methods();
const MethodTable& range_methods();

}  // namespace python
