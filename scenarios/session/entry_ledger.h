// Entries for pages, more or fewer than the simulated computer has, page by page and process by
// process (default mode). Each line opens with what the kernel filled of itself, faults that it
// spared or cost are paid, and what is seen at the line's end must come out of the sum.

#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "scenarios/session/page_sets.h"
#include "scenarios/session/run.h"

namespace session {

class EntryLedger {
 public:
  using Page = std::pair<std::uint32_t, std::uint64_t>;

  // What the real kernel did of itself in this step.
  void open(const Step& real);
  void turn_to(std::uint32_t process) { running_ = process; }
  // A page's faults of the running process filled so many entries more on the simulated computer
  // than here (negative: fewer). False: more than accounts for that; what there was is paid.
  bool pay(Page page, std::int64_t entries);

  // Why a process has other entries for pages of files here.
  struct Excess {
    PageSet filled;       // more: filled unasked, and not touched since
    PageSet kept;         // more: evicted there, and in its frame here
    PageSet lost;         // fewer: their folio was split
    PageSet unaccounted;  // for none of that
  };
  // The end of the step, at which both computers were looked at. From then on what was seen is the
  // balance. `is_sum`: it is many turns of a line, between those of others, so no balance.
  void close(const Step& simulated, const Step& real, bool is_sum);
  // As it was last looked at.
  const Excess& excess_of(std::uint32_t process) const;

 private:
  // Of one page, which may have many entries: of the differences known, and not yet paid.
  struct Balance {
    std::int64_t filled = 0;  // that only the real process has
    std::int64_t lost = 0;    // that only the simulated one has
  };
  using Account = std::map<Page, Balance>;
  Excess held_against(const std::map<Page, std::int64_t>& seen, const Account&) const;
  static void settle(Account&, const std::map<Page, std::int64_t>& seen);

  std::uint32_t running_ = 0;
  std::map<std::uint32_t, Account> files_, memory_;  // by process
  std::map<std::uint32_t, Excess> excess_;
  PageSet evicted_;  // by the simulated computer, and more entries here ever since
  PageSet lost_;     // since the last look
};

}  // namespace session
