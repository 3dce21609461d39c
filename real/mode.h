// How much of the real kernel's own initiative is left to it while a program runs.

#pragma once

#include <cstdint>

namespace real {

enum class Mode : std::uint8_t {
  exact,           // one fault is one page, and pages go when the simulated computer's went
  kernel_default,  // as every program meets it: readahead, fault-around, large folios
};

// As --mode and JSON say it.
inline const char* name_of(Mode mode) { return mode == Mode::exact ? "exact" : "default"; }

}  // namespace real
