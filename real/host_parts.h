// What the parts of LinuxHost share: the tables of what the program has, the instruments, and the
// clock.

#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "real/areas.h"
#include "real/death.h"
#include "real/fault_recorder.h"
#include "real/inodes.h"
#include "real/mode.h"
#include "real/page_state.h"
#include "real/process.h"
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
  SignalGuard signals{};
  // The program's, the first one first. One that has ended stays, without an actor, as long as it
  // is the running one.
  std::vector<std::unique_ptr<Process>> processes{};
  Process* now = nullptr;  // the running one
  std::uint32_t last_process = 0;
  std::uint64_t next_sharing = 1;  // see Origin::sharers
  std::uint64_t nowhere = 0;       // address of a page that nobody can access
  std::uint64_t clock = 0;         // touches so far
  bool drops_pages = false;        // clean pages leave the page cache when told to
  bool counts_blocks = false;      // the kernel tells what its disk read
  std::uint64_t device_pages = 0;  // that the disk read, in all windows so far
  // A window that waited for the disk. In exact mode it reads one page, of which blocks behind the
  // file's end or in a hole are not read; in default mode any number.
  void disk_read(std::uint64_t blocks) { device_pages += pages_of(blocks); }
  std::uint64_t pages_of(std::uint64_t blocks) const {
    const std::uint64_t page = geometry.page_size().count / 512;  // ru_inblock's, on any device
    return blocks == 0 ? 0 : std::max<std::uint64_t>(1, (blocks + page / 2 - 1) / page);
  }
  std::uint64_t calls = 0;                        // system calls that returned so far
  std::uint64_t stop_touch = sim::kNeverTouched;  // see sim::Computer::stop_at
  std::span<const Death> deaths{};                // still to come: one for each process that dies
  bool is_limited = false;                        // pages may go at any time, untold
  Death next_death() const { return deaths.empty() ? Death{} : deaths.front(); }
  // Touches that can be made before the computer stops or the program dies.
  std::uint64_t touches_left() const {
    const std::uint64_t last = std::min(stop_touch, next_death().touch);
    return last - std::min(last, clock);
  }
  // Calls visit() with each process as the running one, this one first.
  template <class Visit>
  void for_each_process(Visit visit) {
    Process* const running = now;
    visit();
    for (const auto& process : processes) {
      if (process.get() == running) continue;
      now = process.get();
      visit();
    }
    now = running;
  }
  // In a system call that makes no touch.
  bool dies_in_call() const { return is_dying() && calls >= next_death().calls; }
  bool is_dying() const { return clock >= next_death().touch && clock < stop_touch; }

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
