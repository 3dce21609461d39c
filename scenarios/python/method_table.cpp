// Finding and calling the methods of built-in types.

#include "scenarios/python/method_table.h"

#include "scenarios/python/native_work.h"

namespace python {

const Method* MethodTable::find(std::string_view name) const {
  for (const Method& method : methods) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

Value MethodTable::call(Context& context, Object& self, std::string_view name,
                        const Arguments& arguments) const {
  const Method* method = find(name);
  if (method == nullptr) {
    return python::call(context, get_attribute(context, Value::object(&self), name), arguments);
  }
  const std::size_t given = arguments.positional.size();
  if (given < method->least || given > method->most ||
      (!arguments.keywords.empty() && !method->takes_keywords)) {
    // Functions with one fixed number of arguments are named with their type, others without.
    const bool fixed = method->least == method->most && method->most <= 1;
    const bool no_keywords = !arguments.keywords.empty() && !method->takes_keywords;
    const std::string prefix = fixed || no_keywords ? std::string(type) + "." : "";
    expect_positional(prefix + std::string(name), arguments, method->least, method->most);
  }
  if (method->cost == Method::Cost::own) return method->run(context, self, arguments);
  spend_on_whole(context, self);
  Value result = method->run(context, self, arguments);
  spend_on_whole(context, result);
  return result;
}

std::optional<Value> MethodTable::bound(Object& self, std::string_view name) const {
  if (find(name) == nullptr) return std::nullopt;
  return make<BoundNativeMethod>(Value::object(&self), std::string(name));
}

std::vector<std::string_view> MethodTable::names() const {
  std::vector<std::string_view> result;
  for (const Method& method : methods) result.push_back(method.name);
  return result;
}

}  // namespace python
