// What the real kernel did of itself (default mode), as evidence for causes. A difference that is
// about certain pages has a cause only where the events show one for every one of those pages.

#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/session/entry_ledger.h"
#include "scenarios/session/page_sets.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/run.h"

namespace session {

class KernelDeeds {
 public:
  // A step holds one turn of a line, or, at a long program's end, many between those of others.
  enum class Turns : std::uint8_t { one, many };
  // Takes in what happened in one more step of both runs, in order.
  void take(const Step& simulated, const Step& real);
  // Holds its faults and entries against what was taken in. Of steps with many turns each, all have
  // to be taken in before.
  void settle(const Step& simulated, const Step& real, Turns);

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
  // What it did. An index of deeds_.
  enum What : std::uint8_t { kept, mapped, ahead, folio, cleaned, unmapped };
  const PageSet& pages_of(What what) const { return deeds_[what].pages; }
  const char* cause_of(What what) const { return deeds_[what].cause; }
  const EntryLedger& entries() const { return entries_; }

 private:
  using Page = std::pair<std::uint32_t, std::uint64_t>;
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
  std::array<Deed, 6> deeds_{{{cause::no_pressure, {}},
                              {cause::fault_around, {}},
                              {cause::readahead, {}},
                              {cause::large_folio, {}},
                              {cause::background_write_back, {}},
                              {cause::large_folio, {}}}};
  PageSet resident_before_;  // on the real computer, when the step began
  EntryLedger entries_;
  std::map<Page, std::int64_t> writable_;  // made so unasked, and not stored to since
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
