// Read from the kernel's tables.

#include "sim/inspection.h"

#include <algorithm>
#include <map>

#include "sim/kernel/reclaim.h"
#include "sim/kernel/reverse_map.h"

namespace sim {
namespace {

// Calls f(vpn, pte, area) for every entry that is not empty.
template <class F>
void for_each_entry(const Kernel& k, F f) {
  const auto visit = [&](const AddressSpace& space, const Mmu& mmu) {
    for (const auto& place : space.areas()) {
      const Vma& area = place.second;
      mmu.table().for_each_in(area.first, area.end, [&](Vpn vpn, Pte pte) { f(vpn, pte, area); });
    }
  };
  visit(k.space, k.mmu);
  for (const auto& [_, process] : k.waiting) visit(process.space, process.mmu);
}

// Of a copy of the kernel: the reverse map wants one that it may change.
FrameView view(Kernel& k, Pfn frame) {
  FrameView seen;
  seen.frame = frame;
  if (!k.frames.is_in_use(frame)) return seen;
  seen.is_free = false;
  seen.page = k.memory.page(frame);
  seen.is_own = k.frames.kind(frame) == PageKind::own;
  seen.is_dirty = seen.is_own ? !k.frames.slot(frame) : k.frames.is_dirty(frame);
  for_each_mapping_of(k, frame, [&](Vpn, Pte pte) {
    ++seen.mappings;
    seen.is_accessed |= pte.has(pte_bit::accessed);
  });
  seen.uses_of_others_since = k.policy->uses_of_others_since(frame);
  return seen;
}

}  // namespace

Walk walk_of(const Machine& machine, VirtAddr address) {
  const Kernel& k = machine.kernel();
  const Vpn vpn = k.geometry.page_of(address);
  Walk walk;
  walk.offset = k.geometry.within_page(address).count;
  walk.entry = k.mmu.table().get(vpn);
  walk.is_in_tlb = k.mmu.tlb().is_on() && k.mmu.tlb().holds(vpn);
  for (const PageTable::Step& step : k.mmu.table().steps_to(vpn)) {
    walk.levels.push_back({step.bits, step.index, step.is_present});
  }
  return walk;
}

std::vector<AreaView> areas_of(const Machine& machine) {
  const Kernel& k = machine.kernel();
  std::vector<AreaView> areas;
  for (const auto& [first, area] : k.space.areas()) {
    areas.push_back({k.geometry.start_of(area.first), k.geometry.start_of(area.end),
                     area.protection, area.sharing, area.file, area.mapping});
  }
  return areas;
}

FrameView frame_of(const Machine& machine, Pfn frame) {
  Kernel copy(machine.kernel());
  return view(copy, frame);
}

std::vector<FrameView> frames_of(const Machine& machine, Pfn first, std::uint64_t count) {
  Kernel copy(machine.kernel());
  std::vector<FrameView> frames;
  const std::uint64_t end = std::min(first.index + count, copy.memory.frames().count);
  for (std::uint64_t frame = first.index; frame < end; ++frame) {
    frames.push_back(view(copy, Pfn{frame}));
  }
  return frames;
}

std::uint64_t frames_in_use(const Machine& machine) {
  return machine.kernel().frames.in_use().count;
}

FrameCounts peak_frames(const Machine& machine) { return machine.kernel().frames.peak(); }

std::uint64_t frames_taken(const Machine& machine) { return machine.kernel().frames.taken(); }

std::vector<FrameView> next_victims(const Machine& machine, std::size_t most) {
  Kernel choosing(machine.kernel());
  Kernel shown(machine.kernel());  // choosing may clear accessed bits
  std::vector<FrameView> victims;
  while (victims.size() < most) {
    const std::optional<Pfn> victim = pick_victim(choosing);
    if (!victim) break;
    victims.push_back(view(shown, *victim));
    choosing.policy->on_free(*victim);
  }
  return victims;
}

std::vector<SwapView> swap_of(const Machine& machine) {
  const Kernel& k = machine.kernel();
  if (k.swap.used().count == 0) return {};  // no need to go through all entries
  std::map<SwapSlot, SwapView> slots;
  for_each_entry(k, [&](Vpn vpn, Pte pte, const Vma& area) {
    if (pte.has(pte_bit::swapped)) {
      slots[pte.slot()] = {pte.slot(), area.own_name_at(vpn), false};
    } else if (pte.has_frame() && pte.has(pte_bit::own)) {
      if (const auto slot = k.frames.slot(pte.frame())) {
        slots[*slot] = {*slot, area.own_name_at(vpn), true};
      }
    }
  });
  std::vector<SwapView> all;
  for (const auto& [slot, seen] : slots) all.push_back(seen);
  return all;
}

}  // namespace sim
