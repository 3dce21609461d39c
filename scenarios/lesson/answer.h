// A prediction's answer, looked up in what a run is as JSON.

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace lesson {

// Why this is no JSON pointer (RFC 6901) that can be followed, and how to write it; nothing when it
// is one.
std::optional<std::string> problem_with_pointer(const std::string& pointer);

// What the pointer leads to: a number as it is, a text without the end of its line. Null where it
// leads nowhere. Requires: no problem_with_pointer().
nlohmann::ordered_json answer_at(const nlohmann::ordered_json& run, const std::string& pointer);

}  // namespace lesson
