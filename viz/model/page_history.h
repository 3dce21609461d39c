// What state each page was in, and when it changed: read off a computer's events, simulated or
// real.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "sim/core/event.h"
#include "viz/model/page_states.h"

namespace viz {

// The page is in this state from when event number `event` begins or, mostly, is over.
struct PageChange {
  std::size_t event = 0;
  sim::PageName page;
  PageState was = PageState::absent;
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
  PageState state(sim::PageName page) const { return states_.state(page); }
  // As the events before that one have left them.
  PageStates states_before(std::size_t event) const;
  // The last of a page's changes before that event, and the one before a change: into changes().
  std::optional<std::size_t> last_change(sim::PageName, std::size_t event) const;
  std::optional<std::size_t> change_before(std::size_t change) const;
  // What it takes in memory, at most.
  std::uint64_t capacity() const;
  std::uint64_t dirty_file_pages() const { return dirty_file_pages_; }
  bool is_file(std::uint32_t object) const { return files_.contains(object); }
  // Pages that were ever in a state other than absent: in the last such state.
  const PageStates& ever() const { return ever_; }

 private:
  void set(sim::PageName, PageState, std::size_t event, bool is_at_begin = false);
  void take_access(const sim::Event&, std::size_t event);
  void take_fault(const sim::Event&, std::size_t event);
  void take_call(const sim::Event&, std::size_t event);
  void take_fork(const sim::Event&, std::size_t event);
  void take_exit(std::size_t event);

  // Of each page its last change, as changes_.size() was after it; 0: none.
  using LastChanges = std::map<std::uint32_t, sim::SparseTable<std::uint32_t>>;

  // After so many changes.
  struct Keyframe {
    std::size_t changes = 0;
    PageStates states;
    LastChanges last;
  };

  std::vector<PageChange> changes_;
  std::vector<std::uint32_t> previous_;  // of each change the same page's before it, likewise
  LastChanges last_;
  std::vector<Keyframe> keyframes_;  // ascending, at even distances
  PageStates states_, ever_;
  std::set<std::uint32_t> files_;                 // objects that are inodes
  std::map<std::uint32_t, std::uint32_t> owner_;  // the process of each other object
  std::uint32_t running_ = 0;                     // process
  std::uint64_t dirty_file_pages_ = 0;
  bool copies_ = false;  // the access to come is the first to a copied page
};

}  // namespace viz
