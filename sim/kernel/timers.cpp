// Due are: the stop, the kernel's own writing of dirty pages, and the end of such writes.
//
// As Linux does it (Documentation/admin-guide/sysctl/vm.rst), with its periodic wake-up left out: a
// file whose first page has been dirty for dirty_expire goes to the disk with all its dirty pages
// (measured: a page rewritten meanwhile goes too); more dirty pages than dirty_ratio are brought
// down to it, the files that have been dirty longest first.

#include "sim/kernel/timers.h"

#include <algorithm>
#include <vector>

#include "sim/kernel/writeback.h"

namespace sim {
namespace {

constexpr std::uint64_t kNanosecondsOfMillisecond = 1'000'000;

std::uint64_t most_dirty(const Kernel& k) {
  return k.memory.frames().count * k.background.dirty_ratio / 100;
}

bool is_over_ratio(const Kernel& k) {
  return k.background.dirty_ratio > 0 && k.dirty_pages > most_dirty(k);
}

Nanoseconds expiry(const Kernel& k, const Inode& inode) {
  return inode.dirty_since + Nanoseconds{k.background.dirty_expire_ms * kNanosecondsOfMillisecond};
}

// Begins to write the file's dirty pages, ascending, until `is_enough`. A few pages at a time:
// where only one is too much, a large file is not gone through for it.
template <class Enough>
void write_file(Kernel& k, Inode& inode, Enough is_enough) {
  constexpr Pages kAtATime{256};
  const PgOff end{k.geometry.pages_for(inode.size).count};
  std::vector<std::pair<PgOff, Pfn>> dirty;
  for (PgOff from = inode.first_dirty; from < end; from += kAtATime) {
    dirty.clear();
    inode.cache.for_each_in(from, std::min(from + kAtATime, end), [&](PgOff page, Pfn frame) {
      if (k.frames.is_dirty(frame)) dirty.emplace_back(page, frame);
    });
    for (const auto& [page, frame] : dirty) {
      inode.first_dirty = page;
      if (is_enough()) return;
      begin_write(k, inode, page, frame);
    }
  }
  inode.first_dirty = kEndOfPages;
}

void write_what_expired(Kernel& k) {
  if (k.background.dirty_expire_ms == 0) return;
  for (auto& [_, inode] : k.files.inodes()) {
    if (inode.dirty_pages > 0 && expiry(k, inode) <= k.events.now()) {
      write_file(k, inode, [] { return false; });
    }
  }
}

void write_what_is_too_much(Kernel& k) {
  if (!is_over_ratio(k)) return;
  std::vector<Inode*> oldest;
  for (auto& [_, inode] : k.files.inodes()) {
    if (inode.dirty_pages > 0) oldest.push_back(&inode);
  }
  std::stable_sort(oldest.begin(), oldest.end(),
                   [](const Inode* a, const Inode* b) { return a->dirty_since < b->dirty_since; });
  for (Inode* inode : oldest) write_file(k, *inode, [&] { return !is_over_ratio(k); });
}

void write_foreseen(Kernel& k, PageName page) {
  const auto inode = k.files.inodes().find(page.object);
  if (inode == k.files.inodes().end()) return;
  const std::optional<Pfn> frame = inode->second.cache.find(PgOff{page.index});
  if (!frame || !k.frames.is_dirty(*frame)) return;
  write_back(k, inode->second, PgOff{page.index}, *frame, WriteBackReason::background);
}

}  // namespace

namespace {

// Whether the moment at which the write was noticed has come, `now` being at its touch count.
bool has_come(const Kernel& k, const KernelWrite& write, Noticed now) {
  const std::uint64_t calls = k.events.calls();
  switch (now) {
    case Noticed::at_touch: return true;
    case Noticed::in_call: return write.noticed != Noticed::at_touch && write.calls <= calls;
    case Noticed::at_look:
      if (write.noticed == Noticed::in_call) return write.calls < calls;  // that call is over
      return write.noticed == Noticed::at_look && write.calls <= calls;
  }
  return false;
}

}  // namespace

void write_what_was_foreseen(Kernel& k, Noticed now) {
  while (!k.foreseen.empty()) {
    const KernelWrite& next = k.foreseen.front();
    if (next.touch > k.events.touches()) return;
    if (next.touch == k.events.touches() && !has_come(k, next, now)) return;
    const PageName page = next.page;
    k.foreseen.pop_front();
    write_foreseen(k, page);
  }
}

void reset_alarm(Kernel& k) {
  std::uint64_t touch = k.stop_touch;
  if (!k.foreseen.empty()) touch = std::min(touch, k.foreseen.front().touch);
  if (is_over_ratio(k)) touch = std::min(touch, k.events.touches());
  Nanoseconds time = kNever;
  if (!k.under_way.empty()) time = k.under_way.front().done;
  if (k.background.dirty_expire_ms > 0) {
    for (const auto& [_, inode] : k.files.inodes()) {
      if (inode.dirty_pages > 0) time = std::min(time, expiry(k, inode));
    }
  }
  k.events.set_alarm(touch, time);
}

bool do_what_is_due(Kernel& k) {
  finish_writes(k);
  write_what_was_foreseen(k, Noticed::at_touch);
  write_what_expired(k);
  write_what_is_too_much(k);
  reset_alarm(k);
  return k.events.touches() < k.stop_touch;
}

}  // namespace sim
