// How often pages are given a frame, over the number of frames: by every eviction policy, and at
// the least.

#pragma once

#include <map>
#include <optional>
#include <variant>

#include "scenarios/compare/best_possible.h"
#include "scenarios/compare/comparison.h"

namespace comparison {

struct FramesPoint {
  std::uint64_t frames = 0;
  // Nothing where the program does not come to its end with so few frames.
  std::map<sim::PolicyKind, std::optional<std::uint64_t>> taken;
  std::optional<std::uint64_t> best_possible;  // nothing where the trace is too long to keep
};

// One strategy of a comparison, anywhere.
class PolicyChart {
 public:
  // Runs the strategy once, with frames for everything.
  static std::variant<PolicyChart, session::Failure> make(Comparison&, std::size_t strategy,
                                                          const Point&);

  // As many frames as make every policy the same: pages that it ever uses.
  std::uint64_t pages_used() const { return pages_used_; }
  std::variant<FramesPoint, session::Failure> at(std::uint64_t frames,
                                                 const Interrupted& = never_interrupted) const;

 private:
  PolicyChart(Comparison& comparison, std::size_t strategy, Point point)
      : comparison_(&comparison), strategy_(strategy), point_(std::move(point)) {}

  Comparison* comparison_;
  std::size_t strategy_;
  Point point_;
  std::optional<BestPossible> best_;
  std::uint64_t pages_used_ = 0;
};

}  // namespace comparison
