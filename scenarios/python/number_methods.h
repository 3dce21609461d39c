// Attributes and methods of int, bool, float and None.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/python/object.h"

namespace python {

std::optional<Value> number_attribute(Context&, const Value&, std::string_view name);
std::vector<std::string_view> number_attribute_names(const Value&);
// Nothing when there is no such method.
std::optional<Value> number_method(Context&, const Value&, std::string_view name, const Arguments&);

}  // namespace python
