// Next uses, found from the end; then the resident pages, ordered by theirs.

#include "scenarios/compare/best_possible.h"

#include <set>
#include <unordered_map>

#include "sim/core/check.h"

namespace comparison {
namespace {

std::uint64_t key_of(sim::PageName page) { return std::uint64_t{page.object} << 32 | page.index; }

}  // namespace

void PageTrace::consume(std::span<const sim::Event> events) {
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::fault_minor &&
        (event.detail & sim::fault_detail::zero_page) != 0) {
      // A load maps the zero page; the store after it replaces it.
      if (!zeros_.insert(key_of(event.page)).second) zeros_.erase(key_of(event.page));
    }
    if (event.kind != sim::EventKind::access) continue;
    if (!pages_.empty() && pages_.back() == event.page) continue;
    if (zeros_.contains(key_of(event.page))) continue;
    is_cut_ = pages_.size() == most_;
    if (is_cut_) return;
    pages_.push_back(event.page);
  }
}

BestPossible::BestPossible(const std::vector<sim::PageName>& pages) : uses_(pages.size()) {
  SIM_CHECK(pages.size() < UINT32_MAX);
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(numbers.size());
    uses_[i].page = numbers.try_emplace(key_of(pages[i]), number).first->second;
  }
  std::vector<std::uint32_t> next(numbers.size(), UINT32_MAX);
  for (std::size_t i = pages.size(); i-- > 0;) {
    uses_[i].next_use = next[uses_[i].page];
    next[uses_[i].page] = static_cast<std::uint32_t>(i);
  }
}

std::uint64_t BestPossible::frames_taken(std::uint64_t frames) const {
  SIM_CHECK(frames > 0);
  std::set<std::pair<std::uint32_t, std::uint32_t>> resident;  // next use, page
  std::uint64_t taken = 0;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    // A resident page's next use is this one.
    const auto here = resident.find({static_cast<std::uint32_t>(i), uses_[i].page});
    if (here != resident.end()) {
      resident.erase(here);
    } else {
      ++taken;
      if (resident.size() == frames) resident.erase(std::prev(resident.end()));
    }
    resident.insert({uses_[i].next_use, uses_[i].page});
  }
  return taken;
}

}  // namespace comparison
