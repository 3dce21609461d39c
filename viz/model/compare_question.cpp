// Round values: 1, 2 and 5 of each power of ten, or tenths of a linear range.

#include "viz/model/compare_question.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace viz {
namespace {

constexpr double kWellBeyond = 0.08;  // of the slider's way

std::vector<double> round_values(const comparison::Parameter& p) {
  std::vector<double> values;
  if (p.scale == comparison::Scale::linear || p.least <= 0) {
    for (int tenth = 0; tenth <= 10; ++tenth) {
      values.push_back(p.least + (p.most - p.least) * tenth / 10);
    }
    return values;
  }
  for (double power = std::pow(10, std::floor(std::log10(p.least))); power <= p.most; power *= 10) {
    for (const double digit : {1, 2, 5}) values.push_back(digit * power);
  }
  return values;
}

}  // namespace

double part_at(const comparison::Parameter& p, double value) {
  const double part = p.scale == comparison::Scale::logarithmic
                          ? std::log(value / p.least) / std::log(p.most / p.least)
                          : (value - p.least) / (p.most - p.least);
  return std::clamp(part, 0.0, 1.0);
}

std::optional<double> value_to_ask(const comparison::Parameter& p,
                                   const comparison::BreakEven& even, double from) {
  const bool is_up = from <= even.above.value;
  const double edge = part_at(p, is_up ? even.above.value : even.below.value);
  std::optional<double> nearest;
  double least = 2;
  for (const double round : round_values(p)) {
    const double value = comparison::rounded(p.kind, round);
    if (value < p.least || value > p.most) continue;
    const double beyond = (part_at(p, value) - edge) * (is_up ? 1 : -1);
    if (beyond < kWellBeyond || beyond >= least) continue;
    least = beyond;
    nearest = value;
  }
  return nearest;
}

}  // namespace viz
