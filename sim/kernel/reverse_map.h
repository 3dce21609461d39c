// From a page to the PTEs that map it, by way of what it belongs to: the areas that show its file,
// or the one mapping that it is an own page of. Nothing is stored per page.

#pragma once

#include "sim/kernel/kernel.h"
#include "sim/kernel/process.h"

namespace sim {

// Calls f(vpn, pte) for each PTE of the running process that maps or keeps the frame, ascending.
// `object`: whose areas may show it.
template <class F>
void for_each_entry_of(Kernel& k, Pfn frame, std::uint32_t object, F f) {
  const PageName name = k.memory.page(frame);
  const bool is_own = k.frames.kind(frame) == PageKind::own;
  for (const Vpn first : k.space.areas_of(object)) {
    const Vma& area = *k.space.find(first);
    // Where the area would show the page; it may lie outside.
    const std::uint64_t start = is_own ? area.mapping_first.index : area.first.index;
    const std::uint64_t from = is_own ? 0 : area.file_page.index;
    if (name.index < from) continue;
    const Vpn vpn{start + (name.index - from)};
    if (vpn < area.first || vpn >= area.end) continue;
    const Pte pte = k.mmu.walk(vpn);
    if (pte.holds_frame() && pte.frame() == frame) f(vpn, pte);
  }
}

// Calls f(vpn, pte) for each PTE that maps the frame, ascending within a process, with the part of
// that process in place (process.h). f may change that PTE.
template <class F>
void for_each_mapping_of(Kernel& k, Pfn frame, F f) {
  const std::uint32_t named = k.memory.page(frame).object;
  const auto root = k.fork_roots.find(named);
  const bool is_forked = root != k.fork_roots.end() && k.frames.kind(frame) == PageKind::own;
  const std::uint32_t object = is_forked ? root->second : named;
  for_each_process(k, [&] { for_each_entry_of(k, frame, object, f); });
}

}  // namespace sim
