// A run for each policy.

#include "scenarios/compare/policies.h"

#include <fmt/format.h>

namespace comparison {

using session::Failure;

std::variant<PolicyChart, Failure> PolicyChart::make(Comparison& comparison, std::size_t strategy,
                                                     const Point& point) {
  Point roomy = point;
  roomy.sets.push_back(fmt::format("frames={}", sim::MachineConfig{}.frames.count));
  auto prepared = comparison.prepare(strategy, roomy);
  if (auto* bad = std::get_if<Failure>(&prepared)) return *bad;
  PageTrace trace;
  const auto [outcome, answer] = run({std::get<Prepared>(prepared), never_interrupted, &trace});
  PolicyChart chart(comparison, strategy, point);
  chart.pages_used_ = outcome.figures.frames_taken;
  if (trace.is_whole()) chart.best_.emplace(trace.pages());
  return chart;
}

std::variant<FramesPoint, Failure> PolicyChart::at(std::uint64_t frames,
                                                   const Interrupted& interrupted) const {
  FramesPoint result;
  result.frames = frames;
  for (const sim::PolicyKind policy : {sim::PolicyKind::lru, sim::PolicyKind::fifo,
                                       sim::PolicyKind::clock, sim::PolicyKind::random}) {
    Point point = point_;
    point.sets.push_back(fmt::format("frames={}", frames));
    point.sets.push_back(fmt::format("policy={}", sim::name_of(policy)));
    auto prepared = comparison_->prepare(strategy_, point);
    if (auto* bad = std::get_if<Failure>(&prepared)) return *bad;
    const Outcome outcome = run({std::get<Prepared>(prepared), interrupted}).first;
    const bool has_ended = outcome.ending.has_succeeded();
    result.taken[policy] = has_ended ? std::optional(outcome.figures.frames_taken) : std::nullopt;
  }
  if (best_) result.best_possible = best_->frames_taken(frames);
  return result;
}

}  // namespace comparison
