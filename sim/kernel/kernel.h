// The state of one simulated computer: its hardware, its disk and its kernel's tables, as one value
// that can be copied. The activities (touch, fault handling, reclaim, write-back, system calls) are
// functions over it, one file each.

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "sim/core/config.h"
#include "sim/core/kernel_write.h"
#include "sim/core/page_copy.h"
#include "sim/core/units.h"
#include "sim/hardware/mmu.h"
#include "sim/hardware/physical_memory.h"
#include "sim/kernel/address_space.h"
#include "sim/kernel/event_source.h"
#include "sim/kernel/file_table.h"
#include "sim/kernel/frame_table.h"
#include "sim/kernel/policy.h"
#include "sim/storage/directory.h"
#include "sim/storage/swap_area.h"

namespace sim {

// Frames that an operation in progress still needs: no victim may be one of them. At most three:
// the page of a file's old end, the file page and the buffer page of a piece; or the file page of a
// piece and the source of a copy into its buffer.
class PinnedFrames {
 public:
  void pin(Pfn frame) {
    SIM_CHECK(used_ < frames_.size());
    frames_[used_++] = frame;
  }
  void unpin_all() { used_ = 0; }
  bool contains(Pfn frame) const {
    for (unsigned i = 0; i < used_; ++i) {
      if (frames_[i] == frame) return true;
    }
    return false;
  }
  unsigned count() const { return used_; }
  // Requires: n <= count().
  void unpin_down_to(unsigned n) { used_ = n; }

 private:
  std::array<Pfn, 4> frames_;
  unsigned used_ = 0;
};

// A page on its way to the disk.
struct WriteUnderWay {
  std::uint32_t object = 0;
  PgOff page;
  Ref<PageBlock> block;  // as it was when the write began
  Nanoseconds done;      // when it is complete
};

// What belongs to one process (process.h).
struct Process {
  AddressSpace space;
  Mmu mmu;
  DescriptorTable descriptors;
};

struct Kernel {
  // Requires: problem_with(config) finds none (machine.h).
  explicit Kernel(const MachineConfig& config)
      : background(config.background),
        bad_pages(config.bad_pages),
        disk_room(config.disk_room),
        geometry(config.page_size),
        rule_off(config.rule_off),
        format(habits_of(config.format)),
        mmu(config.levels, config.tlb),
        memory(config.frames, config.page_size),
        frames(config.frames),
        policy(make_eviction_policy(config.policy, config.frames, config.seed)),
        swap(config.swap_pages),
        space(mmu.table().span()) {}

  // False: a test turned the rule off.
  bool holds(Rule rule) const { return rule != rule_off; }

  BackgroundWriting background;
  std::vector<BadPages> bad_pages;
  std::optional<Pages> disk_room;                             // left; none: without end
  std::map<std::uint64_t, std::uint64_t> write_errors_heard;  // by open description
  PageGeometry geometry;
  Rule rule_off;
  FormatHabits format;
  EventSource events;

  Mmu mmu;
  PhysicalMemory memory;

  FrameTable frames;
  Policy policy;
  PinnedFrames pins;
  SwapArea swap;

  AddressSpace space;  // of the running process
  FileTable files;
  std::map<ProcessId, Process> waiting;               // the others, as far as they have anything
  std::map<std::uint32_t, std::uint32_t> fork_roots;  // a child's mapping: Vma::own_root
  Directory directory;                                // the names on the disk
  std::map<std::uint32_t, StoredFile> removed;  // files that only a name on the disk may lead to
  std::uint64_t dirty_pages = 0;                // of all files
  std::deque<KernelWrite> foreseen;             // ascending
  std::vector<WriteUnderWay> under_way;         // in order of completion
  std::uint32_t next_object = 0;
  ProcessId running;
  std::uint32_t next_process = 1;
  std::uint64_t next_serial = 0;             // of mmap calls
  std::uint64_t stop_touch = kNeverTouched;  // the computer stops before this touch
  PageCopy* page_copy = nullptr;             // none: byte by byte, upwards
};

}  // namespace sim
