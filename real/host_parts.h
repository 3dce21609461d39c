// What the parts of LinuxHost share: the tables of what the program has, the instruments, and the
// clock.

#pragma once

#include <algorithm>
#include <cstdint>

#include "real/areas.h"
#include "real/death.h"
#include "real/fault_recorder.h"
#include "real/inodes.h"
#include "real/mode.h"
#include "real/page_state.h"
#include "real/signal_guard.h"
#include "sim/core/event_stream.h"
#include "sim/core/kernel_write.h"

namespace real {

struct HostParts {
  sim::PageGeometry geometry;
  sim::EventStream* events;
  int directory;  // the scratch directory
  Mode mode;
  bool shows_dirty;  // this kernel and this filesystem tell dirty pages
  PageCacheView cache;
  MemoryView memory;
  FaultRecorder faults;
  Ordinals ordinals{};
  Inodes inodes{directory, mode, ordinals};
  OpenFiles files{};
  Areas areas{geometry};
  SignalGuard signals{};
  std::uint64_t nowhere = 0;                      // address of a page that nobody can access
  std::uint64_t clock = 0;                        // touches so far
  std::uint64_t calls = 0;                        // system calls that returned so far
  std::uint64_t stop_touch = sim::kNeverTouched;  // see sim::Computer::stop_at
  Death death{};
  // Touches that can be made before the computer stops or the program dies.
  std::uint64_t touches_left() const {
    const std::uint64_t last = std::min(stop_touch, death.touch);
    return last - std::min(last, clock);
  }
  bool is_dying() const { return clock >= death.touch && clock < stop_touch; }

  void emit(const sim::Event& event) const {
    sim::Event stamped = event;
    stamped.touch = clock;
    events->push(stamped);
  }
};

// How a file's page changes state, as events: shared by touches, system calls and looking.
void note_dirty(HostParts& host, Inode& inode, std::uint64_t page);
// The page is clean now: every mapping of it must fault again to write.
void note_clean(HostParts& host, Inode& inode, std::uint64_t page, sim::WriteBackReason why,
                sim::Noticed noticed = sim::Noticed::at_touch);

}  // namespace real
