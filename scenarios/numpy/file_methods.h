// The methods of open files, as tables that file objects look them up in.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/numpy/file_object.h"

namespace numpy {

inline constexpr const char* kUnsupportedOperation = "io.UnsupportedOperation";
inline constexpr const char* kClosed = "I/O operation on closed file";
inline constexpr const char* kClosedBase = "I/O operation on closed file.";  // io.IOBase's

std::span<const FileObject::Method> binary_file_methods();
std::span<const FileObject::Method> shared_file_methods();  // of binary and text files alike

// The argument of read(n) and readline(n): -1 and None mean everything.
std::optional<std::int64_t> size_argument(python::Context&, std::string_view method,
                                          const python::Arguments&);
// seek(offset, whence=0) on this file.
python::Value seek_method(python::Context&, FileObject&, const python::Arguments&);
// Raises TypeError for any argument.
void expect_no_arguments(const FileObject&, std::string_view method, const python::Arguments&);

}  // namespace numpy
