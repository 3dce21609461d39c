// Masks and lists of positions: gathering into a new array, scattering into this one.

#include <algorithm>
#include <array>

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/index.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

// One axis that positions pick from.
struct PickedAxis {
  const IndexPart* part = nullptr;
  std::size_t axis = 0;
};

Dims shape_of(const IndexPart& part) {
  return part.kind == IndexPart::Kind::integer ? Dims{} : part.shape;
}

// Adds position * stride for one axis to every offset, in C order of the picked shape.
void add_offsets(const NdArray& array, const PickedAxis& picked, const Dims& shape,
                 std::vector<std::int64_t>& offsets) {
  const IndexPart& part = *picked.part;
  const std::vector<std::int64_t> one{part.integer};
  const auto& positions = part.kind == IndexPart::Kind::integer ? one : part.positions;
  const Dims own = shape_of(part);
  const Dims steps = *broadcast_strides(own, dense_strides(own, 1, Order::c), shape);
  Dims index = Dims::of_size(shape.size(), 0);
  std::int64_t at = 0;
  const std::int64_t length = array.shape()[picked.axis];
  for (std::int64_t& offset : offsets) {
    const std::int64_t p = positions[static_cast<std::size_t>(at)];
    if (p < -length || p >= length) {
      python::raise("IndexError", "index " + std::to_string(p) + " is out of bounds for axis " +
                                      std::to_string(picked.axis) + " with size " +
                                      std::to_string(length));
    }
    offset += (p < 0 ? p + length : p) * array.strides()[picked.axis];
    for (std::size_t k = shape.size(); k-- > 0;) {
      at += steps[k];
      if (++index[k] < shape[k]) break;
      at -= steps[k] * shape[k];
      index[k] = 0;
    }
  }
}

std::vector<std::int64_t> c_order_offsets(const Dims& shape, const Dims& strides) {
  std::vector<std::int64_t> offsets;
  offsets.reserve(static_cast<std::size_t>(element_count(shape)));
  Dims index = Dims::of_size(shape.size(), 0);
  std::int64_t at = 0;
  for (std::int64_t n = element_count(shape); n > 0; --n) {
    offsets.push_back(at);
    for (std::size_t k = shape.size(); k-- > 0;) {
      at += strides[k];
      if (++index[k] < shape[k]) break;
      at -= strides[k] * shape[k];
      index[k] = 0;
    }
  }
  return offsets;
}

Dims first_axes(const Dims& d, std::size_t n) {
  return Dims(std::span<const std::int64_t>(d.begin(), n));
}
Dims last_axes(const Dims& d, std::size_t from) {
  return Dims(std::span<const std::int64_t>(d.begin() + from, d.end()));
}
Dims joined(const Dims& a, const Dims& b) {
  Dims all = a;
  for (const std::int64_t n : b) all.push_back(n);
  return all;
}

// Walks the picked places one after the other and, in each, what slices leave. Places that follow
// each other at equal distances become one walk.
template <class Visit>
void visit_places(const FancyPlan& plan, const std::vector<std::int64_t>& others, Visit visit) {
  const std::size_t n = plan.offsets.size();
  for (std::size_t k = 0; k < n;) {
    std::size_t end = k + 1;
    std::int64_t step = 0;
    std::int64_t other_step = 0;
    if (end < n) {
      step = plan.offsets[end] - plan.offsets[k];
      other_step = others.empty() ? 0 : others[end] - others[k];
      while (end < n && plan.offsets[end] - plan.offsets[end - 1] == step &&
             (others.empty() || others[end] - others[end - 1] == other_step)) {
        ++end;
      }
    }
    visit(k, static_cast<std::int64_t>(end - k), step, other_step);
    k = end;
  }
}

WalkOperand operand_at(sim::VirtAddr base, std::int64_t offset, std::int64_t step,
                       const Dims& sub_strides, const NdArray& of, sim::Access access) {
  WalkOperand o;
  o.data = sim::VirtAddr(base.index + static_cast<std::uint64_t>(offset));
  o.strides = joined(Dims{step}, sub_strides);
  o.itemsize = static_cast<std::uint32_t>(of.itemsize());
  o.access = access;
  return o;
}

}  // namespace

Dims FancyPlan::result_shape() const {
  return joined(joined(first_axes(sub, place), picked), last_axes(sub, place));
}

Dims FancyPlan::transposition() const {
  Dims axes;
  const auto lead = static_cast<std::int64_t>(picked.size());
  for (std::size_t k = 0; k < place; ++k) axes.push_back(lead + static_cast<std::int64_t>(k));
  for (std::int64_t k = 0; k < lead; ++k) axes.push_back(k);
  for (std::size_t k = place; k < sub.size(); ++k) {
    axes.push_back(lead + static_cast<std::int64_t>(k));
  }
  return axes;
}

FancyPlan plan_fancy(Context& context, const NdArray& array, const Index& index) {
  FancyPlan plan;
  std::vector<PickedAxis> picked;
  std::vector<Dims> shapes;
  std::int64_t start = 0;
  std::size_t used = 0;
  for (const IndexPart& part : index.parts) {
    used += part.kind != IndexPart::Kind::ellipsis && part.kind != IndexPart::Kind::new_axis;
  }
  std::size_t axis = 0;
  bool is_together = true;
  bool was_picked = false;
  for (const IndexPart& part : index.parts) {
    const bool picks =
        part.kind == IndexPart::Kind::integer || part.kind == IndexPart::Kind::positions;
    if (picks) {
      if (picked.empty())
        plan.place = plan.sub.size();
      else if (!was_picked)
        is_together = false;
      shapes.push_back(shape_of(part));
      picked.push_back({&part, axis++});
    } else if (part.kind == IndexPart::Kind::new_axis) {
      plan.sub.push_back(1);
      plan.sub_strides.push_back(0);
    } else if (part.kind == IndexPart::Kind::slice) {
      const auto s = part.slice->indices(context, array.shape()[axis]);
      if (s.count > 0) start += s.start * array.strides()[axis];
      plan.sub.push_back(s.count);
      plan.sub_strides.push_back(slice_stride(s, array.strides()[axis++]));
    } else {
      const std::size_t rest = array.ndim() - used;
      for (std::size_t n = 0; n < rest; ++n, ++axis) {
        plan.sub.push_back(array.shape()[axis]);
        plan.sub_strides.push_back(array.strides()[axis]);
      }
    }
    was_picked = picks;
  }
  if (!is_together) plan.place = 0;
  const auto shape = broadcast_shapes(shapes);
  if (!shape) {
    std::string text =
        "shape mismatch: indexing arrays could not be broadcast together with shapes ";
    for (const PickedAxis& p : picked) {
      if (p.part->kind == IndexPart::Kind::positions) text += text_of(p.part->shape) + " ";
    }
    python::raise("IndexError", text);
  }
  plan.picked = *shape;
  plan.offsets.assign(static_cast<std::size_t>(element_count(*shape)), start);
  for (const PickedAxis& p : picked) add_offsets(array, p, *shape, plan.offsets);
  return plan;
}

Value get_fancy(Context& context, NdArray& array, const Index& index) {
  const FancyPlan plan = plan_fancy(context, array, index);
  // What slices leave lies in the result as it does in the array (nditer's order).
  Dims axes_in_memory;
  const auto lead_axes = static_cast<std::int64_t>(plan.picked.size());
  for (std::int64_t k = 0; k < lead_axes; ++k) axes_in_memory.push_back(k);
  const std::array<WalkOperand, 1> sub_walk{WalkOperand{.strides = plan.sub_strides}};
  for (const std::int64_t k : nditer_axis_order(sub_walk, plan.sub.size())) {
    axes_in_memory.push_back(lead_axes + k);
  }
  const Value made =
      new_array_in_order(context, array.dtype(), joined(plan.picked, plan.sub), axes_in_memory);
  NdArray& result = *array_if(made);
  const Dims lead = first_axes(result.strides(), plan.picked.size());
  const Dims rest = last_axes(result.strides(), plan.picked.size());
  const auto others = c_order_offsets(plan.picked, lead);
  if (element_count(plan.sub) > 0) {
    visit_places(plan, others, [&](std::size_t k, std::int64_t n, auto step, auto other_step) {
      const auto src = operand_at(array.data(), plan.offsets[k], step, plan.sub_strides, array,
                                  sim::Access::read);
      const auto dst =
          operand_at(result.data(), others[k], other_step, rest, result, sim::Access::write);
      copy_walk(context, {src, array.dtype()}, {dst, result.dtype()}, joined(Dims{n}, plan.sub),
                WalkOrder::c);
    });
  }
  ArrayParts parts = result.parts();
  const Dims axes = plan.transposition();
  for (std::size_t k = 0; k < axes.size(); ++k) {
    parts.shape[k] = result.shape()[static_cast<std::size_t>(axes[k])];
    parts.strides[k] = result.strides()[static_cast<std::size_t>(axes[k])];
  }
  result.set_parts(std::move(parts));
  return made;
}

namespace {

[[noreturn]] void raise_mismatch(const FancyPlan& plan, const NdArray& value, bool is_full_mask) {
  if (is_full_mask) {
    if (value.ndim() > 1) {
      python::raise("TypeError",
                    "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, "
                    "input has " +
                        std::to_string(value.ndim()) + " dimensions");
    }
    python::raise("ValueError", "NumPy boolean array indexing assignment cannot assign " +
                                    std::to_string(value.size()) + " input values to the " +
                                    std::to_string(plan.offsets.size()) +
                                    " output values where the mask is true");
  }
  python::raise("ValueError", "shape mismatch: value array of shape " + text_of(value.shape()) +
                                  " could not be broadcast to indexing result of shape " +
                                  text_of(plan.result_shape()));
}

void fill_places(Context& context, NdArray& array, const FancyPlan& plan, const Number& number) {
  visit_places(plan, {}, [&](std::size_t k, std::int64_t n, auto step, auto) {
    fill_walk(context,
              {operand_at(array.data(), plan.offsets[k], step, plan.sub_strides, array,
                          sim::Access::write),
               array.dtype()},
              joined(Dims{n}, plan.sub), WalkOrder::c, number);
  });
}

}  // namespace

void set_fancy(Context& context, NdArray& array, const Index& index, const Value& value) {
  const FancyPlan plan = plan_fancy(context, array, index);
  if (!is_sequence(value)) {
    const Number number = element_from(context, value, array.dtype().type());
    if (element_count(plan.sub) > 0) fill_places(context, array, plan, number);
    return;
  }
  Value source =
      make_array(context, value,
                 {.dtype = array_if(value) == nullptr ? std::optional(array.dtype()) : std::nullopt,
                  .subclass = ArrayRequest::Subclass::keep});
  if (may_share_memory(*array_if(source), array)) {
    NdArray& shared = *array_if(source);
    source =
        converted_copy(context, shared, shared.dtype(), ArrayRequest::Layout::c, Kinship::result);
  }
  NdArray& src = *array_if(source);
  const auto strides = broadcast_strides(src.shape(), src.strides(), plan.result_shape());
  if (!strides || (index.is_full_mask && src.ndim() > 1)) {
    raise_mismatch(plan, src, index.is_full_mask);
  }
  Dims ordered = *strides;
  const Dims axes = plan.transposition();
  for (std::size_t k = 0; k < axes.size(); ++k) {
    ordered[static_cast<std::size_t>(axes[k])] = (*strides)[k];
  }
  if (element_count(plan.sub) == 0) return;
  const auto others = c_order_offsets(plan.picked, first_axes(ordered, plan.picked.size()));
  const Dims rest = last_axes(ordered, plan.picked.size());
  visit_places(plan, others, [&](std::size_t k, std::int64_t n, auto step, auto other_step) {
    const auto from = operand_at(src.data(), others[k], other_step, rest, src, sim::Access::read);
    const auto to = operand_at(array.data(), plan.offsets[k], step, plan.sub_strides, array,
                               sim::Access::write);
    copy_walk(context, {from, src.dtype()}, {to, array.dtype()}, joined(Dims{n}, plan.sub),
              WalkOrder::c);
  });
}

}  // namespace numpy
