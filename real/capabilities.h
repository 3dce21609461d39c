// What this kernel, this container and this filesystem can show, and what is lost where they
// cannot.

#pragma once

#include <string>
#include <vector>

namespace real {

struct Capability {
  std::string name;
  bool available = false;
  std::string why_not;  // when not available
  std::string lost;     // what that costs, in the words of the output
};

// One sentence for each capability that is missing.
std::vector<std::string> notes_of(const std::vector<Capability>& capabilities);

}  // namespace real
