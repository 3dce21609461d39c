// Processes are copied, and take turns.

#include "sim/kernel/process.h"

#include <algorithm>
#include <utility>

#include "sim/kernel/reverse_map.h"

namespace sim {

void exchange(Kernel& k, Process& other) {
  std::swap(k.mmu, other.mmu);
  std::swap(k.space, other.space);
  k.files.exchange(other.descriptors);
}

bool is_mapped(const Kernel& k, std::uint32_t object) {
  return k.space.is_mapped(object) ||
         std::any_of(k.waiting.begin(), k.waiting.end(),
                     [&](const auto& entry) { return entry.second.space.is_mapped(object); });
}

namespace {

// Calls f(process) for each other process that has the same shared memory there.
template <class F>
void for_each_other(Kernel& k, const Vma& area, Vpn vpn, F f) {
  for (auto& [_, process] : k.waiting) {
    const Vma* theirs = process.space.find(vpn);
    if (theirs != nullptr && theirs->own_root == area.own_root) f(process);
  }
}

}  // namespace

Pte entry_of_others(Kernel& k, const Vma& area, Vpn vpn) {
  Pte found;
  for_each_other(k, area, vpn, [&](const Process& process) {
    const Pte theirs = process.mmu.walk(vpn);
    if (theirs.holds_frame() || theirs.has(pte_bit::swapped)) found = theirs;
  });
  return found;
}

void forget_swapped_of_others(Kernel& k, const Vma& area, Vpn vpn) {
  for_each_other(k, area, vpn, [&](Process& process) {
    if (process.mmu.walk(vpn).has(pte_bit::swapped)) process.mmu.change(vpn, Pte{});
  });
}

bool leave_to_others(Kernel& k, const Vma& area, Vpn vpn, Pte pte) {
  if (entry_of_others(k, area, vpn).holds_frame()) return true;
  bool is_left = false;
  for_each_other(k, area, vpn, [&](Process& process) {
    if (std::exchange(is_left, true)) return;
    process.mmu.change(vpn, pte.holds_frame() ? Pte::keeping(pte.frame()) : pte);
  });
  return is_left;
}

bool is_shared_by_fork(Kernel& k, Pfn frame) {
  if (k.waiting.empty() || k.frames.kind(frame) == PageKind::file) return false;
  unsigned mappings = 0;
  for_each_mapping_of(k, frame, [&](Vpn, Pte) { ++mappings; });
  return mappings > 1;
}

void name_after_mapping(Kernel& k, Pfn frame) {
  const PageName before = k.memory.page(frame);
  std::optional<PageName> after;
  bool still_has_it = false;
  for_each_mapping_of(k, frame, [&](Vpn vpn, Pte) {
    const PageName name = k.space.find(vpn)->own_name_at(vpn);
    if (!after) after = name;
    still_has_it = still_has_it || name == before;
  });
  SIM_CHECK(after);
  if (!still_has_it) k.memory.rename(frame, *after);
}

namespace {

// The entries of one area in the child, which has a copy of the whole table, and in the parent.
void share_pages(Kernel& k, Mmu& child, const Vma& area) {
  std::vector<std::pair<Vpn, Pte>> entries;
  k.mmu.table().for_each_in(area.first, area.end,
                            [&](Vpn vpn, Pte pte) { entries.emplace_back(vpn, pte); });
  for (const auto& [vpn, pte] : entries) {
    if (pte.has(pte_bit::swapped)) k.swap.share(pte.slot());
    if (!pte.is_present()) continue;
    const bool protects = k.holds(Rule::fork_protects);
    const Pte shared = protects ? pte.without(pte_bit::writable) : pte;
    k.mmu.change(vpn, shared);
    child.change(vpn, shared.without(pte_bit::accessed));
  }
}

// Ascending by the parent's object, whatever the addresses: both computers count alike.
std::vector<std::pair<std::uint32_t, std::uint32_t>> new_objects(Kernel& k) {
  std::vector<std::uint32_t> objects;
  for (const auto& [_, area] : k.space.areas()) {
    if (area.has_own_pages() && !area.is_shared_memory()) objects.push_back(area.mapping);
  }
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const std::uint32_t object : objects) pairs.emplace_back(object, k.next_object++);
  return pairs;
}

}  // namespace

Result<Forked> fork_process(Kernel& k) {
  if (k.waiting.size() + 1 >= kMostProcesses) return Errno{EAGAIN};
  const auto& areas = k.space.areas();

  const auto objects = new_objects(k);
  Process child{AddressSpace(k.mmu.table().span()), k.mmu, k.files.copy_descriptors()};
  for (const auto& [_, parents] : areas) {
    Vma area = parents;
    if (area.has_own_pages() && !area.is_shared_memory()) {
      const auto pair = std::lower_bound(objects.begin(), objects.end(),
                                         std::pair(area.mapping, std::uint32_t{0}));
      area.mapping = pair->second;
      k.fork_roots[area.mapping] = area.own_root;
    }
    child.space.insert(area);
    if (area.had_own_page && !area.is_shared_memory()) {
      share_pages(k, child.mmu, parents);
    } else {
      child.mmu.unmap(area.first, area.end);
    }
  }
  child.mmu.flush_tlb();
  const ProcessId id{k.next_process++};
  k.waiting.emplace(id, std::move(child));
  return Forked{id, objects};
}

void switch_process(Kernel& k, ProcessId id) {
  if (id == k.running) return;
  Process parked{AddressSpace(k.mmu.table().span()), k.mmu, {}};
  parked.mmu.unmap_all();
  exchange(k, parked);
  const bool has_anything = !parked.space.areas().empty() || !parked.descriptors.empty();
  if (has_anything) k.waiting.emplace(k.running, std::move(parked));
  if (const auto found = k.waiting.find(id); found != k.waiting.end()) {
    exchange(k, found->second);
    k.waiting.erase(found);
  }
  k.mmu.flush_tlb();
  k.running = id;
}

}  // namespace sim
