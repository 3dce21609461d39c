// Modules of the standard library by name: importing one is valid Python that the subset may lack.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace python {

bool is_standard_module(std::string_view name);

// The candidate with the smallest edit distance, whatever it is; empty when there are none.
std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& candidates);

}  // namespace python
