// Checking bytes of a text file: UTF-8, with the errors of Python's decoder.

#pragma once

#include <string_view>

namespace numpy {

// Raises UnicodeDecodeError where the bytes are no UTF-8, as CPython words it.
void expect_utf8(std::string_view bytes);
// Bytes of the first n code points (all of them when there are fewer). Requires: valid UTF-8.
std::size_t bytes_of_code_points(std::string_view text, std::size_t n);
std::size_t count_code_points(std::string_view text);

}  // namespace numpy
