// What the real kernel did of itself (default mode), as evidence for causes. A difference that is
// about certain pages has a cause only where the events show one for every one of those pages.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/session/page_sets.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/run.h"

namespace session {

class KernelDeeds {
 public:
  // Takes in one more step of both runs, in order.
  void add_step(const Step& simulated, const Step& real);

  struct Cause {
    const char* name = "";  // of the deed that accounts for most of the pages
    PageSet pages;          // that it accounts for
    std::vector<std::pair<const char*, PageSet>> all;  // every deed and its pages
  };
  // Nothing: there is no page, or one that no deed was about.
  std::optional<Cause> cause_of(const PageSet& pages) const;

 private:
  struct Deed {
    const char* cause = "";
    PageSet pages;
  };
  // The first that was about a page accounts for it.
  std::array<Deed, 5> deeds_{{{cause::no_pressure, {}},
                              {cause::fault_around, {}},
                              {cause::readahead, {}},
                              {cause::large_folio, {}},
                              {cause::background_write_back, {}}}};
  PageSet resident_before_;  // on the real computer, when the step began
};

// The pages that two steps differ in, for figures that are numbers.
PageSet differing_in_faults(const Step&, const Step&);       // in any fault, or in its kind
PageSet differing_in_write_backs(const Step&, const Step&);  // or in its reason
PageSet differing_in_pages_in(const Step&, const Step&);

}  // namespace session
