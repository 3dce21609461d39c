// From a page to the PTEs that map it, by way of what it belongs to: the areas that show its file,
// or the one mapping that it is an own page of. Nothing is stored per page.

#pragma once

#include "sim/kernel/kernel.h"

namespace sim {

// Calls f(vpn, pte) for each PTE that maps the frame, ascending. f may change that PTE.
template <class F>
void for_each_mapping_of(Kernel& k, Pfn frame, F f) {
  const PageName name = k.memory.page(frame);
  const bool is_own = k.frames.kind(frame) == PageKind::own;
  for (const Vpn first : k.space.areas_of(name.object)) {
    const Vma& area = *k.space.find(first);
    // Where the area would show the page; it may lie outside.
    const std::uint64_t start = is_own ? area.mapping_first.index : area.first.index;
    const std::uint64_t from = is_own ? 0 : area.file_page.index;
    if (name.index < from) continue;
    const Vpn vpn{start + (name.index - from)};
    if (vpn < area.first || vpn >= area.end) continue;
    const Pte pte = k.mmu.walk(vpn);
    if (pte.has_frame() && pte.frame() == frame) f(vpn, pte);
  }
}

}  // namespace sim
