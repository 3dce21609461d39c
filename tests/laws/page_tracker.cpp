// What each event says about where a page is.

#include "tests/laws/page_tracker.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace laws {

using sim::Access;
using sim::Event;
using sim::EventKind;
using sim::Eviction;
using sim::PageName;

void PageTracker::add(PageName page) {
  resident_.insert(page);
  swapped_.erase(page);
  most_resident_ = std::max(most_resident_, resident_.size());
}

void PageTracker::apply(std::span<const Event> events, Coming coming) {
  for (const Event& event : events) {
    switch (event.kind) {
      case EventKind::page_in: add(event.page); break;
      case EventKind::swap_in:
        CHECK(swapped_.contains(event.page));
        add(event.page);
        break;
      case EventKind::fault_minor:
      case EventKind::fault_major:
        if (is_file(event.page)) {
          // A hole's page comes with no page_in. A private copy's write-notify names the file's
          // page, which need not be there.
          if ((event.detail & sim::fault_detail::write_notify) == 0) add(event.page);
        } else if ((event.detail & sim::fault_detail::zero_page) == 0) {
          add(event.page);
        }
        break;
      case EventKind::access:
        if (is_file(event.page) || event.detail == static_cast<std::uint16_t>(Access::write)) {
          add(event.page);
        }
        break;
      case EventKind::dirty: dirty_.insert(event.page); break;
      case EventKind::write_back: CHECK(dirty_.erase(event.page) == 1); break;
      case EventKind::evict:
        CHECK((resident_.erase(event.page) == 1 || coming == Coming::untold));
        CHECK_FALSE(dirty_.contains(event.page));
        if (!is_file(event.page)) swapped_.insert(event.page);
        break;
      case EventKind::swap_out:
      case EventKind::tlb_miss:
      case EventKind::system_call:
      case EventKind::signal:
      case EventKind::disk_error:
      case EventKind::process_switch: break;
    }
  }
}

PageTracker::Sets PageTracker::sets_of(const sim::Observation& seen) {
  Sets sets;
  const auto put = [](std::set<PageName>& into, std::uint32_t object, const sim::PageRanges& r) {
    for (const sim::PageRange& range : r.ranges()) {
      for (std::uint64_t page = range.first; page < range.end; ++page) {
        into.insert({object, static_cast<std::uint32_t>(page)});
      }
    }
  };
  for (const sim::FileState& file : seen.files) {
    put(sets.resident, file.object, file.resident);
    put(sets.dirty, file.object, file.dirty);
  }
  for (const sim::MemoryState& memory : seen.memory) {
    put(sets.resident, memory.object, memory.resident);
    put(sets.swapped, memory.object, memory.swapped);
  }
  return sets;
}

void PageTracker::forget_released(const sim::Observation& seen) {
  const Sets now = sets_of(seen);
  std::erase_if(resident_, [&](PageName page) { return !now.resident.contains(page); });
  std::erase_if(dirty_, [&](PageName page) { return !now.dirty.contains(page); });
  std::erase_if(swapped_, [&](PageName page) { return !now.swapped.contains(page); });
}

void PageTracker::accept_clean_pages(const sim::Observation& seen) {
  const Sets now = sets_of(seen);
  for (const PageName page : now.resident) {
    if (is_file(page) && !now.dirty.contains(page)) resident_.insert(page);
  }
}

}  // namespace laws
