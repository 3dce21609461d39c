// SIM_CHECK: what must hold for the simulator's own state, in every build. Never for a user's
// input.

#pragma once

#include <cstdio>
#include <cstdlib>

namespace sim {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: this must hold, and does not: %s\n", file, line, condition);
  std::abort();
}

}  // namespace sim

#define SIM_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::sim::check_failed(#condition, __FILE__, __LINE__))
