// Details of events that only a real kernel has: what it did of itself, as it does where it may
// read ahead, fault around and use large folios. On the simulated computer every detail is 0.

#pragma once

#include <cstdint>

namespace sim {

// Of page_in. Events that are not `asked` come with count 1 if the page was read from the disk, and
// 0 if not.
enum class PageIn : std::uint16_t {
  asked,              // a touch or a call was about this page
  read_ahead,         // it came into the page cache ahead of any access
  mapped_around,      // a file's page: its entry was filled by another page's fault
  mapped_with_folio,  // memory without a file: the same, with the rest of a large folio
  // No coming at all: a file's page stays in its frame, but every process lost its entries for it,
  // since ftruncate(), to a shorter or a longer file, put the end in the middle of its folio (Linux
  // 6.18: truncate_inode_partial_folio splits the folio, which unmaps all of it).
  unmapped_with_folio,
};

// Of dirty.
enum class Dirtied : std::uint16_t {
  asked,       // it was stored to
  with_folio,  // another page of its folio was
};

}  // namespace sim
