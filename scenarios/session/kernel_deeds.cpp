// Sets of pages by deed, and the covering of a difference by them.

#include "scenarios/session/kernel_deeds.h"

#include <map>
#include <set>
#include <utility>

namespace session {
namespace {

PageSet common(const PageSet& a, const PageSet& b) { return without(a, without(a, b)); }

std::uint64_t count(const PageSet& pages) {
  std::uint64_t n = 0;
  for (const PageRun& run : pages) n += run.end - run.first;
  return n;
}

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

}  // namespace

void KernelDeeds::add_step(const Step& simulated, const Step& real) {
  const PageSet resident = united(resident_before_, set_of(real.after.resident));
  resident_before_ = set_of(real.after.resident);
  std::vector<PageRun> cleaned;
  for (const WriteBackRun& w : real.write_backs) {
    if (w.reason == sim::WriteBackReason::background) cleaned.push_back(w.pages);
  }
  // Not for want of frames: what the simulated computer evicted is still in one here.
  const PageSet kept = without(common(set_of(simulated.evicted), resident), set_of(real.evicted));
  const PageSet now[] = {kept, set_of(real.mapped_around), set_of(real.read_ahead),
                         set_of(real.dirtied_in_folio), set_of(std::move(cleaned))};
  for (std::size_t i = 0; i < deeds_.size(); ++i) {
    if (!now[i].empty()) deeds_[i].pages = united(deeds_[i].pages, now[i]);
  }
}

std::optional<KernelDeeds::Cause> KernelDeeds::cause_of(const PageSet& pages) const {
  if (pages.empty()) return std::nullopt;
  Cause cause;
  PageSet rest = pages;
  for (const Deed& deed : deeds_) {
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

}  // namespace session
