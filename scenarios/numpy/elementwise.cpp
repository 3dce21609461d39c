// The one ElementLoop that ufuncs, copies and fills go through.

#include "scenarios/numpy/elementwise.h"

#include <algorithm>
#include <array>
#include <memory>

#include "scenarios/numpy/cast.h"

namespace numpy {
namespace {

constexpr std::uint64_t kBlock = 256;  // elements converted at a time
constexpr std::size_t kMost = 4;       // operands of a loop

class TypedLoop final : public WalkLoop {
 public:
  TypedLoop(std::span<const ElementwiseOperand> operands, InnerLoop loop)
      : operands_(operands), loop_(loop) {
    SIM_CHECK(operands.size() <= kMost);
    for (const ElementwiseOperand& o : operands) {
      converts_ = converts_ || (o.constant == nullptr && o.stored != DType(o.computed));
    }
    if (converts_) blocks_ = std::make_unique<Blocks>();
  }

  void run(std::byte* const* pointers, std::uint64_t n) override {
    std::array<std::byte*, kMost> at{};
    std::array<std::int64_t, kMost> steps{};
    std::size_t next = 0;
    for (std::size_t k = 0; k < operands_.size(); ++k) {
      const Number* constant = operands_[k].constant;
      if (constant != nullptr) {
        at[k] = const_cast<std::byte*>(constant->bytes());  // an input: only read
      } else {
        at[k] = pointers[next];
        steps[k] = strides()[next++];
      }
    }
    if (!converts_) {
      ok_ = loop_(at.data(), steps.data(), n) && ok_;
      return;
    }
    for (std::uint64_t done = 0; done < n; done += kBlock) {
      run_block(at, steps, std::min(kBlock, n - done));
    }
  }

  bool ok() const { return ok_; }

 private:
  struct alignas(8) Block {
    std::byte bytes[kBlock * 8];
  };
  using Blocks = std::array<Block, kMost>;

  void run_block(std::array<std::byte*, kMost>& at, const std::array<std::int64_t, kMost>& steps,
                 std::uint64_t n) {
    std::array<std::byte*, kMost> args = at;
    std::array<std::int64_t, kMost> args_steps = steps;
    for (std::size_t k = 0; k < operands_.size(); ++k) {
      const ElementwiseOperand& o = operands_[k];
      if (o.constant != nullptr || o.stored == DType(o.computed)) continue;
      args[k] = (*blocks_)[k].bytes;
      args_steps[k] = DType(o.computed).itemsize();
      if (o.walk.access == sim::Access::read) {
        convert(o.stored, {at[k], steps[k]}, DType(o.computed), {args[k], args_steps[k]}, n);
      }
    }
    ok_ = loop_(args.data(), args_steps.data(), n) && ok_;
    for (std::size_t k = 0; k < operands_.size(); ++k) {
      const ElementwiseOperand& o = operands_[k];
      if (args[k] != at[k] && o.walk.access == sim::Access::write) {
        convert(DType(o.computed), {args[k], args_steps[k]}, o.stored, {at[k], steps[k]}, n);
      }
      at[k] += steps[k] * static_cast<std::int64_t>(n);
    }
  }

  std::span<const ElementwiseOperand> operands_;
  InnerLoop loop_;
  std::unique_ptr<Blocks> blocks_;
  bool converts_ = false;
  bool ok_ = true;
};

class CopyLoop final : public WalkLoop {
 public:
  CopyLoop(DType from, DType to) : from_(from), to_(to) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    convert(from_, {pointers[0], strides()[0]}, to_, {pointers[1], strides()[1]}, n);
  }

 private:
  DType from_, to_;
};

class FillLoop final : public WalkLoop {
 public:
  FillLoop(std::span<const std::byte> item) : item_(item) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    const auto size = static_cast<std::int64_t>(item_.size());
    std::byte* at = pointers[0];
    if (strides()[0] != size) {
      for (std::uint64_t i = 0; i < n; ++i, at += strides()[0]) {
        std::memcpy(at, item_.data(), item_.size());
      }
      return;
    }
    // Dense: copy the first element, then ever longer prefixes.
    const std::size_t length = item_.size() * n;
    std::memcpy(at, item_.data(), item_.size());
    for (std::size_t done = item_.size(); done < length;) {
      const std::size_t now = std::min(std::min(done, kFillBlock), length - done);
      std::memcpy(at + done, at, now);
      done += now;
    }
  }

 private:
  static constexpr std::size_t kFillBlock = 16384;  // stays in the host's first-level cache
  std::span<const std::byte> item_;
};

// NumPy's raw_array_assign_array: one-dimensional arrays that overlap are copied from the end when
// that is the way not to overwrite what is still to be read.
bool must_copy_backwards(const WalkOperand& src, const WalkOperand& dst, const Dims& shape) {
  if (shape.size() != 1 || src.data.index >= dst.data.index) return false;
  return src.data.index + static_cast<std::uint64_t>(src.strides[0] * shape[0]) > dst.data.index;
}

void reverse_axis(WalkOperand& o, std::int64_t length) {
  o.data.index += static_cast<std::uint64_t>(o.strides[0] * (length - 1));
  o.strides[0] = -o.strides[0];
}

// x[1:3] += y ends with storing the view into itself: NumPy skips that copy (PyArray_AssignArray).
bool are_same_elements(const NdArray& a, const NdArray& b) {
  return a.data() == b.data() && a.strides() == b.strides() && a.shape() == b.shape() &&
         a.dtype() == b.dtype();
}

bool needs_temporary(const NdArray& dst, const NdArray& src) {
  if (!may_share_memory(dst, src)) return false;
  if (dst.ndim() > 1) return true;
  return dst.ndim() == 1 && src.ndim() >= 1 && dst.strides()[0] * src.strides().back() < 0;
}

}  // namespace

LoopEnd run_elementwise(python::Context& context, std::span<const ElementwiseOperand> operands,
                        const Dims& shape, InnerLoop inner, WalkOrder order) {
  std::vector<WalkOperand> in_memory;
  for (const ElementwiseOperand& o : operands) {
    if (o.constant == nullptr) in_memory.push_back(o.walk);
  }
  TypedLoop loop(operands, inner);
  walk(context, in_memory, shape, order, loop);
  return loop.ok() ? LoopEnd::done : LoopEnd::negative_power;
}

void copy_elements(python::Context& context, NdArray& dst, const NdArray& src) {
  if (are_same_elements(dst, src)) return;
  if (needs_temporary(dst, src)) {
    const python::Value temporary = new_array(context, src.dtype(), src.shape());
    copy_elements(context, *array_if(temporary), src);
    copy_elements(context, dst, *array_if(temporary));
    return;
  }
  std::array<WalkOperand, 2> operands{read_of(src), write_of(dst)};
  const auto strides = broadcast_strides(src.shape(), src.strides(), dst.shape());
  SIM_CHECK(strides.has_value());
  operands[0].strides = *strides;
  if (must_copy_backwards(operands[0], operands[1], dst.shape())) {
    for (WalkOperand& o : operands) reverse_axis(o, dst.shape()[0]);
  }
  // The axes in the order in which dst lies in memory decide (PyArray_PrepareTwoRawArrayIter).
  copy_walk(context, {operands[0], src.dtype()}, {operands[1], dst.dtype()}, dst.shape(),
            WalkOrder::destination);
}

void copy_walk(python::Context& context, const TypedWalk& src, const TypedWalk& dst,
               const Dims& shape, WalkOrder order) {
  CopyLoop loop(src.dtype, dst.dtype);
  const std::array<WalkOperand, 2> operands{src.walk, dst.walk};
  walk(context, operands, shape, order, loop);
}

void fill_elements(python::Context& context, NdArray& dst, const Number& number) {
  fill_walk(context, {write_of(dst), dst.dtype()}, dst.shape(), WalkOrder::destination, number);
}

void fill_walk(python::Context& context, const TypedWalk& dst, const Dims& shape, WalkOrder order,
               const Number& number) {
  std::byte item[8];
  number.write(item, dst.dtype);
  FillLoop loop(std::span<const std::byte>(item, dst.dtype.itemsize()));
  const std::array<WalkOperand, 1> operands{dst.walk};
  walk(context, operands, shape, order, loop);
}

}  // namespace numpy
