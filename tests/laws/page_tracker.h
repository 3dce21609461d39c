// Where pages are, by what the events say alone: a second opinion to Machine::observe().

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>

#include "sim/core/computer.h"
#include "sim/core/event.h"

namespace laws {

class PageTracker {
 public:
  // Which objects are files: pages of all others belong to mappings.
  void knows_file(std::uint32_t object) { files_.insert(object); }
  // untold: the page of a file's old end may have come with no event, if it is a hole.
  enum class Coming { all_told, untold };
  void apply(std::span<const sim::Event>, Coming);

  // Takes pages out that the observation no longer has (their mapping or file went, of which no
  // event tells). Nothing may be missing here.
  void forget_released(const sim::Observation&);
  // Takes in the clean file pages that the observation has and no event told of.
  void accept_clean_pages(const sim::Observation&);

  const std::set<sim::PageName>& resident() const { return resident_; }
  const std::set<sim::PageName>& dirty() const { return dirty_; }
  const std::set<sim::PageName>& swapped() const { return swapped_; }
  std::size_t most_resident() const { return most_resident_; }

  struct Sets {
    std::set<sim::PageName> resident;
    std::set<sim::PageName> dirty;
    std::set<sim::PageName> swapped;
  };
  static Sets sets_of(const sim::Observation&);

 private:
  bool is_file(sim::PageName page) const { return files_.contains(page.object); }
  void add(sim::PageName);

  std::set<std::uint32_t> files_;
  std::set<sim::PageName> resident_;
  std::set<sim::PageName> dirty_;
  std::set<sim::PageName> swapped_;
  std::size_t most_resident_ = 0;
};

}  // namespace laws
