// One run along the axis for each place of the other axes, in C order.

#include "scenarios/numpy/arg_reductions.h"

#include <cmath>

#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/shape.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

class ExtremeLoop final : public WalkLoop {
 public:
  ExtremeLoop(DType dtype, bool wants_max) : dtype_(dtype), wants_max_(wants_max) {}
  void start() { seen_ = best_ = 0; }
  std::int64_t best() const { return best_; }

  void run(std::byte* const* pointers, std::uint64_t n) override {
    const std::byte* at = pointers[0];
    for (std::uint64_t i = 0; i < n; ++i, at += strides()[0]) {
      const Number x = Number::read(at, dtype_);
      if (seen_ == 0 || is_better(x)) {
        best_ = seen_;
        value_ = x;
      }
      ++seen_;
    }
  }

 private:
  bool is_better(const Number& x) const {
    return visit_type(dtype_.type(), [&](auto tag) {
      using T = typename decltype(tag)::type;
      const T a = x.as<T>();
      const T b = value_.as<T>();
      if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(b)) return false;  // the first NaN stays
        if (std::isnan(a)) return true;
      }
      return wants_max_ ? a > b : a < b;
    });
  }

  DType dtype_;
  bool wants_max_;
  std::int64_t seen_ = 0;
  std::int64_t best_ = 0;
  Number value_;
};

// The array's addresses with one axis taken out: the starts of the runs along it.
ArrayParts without_axis(const NdArray& a, std::size_t axis) {
  ArrayParts parts = a.parts();
  parts.shape.erase(axis);
  parts.strides.erase(axis);
  return parts;
}

Value arg_extreme(Context& context, NdArray& self, const Arguments& arguments, bool wants_max) {
  static constexpr Parameter kParameters[] = {
      {"axis", optional}, {"out", optional}, {"keepdims", optional}};
  const std::string_view name = wants_max ? "argmax" : "argmin";
  const auto given = python::bind({name, kParameters}, arguments);
  refuse(name, "out", given[1]);
  refuse(name, "keepdims", given[2]);
  ExtremeLoop loop(self.dtype(), wants_max);
  const std::string empty = "attempt to get " + std::string(name) + " of an empty sequence";
  if (!is_given(given[0])) {
    if (self.size() == 0) python::raise("ValueError", empty);
    const std::array<WalkOperand, 1> operands{read_of(self)};
    walk(context, operands, self.shape(), WalkOrder::c, loop);
    return make_scalar(Number(loop.best()));
  }
  const std::size_t axis = axis_from(context, given[0], self.ndim());
  const std::int64_t length = self.shape()[axis];
  if (length == 0) python::raise("ValueError", empty);
  NdArray starts(without_axis(self, axis));
  const Value made = starts.ndim() == 0 ? Value() : new_array(context, kInt64, starts.shape());
  std::uint64_t out = made.is_bound() ? array_if(made)->data().index : 0;
  for (ElementAddresses at(starts); !at.done(); at.advance()) {
    context.spend(1);
    WalkOperand in = read_of(self);
    in.data = at.address();
    in.strides = Dims{self.strides()[axis]};
    const std::array<WalkOperand, 1> operands{in};
    loop.start();
    walk(context, operands, Dims{length}, WalkOrder::c, loop);
    if (!made.is_bound()) return make_scalar(Number(loop.best()));
    std::byte item[8];
    store_as(item, loop.best());
    store(context, sim::VirtAddr(out), std::span<const std::byte>(item, 8));
    out += 8;
  }
  return made;
}

// out[i] = out[i - 1] op in[i]; the running value stays in a register.
class RunningLoop final : public WalkLoop {
 public:
  RunningLoop(DType in, LoopChoice loop) : in_(in), loop_(loop) {}
  void start() { is_first_ = true; }

  void run(std::byte* const* pointers, std::uint64_t n) override {
    const std::byte* in = pointers[0];
    std::byte* out = pointers[1];
    const std::uint32_t size = DType(loop_.out).itemsize();
    const std::int64_t steps[3] = {0, 0, 0};
    for (std::uint64_t i = 0; i < n; ++i) {
      alignas(8) std::byte x[8];
      Number::read(in, in_).write(x, DType(loop_.in));
      if (is_first_) {
        std::memcpy(running_, x, size);
      } else {
        std::byte* const p[3] = {running_, x, running_};
        loop_.loop(p, steps, 1);
      }
      is_first_ = false;
      std::memcpy(out, running_, size);
      in += strides()[0];
      out += strides()[1];
    }
  }

 private:
  DType in_;
  LoopChoice loop_;
  bool is_first_ = true;
  alignas(8) std::byte running_[8] = {};
};

Value accumulate(Context& context, NdArray& self, const Arguments& arguments, std::string_view name,
                 std::string_view ufunc) {
  static constexpr Parameter kParameters[] = {
      {"axis", optional}, {"dtype", optional}, {"out", optional}};
  const auto given = python::bind({name, kParameters}, arguments);
  refuse(name, "out", given[2]);
  if (!is_given(given[0]) && self.ndim() != 1) {
    const Value flat = raveled(context, self, Order::c);
    const std::vector<Value> axis{Value::integer(0), argument_or(given[1], Value::none())};
    return accumulate(context, *array_if(flat), {axis, {}}, name, ufunc);
  }
  const std::size_t axis =
      is_given(given[0]) ? axis_from(context, given[0], self.ndim()) : std::size_t{0};
  ElementType type = self.dtype().type();
  if (is_given(given[1]))
    type = dtype_from(context, given[1]).type();
  else if (!self.dtype().is_float()) {
    type = self.dtype().is_unsigned() ? ElementType::uint64 : ElementType::int64;
  }
  const Value made = new_array(context, DType(type), self.shape());
  NdArray& out = *array_if(made);
  RunningLoop loop(self.dtype(), find_ufunc(ufunc)->choose(type));
  NdArray starts(without_axis(self, axis));
  NdArray ends(without_axis(out, axis));
  ElementAddresses to(ends);
  for (ElementAddresses at(starts); !at.done(); at.advance(), to.advance()) {
    WalkOperand from = read_of(self);
    from.data = at.address();
    from.strides = Dims{self.strides()[axis]};
    WalkOperand into = write_of(out);
    into.data = to.address();
    into.strides = Dims{out.strides()[axis]};
    const std::array<WalkOperand, 2> operands{from, into};
    loop.start();
    walk(context, operands, Dims{self.shape()[axis]}, WalkOrder::c, loop);
  }
  return made;
}

}  // namespace

Value argmin_method(Context& context, NdArray& self, const Arguments& arguments) {
  return arg_extreme(context, self, arguments, false);
}
Value argmax_method(Context& context, NdArray& self, const Arguments& arguments) {
  return arg_extreme(context, self, arguments, true);
}
Value cumsum_method(Context& context, NdArray& self, const Arguments& arguments) {
  return accumulate(context, self, arguments, "cumsum", "add");
}
Value cumprod_method(Context& context, NdArray& self, const Arguments& arguments) {
  return accumulate(context, self, arguments, "cumprod", "multiply");
}

}  // namespace numpy
