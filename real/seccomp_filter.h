// seccomp: the system calls that a sealed child may make. Any other one kills it with SIGSYS.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace real {

// What must hold for an argument, of which the lower 32 bits are looked at.
enum class Demand : std::uint8_t {
  nothing,
  equals,             // the argument is `value`
  without,            // no bit of `value` is set
  names_this_process  // the argument is this process's number
};

struct AllowedCall {
  long number = 0;
  const char* what_for = "";
  Demand demand = Demand::nothing;
  std::uint8_t argument = 0;  // counted from 0
  std::uint32_t value = 0;
};

// Whether the program may have more than one process.
enum class Forking : std::uint8_t { forbidden, allowed };

// The whole list (allowed_calls.cpp). A call may have several rows; one that holds is enough.
std::vector<AllowedCall> allowed_calls(Forking forking);

// From now on, and for every thread of this process. Requires: no_new_privs is set.
// Returns why it cannot be had; empty when it holds.
std::string allow_only(std::span<const AllowedCall> calls);

}  // namespace real
