// The names that the real os and os.path modules have.

#pragma once

#include <string_view>
#include <vector>

namespace numpy {

std::vector<std::string_view> real_os_names();
std::vector<std::string_view> real_os_path_names();

}  // namespace numpy
