// Programs that are filmed for tests: files, maps, own memory, copies, swap, output, an error.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viz/model/film.h"

namespace viz_tests {

struct Script {
  std::string name;
  std::string source;
  std::vector<std::string> settings = {};  // "frames=8"
  session::Files files = {};
};

// Each of them small enough that every tick can be gone to.
const std::vector<Script>& scripts();
const Script& script(const std::string& name);

// Requires: the source compiles, the settings can be had.
std::shared_ptr<const viz::Film> film_of(const Script&);

}  // namespace viz_tests
