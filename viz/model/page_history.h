// What state each page was in, and when it changed: read off a computer's events, simulated or
// real.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "sim/core/event.h"
#include "viz/model/page_state.h"

namespace viz {

// The page is in this state from when event number `event` begins or, mostly, is over.
struct PageChange {
  std::size_t event = 0;
  sim::PageName page;
  PageState state = PageState::absent;
  bool is_at_begin = false;
};

class PageHistory {
 public:
  // In order. `event` counts those that are no accesses: its own number, or of an access how many
  // came before.
  void take(const sim::Event&, std::size_t event);
  // The object is gone with that event.
  void forget(std::uint32_t object, std::size_t event);

  const std::vector<PageChange>& changes() const { return changes_; }
  PageState state(sim::PageName) const;
  std::uint64_t dirty_file_pages() const { return dirty_file_pages_; }
  bool is_file(std::uint32_t object) const { return files_.contains(object); }
  // Pages that were ever in a state other than absent, ascending by object and index.
  const std::set<sim::PageName>& pages() const { return pages_; }

 private:
  void set(sim::PageName, PageState, std::size_t event, bool is_at_begin = false);
  void take_access(const sim::Event&, std::size_t event);
  void take_fault(const sim::Event&, std::size_t event);
  void take_call(const sim::Event&, std::size_t event);

  std::vector<PageChange> changes_;
  std::map<sim::PageName, PageState> states_;
  std::set<sim::PageName> pages_;
  std::set<std::uint32_t> files_;  // objects that are inodes
  std::uint64_t dirty_file_pages_ = 0;
  bool copies_ = false;  // the access to come is the first to a copied page
};

}  // namespace viz
