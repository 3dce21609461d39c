// Pages and files go.

#include "sim/kernel/unmap.h"

#include <algorithm>
#include <vector>

#include "sim/kernel/disk_faults.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/process.h"
#include "sim/kernel/reclaim.h"
#include "sim/kernel/replacement.h"
#include "sim/kernel/reverse_map.h"
#include "sim/kernel/writeback.h"

namespace sim {

void zap(Kernel& k, const Vma& area, Vpn first, Vpn end) {
  SIM_CHECK(area.first <= first);
  SIM_CHECK(end <= area.end);
  std::vector<Pfn> left_to_others;
  k.mmu.table().for_each_in(first, end, [&](Vpn vpn, Pte pte) {
    if (!pte.has(pte_bit::own)) return;
    const bool is_held = pte.holds_frame() || pte.has(pte_bit::swapped);
    if (area.is_shared_memory() && is_held && leave_to_others(k, area, vpn, pte)) return;
    if (pte.has(pte_bit::swapped)) {
      k.swap.free(pte.slot());
    } else if (pte.holds_frame() && is_shared_by_fork(k, pte.frame())) {
      left_to_others.push_back(pte.frame());
    } else if (pte.holds_frame()) {
      if (const auto slot = k.frames.slot(pte.frame())) k.swap.free(*slot);
      release_frame(k, pte.frame());
    }
  });
  k.mmu.unmap(first, end);
  for (const Pfn frame : left_to_others) name_after_mapping(k, frame);
}

void unmap_range(Kernel& k, Vpn first, Vpn end) {
  k.space.split_at(first);
  k.space.split_at(end);
  for (const Vma* area = k.space.find_from(first); area != nullptr && area->first < end;
       area = k.space.find_from(first)) {
    const std::uint32_t file = area->file;
    const std::uint64_t description = area->description;
    zap(k, *area, area->first, area->end);
    k.space.remove(area->first);
    if (file == kNoObject) continue;
    let_go(k, file, description);
    drop_if_orphan(k, file);
  }
}

void drop_pages_from(Kernel& k, Inode& inode, PgOff first) {
  for_each_process(k, [&] {
    for (const Vpn start : k.space.areas_of(inode.object)) {
      const Vma& area = *k.space.find(start);
      const PgOff area_end = area.file_page + (area.end - area.first);
      if (area_end <= first) continue;
      const Pages kept = area.file_page < first ? first - area.file_page : Pages{0};
      zap(k, area, area.first + kept, area.end);
    }
  });
  wait_for_writes(k, inode.object, first, kEndOfPages);
  std::vector<std::pair<PgOff, Pfn>> gone;
  inode.cache.for_each_in(first, kEndOfPages,
                          [&](PgOff page, Pfn frame) { gone.emplace_back(page, frame); });
  for (const auto& [page, frame] : gone) {
    if (k.frames.is_dirty(frame)) count_as_clean(k, inode);
    inode.cache.remove(page);
    release_frame(k, frame);
  }
}

void drop_clean_pages(Kernel& k, Inode& inode) {
  SIM_CHECK(inode.dirty_pages == 0);
  std::vector<std::pair<PgOff, Pfn>> gone;
  inode.cache.for_each_in(PgOff{0}, kEndOfPages,
                          [&](PgOff page, Pfn frame) { gone.emplace_back(page, frame); });
  for (const auto& [page, frame] : gone) {
    for_each_mapping_of(k, frame, [&](Vpn vpn, Pte) { k.mmu.change(vpn, Pte{}); });
    inode.cache.remove(page);
    release_frame(k, frame);
  }
}

void drop_if_orphan(Kernel& k, std::uint32_t object) {
  Inode& inode = k.files.inode(object);
  if (!inode.name.empty() || inode.descriptors > 0 || is_mapped(k, object)) return;
  give_back_room(k, inode, PgOff{0});
  drop_pages_from(k, inode, PgOff{0});
  if (k.directory.may_lead_to(object)) k.removed.emplace(object, std::move(inode.disk));
  k.files.erase(object);
}

}  // namespace sim
