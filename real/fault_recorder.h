// Which page faults a window of this thread took: from perf's software page-fault events with exact
// addresses, else from the kernel's fault counters.

#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "real/descriptor.h"
#include "real/problem.h"
#include "sim/core/units.h"

namespace real {

// none: touches are made and nothing is recorded of them, to see what recording costs and changes.
enum class FaultSource : std::uint8_t { best, perf, rusage, none };

enum class FaultKind : std::uint8_t { minor, major };
struct SeenFault {
  sim::VirtAddr address;
  FaultKind kind = FaultKind::minor;
};

// This thread's counters, faults inside system calls included.
struct FaultCounts {
  std::uint64_t minor = 0;
  std::uint64_t major = 0;
  std::uint64_t blocks_read = 0;  // 512-byte blocks that it waited for, metadata included
};
FaultCounts faults_so_far();

// The ring that the kernel writes samples of both kinds to, in the order they happened.
class PerfRing {
 public:
  // Requires: nothing; a problem says why the kernel refused (perf_event_paranoid, seccomp, memory
  // limits).
  static Or<PerfRing> open();
  PerfRing(PerfRing&&) noexcept;
  PerfRing& operator=(PerfRing&&) = delete;
  ~PerfRing();

  void discard();  // what happened before now
  // Reads what happened since into faults; returns how many. At most faults.size() are kept; the
  // rest counts as lost.
  std::size_t drain(std::span<SeenFault> faults);
  std::uint64_t lost() const { return lost_; }

 private:
  PerfRing(Descriptor minor, Descriptor major, void* memory);
  std::uint64_t word(std::uint64_t position) const;

  Descriptor minor_;
  Descriptor major_;
  void* memory_ = nullptr;
  std::uint64_t major_id_ = 0;
  std::uint64_t lost_ = 0;
};

class FaultRecorder {
 public:
  explicit FaultRecorder(FaultSource wanted);

  bool is_on() const { return is_on_; }
  bool has_addresses() const { return ring_.index() == 0; }
  // Why there are no addresses; empty when there are.
  const std::string& why_no_addresses() const { return why_; }

  // The window: only the touch lies between the two.
  void begin();
  // What the touch of `touched` took. Without addresses every fault is taken to be at `touched`.
  std::span<const SeenFault> end(sim::VirtAddr touched);

  // The same window around a system call: the faults that the kernel took in it. Those of this
  // process's own code in between are samples with an address, and left out.
  void begin_call();
  FaultCounts end_call();

  // Samples the kernel could not deliver inside a window.
  std::uint64_t lost() const { return has_addresses() ? std::get<0>(ring_).lost() : 0; }

 private:
  std::variant<PerfRing, Problem> ring_;
  std::string why_;
  bool is_on_;
  FaultCounts before_;
  std::array<SeenFault, 64> seen_;  // a window of eight operands takes at most a few dozen
};

}  // namespace real
