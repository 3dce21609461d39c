// Axis order, coalescing and the odometer over the outer axes.

#include "scenarios/numpy/iterate.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace numpy {
namespace {

// Elements between two questions to the run's budget and stop button.
constexpr std::uint64_t kBlock = std::uint64_t{1} << 20;

// nditer's question about two axes: must `inner` move outwards past `outer`? Operands that disagree
// leave C order; those with a zero stride do not vote.
enum class Vote : std::uint8_t { none, keep, swap };
Vote vote(std::span<const WalkOperand> operands, std::size_t outer, std::size_t inner) {
  Vote result = Vote::none;
  for (const WalkOperand& o : operands) {
    const std::int64_t a = std::abs(o.strides[outer]);
    const std::int64_t b = std::abs(o.strides[inner]);
    if (a == 0 || b == 0) continue;
    if (b <= a) {
      result = Vote::keep;
    } else if (result == Vote::none) {
      result = Vote::swap;
    }
  }
  return result;
}

struct Axes {
  std::size_t operands = 0;
  std::vector<std::int64_t> lengths;     // outermost first
  std::vector<WalkLoop::Strides> steps;  // bytes, per axis and operand
};

bool continues(const Axes& axes, const WalkLoop::Strides& inner, std::int64_t length) {
  const auto& outer = axes.steps.back();
  for (std::size_t k = 0; k < axes.operands; ++k) {
    if (outer[k] != inner[k] * length) return false;
  }
  return true;
}

Axes coalesced(std::span<const WalkOperand> operands, const Dims& shape, const Dims& order) {
  Axes axes{operands.size(), {}, {}};
  for (const std::int64_t axis : order) {
    const std::int64_t length = shape[static_cast<std::size_t>(axis)];
    if (length == 1) continue;
    WalkLoop::Strides steps{};
    for (std::size_t k = 0; k < operands.size(); ++k) {
      steps[k] = operands[k].strides[static_cast<std::size_t>(axis)];
    }
    if (!axes.lengths.empty() && continues(axes, steps, length)) {
      axes.lengths.back() *= length;
      axes.steps.back() = steps;
    } else {
      axes.lengths.push_back(length);
      axes.steps.push_back(steps);
    }
  }
  if (axes.lengths.empty()) {
    axes.lengths.push_back(1);
    axes.steps.emplace_back();
  }
  return axes;
}

void walk_innermost(python::Context& context, std::span<sim::Operand> operands, std::int64_t length,
                    sim::ElementLoop& loop) {
  auto remaining = static_cast<std::uint64_t>(length);
  while (true) {
    const std::uint64_t now = std::min(remaining, kBlock);
    context.spend(now);
    check(context.computer().for_each(operands, now, loop));
    remaining -= now;
    if (remaining == 0) return;
    for (sim::Operand& o : operands) {
      o.base.index += static_cast<std::uint64_t>(o.stride) * now;
    }
  }
}

void walk_axes(python::Context& context, std::span<const WalkOperand> operands, const Axes& axes,
               WalkLoop& loop) {
  const std::size_t inner = axes.lengths.size() - 1;
  loop.set_strides(axes.steps[inner]);
  std::vector<sim::Operand> now(operands.size());
  std::vector<std::uint64_t> base(operands.size());
  for (std::size_t k = 0; k < operands.size(); ++k) base[k] = operands[k].data.index;
  std::vector<std::int64_t> index(inner, 0);
  while (true) {
    for (std::size_t k = 0; k < operands.size(); ++k) {
      now[k] = {sim::VirtAddr(base[k]), axes.steps[inner][k], operands[k].itemsize,
                operands[k].access};
    }
    walk_innermost(context, now, axes.lengths[inner], loop);
    std::size_t axis = inner;
    while (axis > 0) {
      --axis;
      for (std::size_t k = 0; k < base.size(); ++k) {
        base[k] += static_cast<std::uint64_t>(axes.steps[axis][k]);
      }
      if (++index[axis] < axes.lengths[axis]) break;
      for (std::size_t k = 0; k < base.size(); ++k) {
        base[k] -= static_cast<std::uint64_t>(axes.steps[axis][k] * axes.lengths[axis]);
      }
      index[axis] = 0;
      if (axis == 0) return;
    }
    if (inner == 0) return;
  }
}

}  // namespace

Dims nditer_axis_order(std::span<const WalkOperand> operands, std::size_t axes) {
  Dims inward;  // innermost first, as nditer keeps them
  for (std::size_t k = 0; k < axes; ++k) inward.push_back(static_cast<std::int64_t>(axes - 1 - k));
  for (std::size_t i = 1; i < axes; ++i) {
    std::size_t place = i;
    for (std::size_t j = i; j-- > 0;) {
      const Vote v =
          vote(operands, static_cast<std::size_t>(inward[i]), static_cast<std::size_t>(inward[j]));
      if (v == Vote::keep) break;
      if (v == Vote::swap) place = j;
    }
    std::rotate(inward.begin() + place, inward.begin() + i, inward.begin() + i + 1);
  }
  std::reverse(inward.begin(), inward.end());
  return inward;
}

void walk(python::Context& context, std::span<const WalkOperand> operands, const Dims& shape,
          WalkOrder how, WalkLoop& loop) {
  SIM_CHECK(operands.size() <= sim::kMostOperands);
  if (element_count(shape) == 0) return;
  Dims order;
  if (how == WalkOrder::nditer) {
    order = nditer_axis_order(operands, shape.size());
  } else if (how == WalkOrder::destination) {
    order = nditer_axis_order(operands.last(1), shape.size());
  } else {
    for (std::size_t k = 0; k < shape.size(); ++k) order.push_back(static_cast<std::int64_t>(k));
  }
  walk_axes(context, operands, coalesced(operands, shape, order), loop);
}
std::optional<Dims> broadcast_strides(const Dims& from, const Dims& strides, const Dims& to) {
  if (from.size() > to.size()) return std::nullopt;
  Dims result = Dims::of_size(to.size(), 0);
  const std::size_t lead = to.size() - from.size();
  for (std::size_t k = 0; k < from.size(); ++k) {
    if (from[k] == to[lead + k]) {
      result[lead + k] = from[k] == 1 ? 0 : strides[k];
    } else if (from[k] != 1) {
      return std::nullopt;
    }
  }
  return result;
}

std::optional<Dims> broadcast_shapes(std::span<const Dims> shapes) {
  std::size_t axes = 0;
  for (const Dims& s : shapes) axes = std::max(axes, s.size());
  Dims result = Dims::of_size(axes, 1);
  for (const Dims& s : shapes) {
    for (std::size_t k = 0; k < s.size(); ++k) {
      std::int64_t& length = result[axes - s.size() + k];
      if (s[k] == 1) continue;
      if (length != 1 && length != s[k]) return std::nullopt;
      length = s[k];
    }
  }
  return result;
}

std::string text_of(const Dims& shape) {
  std::string text = "(";
  for (std::size_t k = 0; k < shape.size(); ++k) {
    if (k != 0) text += ",";
    text += std::to_string(shape[k]);
  }
  if (shape.size() == 1) text += ",";
  return text + ")";
}

WalkOperand read_of(const NdArray& a) {
  return {a.data(), a.strides(), static_cast<std::uint32_t>(a.itemsize()), sim::Access::read};
}

WalkOperand write_of(const NdArray& a) {
  return {a.data(), a.strides(), static_cast<std::uint32_t>(a.itemsize()), sim::Access::write};
}

Extent extent_of(const NdArray& a) {
  if (a.size() == 0) return {a.data().index, a.data().index};
  Extent e{a.data().index, a.data().index + static_cast<std::uint64_t>(a.itemsize())};
  for (std::size_t k = 0; k < a.ndim(); ++k) {
    const std::int64_t reach = (a.shape()[k] - 1) * a.strides()[k];
    (reach < 0 ? e.begin : e.end) += static_cast<std::uint64_t>(reach);
  }
  return e;
}

bool may_share_memory(const NdArray& a, const NdArray& b) {
  return extent_of(a).overlaps(extent_of(b));
}

namespace {

// The runs of bytes that an array's elements cover, in order, neighbours joined.
std::vector<Extent> covered(const NdArray& a) {
  std::vector<Extent> runs;
  const auto size = static_cast<std::uint64_t>(a.itemsize());
  for (ElementAddresses at(a); !at.done(); at.advance()) {
    const std::uint64_t begin = at.address().index;
    if (!runs.empty() && runs.back().end == begin)
      runs.back().end = begin + size;
    else
      runs.push_back({begin, begin + size});
  }
  std::ranges::sort(runs, {}, &Extent::begin);
  return runs;
}

}  // namespace

bool share_elements(const NdArray& a, const NdArray& b) {
  if (!may_share_memory(a, b)) return false;
  const std::vector<Extent> in_a = covered(a);
  const std::vector<Extent> in_b = covered(b);
  for (std::size_t i = 0, j = 0; i < in_a.size() && j < in_b.size();) {
    if (in_a[i].overlaps(in_b[j])) return true;
    (in_a[i].end <= in_b[j].begin ? i : j) += 1;
  }
  return false;
}

}  // namespace numpy
