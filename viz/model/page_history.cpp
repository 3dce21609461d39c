// Events into states.

#include "viz/model/page_history.h"

#include <algorithm>
#include <utility>

namespace viz {

using sim::Event;
using sim::EventKind;

namespace {

// A state a moment ago is the last keyframe's and at most so many changes: made in two
// milliseconds.
constexpr std::size_t kKeyframeChanges = 131'072;

}  // namespace

PageStates PageHistory::states_before(std::size_t event) const {
  const auto end = std::partition_point(changes_.begin(), changes_.end(),
                                        [&](const PageChange& c) { return c.event < event; });
  const auto count = static_cast<std::size_t>(end - changes_.begin());
  PageStates states;
  std::size_t from = 0;
  if (count >= kKeyframeChanges) {
    const Keyframe& keyframe = keyframes_[count / kKeyframeChanges - 1];
    states = keyframe.states;
    from = keyframe.changes;
  }
  for (; from < count; ++from) states.set(changes_[from].page, changes_[from].state);
  return states;
}

std::optional<std::size_t> PageHistory::last_change(sim::PageName page, std::size_t event) const {
  const auto end = std::partition_point(changes_.begin(), changes_.end(),
                                        [&](const PageChange& c) { return c.event < event; });
  const auto count = static_cast<std::size_t>(end - changes_.begin());
  // Backwards from where that was next kept: past no more changes than lie between two keyframes.
  const std::size_t next = count / kKeyframeChanges;
  const LastChanges& last = next < keyframes_.size() ? keyframes_[next].last : last_;
  const auto object = last.find(page.object);
  if (object == last.end() || object->second[page.index] == 0) return std::nullopt;
  std::optional<std::size_t> change = object->second[page.index] - 1;
  while (change && *change >= count) change = change_before(*change);
  return change;
}

std::optional<std::size_t> PageHistory::change_before(std::size_t change) const {
  if (previous_[change] == 0) return std::nullopt;
  return previous_[change] - 1;
}

std::uint64_t PageHistory::capacity() const {
  return changes_.capacity() * sizeof(PageChange) + previous_.capacity() * sizeof(std::uint32_t) +
         keyframes_.size() * ever_.size() * (1 + sizeof(std::uint32_t));
}

void PageHistory::set(sim::PageName page, PageState to, std::size_t event, bool is_at_begin) {
  const PageState now = states_.state(page);
  if (now == to) return;
  if (is_file(page.object)) {
    if (now == PageState::dirty) --dirty_file_pages_;
    if (to == PageState::dirty) ++dirty_file_pages_;
  }
  states_.set(page, to);
  if (to != PageState::absent) ever_.set(page, to);
  changes_.push_back({event, page, now, to, is_at_begin});
  std::uint32_t& last = last_[page.object].edit(page.index);
  previous_.push_back(std::exchange(last, static_cast<std::uint32_t>(changes_.size())));
  if (changes_.size() % kKeyframeChanges == 0) {
    keyframes_.push_back({changes_.size(), states_, last_});
  }
}

void PageHistory::forget(std::uint32_t object, std::size_t event) {
  std::vector<std::uint32_t> pages;
  states_.for_each_of(object, [&](std::uint32_t page, PageState) { pages.push_back(page); });
  for (const std::uint32_t page : pages) set({object, page}, PageState::absent, event);
}

void PageHistory::take_fault(const Event& e, std::size_t event) {
  const auto has = [&](std::uint16_t bit) { return (e.detail & bit) != 0; };
  if (has(sim::fault_detail::cow) && is_file(e.page.object)) {
    copies_ = true;  // the fault names the file's page; the access names the copy
    return;
  }
  if (has(sim::fault_detail::write_notify)) return;  // `dirty` follows
  if (is_file(e.page.object)) {
    if (state(e.page) == PageState::absent) set(e.page, PageState::clean, event);
    return;
  }
  // Own pages. The zero page takes no frame; one that comes back is the same in swap.
  if (has(sim::fault_detail::swap_in)) return set(e.page, PageState::clean, event);
  if (has(sim::fault_detail::zero_page)) return;
  set(e.page, PageState::dirty, event);
}

// The child's objects are numbered as its parent's are ordered, and their pages as they are there.
void PageHistory::take_fork(const Event& e, std::size_t event) {
  std::uint32_t child = e.page.object;
  const std::map<std::uint32_t, std::uint32_t> owners = owner_;
  for (const auto& [parents, process] : owners) {
    if (process != running_) continue;
    std::vector<std::pair<std::uint32_t, PageState>> pages;
    states_.for_each_of(parents,
                        [&](std::uint32_t page, PageState s) { pages.emplace_back(page, s); });
    owner_[child] = e.count;
    for (const auto& [page, state] : pages) set({child, page}, state, event);
    ++child;
  }
}

// What the first process leaves stays in the picture of the run's end.
void PageHistory::take_exit(std::size_t event) {
  if (running_ == 0) return;
  for (const auto& [object, process] : owner_) {
    if (process == running_) forget(object, event);
  }
  std::erase_if(owner_, [&](const auto& entry) { return entry.second == running_; });
}

void PageHistory::take_call(const Event& e, std::size_t event) {
  const auto call = sim::SystemCall{e.operand};
  if (call == sim::SystemCall::exit) return take_exit(event);
  if (e.page.object == sim::kNoObject) return;
  if (call == sim::SystemCall::fork) return take_fork(e, event);
  if (call == sim::SystemCall::mmap && !is_file(e.page.object)) owner_[e.page.object] = running_;
  if (call == sim::SystemCall::open || call == sim::SystemCall::write ||
      call == sim::SystemCall::read) {
    files_.insert(e.page.object);
  }
  if (call == sim::SystemCall::munmap && !is_file(e.page.object)) {
    forget(e.page.object, event);
    owner_.erase(e.page.object);
  }
}

// A store makes an own page that came back from swap differ from its copy there.
void PageHistory::take_access(const Event& e, std::size_t event) {
  const bool is_copy = std::exchange(copies_, false);
  if (e.detail != static_cast<std::uint16_t>(sim::Access::write) || is_file(e.page.object)) return;
  if (is_copy) return set(e.page, PageState::copied, event);
  if (state(e.page) != PageState::copied) set(e.page, PageState::dirty, event);
}

void PageHistory::take(const Event& e, std::size_t event) {
  switch (e.kind) {
    case EventKind::access: take_access(e, event == 0 ? 0 : event - 1); break;
    case EventKind::fault_minor:
    case EventKind::fault_major: take_fault(e, event); break;
    case EventKind::page_in:
      files_.insert(e.page.object);
      set(e.page, PageState::clean, event);
      break;
    case EventKind::evict: {
      const bool swapped = sim::Eviction{e.detail} == sim::Eviction::swapped_out;
      // A page that is still the same in swap is dropped, and lies there.
      const bool own = !is_file(e.page.object);
      set(e.page, swapped || own ? PageState::swapped : PageState::absent, event);
      break;
    }
    case EventKind::dirty:
      files_.insert(e.page.object);
      set(e.page, PageState::dirty, event);
      break;
    case EventKind::swap_out: set(e.page, PageState::being_written, event, true); break;
    case EventKind::write_back:
      set(e.page, PageState::being_written, event, true);
      set(e.page, PageState::clean, event);
      break;
    case EventKind::system_call: take_call(e, event); break;
    case EventKind::process_switch: running_ = e.count; break;
    case EventKind::tlb_miss:
    case EventKind::swap_in:
    case EventKind::signal:
    case EventKind::disk_error: break;
  }
}

}  // namespace viz
