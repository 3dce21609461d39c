// Cause by cause.

#include "scenarios/session/explainer.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/session/mapped_figures.h"
#include "scenarios/session/shown_values.h"

namespace session {

void Explainer::take(std::size_t index) {
  const Step &simulated = sim_.steps[index], &real = real_.steps[index];
  for (const WriteBackRun& w : real.write_backs) {
    if (w.reason != sim::WriteBackReason::background) continue;
    cleaned_unasked_ = united(cleaned_unasked_, {w.pages});
  }
  if (real_.mode == real::Mode::kernel_default) deeds_.take(simulated, real);
}

// From kStepsKeptApart on a step is many turns of a line, and what the kernel did in a turn of one
// bears on turns of all.
void Explainer::add_step(std::size_t index) {
  if (index < kStepsKeptApart) take(index);
  if (index == kStepsKeptApart) {
    const std::size_t steps = std::min(sim_.steps.size(), real_.steps.size());
    for (std::size_t i = index; i < steps; ++i) take(i);
  }
  if (real_.mode != real::Mode::kernel_default) return;
  using Turns = KernelDeeds::Turns;
  deeds_.settle(sim_.steps[index], real_.steps[index],
                index < kStepsKeptApart ? Turns::one : Turns::many);
}

// What could account for a difference. Bytes, printed text, file sizes, positions and system calls
// have no excuse: on those the two computers always agree.
std::optional<Cause> Explainer::explain(const Difference& d, const PageSet& pages) const {
  const auto starts = [&](const char* prefix) { return d.figure.starts_with(prefix); };
  if (starts(kMappedPrefix)) return explain_mapped(d);
  const bool of_faults = starts("fault") || starts("touches.") || starts("pages_in");
  const bool of_writing =
      starts("write_backs") || d.figure == "dirty" || d.figure.ends_with(".durable");
  const bool of_frames = d.figure == "resident" || d.figure == "shared";
  const bool of_eviction = starts("evicted") || starts("swapped") || of_frames;
  if (!of_faults && !of_writing && !of_eviction) return std::nullopt;
  const PageSet these = behind(d, pages);
  if (real_.mode == real::Mode::kernel_default) return explain_by_deeds(d, these);
  const bool all_cleaned = !these.empty() && without(these, cleaned_unasked_).empty();
  if (all_cleaned && !of_eviction) {
    return Cause{cause::background_write_back,
                 fmt::format("the kernel had written back {} without being asked by this line",
                             show(sim_, these)),
                 {{cause::background_write_back, these}}};
  }
  return std::nullopt;
}

PageSet Explainer::behind(const Difference& d, const PageSet& pages) const {
  if (d.step >= std::min(sim_.steps.size(), real_.steps.size())) return pages;
  return pages_behind(d.figure, pages, sim_.steps[d.step], real_.steps[d.step]);
}

// The cause of most of the pages names it.
Cause Explainer::cause_of_parts(std::vector<std::pair<std::string, PageSet>> parts) const {
  Cause cause;
  std::uint64_t most = 0;
  for (const auto& [name, part] : parts) {
    if (count(part) > most) cause.name = name;
    most = std::max(most, count(part));
    cause.evidence +=
        fmt::format("{}{}: {}", cause.evidence.empty() ? "" : "; ", name, show(sim_, part));
  }
  cause.parts = std::move(parts);
  return cause;
}

std::optional<Cause> Explainer::explain_by_deeds(const Difference& d, const PageSet& pages) const {
  using About = KernelDeeds::About;
  const auto starts = [&](const char* prefix) { return d.figure.starts_with(prefix); };
  std::optional<KernelDeeds::Cause> cause;
  if (starts("fault")) {
    cause = deeds_.cause_of_faults(pages);
  } else if (starts("pages_in")) {
    cause = deeds_.cause_of(pages, About::pages_in);
  } else if (d.figure == "resident" || d.figure == "shared") {
    cause = deeds_.cause_of(pages, About::residence);
  } else if (starts("evicted") || starts("swapped")) {
    cause = deeds_.cause_of(pages, About::eviction);
  } else {
    cause = deeds_.cause_of(pages, starts("touches.") ? About::touches : About::writing);
  }
  if (!cause) return std::nullopt;
  return cause_of_parts({cause->all.begin(), cause->all.end()});
}

// What a process has mapped is a number; the pages are those that it has an entry for, or that its
// memory is in, on one computer alone.
std::optional<Cause> Explainer::explain_mapped(const Difference& d) const {
  if (real_.mode != real::Mode::kernel_default) return std::nullopt;
  const auto parts = parts_of_mapped(d, sim_.steps.at(d.step), real_.steps.at(d.step), deeds_);
  if (!parts) return std::nullopt;
  return cause_of_parts(*parts);
}

}  // namespace session
