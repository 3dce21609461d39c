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
  k.events.emit(EventKind::dirty, k.frames.owner(frame));
}

void zero_beyond_end(Kernel& k, const Inode& inode, PgOff page, Pfn frame) {
  const std::uint64_t start = k.geometry.start_of(page).index;
  const std::uint64_t end = start + k.geometry.page_size().count;
  if (inode.size.count >= end) return;
  const std::uint64_t from = std::max(inode.size.count, start) - start;
  const std::byte* tail = k.memory.bytes(frame) + from;
  const std::size_t length = end - start - from;
  if (std::memcmp(tail, kZeroBytes, length) == 0) return;
  std::memset(k.memory.writable_bytes(frame) + from, 0, length);
}

void write_back(Kernel& k, Inode& inode, PgOff page, Pfn frame, WriteBackReason reason) {
  SIM_CHECK(k.frames.is_dirty(frame));
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte pte) {
    k.mmu.change(vpn, pte.without(pte_bit::writable | pte_bit::dirty));
  });
  zero_beyond_end(k, inode, page, frame);
  if (!k.memory.block(frame)) (void)k.memory.writable_bytes(frame);  // zeros need a disk block too
  const std::uint64_t page_end = k.geometry.start_of(page + Pages{1}).index;
  inode.disk.write(page, k.memory.block(frame), Bytes{std::min(inode.size.count, page_end)});
  k.frames.set_clean(frame);
  --inode.dirty_pages;
  k.events.emit(EventKind::write_back, k.frames.owner(frame), static_cast<std::uint16_t>(reason));
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
