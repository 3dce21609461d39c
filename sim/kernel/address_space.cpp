// Areas come, are cut and go.

#include "sim/kernel/address_space.h"

#include <algorithm>

#include "sim/core/check.h"

namespace sim {
namespace {

// The lowest page an area may start at. Low pages stay unmapped, as on Linux (vm.mmap_min_addr,
// 16 pages of 4 KiB), so that a null pointer with a small offset is a fault; an address space too
// small for that gives up one page only.
constexpr Vpn kLowestUsual{16};
constexpr Pages kSmallSpan{256};
// In 48 bits of address, a place in the lower half where Linux on x86-64 has its mappings:
// addresses look as they do there, and every level of a walk has an index of its own. Always the
// same.
constexpr Vpn kLowestOf48Bits{0x7f5c0a3e2};
constexpr Pages kSpanOf48Bits{std::uint64_t{1} << 36};

Vpn lowest_of(Pages span) {
  if (span < kSmallSpan) return Vpn{1};
  return span < kSpanOf48Bits ? kLowestUsual : kLowestOf48Bits;
}

}  // namespace

AddressSpace::AddressSpace(Pages span) : span_(span), search_from_(lowest_of(span)) {}

const Vma* AddressSpace::find_from(Vpn vpn) const {
  auto after = areas_.upper_bound(vpn);
  if (after != areas_.begin()) {
    const Vma& before = std::prev(after)->second;
    if (vpn < before.end) return &before;
  }
  return after == areas_.end() ? nullptr : &after->second;
}

const Vma* AddressSpace::find(Vpn vpn) const {
  const Vma* area = find_from(vpn);
  return area != nullptr && area->first <= vpn ? area : nullptr;
}

std::optional<Vpn> AddressSpace::find_free(Pages pages) const {
  if (pages.count >= span_.count) return std::nullopt;
  Vpn from = search_from_;
  if (find(Vpn{from.index - 1}) != nullptr) from += Pages{1};
  const Vma* next = find_from(from);
  while (next != nullptr && next->first.index < from.index + pages.count + 1) {
    from = next->end + Pages{1};
    const auto after = areas_.upper_bound(next->first);
    next = after == areas_.end() ? nullptr : &after->second;
  }
  if (from.index + pages.count > span_.count) return std::nullopt;
  return from;
}

void AddressSpace::insert(const Vma& area) {
  SIM_CHECK(area.first < area.end);
  SIM_CHECK(find_from(area.first) == nullptr || area.end <= find_from(area.first)->first);
  // Found by a search from here: with nothing free below it, the next search starts behind it.
  if (area.first == search_from_) search_from_ = area.end + Pages{1};
  areas_.emplace(area.first, area);
  if (area.has_file()) index(area.file, area.first);
  if (area.has_own_pages()) index(area.own_root, area.first);
}

void AddressSpace::split_at(Vpn at) {
  const Vma* found = find(at);
  if (found == nullptr || found->first == at) return;
  Vma low = *found;
  Vma high = *found;
  low.end = at;
  high.first = at;
  if (high.has_file()) high.file_page = low.file_page + (at - low.first);
  const Vpn search_from = search_from_;
  remove(low.first);
  insert(low);
  insert(high);
  search_from_ = search_from;
}

void AddressSpace::remove(Vpn first) {
  const auto found = areas_.find(first);
  SIM_CHECK(found != areas_.end());
  const Vma area = found->second;
  areas_.erase(found);
  if (area.has_file()) unindex(area.file, first);
  if (area.has_own_pages()) unindex(area.own_root, first);
  search_from_ = std::min(search_from_, first);
}

void AddressSpace::set_protection(Vpn first, Protection protection) {
  const auto found = areas_.find(first);
  SIM_CHECK(found != areas_.end());
  found->second.protection = protection;
}

void AddressSpace::note_own_page(Vpn first) {
  const auto found = areas_.find(first);
  SIM_CHECK(found != areas_.end());
  found->second.had_own_page = true;
}

const std::vector<Vpn>& AddressSpace::areas_of(std::uint32_t object) const {
  static const std::vector<Vpn> kNoAreas;
  const auto found = by_object_.find(object);
  return found == by_object_.end() ? kNoAreas : found->second;
}

void AddressSpace::index(std::uint32_t object, Vpn first) {
  std::vector<Vpn>& starts = by_object_[object];
  starts.insert(std::lower_bound(starts.begin(), starts.end(), first), first);
}

void AddressSpace::unindex(std::uint32_t object, Vpn first) {
  const auto found = by_object_.find(object);
  SIM_CHECK(found != by_object_.end());
  std::erase(found->second, first);
  if (found->second.empty()) by_object_.erase(found);
}

}  // namespace sim
