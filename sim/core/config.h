// The settings of one simulated computer. Plain values with the textbook machine as default.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/disk_format.h"
#include "sim/core/units.h"

namespace sim {

enum class PolicyKind : std::uint8_t { lru, fifo, clock, random };

// How a virtual page number is cut into page-table indexes, root level first.
struct PageTableShape {
  std::vector<unsigned> bits = {9, 9, 9, 9};
  friend bool operator==(const PageTableShape&, const PageTableShape&) = default;
};
inline PageTableShape x86_64_shape() { return {{9, 9, 9, 9}}; }
inline PageTableShape x86_32_shape() { return {{10, 10}}; }

// Entries 0: no TLB. Entries are a multiple of ways; the number of sets is a power of two.
struct TlbShape {
  std::uint32_t entries = 0;
  std::uint32_t ways = 4;
  friend bool operator==(const TlbShape&, const TlbShape&) = default;
};

// Rules of the simulated kernel that can be turned off, one at a time: for tests only, to show that
// holding the two computers against each other would notice if the simulator had it wrong.
enum class Rule : std::uint8_t {
  all_hold,
  major_faults,       // a page that is not cached is waited for
  zero_page,          // a load of fresh anonymous memory takes no frame
  write_notify,       // the first store to a clean page faults
  clean_again,        // a flushed page notifies once more
  copy_on_write,      // a private store copies the page
  pinned_source,      // which is no victim of its own copy
  swap_in_fault,      // a page in swap is missed
  swapped_unchanged,  // and written again only if it changed
  partial_write,      // a write of part of a page reads the rest
  old_end,            // the old end's page is zeroed and dirty
  end_of_file,        // pages behind the end are signals
  replacement,        // a file that replaces another is written back
  fork_protects,      // after a fork a store to a private page faults, in either process
};
inline constexpr int kRules = 14;
const char* name_of(Rule);

// When dirty pages are written back without being asked. 0: never.
struct BackgroundWriting {
  // All dirty pages of a file go to the disk this long (in simulated time) after it became dirty.
  std::uint64_t dirty_expire_ms = 0;
  // More dirty pages than this many percent of the frames: the files that have been dirty longest
  // are written until there are no more than that.
  std::uint32_t dirty_ratio = 0;
  friend bool operator==(const BackgroundWriting&, const BackgroundWriting&) = default;
};

// A disk that fails: every read, or every write, of these pages of the file of that name.
struct BadPages {
  enum class When : std::uint8_t { read, write } when = When::read;
  std::string file;
  PgOff first;
  PgOff end;
  friend bool operator==(const BadPages&, const BadPages&) = default;
};

struct MachineConfig {
  Bytes page_size{4096};
  Pages frames{
      262144};  // 1 GiB of 4 KiB frames: the textbook machine never evicts in a small program
  PolicyKind policy = PolicyKind::lru;
  PageTableShape levels;
  TlbShape tlb;
  Pages swap_pages{262144};
  std::uint64_t seed = 1;
  Rule rule_off = Rule::all_hold;
  BackgroundWriting background;
  DiskFormat format = DiskFormat::ext4;
  std::vector<BadPages> bad_pages;
  std::optional<Pages> disk_room;  // pages that can be allocated after the files installed; none:
                                   // as many as are asked for
  friend bool operator==(const MachineConfig&, const MachineConfig&) = default;
};

const char* name_of(PolicyKind);

}  // namespace sim
