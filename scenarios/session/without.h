// What the real computer is to do without, as on a kernel or in a container that forbids it: to see
// what a run can still show, and what its output says of the rest.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "real/linux_host.h"
#include "real/seal.h"

namespace session {

struct Without {
  real::HostSources host;
  real::SealLayers seal;
  friend bool operator==(const Without&, const Without&) = default;
};

// What can be named, for --help: "perf, uffd, ...".
std::vector<std::string_view> what_can_be_missed();

// A list such as "perf,uffd". Returns what is wrong with it; nothing when all is well.
std::optional<std::string> do_without(Without& without, std::string_view list);

}  // namespace session
