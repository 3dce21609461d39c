// The handler and the jump out of it.

#include "real/signal_guard.h"

#include <setjmp.h>

#include <atomic>

#include "sim/core/check.h"

namespace real {
namespace {

// A signal handler has no other way to learn where to go than a variable of static duration; it is
// per thread and set only inside a window.
struct Window {
  sigjmp_buf* place = nullptr;
  int number = 0;
  std::uint64_t address = 0;
};
thread_local Window window;

void leave_window(int number, siginfo_t* info, void*) {
  if (window.place == nullptr) {
    ::signal(number, SIG_DFL);  // the access is repeated and ends the process
    return;
  }
  const auto address = reinterpret_cast<std::uint64_t>(info->si_addr);
  sigjmp_buf* place = window.place;
  window = {nullptr, number, address};
  siglongjmp(*place, 1);
}

template <std::size_t N>
__attribute__((no_sanitize("address", "undefined"))) inline void copy_chunk(std::byte* to,
                                                                            const std::byte* from) {
  __builtin_memcpy(to, from, N);
  asm volatile("" ::: "memory");  // the access happens here, neither moved nor merged
}

// Not the C library's memcpy: its accesses must be the only ones in the window, and under
// AddressSanitizer memcpy is a function with memory of its own.
__attribute__((no_sanitize("address", "undefined"), noinline)) void copy_plainly(
    std::byte* to, const std::byte* from, std::size_t n) {
  switch (n) {
    case 1: return copy_chunk<1>(to, from);
    case 2: return copy_chunk<2>(to, from);
    case 4: return copy_chunk<4>(to, from);
    case 8: return copy_chunk<8>(to, from);
    default: break;
  }
  for (; n >= 64; n -= 64, to += 64, from += 64) copy_chunk<64>(to, from);
  for (; n >= 8; n -= 8, to += 8, from += 8) copy_chunk<8>(to, from);
  for (; n > 0; --n, ++to, ++from) copy_chunk<1>(to, from);
}

constexpr std::size_t kStackBytes = 64 * 1024;  // MINSIGSTKSZ with AVX-512 state is about 4 KiB

}  // namespace

SignalGuard::SignalGuard() : stack_(std::make_unique<std::byte[]>(kStackBytes)) {
  stack_t stack{};
  stack.ss_sp = stack_.get();
  stack.ss_size = kStackBytes;
  SIM_CHECK(::sigaltstack(&stack, &old_stack_) == 0);
  struct sigaction action {};
  action.sa_sigaction = leave_window;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;  // NODEFER: the jump keeps the mask
  SIM_CHECK(::sigaction(SIGSEGV, &action, &old_segv_) == 0);
  SIM_CHECK(::sigaction(SIGBUS, &action, &old_bus_) == 0);
}

SignalGuard::~SignalGuard() {
  ::sigaction(SIGSEGV, &old_segv_, nullptr);
  ::sigaction(SIGBUS, &old_bus_, nullptr);
  ::sigaltstack(&old_stack_, nullptr);
}

AccessSignal SignalGuard::copy(const Copy& copy) {
  sigjmp_buf place;
  if (sigsetjmp(place, 0) != 0) return {window.number, window.address};
  window.place = &place;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  copy_plainly(copy.to, copy.from, copy.n);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  window.place = nullptr;
  return {};
}

AccessSignal SignalGuard::run(sim::ElementLoop& loop, std::byte* const* pointers, std::uint64_t n) {
  sigjmp_buf place;
  if (sigsetjmp(place, 0) != 0) return {window.number, window.address};
  window.place = &place;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  loop.run(pointers, n);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  window.place = nullptr;
  return {};
}

}  // namespace real
