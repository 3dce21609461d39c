// The functions of os and os.path, for os_module.cpp to put into the module.

#pragma once

#include <span>
#include <string_view>

#include "scenarios/python/native.h"

namespace numpy {

struct OsFunction {
  std::string_view name;
  python::NativePointer call;
};
std::span<const OsFunction> os_functions();
std::span<const OsFunction> os_process_functions();    // fork, wait, ...
std::span<const OsFunction> os_path_file_functions();  // exists, getsize, isfile
std::span<const OsFunction> os_path_name_functions();  // basename, join: no system calls

}  // namespace numpy
