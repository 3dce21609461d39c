// What the disk knows of one file: the blocks its pages are read from, and the durable image that
// would be there after a power cut.
//
// The two differ only by what was cut off: truncating forgets blocks at once for every reader, but
// the disk forgets them when the size is made durable.

#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/core/page_block.h"
#include "sim/core/sparse_table.h"
#include "sim/core/units.h"

namespace sim {

class StoredFile {
 public:
  // Null: a hole, which reads as zeros without the disk.
  const Ref<PageBlock>& block(PgOff page) const { return blocks_[number(page)]; }

  // A page was written back; `end` is where the file's bytes in it end. Requires: block not null.
  void write(PgOff page, const Ref<PageBlock>& block, Bytes end) {
    blocks_.edit(number(page)) = block;
    durable_blocks_.edit(number(page)) = block;
    durable_size_ = std::max(durable_size_, end);
  }

  // The file was cut: pages from `first` on have no block any more.
  void forget_from(PgOff first) { blocks_.erase_from(first.index); }

  // fsync and msync also make the file's length durable, and with it every cut before.
  void make_size_durable(Bytes size) {
    durable_blocks_ = blocks_;
    durable_size_ = size;
  }

  Bytes durable_size() const { return durable_size_; }
  const Ref<PageBlock>& durable_block(PgOff page) const { return durable_blocks_[number(page)]; }

 private:
  static std::uint32_t number(PgOff page) { return static_cast<std::uint32_t>(page.index); }

  SparseTable<Ref<PageBlock>> blocks_;
  SparseTable<Ref<PageBlock>> durable_blocks_;
  Bytes durable_size_;
};

}  // namespace sim
