// When a replaced file is written back.

#include "sim/kernel/replacement.h"

#include <algorithm>
#include <utility>

#include "sim/kernel/kernel.h"
#include "sim/kernel/process.h"
#include "sim/kernel/timers.h"
#include "sim/kernel/writeback.h"

namespace sim {

void write_back_replacement(Kernel& k, Inode& inode) {
  write_what_was_foreseen(k, Noticed::in_call);
  bool has_new_page = false;
  inode.cache.for_each_in(PgOff{0}, kEndOfPages, [&](PgOff page, Pfn frame) {
    has_new_page = has_new_page || (k.frames.is_dirty(frame) && !inode.disk.block(page));
  });
  if (!has_new_page || !k.format.writes_replaced || !k.holds(Rule::replacement)) return;
  inode.cache.for_each_in(PgOff{0}, kEndOfPages, [&](PgOff page, Pfn frame) {
    if (!k.frames.is_dirty(frame)) return;
    write_back(k, inode, page, frame, WriteBackReason::replacement);
  });
}

void let_go(Kernel& k, std::uint32_t object, std::uint64_t description) {
  write_what_was_foreseen(k, Noticed::in_call);
  Inode& inode = k.files.inode(object);
  if (!inode.was_emptied) return;
  bool is_mapped = false;
  for_each_process(k, [&] {
    const auto& areas = k.space.areas_of(object);
    is_mapped = is_mapped || std::any_of(areas.begin(), areas.end(), [&](Vpn first) {
                  return k.space.find(first)->description == description;
                });
  });
  if (k.files.is_open(description) || is_mapped) return;
  inode.was_emptied = false;
  if (inode.dirty_pages > 0) write_back_replacement(k, inode);
}

}  // namespace sim
