// Sets of pages by deed, and the covering of a difference by them.

#include "scenarios/session/kernel_deeds.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace session {
namespace {

using Page = std::pair<std::uint32_t, std::uint64_t>;

// What each page went through, in order: `visit` names it by a number.
template <class Runs, class Name>
std::map<Page, std::vector<unsigned>> by_page(const Runs& runs, Name name) {
  std::map<Page, std::vector<unsigned>> all;
  for (const auto& run : runs) {
    for (std::uint64_t p = run.pages.first; p < run.pages.end; ++p) {
      all[{run.pages.object, p}].push_back(name(run));
    }
  }
  return all;
}

PageSet differing_pages(const std::map<Page, std::vector<unsigned>>& a,
                        const std::map<Page, std::vector<unsigned>>& b) {
  std::vector<PageRun> pages;
  for (const auto* side : {&a, &b}) {
    const auto& other = side == &a ? b : a;
    for (const auto& [page, happened] : *side) {
      const auto found = other.find(page);
      if (found != other.end() && found->second == happened) continue;
      pages.push_back({page.first, page.second, page.second + 1});
    }
  }
  return set_of(std::move(pages));
}

// What only a page of the swap area can do.
PageSet brought_back(const Step& step) {
  std::vector<PageRun> pages;
  for (const FaultRun& fault : step.faults) {
    if (fault.is_swap_in()) pages.push_back(fault.pages);
  }
  return set_of(std::move(pages));
}

// Pages that came into a frame in this step, of objects that have none when it ends.
PageSet faulted_and_freed(const Step& step) {
  std::set<std::uint32_t> kept;
  for (const PageRun& run : step.after.resident) kept.insert(run.object);
  std::vector<PageRun> pages;
  for (const FaultRun& fault : step.faults) {
    if (!kept.contains(fault.pages.object)) pages.push_back(fault.pages);
  }
  return set_of(std::move(pages));
}

}  // namespace

void KernelDeeds::take(const Step& simulated, const Step& real) {
  const PageSet now_there = united(set_of(real.after.resident), set_of(real.after.shared));
  const PageSet resident = united(resident_before_, now_there);
  resident_before_ = now_there;
  std::vector<PageRun> written;
  for (const WriteBackRun& w : real.write_backs) {
    if (w.reason == sim::WriteBackReason::background) written.push_back(w.pages);
  }
  // Not for want of frames: what the simulated computer evicted is still in one here, or was until
  // its memory was freed. (An eviction names one of the processes that share a page; what is
  // swapped it is for each of them.)
  const PageSet evicted =
      united(united(set_of(simulated.evicted), simulated.after.swapped), brought_back(simulated));
  const PageSet in_frames =
      without(common(evicted, united(resident, faulted_and_freed(real))), set_of(real.evicted));
  const PageSet in_folios = united(set_of(real.dirtied_in_folio), set_of(real.mapped_with_folio));
  const PageSet now[] = {in_frames, set_of(real.mapped_around), set_of(real.read_ahead),
                         in_folios, set_of(std::move(written)), set_of(real.unmapped_with_folio)};
  for (std::size_t i = 0; i < deeds_.size(); ++i) {
    if (!now[i].empty()) deeds_[i].pages = united(deeds_[i].pages, now[i]);
  }
  entries_.open(real);
  // A store maps the rest of its folio for writing, too, be it dirty already.
  const PageSet filled_dirty = common(set_of(real.mapped_around), real.after.dirty);
  for (const PageRun& run : united(set_of(real.dirtied_in_folio), filled_dirty)) {
    for (std::uint64_t p = run.first; p < run.end; ++p) ++writable_[{run.object, p}];
  }
}

void KernelDeeds::settle(const Step& simulated, const Step& real, Turns turns) {
  entries_.turn_to(real.process);
  settle_faults(simulated, real);
  if (!simulated.looked || !real.looked) return;
  entries_.close(simulated, real, turns == Turns::many);
}

std::map<KernelDeeds::Page, KernelDeeds::Faults> KernelDeeds::faults_of(const Step& step) {
  std::map<Page, Faults> all;
  for (const FaultRun& run : step.faults) {
    const auto is = [&](std::uint16_t bit) { return (run.detail & bit) != 0 ? 1 : 0; };
    const int notify = is(sim::fault_detail::write_notify);
    for (std::uint64_t p = run.pages.first; p < run.pages.end; ++p) {
      Faults& faults = all[{run.pages.object, p}];
      faults.mapping += 1 - notify;
      faults.write_notify += notify;
      faults.major += run.major ? 1 : 0;
      faults.copying += is(sim::fault_detail::cow);
    }
  }
  return all;
}

bool KernelDeeds::has(What what, Page page) const {
  return !common({{page.first, page.second, page.second + 1}}, deeds_[what].pages).empty();
}

bool KernelDeeds::pay(Page page, const Faults& s, const Faults& r) {
  const std::int64_t entries = s.mapping - r.mapping;
  const bool is_paid = entries_.pay(page, entries);
  if (has(kept, page) || has(cleaned, page)) return true;
  if (s.copying != r.copying || r.major > s.major) return false;
  if (s.major > r.major && !has(ahead, page) && !has(mapped, page)) return false;
  if (!is_paid) return false;
  // What was mapped unasked was mapped for reading: its first store is a write-notify.
  const std::int64_t notices = s.write_notify - r.write_notify;
  if (notices <= 0) return -notices <= std::max<std::int64_t>(entries, 0) || has(folio, page);
  std::int64_t& writable = writable_[page];
  if (notices > writable) return false;
  writable -= notices;
  return true;
}

void KernelDeeds::settle_faults(const Step& simulated, const Step& real) {
  std::map<Page, Faults> expected = faults_of(simulated);
  const std::map<Page, Faults> seen = faults_of(real);
  for (const auto& [page, faults] : seen) expected.try_emplace(page);
  std::vector<PageRun> unpaid;
  for (const auto& [page, faults] : expected) {
    const auto found = seen.find(page);
    const Faults here = found == seen.end() ? Faults{} : found->second;
    if (here == faults || pay(page, faults, here)) continue;
    unpaid.push_back({page.first, page.second, page.second + 1});
  }
  unpaid_ = set_of(std::move(unpaid));
}

std::optional<KernelDeeds::Cause> KernelDeeds::cause_of_faults(const PageSet& pages) const {
  if (!common(pages, unpaid_).empty()) return std::nullopt;
  return cause_of(pages, About::touches);
}

bool KernelDeeds::bears_on(About about, What what) {
  switch (about) {
    case About::touches: return true;  // and nothing else of those that were unmapped
    case About::pages_in: return what == kept || what == ahead;
    case About::residence: return what == kept || what == ahead || what == folio;
    case About::writing: return what == kept || what == folio || what == cleaned;
    case About::eviction: return what == kept;
  }
  return false;
}

std::optional<KernelDeeds::Cause> KernelDeeds::cause_of(const PageSet& pages, About about) const {
  if (pages.empty()) return std::nullopt;
  Cause cause;
  PageSet rest = pages;
  for (std::size_t i = 0; i < deeds_.size(); ++i) {
    const Deed& deed = deeds_[i];
    if (!bears_on(about, static_cast<What>(i))) continue;
    PageSet part = common(rest, deed.pages);
    if (part.empty()) continue;
    rest = without(rest, part);
    if (count(part) > count(cause.pages)) {
      cause.name = deed.cause;
      cause.pages = part;
    }
    cause.all.emplace_back(deed.cause, std::move(part));
  }
  if (!rest.empty()) return std::nullopt;
  return cause;
}

PageSet differing_in_faults(const Step& a, const Step& b) {
  const auto kind = [](const FaultRun& f) { return (f.major ? 1u << 16 : 0u) | f.detail; };
  return differing_pages(by_page(a.faults, kind), by_page(b.faults, kind));
}

PageSet differing_in_write_backs(const Step& a, const Step& b) {
  const auto reason = [](const WriteBackRun& w) { return static_cast<unsigned>(w.reason); };
  return differing_pages(by_page(a.write_backs, reason), by_page(b.write_backs, reason));
}

// Pages read ahead are pages that came in, too.
PageSet differing_in_pages_in(const Step& a, const Step& b) {
  struct Came {
    PageRun pages;
  };
  const auto all = [](const Step& s) {
    std::vector<Came> came;
    for (const PageRun& run : s.pages_in) came.push_back({run});
    for (const PageRun& run : s.read_ahead) came.push_back({run});
    return by_page(came, [](const Came&) { return 0u; });
  };
  return differing_pages(all(a), all(b));
}

PageSet pages_behind(std::string_view figure, const PageSet& pages, const Step& s, const Step& r) {
  if (figure == "faults.swap_in" || figure == "swapped_in") {
    return differing(brought_back(s), brought_back(r));
  }
  if (figure.starts_with("fault")) return differing_in_faults(s, r);
  if (figure == "pages_in") return differing_in_pages_in(s, r);
  if (figure.starts_with("write_backs")) return differing_in_write_backs(s, r);
  if (figure == "evicted" || figure == "swapped_out") return set_of(s.evicted);
  if (figure.ends_with(".durable")) return differing(s.after.dirty, r.after.dirty);
  return pages;
}

}  // namespace session
