// Pointers are followed by nlohmann's library, which throws where one is none.

#include "scenarios/lesson/answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace lesson {

using json = nlohmann::ordered_json;

std::optional<std::string> problem_with_pointer(const std::string& pointer) {
  try {
    for (json::json_pointer at(pointer); !at.empty(); at.pop_back()) {
      // Whether it is an index shows only where it meets a list; no list is as long as that.
      const std::string& part = at.back();
      const bool is_number = part.find_first_not_of("0123456789") == std::string::npos;
      if (is_number && part.size() > 18) {
        return fmt::format("no list has {} elements. Lists count from 0, as in /computers/0", part);
      }
    }
  } catch (const json::exception&) {
    return "'~' stands for a character there: write ~0 for '~' and ~1 for '/', as in "
           "/computers/0/files/a~0b";
  }
  return std::nullopt;
}

json answer_at(const json& run, const std::string& pointer) {
  try {
    const json& found = run.at(json::json_pointer(pointer));
    if (!found.is_string()) return found;
    auto text = found.get<std::string>();
    if (text.ends_with('\n')) text.pop_back();
    return text;
  } catch (const json::exception&) {  // it leads nowhere
    return nullptr;
  }
}

}  // namespace lesson
