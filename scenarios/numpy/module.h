// The door to the array library: the `numpy` module for the language, and what a caller may ask of
// arrays.

#pragma once

#include <cstdint>
#include <optional>

#include "scenarios/python/evaluator.h"
#include "scenarios/python/value.h"

namespace numpy {

python::NativeModule module();         // `import numpy`
python::NativeModule os_module();      // `import os`, with os.path
python::NativeModule file_builtins();  // "builtins": open()

// The object (sim::PageName::object) whose pages an array's own buffer or mapping lives in: what a
// variable's name can stand for in a picture. Nothing for values that are no arrays.
std::optional<std::uint32_t> memory_object_of(const python::Value&);

}  // namespace numpy
