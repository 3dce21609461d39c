// The names that the real numpy module has.

#pragma once

#include <span>
#include <string_view>

namespace numpy {

std::span<const std::string_view> real_names();  // sorted

}  // namespace numpy
