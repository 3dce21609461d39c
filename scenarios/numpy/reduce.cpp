// Reducing along the innermost axis in a register, along outer axes in the result's memory: what
// NumPy's reduction loops do.

#include "scenarios/numpy/reduce.h"

#include <algorithm>
#include <array>

#include "scenarios/numpy/cast.h"
#include "scenarios/numpy/float_errors.h"
#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/pairwise.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

// NumPy's reductions go through nditer's buffering, of this many elements at a time, even where
// nothing needs to be buffered: float sums add up each chunk by itself (seen in sums of 8193
// numbers).
constexpr std::uint64_t kNumpyBuffer = 8192;

struct Plan {
  const Ufunc* ufunc = nullptr;
  LoopChoice loop;
  DType stored;  // the array's
  bool is_float_add = false;
  std::optional<Number> identity;
};

ElementType working_type(const NdArray& a, const ReduceRequest& request) {
  if (request.dtype) return request.dtype->type();
  const DType d = a.dtype();
  if (request.ufunc.starts_with("logical")) return ElementType::boolean;
  const bool widens = request.ufunc == "add" || request.ufunc == "multiply";
  if (!widens || d.is_float()) return d.type();
  return d.is_unsigned() ? ElementType::uint64 : ElementType::int64;
}

Plan make_plan(const NdArray& a, const ReduceRequest& request) {
  const ElementType type = working_type(a, request);
  Plan plan{find_ufunc(request.ufunc), {}, a.dtype(), false, std::nullopt};
  plan.loop = plan.ufunc->choose(type);
  SIM_CHECK(plan.loop.loop != nullptr && plan.loop.in == plan.loop.out);
  plan.is_float_add = request.ufunc == "add" && DType(type).is_float();
  if (request.ufunc == "add" || request.ufunc == "logical_or") {
    plan.identity = Number(std::int64_t{0}).converted_to(type);
  } else if (request.ufunc == "multiply" || request.ufunc == "logical_and") {
    plan.identity = Number(std::int64_t{1}).converted_to(type);
  }
  return plan;
}

// Reads a run of elements into one number.
class ReducingLoop final : public WalkLoop {
 public:
  explicit ReducingLoop(const Plan& plan) : plan_(plan) {}

  // Starts anew for n elements, with a value or without one: then the first element is it.
  void start(const std::optional<Number>& value, std::uint64_t n) {
    has_value_ = value.has_value();
    if (value) std::memcpy(value_, value->bytes(), sizeof value_);
    remaining_ = n;
    if (plan_.is_float_add) begin_chunk();
  }
  Number value() const { return Number::read(value_, DType(plan_.loop.out)); }

  void run(std::byte* const* pointers, std::uint64_t n) override {
    const DType type(plan_.loop.in);
    ConstRun from{pointers[0], strides()[0]};
    if (plan_.stored == type && !plan_.is_float_add) {
      combine(pointers[0], strides()[0], n);
      return;
    }
    alignas(8) std::byte block[kBlock * 8];
    for (std::uint64_t done = 0; done < n; done += kBlock) {
      const std::uint64_t now = std::min(kBlock, n - done);
      const bool in_place = plan_.stored == type && from.stride == type.itemsize() &&
                            reinterpret_cast<std::uintptr_t>(from.first) % type.itemsize() == 0;
      if (!in_place) convert(plan_.stored, from, type, {block, type.itemsize()}, now);
      const std::byte* ready = in_place ? from.first : block;
      if (plan_.is_float_add)
        feed(ready, now);
      else
        combine(const_cast<std::byte*>(ready), type.itemsize(), now);  // only read
      from.first += from.stride * static_cast<std::int64_t>(now);
    }
  }

 private:
  static constexpr std::uint64_t kBlock = 512;

  void combine(std::byte* from, std::int64_t stride, std::uint64_t n) {
    const auto size = DType(plan_.loop.in).itemsize();
    if (!has_value_ && n > 0) {
      std::memcpy(value_, from, size);
      has_value_ = true;
      from += stride;
      --n;
    }
    std::byte* const p[3] = {value_, from, value_};
    const std::int64_t steps[3] = {0, stride, 0};
    plan_.loop.loop(p, steps, n);
  }

  void begin_chunk() {
    const std::uint64_t n = std::min(remaining_, kNumpyBuffer);
    chunk_ = n;
    if (plan_.loop.in == ElementType::float32)
      single_ = PairwiseSum<float>(n);
    else
      double_ = PairwiseSum<double>(n);
  }

  void feed(const std::byte* numbers, std::uint64_t n) {
    const std::uint64_t size = DType(plan_.loop.in).itemsize();
    while (n > 0) {
      const std::uint64_t now = std::min(n, chunk_);
      if (plan_.loop.in == ElementType::float32) {
        single_.feed(reinterpret_cast<const float*>(numbers), now);
      } else {
        double_.feed(reinterpret_cast<const double*>(numbers), now);
      }
      numbers += now * size;
      n -= now;
      chunk_ -= now;
      remaining_ -= now;
      if (chunk_ == 0) finish_chunk();
    }
  }

  void finish_chunk() {
    if (plan_.loop.in == ElementType::float32) {
      store_as(value_, load_as<float>(value_) + single_.total());
    } else {
      store_as(value_, load_as<double>(value_) + double_.total());
    }
    if (remaining_ > 0) begin_chunk();
  }

  const Plan& plan_;
  alignas(8) std::byte value_[8] = {};
  bool has_value_ = false;
  std::uint64_t remaining_ = 0;
  std::uint64_t chunk_ = 0;
  PairwiseSum<float> single_{0};
  PairwiseSum<double> double_{0};
};

// One axis of the walk, after neighbours that continue each other were joined.
struct Axis {
  std::int64_t length = 1;
  std::int64_t in_step = 0;
  std::int64_t out_step = 0;  // 0 for reduced axes
  bool is_reduced = true;
};

std::vector<Axis> walk_axes(const NdArray& a, const std::vector<bool>& reduced,
                            const Dims& out_strides) {
  const std::array<WalkOperand, 1> operands{read_of(a)};
  std::vector<Axis> axes;
  for (const std::int64_t at : nditer_axis_order(operands, a.ndim())) {
    const auto k = static_cast<std::size_t>(at);
    const Axis axis{a.shape()[k], a.strides()[k], out_strides[k], reduced[k]};
    if (axis.length == 1) continue;
    if (!axes.empty() && axes.back().is_reduced == axis.is_reduced &&
        axes.back().in_step == axis.in_step * axis.length &&
        axes.back().out_step == axis.out_step * axis.length) {
      axes.back() = {axes.back().length * axis.length, axis.in_step, axis.out_step,
                     axis.is_reduced};
    } else {
      axes.push_back(axis);
    }
  }
  if (axes.empty()) axes.push_back({});
  return axes;
}

// Counts through the axes around the innermost one.
class Odometer {
 public:
  explicit Odometer(std::span<const Axis> axes) : axes_(axes), index_(axes.size(), 0) {}
  std::int64_t in_offset = 0;
  std::int64_t out_offset = 0;
  // Whether no element of this output came before.
  bool is_first_visit() const {
    for (std::size_t k = 0; k < axes_.size(); ++k) {
      if (axes_[k].is_reduced && index_[k] != 0) return false;
    }
    return true;
  }
  bool advance() {
    for (std::size_t k = axes_.size(); k-- > 0;) {
      in_offset += axes_[k].in_step;
      out_offset += axes_[k].out_step;
      if (++index_[k] < axes_[k].length) return true;
      in_offset -= axes_[k].in_step * axes_[k].length;
      out_offset -= axes_[k].out_step * axes_[k].length;
      index_[k] = 0;
    }
    return false;
  }

 private:
  std::span<const Axis> axes_;
  std::vector<std::int64_t> index_;
};

class Reducer {
 public:
  Reducer(Context& context, const NdArray& array, const Plan& plan)
      : context_(context), array_(array), plan_(plan) {}

  Number to_one(std::span<const Axis> axes) {
    ReducingLoop loop(plan_);
    loop.start(plan_.identity, static_cast<std::uint64_t>(array_.size()));
    walk_run(axes, 0, loop);
    return loop.value();
  }

  void to_array(std::span<const Axis> axes, NdArray& out) {
    // The reduced axes at the end are one run, also where memory has gaps between them: nditer
    // makes it one through its buffer.
    std::size_t kept = axes.size();
    while (kept > 0 && axes[kept - 1].is_reduced) --kept;
    const bool has_run = kept < axes.size();
    Odometer outer(axes.first(has_run ? kept : kept - 1));
    ReducingLoop loop(plan_);
    do {
      if (has_run)
        reduce_run(axes.subspan(kept), outer, loop, out);
      else
        combine_inner(axes.back(), outer, out);
    } while (outer.advance());
  }

 private:
  void walk_run(std::span<const Axis> axes, std::int64_t offset, WalkLoop& loop) {
    WalkOperand in = read_of(array_);
    in.data.index += static_cast<std::uint64_t>(offset);
    in.strides = {};
    Dims shape;
    for (const Axis& axis : axes) {
      in.strides.push_back(axis.in_step);
      shape.push_back(axis.length);
    }
    const std::array<WalkOperand, 1> operands{in};
    walk(context_, operands, shape, WalkOrder::c, loop);
  }

  void reduce_run(std::span<const Axis> run, const Odometer& outer, ReducingLoop& loop,
                  NdArray& out) {
    const DType type = out.dtype();
    const sim::VirtAddr at(out.data().index + static_cast<std::uint64_t>(outer.out_offset));
    std::byte item[8];
    std::optional<Number> start = plan_.identity;
    if (!outer.is_first_visit()) {
      load(context_, at, std::span(item, type.itemsize()));
      start = Number::read(item, type);
    }
    std::int64_t n = 1;
    for (const Axis& axis : run) n *= axis.length;
    loop.start(start, static_cast<std::uint64_t>(n));
    walk_run(run, outer.in_offset, loop);
    loop.value().write(item, type);
    store(context_, at, std::span<const std::byte>(item, type.itemsize()));
  }

  void combine_inner(const Axis& inner, const Odometer& outer, NdArray& out) {
    WalkOperand in = read_of(array_);
    in.data.index += static_cast<std::uint64_t>(outer.in_offset);
    in.strides = Dims{inner.in_step};
    WalkOperand to = write_of(out);
    to.data.index += static_cast<std::uint64_t>(outer.out_offset);
    to.strides = Dims{inner.out_step};
    const Dims shape{inner.length};
    if (outer.is_first_visit() && !plan_.identity) {
      copy_walk(context_, {in, array_.dtype()}, {to, out.dtype()}, shape, WalkOrder::c);
      return;
    }
    ElementwiseOperand so_far{plan_.loop.in, nullptr, out.dtype(), to};
    so_far.walk.access = sim::Access::read;
    if (outer.is_first_visit()) so_far = {plan_.loop.in, &*plan_.identity, out.dtype(), {}};
    const std::array<ElementwiseOperand, 3> operands{
        so_far, ElementwiseOperand{plan_.loop.in, nullptr, array_.dtype(), in},
        ElementwiseOperand{plan_.loop.out, nullptr, out.dtype(), to}};
    run_elementwise(context_, operands, shape, plan_.loop.loop, WalkOrder::c);
  }

  Context& context_;
  const NdArray& array_;
  const Plan& plan_;
};

}  // namespace

std::vector<bool> all_axes(const NdArray& a) { return std::vector<bool>(a.ndim(), true); }

std::vector<bool> axes_from(Context& context, const Value& value, const NdArray& a) {
  if (!is_given(value)) return all_axes(a);
  std::vector<bool> axes(a.ndim(), false);
  std::vector<Value> asked{value};
  if (const auto sequence = python::as_sequence(value)) {
    asked.assign(sequence->begin(), sequence->end());
  }
  for (const Value& v : asked) {
    const std::size_t axis = axis_from(context, v, a.ndim());
    if (axes[axis]) python::raise("ValueError", "duplicate value in 'axis'");
    axes[axis] = true;
  }
  return axes;
}

std::int64_t reduced_count(const NdArray& a, const std::vector<bool>& axes) {
  std::int64_t n = 1;
  for (std::size_t k = 0; k < axes.size(); ++k) n *= axes[k] ? a.shape()[k] : 1;
  return n;
}

Value reduce(Context& context, NdArray& array, const ReduceRequest& request) {
  const Plan plan = make_plan(array, request);
  Dims kept_shape, shape;
  for (std::size_t k = 0; k < array.ndim(); ++k) {
    if (!request.axes[k]) shape.push_back(array.shape()[k]);
    kept_shape.push_back(request.axes[k] ? 1 : array.shape()[k]);
  }
  if (!plan.identity && reduced_count(array, request.axes) == 0 && element_count(shape) != 0) {
    python::raise("ValueError", "zero-size array to reduction operation " +
                                    std::string(request.ufunc) + " which has no identity");
  }
  const FloatErrors errors;
  const bool to_scalar = shape.empty() && request.keep == KeepAxes::no;
  Value result;
  if (to_scalar) {
    Reducer reducer(context, array, plan);
    const auto axes = walk_axes(array, request.axes, Dims::of_size(array.ndim(), 0));
    result = make_scalar(array.size() == 0 ? *plan.identity : reducer.to_one(axes));
  } else {
    result = new_array(context, DType(plan.loop.out), kept_shape);
    NdArray& out = *array_if(result);
    Dims strides = out.strides();
    for (std::size_t k = 0; k < array.ndim(); ++k) strides[k] = request.axes[k] ? 0 : strides[k];
    if (array.size() == 0) {
      if (plan.identity) fill_elements(context, out, *plan.identity);
    } else {
      Reducer(context, array, plan).to_array(walk_axes(array, request.axes, strides), out);
    }
    ArrayParts parts = out.parts();
    for (std::size_t k = array.ndim(); k-- > 0;) {
      if (!request.axes[k] || request.keep == KeepAxes::yes) continue;
      parts.shape.erase(k);
      parts.strides.erase(k);
    }
    out.set_parts(std::move(parts));
  }
  if (DType(plan.loop.out).is_float() && !request.ufunc.starts_with("m")) {
    errors.warn(context, "reduce");
  }
  return result;
}

}  // namespace numpy
