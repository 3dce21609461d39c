// Finding, splitting and removing areas.

#include "real/areas.h"

#include <algorithm>

namespace real {

Origin& Areas::add(std::unique_ptr<Origin> origin, sim::Protection protection) {
  origin->parts = 1;
  areas_[origin->base] = {origin->base, origin->base + origin->bytes, origin.get(), protection};
  origins_.push_back(std::move(origin));
  return *origins_.back();
}

void Areas::add_copy(std::unique_ptr<Origin> origin, const std::vector<Area>& parts) {
  for (const Area& part : parts) {
    areas_[part.base] = {part.base, part.end, origin.get(), part.protection};
  }
  origin->parts = parts.size();
  origins_.push_back(std::move(origin));
}

Area* Areas::look_up(std::uint64_t address) {
  auto it = areas_.upper_bound(address);
  if (it == areas_.begin()) return nullptr;
  --it;
  return address < it->second.end ? &it->second : nullptr;
}

void Areas::split(std::uint64_t at) {
  Area* area = find(at);
  if (area == nullptr || area->base == at) return;
  Area upper = *area;
  upper.base = at;
  area->end = at;
  ++upper.origin->parts;
  areas_[at] = upper;
}

std::vector<Area*> Areas::isolate(std::uint64_t from, std::uint64_t end) {
  split(from);
  split(end);
  std::vector<Area*> inside;
  for (auto it = areas_.lower_bound(from); it != areas_.end() && it->first < end; ++it) {
    inside.push_back(&it->second);
  }
  return inside;
}

bool Areas::covers(std::uint64_t from, std::uint64_t end) {
  while (from < end) {
    const Area* area = find(from);
    if (area == nullptr) return false;
    from = area->end;
  }
  return true;
}

Inode* Areas::remove(const Area& area) {
  Origin* origin = area.origin;
  const std::uint64_t base = area.base;  // area may be the element that goes
  areas_.erase(base);
  last_ = nullptr;
  if (--origin->parts > 0) return nullptr;
  Inode* inode = origin->inode;
  std::erase_if(origins_, [&](const auto& o) { return o.get() == origin; });
  return inode;
}

std::vector<Area> Areas::all() const {
  std::vector<Area> areas;
  for (const auto& [base, area] : areas_) areas.push_back(area);
  return areas;
}

sim::PageName Areas::name_of(const Origin& origin, std::uint64_t page) const {
  if (!origin.is_file()) return {origin.object, static_cast<std::uint32_t>(page)};
  return {origin.inode->object, static_cast<std::uint32_t>(origin.first_file_page + page)};
}

}  // namespace real
