// Strategies as a table, as bars and as charts, with sliders that move them all.

#pragma once

#include <optional>
#include <variant>

#include "viz/model/compare_view.h"
#include "viz/panels/pen.h"

namespace viz {

struct DragSlider {
  std::size_t slider = 0;
  double part = 0;
};
struct NudgeSlider {
  std::size_t slider = 0;
  int steps = 0;
};
struct SelectStrategy {
  std::size_t strategy = 0;
};
struct GuessStrategy {
  std::size_t strategy = 0;
};
struct LeaveComparison {};
using CompareWish = std::variant<std::monostate, DragSlider, NudgeSlider, SelectStrategy,
                                 GuessStrategy, LeaveComparison>;

CompareWish draw_compare(Pen&, const CompareView&);

}  // namespace viz
