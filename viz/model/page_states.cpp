// Counts go along with the states.

#include "viz/model/page_states.h"

namespace viz {

void PageStates::set(sim::PageName page, PageState to) {
  Object& object = objects_[page.object];
  PageState& now = object.pages.edit(page.index);
  if (now != PageState::absent) --object.counts[static_cast<std::size_t>(now)];
  if (to != PageState::absent) ++object.counts[static_cast<std::size_t>(to)];
  now = to;
}

PageStates::Counts PageStates::counts(std::uint32_t object) const {
  const auto found = objects_.find(object);
  return found == objects_.end() ? Counts{} : found->second.counts;
}

std::uint64_t PageStates::size() const {
  std::uint64_t pages = 0;
  for (const auto& [number, object] : objects_) {
    for (const std::uint64_t count : object.counts) pages += count;
  }
  return pages;
}

}  // namespace viz
