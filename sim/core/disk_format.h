// What file systems do differently with files that are replaced or cut. All else they have in
// common. Measured on Linux 6.18 (docs/model.md, "File systems").

#pragma once

#include <cstddef>
#include <cstdint>

namespace sim {

// other: one whose habits are not known, such as an overlay over another.
enum class DiskFormat : std::uint8_t { ext4, xfs, btrfs, other };

struct FormatHabits {
  const char* name;
  // A file that replaces another, and has pages new to the disk, is written back at once (ext4's
  // auto_da_alloc). xfs does this for a file that was cut to nothing, btrfs also for one that has
  // no new pages: what those two write is taken from the real computer's run.
  bool writes_replaced;
  // A file that gets shorter has the page of its new end read, zeroed behind it, and dirty.
  // Otherwise what is behind the end stays on the disk, and reads as zeros.
  bool cut_reads_end;
};

constexpr FormatHabits habits_of(DiskFormat format) {
  constexpr FormatHabits kHabits[] = {
      {"ext4", true, true}, {"xfs", false, true}, {"btrfs", false, false}, {"other", false, true}};
  return kHabits[static_cast<std::size_t>(format)];
}

}  // namespace sim
