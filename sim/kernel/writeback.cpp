// Pages become dirty, and clean again.

#include "sim/kernel/writeback.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "sim/kernel/reverse_map.h"

namespace sim {

void mark_dirty(Kernel& k, Inode& inode, Pfn frame) {
  if (k.frames.is_dirty(frame)) return;
  k.frames.set_dirty(frame);
  ++inode.dirty_pages;
  k.events.emit(EventKind::dirty, k.memory.page(frame));
}

void zero_bytes(Kernel& k, Pfn frame, const PagePart& part) {
  const std::uint64_t start = k.geometry.start_of(part.page).index;
  const std::uint64_t from = std::max(part.from.index, start);
  const std::uint64_t to = std::min(part.to.index, start + k.geometry.page_size().count);
  if (from >= to) return;
  const std::size_t length = to - from;
  if (std::memcmp(k.memory.bytes(frame) + (from - start), kZeroBytes, length) == 0) return;
  std::memset(k.memory.writable_bytes(frame) + (from - start), 0, length);
}

void write_back(Kernel& k, Inode& inode, PgOff page, Pfn frame, WriteBackReason reason) {
  SIM_CHECK(k.frames.is_dirty(frame));
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte pte) {
    if (!k.holds(Rule::clean_again)) return;
    k.mmu.change(vpn, pte.without(pte_bit::writable | pte_bit::dirty));
  });
  // ext4 zeroes what lies beyond the end when it writes the page (measured: reads 0 after fsync).
  zero_bytes(k, frame, {page, FileOffset{inode.size.count}, k.geometry.start_of(page + Pages{1})});
  if (!k.memory.block(frame)) (void)k.memory.writable_bytes(frame);  // zeros need a disk block too
  const std::uint64_t page_end = k.geometry.start_of(page + Pages{1}).index;
  inode.disk.write(page, k.memory.block(frame), Bytes{std::min(inode.size.count, page_end)});
  k.frames.set_clean(frame);
  --inode.dirty_pages;
  k.events.emit(EventKind::write_back, k.memory.page(frame), static_cast<std::uint16_t>(reason));
}

void flush(Kernel& k, Inode& inode, PgOff first, PgOff end) {
  if (inode.dirty_pages > 0) {
    inode.cache.for_each_in(first, end, [&](PgOff page, Pfn frame) {
      if (k.frames.is_dirty(frame)) write_back(k, inode, page, frame, WriteBackReason::flush);
    });
  }
  inode.disk.make_size_durable(inode.size);
}

}  // namespace sim
