// Real accesses to the program's memory that survive SIGSEGV and SIGBUS: the signal becomes a
// value.

#pragma once

#include <signal.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "sim/core/computer.h"

namespace real {

struct AccessSignal {
  int number = 0;  // 0: none
  std::uint64_t address = 0;
};

// Owns the handlers of SIGSEGV and SIGBUS while it lives. A signal outside of a guarded access is a
// bug of this program and gets the default action. Requires: one at a time in a thread.
class SignalGuard {
 public:
  SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
  ~SignalGuard();

  struct Copy {
    std::byte* to = nullptr;
    const std::byte* from = nullptr;
    std::size_t n = 0;
    sim::Access access = sim::Access::read;  // to the program's memory: which of the two it is
  };
  // By plain loads and stores.
  AccessSignal copy(const Copy& copy);

  // Runs the loop on the program's memory. Requires: the loop owns nothing while it runs, since a
  // signal leaves it without unwinding.
  AccessSignal run(sim::ElementLoop& loop, std::byte* const* pointers, std::uint64_t n);

 private:
  std::unique_ptr<std::byte[]> stack_;
  stack_t old_stack_{};
  struct sigaction old_segv_ {};
  struct sigaction old_bus_ {};
};

}  // namespace real
