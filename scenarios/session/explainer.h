// What could account for a difference: looked for in the runs themselves, on the very pages that
// differ.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/session/kernel_deeds.h"
#include "scenarios/session/page_sets.h"
#include "scenarios/session/reconcile.h"

namespace session {

// Why a difference is none of the simulator's.
struct Cause {
  std::string name, evidence;
  std::vector<std::pair<std::string, PageSet>> parts;  // every cause that has part in it
};

class Explainer {
 public:
  Explainer(const Run& simulated, const Run& real) : sim_(simulated), real_(real) {}

  // Takes in step `index` of both runs; in order.
  void add_step(std::size_t index);
  // `pages`: those that the computers differ in, where the figure is a set of pages.
  std::optional<Cause> explain(const Difference&, const PageSet& pages) const;

 private:
  void take(std::size_t index);
  Cause cause_of_parts(std::vector<std::pair<std::string, PageSet>> parts) const;
  std::optional<Cause> explain_mapped(const Difference&) const;
  std::optional<Cause> explain_by_deeds(const Difference&, const PageSet& behind) const;
  PageSet behind(const Difference&, const PageSet& pages) const;

  const Run& sim_;
  const Run& real_;
  KernelDeeds deeds_;
  PageSet cleaned_unasked_;  // by background write-back of the real run
};

}  // namespace session
