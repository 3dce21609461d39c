// Everything that a comparison found, for whoever tells it.

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "scenarios/compare/comparison.h"
#include "scenarios/compare/measure.h"
#include "scenarios/compare/policies.h"
#include "scenarios/compare/sweep.h"

namespace comparison {

struct Swept {
  Axis axis;
  std::vector<SweepPoint> points;
  std::vector<BreakEven> break_evens;
};

struct PolicyCurve {
  std::size_t strategy = 0;
  std::uint64_t pages_used = 0;
  std::vector<FramesPoint> points;
};

struct Findings {
  Point point;
  Result result;
  std::vector<std::optional<Measured>> measured;  // by strategy; empty: not asked for
  std::optional<Swept> over;
  std::vector<PolicyCurve> policies;
  bool was_stopped = false;  // by Ctrl-C: what is here was found before
};

// Schema "pagewalk.compare/1" (docs/json.md).
nlohmann::ordered_json to_json(const Comparison&, const Findings&);

}  // namespace comparison
