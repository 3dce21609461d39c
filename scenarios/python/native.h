// What a native module is written with: functions, arguments, modules, types, and how to make and
// read the built-in values.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/bytes_object.h"
#include "scenarios/python/context.h"
#include "scenarios/python/dict_object.h"
#include "scenarios/python/error.h"
#include "scenarios/python/list_object.h"
#include "scenarios/python/module_object.h"
#include "scenarios/python/native_function.h"
#include "scenarios/python/object.h"
#include "scenarios/python/operations.h"
#include "scenarios/python/range_object.h"
#include "scenarios/python/slice_object.h"
#include "scenarios/python/str_object.h"
#include "scenarios/python/tuple_object.h"
#include "scenarios/python/type_object.h"

namespace python {

// Making values.
inline Value make_str(std::string text) { return make<StrObject>(std::move(text)); }
inline Value make_bytes(std::string bytes) { return make<BytesObject>(std::move(bytes)); }
inline Value make_list(std::vector<Value> items = {}) { return make<ListObject>(std::move(items)); }
inline Value make_tuple(std::vector<Value> items = {}) {
  return make<TupleObject>(std::move(items));
}
inline Value make_dict() { return make<DictObject>(); }
inline Value make_function(std::string name, NativePointer function) {
  return make<NativeFunction>(std::move(name), function);
}

// Reading values: nothing when the value is of another type.
std::optional<std::string_view> as_str(const Value&);
std::optional<std::string_view> as_bytes(const Value&);
// The items of a list or a tuple.
std::optional<std::span<const Value>> as_sequence(const Value&);

// One parameter of a native function. `unbound` as default: the caller may leave it out and the
// function sees an unbound value.
struct Parameter {
  std::string_view name;
  enum class Need : std::uint8_t { required, optional } need = Need::required;
};

// The parameters of one native function, and how its error messages call it ("memmap.__new__").
struct Signature {
  std::string_view function;
  std::span<const Parameter> parameters;
  std::size_t most_positional = SIZE_MAX;  // those after it are keyword-only
  std::size_t positional_only = 0;         // those before it cannot be given by name
  // Whose words a wrong call is reported in: C functions ("f() missing required argument 'x' (pos
  // 1)") or Python functions ("f() missing 1 required positional argument: 'x'").
  enum class Words : std::uint8_t { c_function, python_function } words = Words::c_function;
};

// Sorts a call's arguments into the signature's parameters (unbound: not given). Raises CPython's
// TypeError.
std::vector<Value> bind(const Signature&, const Arguments&);

// For functions without keywords: raises "f() takes no keyword arguments", "f() takes exactly one
// argument (2 given)", "f expected at least 1 argument, got 0".
void expect_positional(std::string_view function, const Arguments&, std::size_t least,
                       std::size_t most);

// The value as an index (int, bool, or an object with __index__). Raises "'float' object cannot be
// interpreted as an integer".
std::int64_t to_index(Context&, const Value&);
double to_float(Context&, const Value&);      // float(x); raises "must be real number, not str"
std::string to_text(Context&, const Value&);  // a str; raises "expected str, got int"

}  // namespace python
