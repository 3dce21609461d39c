// The built-in names of the language.

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/native.h"

namespace python {

// A built-in function or type: its name and what a call of it does.
struct Builtin {
  std::string_view name;
  NativePointer function;
};
std::span<const Builtin> builtin_functions();    // builtin_functions.cpp
std::span<const Builtin> iteration_functions();  // builtin_iteration.cpp
std::span<const Builtin> builtin_types();        // builtin_types.cpp
// What only the prelude calls: the names begin with a dot, so that a program cannot spell them.
std::span<const Builtin> hidden_functions();

// Enters every built-in value, the hidden ones too.
void add_builtins(Context&, std::map<std::string, Value, std::less<>>& into);

std::string ascii_of(std::string_view repr);

// The built-ins that are written in the language itself: replacements of native functions for
// arguments that only the machine can run (generators, functions).
std::string_view prelude_source();

}  // namespace python
