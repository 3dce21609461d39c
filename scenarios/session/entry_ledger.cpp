// Sums of entries.

#include "scenarios/session/entry_ledger.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <vector>

namespace session {
namespace {

using Page = EntryLedger::Page;

template <class Visit>
void for_each_page(const std::vector<PageRun>& runs, Visit visit) {
  for (const PageRun& run : runs) {
    for (std::uint64_t p = run.first; p < run.end; ++p) visit(Page{run.object, p});
  }
}

PageRun run_of(Page page) { return {page.first, page.second, page.second + 1}; }

bool holds(const PageSet& set, Page page) { return without({run_of(page)}, set).empty(); }

const std::vector<PageRun>& entries_of(const Step& step, std::uint32_t process) {
  static const std::vector<PageRun> kNone;
  const auto found = step.after.mapped.find(process);
  return found == step.after.mapped.end() ? kNone : found->second.of_files;
}

// That a process has nothing mapped is known, too.
bool is_known(const Step& step, std::uint32_t process) {
  const auto found = step.after.mapped.find(process);
  return found == step.after.mapped.end() || found->second.resident;
}

// How many more entries the real process has, for pages where it is not as many.
std::map<Page, std::int64_t> more_entries(const Step& simulated, const Step& real,
                                          std::uint32_t process) {
  std::map<Page, std::int64_t> more;
  const auto &mine = entries_of(simulated, process), &theirs = entries_of(real, process);
  if (mine == theirs) return more;
  for_each_page(mine, [&](Page page) { --more[page]; });
  for_each_page(theirs, [&](Page page) { ++more[page]; });
  std::erase_if(more, [](const auto& entry) { return entry.second == 0; });
  return more;
}

}  // namespace

void EntryLedger::open(const Step& real) {
  running_ = real.process;
  for_each_page(real.mapped_around, [&](Page page) { ++files_[running_][page].filled; });
  for_each_page(real.mapped_with_folio, [&](Page page) { ++memory_[running_][page].filled; });
  if (!real.unmapped_with_folio.empty()) {
    lost_ = united(lost_, set_of(real.unmapped_with_folio));
  }
}

bool EntryLedger::pay(Page page, std::int64_t entries) {
  std::int64_t due = std::abs(entries);
  for (auto* accounts : {&files_, &memory_}) {
    Account& account = (*accounts)[running_];
    const auto found = account.find(page);
    if (due == 0 || found == account.end()) continue;
    std::int64_t& balance = entries > 0 ? found->second.filled : found->second.lost;
    const std::int64_t part = std::min(due, balance);
    balance -= part;
    due -= part;
  }
  return due == 0 || (entries < 0 && holds(lost_, page));
}

EntryLedger::Excess EntryLedger::held_against(const std::map<Page, std::int64_t>& seen,
                                              const Account& account) const {
  std::vector<PageRun> filled, kept, lost, unaccounted;
  for (const auto& [page, more] : seen) {
    const auto found = account.find(page);
    const Balance known = found == account.end() ? Balance{} : found->second;
    if (more > 0) {
      auto& why = more <= known.filled ? filled : holds(evicted_, page) ? kept : unaccounted;
      why.push_back(run_of(page));
    } else {
      const bool is_known = -more <= known.lost || holds(lost_, page);
      (is_known ? lost : unaccounted).push_back(run_of(page));
    }
  }
  return {set_of(std::move(filled)), set_of(std::move(kept)), set_of(std::move(lost)),
          set_of(std::move(unaccounted))};
}

// What is seen is what was filled less what was lost: neither is more than that leaves.
void EntryLedger::settle(Account& account, const std::map<Page, std::int64_t>& seen) {
  for (auto it = account.begin(); it != account.end();) {
    Balance& known = it->second;
    const auto found = seen.find(it->first);
    const std::int64_t more = found == seen.end() ? 0 : found->second;
    const Balance left{std::clamp<std::int64_t>(known.lost + more, 0, known.filled),
                       std::clamp<std::int64_t>(known.filled - more, 0, known.lost)};
    known = left;
    it = known.filled + known.lost == 0 ? account.erase(it) : std::next(it);
  }
  for (const auto& [page, more] : seen) {
    Balance& known = account[page];
    if (known.filled - known.lost == more) continue;
    known.filled = std::max(known.filled, more);
    known.lost = std::max(known.lost, -more);
  }
}

void EntryLedger::close(const Step& simulated, const Step& real, bool is_sum) {
  evicted_ = united(evicted_, set_of(simulated.evicted));
  std::set<std::uint32_t> processes;
  for (const auto& [process, balance] : files_) processes.insert(process);
  for (const Step* step : {&simulated, &real}) {
    for (const auto& [process, mapped] : step->after.mapped) processes.insert(process);
  }
  std::vector<PageRun> more_here;
  for (const std::uint32_t process : processes) {
    // A fork copies entries: those of private maps that ever had a page of their own.
    if (!files_.contains(process)) files_[process] = files_[running_];
    if (!is_known(simulated, process) || !is_known(real, process)) continue;
    const auto seen = more_entries(simulated, real, process);
    for (const auto& [page, more] : seen) {
      if (more > 0) more_here.push_back(run_of(page));
    }
    excess_[process] = held_against(seen, files_[process]);
    if (!is_sum) settle(files_[process], seen);
  }
  if (is_sum) return;
  evicted_ = common(evicted_, set_of(std::move(more_here)));
  lost_.clear();
}

const EntryLedger::Excess& EntryLedger::excess_of(std::uint32_t process) const {
  static const Excess kNone;
  const auto found = excess_.find(process);
  return found == excess_.end() ? kNone : found->second;
}

}  // namespace session
