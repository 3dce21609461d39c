// Strategies timed on this computer while nobody waits for it: real runs beside the comparison's
// worker, one strategy after another, of the newest wish.

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/compare/measure.h"
#include "viz/model/worker.h"

namespace viz {

// One of them, or neither while it is not measured yet.
struct MeasuredTime {
  std::optional<comparison::Measured> measured;
  std::string why_not;
};

class MeasureStudy {
 public:
  explicit MeasureStudy(comparison::Comparison comparison);

  // Of all strategies, at that point. What was measured elsewhere is forgotten.
  void want(comparison::Point);
  void forget();
  bool poll() { return worker_.take_finished() > 0; }
  bool is_busy() const { return worker_.is_busy(); }
  void on_news(std::function<void()> wake) { worker_.on_finished(std::move(wake)); }
  // As the setup's strategies.
  const std::vector<MeasuredTime>& times() const { return times_; }

 private:
  comparison::Comparison comparison_;  // the worker's
  std::vector<MeasuredTime> times_;
  std::atomic<std::uint64_t> newest_ = 0;  // wishes, by number
  Worker worker_;                          // last: its jobs use the others
};

}  // namespace viz
