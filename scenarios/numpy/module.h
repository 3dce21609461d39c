// The door to the array library: the `numpy` module for the language, and what a caller may ask of
// arrays.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/python/evaluator.h"
#include "scenarios/python/value.h"
#include "sim/core/units.h"

namespace numpy {

python::NativeModule module();         // `import numpy`
python::NativeModule os_module();      // `import os`, with os.path
python::NativeModule file_builtins();  // "builtins": open()

// How an array lies in memory: what a picture of that memory needs to show values.
struct ArrayLook {
  std::uint32_t object = 0;  // sim::PageName::object of the buffer or mapping its pages live in
  std::string dtype;         // dtype.name: "int32"
  char kind = 'i';           // dtype.kind: i, u, f, b, ...
  std::uint64_t item_bytes = 1;
  std::vector<std::uint64_t> shape;
  sim::VirtAddr data;            // of the first element
  bool is_contiguous = true;     // C order, without gaps
  bool is_little_endian = true;  // or single bytes
};

// Nothing for values that are no arrays, and for arrays without elements.
std::optional<ArrayLook> look_of(const python::Value&);

}  // namespace numpy
