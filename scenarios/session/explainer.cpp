// Cause by cause.

#include "scenarios/session/explainer.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/session/mapped_figures.h"
#include "scenarios/session/shown_values.h"

namespace session {

void Explainer::add_step(const Step& simulated, const Step& real) {
  for (const WriteBackRun& w : real.write_backs) {
    if (w.reason != sim::WriteBackReason::background) continue;
    cleaned_unasked_ = united(cleaned_unasked_, {w.pages});
  }
  deeds_.add_step(simulated, real);
}

// What could account for a difference. Bytes, printed text, file sizes, positions and system calls
// have no excuse: on those the two computers always agree.
std::optional<Cause> Explainer::explain(const Difference& d, const PageSet& pages) const {
  const auto starts = [&](const char* prefix) { return d.figure.starts_with(prefix); };
  if (starts(kMappedPrefix)) {
    const auto found = explain_mapped(d, real_, deeds_);
    if (!found) return std::nullopt;
    return Cause{found->cause, found->evidence, {}};
  }
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
  std::string evidence;
  for (const auto& [name, part] : cause->all) {
    evidence += fmt::format("{}{}: {}", evidence.empty() ? "" : "; ", name, show(sim_, part));
  }
  return Cause{cause->name, evidence, {cause->all.begin(), cause->all.end()}};
}

}  // namespace session
