// Pages become dirty, and clean again.

#include "sim/kernel/writeback.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/reverse_map.h"
#include "sim/kernel/timers.h"

namespace sim {

void mark_dirty(Kernel& k, Inode& inode, Pfn frame) {
  if (k.frames.is_dirty(frame)) return;
  k.frames.set_dirty(frame);
  ++k.dirty_pages;
  inode.first_dirty = std::min(inode.first_dirty, PgOff{k.memory.page(frame).index});
  if (inode.dirty_pages++ == 0) inode.dirty_since = k.events.now();
  k.events.emit(EventKind::dirty, k.memory.page(frame));
  dirtied(k);
}

void count_as_clean(Kernel& k, Inode& inode) {
  --inode.dirty_pages;
  --k.dirty_pages;
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

namespace {

// Makes a dirty page ready for the disk: nobody stores to it unnoticed, and it has a block.
void clean(Kernel& k, Inode& inode, PgOff page, Pfn frame) {
  SIM_CHECK(k.frames.is_dirty(frame));
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte pte) {
    if (!k.holds(Rule::clean_again)) return;
    k.mmu.change(vpn, pte.without(pte_bit::writable | pte_bit::dirty));
  });
  // ext4 zeroes what lies beyond the end when it writes the page (measured: reads 0 after fsync).
  zero_bytes(k, frame, {page, FileOffset{inode.size.count}, k.geometry.start_of(page + Pages{1})});
  if (!k.memory.block(frame)) (void)k.memory.writable_bytes(frame);  // zeros need a disk block too
  k.frames.set_clean(frame);
  count_as_clean(k, inode);
}

void finish(Kernel& k, const WriteUnderWay& write) {
  k.files.inode(write.object).disk.write(write.page, write.block);
}

}  // namespace

bool write_back(Kernel& k, Inode& inode, PgOff page, Pfn frame, WriteBackReason reason) {
  wait_for_writes(k, inode.object, page, page + Pages{1});
  clean(k, inode, page, frame);
  if (write_fails(k, inode, page)) return false;
  inode.disk.write(page, k.memory.block(frame));
  k.events.emit(EventKind::write_back, k.memory.page(frame), static_cast<std::uint16_t>(reason));
  return true;
}

// The disk works by itself, a page after the other; the program does not wait.
void begin_write(Kernel& k, Inode& inode, PgOff page, Pfn frame) {
  wait_for_writes(k, inode.object, page, page + Pages{1});
  clean(k, inode, page, frame);
  if (write_fails(k, inode, page)) return;
  k.events.emit(EventKind::write_back, k.memory.page(frame),
                static_cast<std::uint16_t>(WriteBackReason::background));
  const Nanoseconds free = k.under_way.empty() ? k.events.now() : k.under_way.back().done;
  k.under_way.push_back({inode.object, page, k.memory.block(frame),
                         std::max(free, k.events.now()) + Nanoseconds{CostTable{}.write_back_ns}});
}

void finish_writes(Kernel& k) {
  std::size_t n = 0;
  while (n < k.under_way.size() && k.under_way[n].done <= k.events.now())
    finish(k, k.under_way[n++]);
  k.under_way.erase(k.under_way.begin(), k.under_way.begin() + static_cast<std::ptrdiff_t>(n));
}

void wait_for_writes(Kernel& k, std::uint32_t object, PgOff first, PgOff end) {
  std::erase_if(k.under_way, [&](const WriteUnderWay& write) {
    if (write.object != object || write.page < first || write.page >= end) return false;
    finish(k, write);
    return true;
  });
}

void flush(Kernel& k, Inode& inode, PgOff first, PgOff end) {
  write_what_was_foreseen(k, Noticed::in_call);
  if (inode.dirty_pages > 0) {
    inode.cache.for_each_in(first, end, [&](PgOff page, Pfn frame) {
      if (k.frames.is_dirty(frame)) write_back(k, inode, page, frame, WriteBackReason::flush);
    });
  }
  wait_for_writes(k, inode.object, first, end);
  inode.disk.make_size_durable(inode.size);
  k.directory.make_durable(inode.object);
  std::erase_if(k.removed,
                [&](const auto& entry) { return !k.directory.may_lead_to(entry.first); });
}

}  // namespace sim
