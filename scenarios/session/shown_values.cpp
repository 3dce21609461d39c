// Names and counts.

#include "scenarios/session/shown_values.h"

#include <fmt/format.h>

namespace session {

std::string show(const Run& run, const std::vector<PageRun>& pages) {
  constexpr std::size_t kMostShown = 8;
  std::string text;
  for (std::size_t i = 0; i < pages.size() && i < kMostShown; ++i) {
    text += (i == 0 ? "" : " ") + name_of(run, pages[i]);
  }
  if (pages.size() > kMostShown) text += fmt::format(" and {} more", pages.size() - kMostShown);
  return text.empty() ? "none" : text;
}

std::string show(const Run& run, const std::vector<FaultRun>& faults) {
  constexpr std::size_t kMostShown = 8;
  std::string text;
  for (std::size_t i = 0; i < faults.size() && i < kMostShown; ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", kind_of(run.computer, faults[i]),
                        name_of(run, faults[i].pages));
  }
  if (faults.size() > kMostShown) text += fmt::format(", and {} more", faults.size() - kMostShown);
  return text.empty() ? "none" : text;
}

std::string show(const Run& run, std::span<const TouchNote> notes) {
  std::string text;
  for (const TouchNote& note : notes) {
    const PageRun page{note.page.object, note.page.index, note.page.index + std::uint64_t{1}};
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", outcome_of(run.computer, note),
                        name_of(run, page));
  }
  return text.empty() ? "none" : text;
}

PageSet faulting(const Step& step) {
  std::vector<PageRun> pages;
  for (const FaultRun& fault : step.faults) pages.push_back(fault.pages);
  return set_of(pages);
}

std::vector<FaultRun> without_labels(const std::vector<FaultRun>& faults) {
  std::vector<FaultRun> plain;
  for (const FaultRun& fault : faults) {
    if (fault.is_swap_in()) continue;
    const bool goes_on = !plain.empty() && plain.back().major == fault.major &&
                         plain.back().pages.object == fault.pages.object &&
                         plain.back().pages.end == fault.pages.first;
    if (goes_on) {
      plain.back().pages.end = fault.pages.end;
    } else {
      plain.push_back({fault.pages, fault.major, 0});
    }
  }
  return plain;
}

}  // namespace session
