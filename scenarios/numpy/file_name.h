// File names as programs write them, and the plain names the computer knows.
//
// A program sees one flat directory, which it may also call "./" or, as np.memmap's filename
// attribute does, "/scratch/". Everything that leads out of it is refused.

#pragma once

#include <string>
#include <string_view>

#include "scenarios/python/context.h"

namespace numpy {

inline constexpr std::string_view kScratchDirectory = "/scratch/";

struct FileName {
  std::string shown;  // as the program wrote it: what error messages and f.name repeat
  std::string plain;  // what the computer is asked for
};

// A str or bytes argument as the name of a file in the scratch directory, announced to the
// surroundings. Raises what CPython does for what can be no name (another type, a NUL, too long,
// empty); throws Unsupported for a path that leads elsewhere.
FileName file_name_from(python::Context&, const python::Value&);

// Whether it is one at all: a str or bytes.
bool is_file_name(const python::Value&);

}  // namespace numpy
