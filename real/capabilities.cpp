// Capabilities as notes.

#include "real/capabilities.h"

namespace real {

std::vector<std::string> notes_of(const std::vector<Capability>& capabilities) {
  std::vector<std::string> notes;
  for (const Capability& c : capabilities) {
    if (!c.available) notes.push_back(c.name + " not available (" + c.why_not + "): " + c.lost);
  }
  return notes;
}

}  // namespace real
