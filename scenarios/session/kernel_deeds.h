// What the real kernel did of itself (default mode), as evidence for causes. A difference that is
// about certain pages has a cause only where the events show one for every one of those pages.

#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
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
  // Nothing: there is no page, or one that no deed was about that bears on this kind of figure.
  enum class About : std::uint8_t { touches, pages_in, residence, writing, eviction };
  std::optional<Cause> cause_of(const PageSet& pages, About about) const;
  // The same for the faults of the last step, where each deed pays for what it spared, once: an
  // entry filled beside a fault spares one fault, a page dirtied with its folio one write-notify.
  std::optional<Cause> cause_of_faults(const PageSet& pages) const;
  // What it did, and to how many pages.
  enum What : std::uint8_t { kept, mapped, ahead, folio, cleaned };  // index of deeds_
  struct SoFar {
    const char* cause = "";
    std::uint64_t pages = 0;
  };
  SoFar so_far(What what) const;

 private:
  using Page = std::pair<std::uint32_t, std::uint64_t>;
  struct Credit {
    std::int64_t entries = 0;  // filled unasked
    std::int64_t notices = 0;  // pages dirtied unasked
  };
  struct Faults {  // of one page in one step
    std::int64_t mapping = 0, write_notify = 0, major = 0, copying = 0;
    friend bool operator==(const Faults&, const Faults&) = default;
  };
  struct Deed {
    const char* cause = "";
    PageSet pages;
  };

  static std::map<Page, Faults> faults_of(const Step&);
  static bool bears_on(About about, What what);
  bool has(What what, Page page) const;
  bool pay(Page page, const Faults& simulated, const Faults& real);
  void settle_faults(const Step& simulated, const Step& real);

  // The first that was about a page accounts for it.
  std::array<Deed, 5> deeds_{{{cause::no_pressure, {}},
                              {cause::fault_around, {}},
                              {cause::readahead, {}},
                              {cause::large_folio, {}},
                              {cause::background_write_back, {}}}};
  PageSet resident_before_;  // on the real computer, when the step began
  std::map<Page, Credit> credit_;
  PageSet unpaid_;  // pages of the last step whose faults differ beyond what was paid for
};

// The pages that two steps differ in, for figures that are numbers.
PageSet differing_in_faults(const Step&, const Step&);       // in any fault, or in its kind
PageSet differing_in_write_backs(const Step&, const Step&);  // or in its reason
PageSet differing_in_pages_in(const Step&, const Step&);

// The pages that a difference in a figure of the steps is about: a number differs because of what
// happened to some pages; of other figures it is `pages`.
PageSet pages_behind(std::string_view figure, const PageSet& pages, const Step& simulated,
                     const Step& real);

}  // namespace session
