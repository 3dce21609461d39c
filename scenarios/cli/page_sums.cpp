// Sorted, united, counted.

#include "scenarios/cli/page_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace cli {
namespace {

using session::PageRun;
using session::Run;

std::uint64_t pages_in(const std::vector<PageRun>& runs) {
  std::uint64_t pages = 0;
  for (const PageRun& r : runs) pages += r.end - r.first;
  return pages;
}

std::vector<PageRun> united(std::vector<PageRun> runs) {
  std::sort(runs.begin(), runs.end());
  std::vector<PageRun> all;
  for (const PageRun& r : runs) {
    if (!all.empty() && all.back().object == r.object && r.first <= all.back().end) {
      all.back().end = std::max(all.back().end, r.end);
    } else {
      all.push_back(r);
    }
  }
  return all;
}

std::string plural(std::uint64_t n, const char* one) {
  return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
}

std::string names_of_united(const Run& run, const std::vector<PageRun>& all) {
  std::string names;
  for (std::size_t i = 0; i < all.size() && i < kMostRangesShown; ++i) {
    names += " " + session::name_of(run, all[i]);
  }
  return all.size() > kMostRangesShown ? names + " ..." : names;
}

// What happened, in words, and the object it happened to.
using Key = std::pair<std::string, std::uint32_t>;
using Sums = std::map<Key, std::vector<PageRun>>;

// In so many words each: "16 major data.bin:0-15", or with " pages by ...:" between.
template <class Words>
std::string text_of(const Run& run, const Sums& sums, Words words) {
  std::string text;
  std::size_t shown = 0;
  for (const auto& [key, pages] : sums) {
    if (shown++ == kMostRangesShown) return text + ", ...";
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", words(key.first, pages_in(pages)),
                        names_of(run, pages));
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string names_of(const Run& run, std::vector<PageRun> pages) {
  return names_of_united(run, united(std::move(pages)));
}

std::string sums_of(const Run& run, const std::vector<session::FaultRun>& faults) {
  Sums sums;
  for (const session::FaultRun& f : faults) {
    sums[{session::kind_of(run.computer, f), f.pages.object}].push_back(f.pages);
  }
  return text_of(run, sums, [](const std::string& kind, std::uint64_t times) {
    return fmt::format("{} {}", times, kind);
  });
}

std::string sums_of(const Run& run, const std::vector<session::WriteBackRun>& writes) {
  Sums sums;
  for (const session::WriteBackRun& w : writes) {
    sums[{sim::name_of(w.reason), w.pages.object}].push_back(w.pages);
  }
  return text_of(run, sums, [](const std::string& reason, std::uint64_t times) {
    return fmt::format("{} by {}:", plural(times, "page"), reason);
  });
}

std::string sums_of(const Run& run, const std::vector<PageRun>& pages) {
  if (pages.empty()) return "none";
  const std::uint64_t times = pages_in(pages);
  const std::vector<PageRun> all = united(pages);
  const std::uint64_t distinct = pages_in(all);
  const std::string often = times == distinct ? "" : fmt::format("{} times, ", times);
  return fmt::format("{}{}:{}", often, plural(distinct, "page"), names_of_united(run, all));
}

}  // namespace cli
