// What the disk knows of one file: the blocks its pages are read from, what of them is sure to be
// there after a power cut, and which sizes could be.
//
// The disk has no cache of its own: a block that was written is there. What it belongs to is not,
// before the file's next fsync or msync: until then the size can be any that the file had since the
// last one or one in between, and where the file was cut the old blocks may still be the file's.

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

  // A page was written back. Requires: block not null. A page that was cut off since the length was
  // durable gets a new place on the disk, and its old one keeps what it holds.
  void write(PgOff page, const Ref<PageBlock>& block) {
    blocks_.edit(number(page)) = block;
    if (was_cut() && !was_cut(page)) before_cut_.edit(number(page)) = block;
  }

  // The file was cut: pages from `first` on have no block any more.
  void forget_from(PgOff first) {
    if (!was_cut()) before_cut_ = blocks_;
    blocks_.erase_from(first.index);
    cut_from_ = std::min(cut_from_, first);
  }
  void note_size(Bytes size) {
    smallest_ = std::min(smallest_, size);
    largest_ = std::max(largest_, size);
  }

  // fsync and msync make the file's length durable, and with it every cut before.
  void make_size_durable(Bytes size) {
    before_cut_.clear();
    cut_from_ = kNever;
    durable_size_ = smallest_ = largest_ = size;
  }

  Bytes durable_size() const { return durable_size_; }
  const Ref<PageBlock>& durable_block(PgOff page) const { return durable_blocks()[number(page)]; }
  const SparseTable<Ref<PageBlock>>& blocks() const { return blocks_; }
  // Every page's block as it was before the cuts that are not durable.
  const SparseTable<Ref<PageBlock>>& durable_blocks() const {
    return was_cut() ? before_cut_ : blocks_;
  }

  // The sizes that a power cut could leave.
  Bytes smallest_size() const { return smallest_; }
  Bytes largest_size() const { return largest_; }
  bool was_cut(PgOff page) const { return page >= cut_from_; }
  bool was_cut() const { return cut_from_ != kNever; }

 private:
  static constexpr PgOff kNever{~std::uint64_t{0}};
  static std::uint32_t number(PgOff page) { return static_cast<std::uint32_t>(page.index); }

  SparseTable<Ref<PageBlock>> blocks_;
  SparseTable<Ref<PageBlock>> before_cut_;  // only while a cut is not durable
  PgOff cut_from_ = kNever;                 // the lowest page cut off since the length was durable
  Bytes durable_size_;
  Bytes smallest_;
  Bytes largest_;
};

}  // namespace sim
