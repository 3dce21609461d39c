// The state of every page at one moment, as a value: a copy shares all that does not change
// afterwards.

#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "sim/core/event.h"
#include "sim/core/sparse_table.h"
#include "viz/model/page_state.h"

namespace viz {

class PageStates {
 public:
  // By PageState; of the absent ones nobody knows how many there are.
  using Counts = std::array<std::uint64_t, kPageStates>;

  PageState state(sim::PageName page) const {
    const auto object = objects_.find(page.object);
    return object == objects_.end() ? PageState::absent : object->second.pages[page.index];
  }
  void set(sim::PageName, PageState);

  Counts counts(std::uint32_t object) const;
  std::uint64_t size() const;  // pages that are not absent

  // Calls f(object, counts) for each object that ever had pages here.
  template <class F>
  void for_each_object(F f) const {
    for (const auto& [number, object] : objects_) f(number, object.counts);
  }
  // Calls f(index, state) for each page of the object that is not absent, ascending, of
  // [first, end). f sets nothing here.
  template <class F>
  void for_each_of(std::uint32_t object, F f, std::uint64_t first = 0,
                   std::uint64_t end = std::uint64_t{1} << 32) const {
    const auto found = objects_.find(object);
    if (found != objects_.end()) found->second.pages.for_each_in(first, end, f);
  }
  // f(page, state) for those of all objects, ascending by object and index.
  template <class F>
  void for_each(F f) const {
    for (const auto& [object, table] : objects_) {
      table.pages.for_each_in(0, std::uint64_t{1} << 32,
                              [&f, object = object](std::uint32_t index, PageState state) {
                                f(sim::PageName{object, index}, state);
                              });
    }
  }

 private:
  struct Object {
    sim::SparseTable<PageState> pages;
    Counts counts{};
  };
  std::map<std::uint32_t, Object> objects_;
};

}  // namespace viz
