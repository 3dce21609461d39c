// One file: its name and length, its pages in the page cache, and what the disk holds of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/core/sparse_table.h"
#include "sim/core/units.h"
#include "sim/storage/stored_file.h"

namespace sim {

// The pages of one file that are in frames: 4 bytes a page.
class PageCache {
 public:
  std::optional<Pfn> find(PgOff page) const {
    const std::uint32_t plus_one = frames_[static_cast<std::uint32_t>(page.index)];
    if (plus_one == 0) return std::nullopt;
    return Pfn{plus_one - 1};
  }
  void add(PgOff page, Pfn frame) {
    frames_.edit(static_cast<std::uint32_t>(page.index)) =
        static_cast<std::uint32_t>(frame.index + 1);
    ++count_;
  }
  // Requires: the page is there.
  void remove(PgOff page) {
    frames_.edit(static_cast<std::uint32_t>(page.index)) = 0;
    --count_;
  }
  Pages count() const { return Pages{count_}; }

  // Calls f(page, frame) for each page in [first, end), ascending. f adds and removes nothing.
  template <class F>
  void for_each_in(PgOff first, PgOff end, F f) const {
    frames_.for_each_in(first.index, end.index, [&](std::uint32_t page, std::uint32_t plus_one) {
      f(PgOff{page}, Pfn{plus_one - 1});
    });
  }

 private:
  SparseTable<std::uint32_t> frames_;  // frame + 1; 0: absent
  std::uint64_t count_ = 0;
};

// Page numbers are 32-bit, so a file has at most 2^32 pages: 16 TiB of 4 KiB pages, as on ext4.
inline constexpr std::uint64_t kMostPagesOfObject = std::uint64_t{1} << 32;
inline constexpr PgOff kEndOfPages{kMostPagesOfObject};

struct Inode {
  std::uint32_t object = 0;
  std::string name;               // empty once unlinked
  Bytes size;                     // changed by resize()
  std::uint32_t descriptors = 0;  // open ones
  std::uint64_t dirty_pages = 0;
  PgOff first_dirty = kEndOfPages;   // no page before it is dirty
  bool was_emptied = false;          // cut to nothing, and not let go of since (replacement.h)
  std::uint64_t write_errors = 0;    // pages that the disk refused to write
  bool write_error_is_known = true;  // an fsync or msync has reported the last of them
  Nanoseconds dirty_since;           // when it got its first dirty page
  PageCache cache;
  StoredFile disk;

  void resize(Bytes to) {
    size = to;
    disk.note_size(to);
  }
};

}  // namespace sim
