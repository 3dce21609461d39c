// astype, copy, view, byteswap, tobytes, tolist, item, fill, tofile, setflags, round.

#include <array>
#include <cmath>

#include "scenarios/numpy/array_flags.h"
#include "scenarios/numpy/cast.h"
#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/create.h"
#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/round.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

ArrayRequest::Layout layout_from(Context& context, const Value& order) {
  if (!is_given(order)) return ArrayRequest::Layout::keep;
  const std::string text = python::to_text(context, order);
  if (text == "C") return ArrayRequest::Layout::c;
  if (text == "F") return ArrayRequest::Layout::f;
  if (text == "A") return ArrayRequest::Layout::any;
  return ArrayRequest::Layout::keep;
}

Value astype(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"dtype"},
                                              {"order", optional},
                                              {"casting", optional},
                                              {"subok", optional},
                                              {"copy", optional}};
  const auto given = python::bind({"astype", kParameters}, arguments);
  const DType dtype = dtype_from(context, given[0]);
  if (is_given(given[2])) {
    const std::string casting = python::to_text(context, given[2]);
    for (const Casting c : {Casting::safe, Casting::same_kind}) {
      if (casting != name_of(c) || can_cast(self.dtype().type(), dtype.type(), c)) continue;
      python::raise("TypeError", "Cannot cast array data from " + self.dtype().repr() + " to " +
                                     dtype.repr() + " according to the rule '" + casting + "'");
    }
  }
  const bool copies = !given[4].is_bound() || python::truth(context, given[4]);
  if (!copies && dtype == self.dtype()) return Value::object(&self);
  return converted_copy(context, self, dtype, layout_from(context, given[1]), Kinship::copy);
}

Value copy(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kOrder[] = {{"order", optional}};
  const auto given = python::bind({"copy", kOrder}, arguments);
  const auto layout = is_given(given[0]) ? layout_from(context, given[0]) : ArrayRequest::Layout::c;
  return converted_copy(context, self, self.dtype(), layout, Kinship::copy);
}

// x.view(dtype): the same bytes as other elements. Only the last axis may change its length.
Value view(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"dtype", optional}, {"type", optional}};
  const auto given = python::bind({"view", kParameters}, arguments);
  ArrayParts parts = self.view_parts();
  const auto* type = given[0].get_if<python::TypeObject>();
  if (type != nullptr && type->qualified_name() == "numpy.ndarray") {
    return python::make<NdArray>(std::move(parts));
  }
  if (!is_given(given[0])) return self.make_kin(context, std::move(parts), Kinship::view);
  parts.dtype = dtype_from(context, given[0]);
  const std::int64_t old_size = self.itemsize();
  const std::int64_t new_size = parts.dtype.itemsize();
  if (old_size != new_size) {
    if (self.ndim() == 0) {
      python::raise("ValueError",
                    "Changing the dtype of a 0d array is only supported if the itemsize is "
                    "unchanged");
    }
    const std::size_t last = self.ndim() - 1;
    if (self.strides()[last] != old_size && self.shape()[last] != 1) {
      python::raise("ValueError",
                    "To change to a dtype of a different size, the last axis must be contiguous");
    }
    const std::int64_t bytes = self.shape()[last] * old_size;
    if (bytes % new_size != 0) {
      python::raise("ValueError",
                    "When changing to a larger dtype, its size must be a divisor of the total "
                    "size in bytes of the last axis of the array.");
    }
    parts.shape[last] = bytes / new_size;
    parts.strides[last] = new_size;
  }
  return self.make_kin(context, std::move(parts), Kinship::view);
}

class SwapLoop final : public WalkLoop {
 public:
  explicit SwapLoop(std::uint32_t itemsize) : itemsize_(itemsize) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    const std::byte* in = pointers[0];
    std::byte* out = pointers[1];
    for (std::uint64_t i = 0; i < n; ++i, in += strides()[0], out += strides()[1]) {
      std::byte item[8];
      std::memcpy(item, in, itemsize_);
      swap_bytes(item, itemsize_, 1);
      std::memcpy(out, item, itemsize_);
    }
  }

 private:
  std::uint32_t itemsize_;
};

Value byteswap(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"inplace", optional}};
  const auto given = python::bind({"byteswap", kParameters}, arguments);
  const bool in_place = given[0].is_bound() && python::truth(context, given[0]);
  if (in_place && !self.is_writeable()) {
    python::raise("ValueError", "Cannot byte-swap in-place on a read-only array");
  }
  const Value made = in_place ? Value::object(&self) : new_array_like(context, self.dtype(), self);
  SwapLoop loop(self.dtype().itemsize());
  const std::array<WalkOperand, 2> operands{read_of(self), write_of(*array_if(made))};
  walk(context, operands, self.shape(), WalkOrder::nditer, loop);
  if (in_place) return made;
  return self.make_kin(context, array_if(made)->parts(), Kinship::copy);
}

class GatherLoop final : public WalkLoop {
 public:
  GatherLoop(std::string& bytes, std::uint32_t itemsize) : bytes_(bytes), itemsize_(itemsize) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    const std::byte* at = pointers[0];
    for (std::uint64_t i = 0; i < n; ++i, at += strides()[0]) {
      bytes_.append(reinterpret_cast<const char*>(at), itemsize_);
    }
  }

 private:
  std::string& bytes_;
  std::uint32_t itemsize_;
};

Value tobytes(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kOrder[] = {{"order", optional}};
  const auto given = python::bind({"tobytes", kOrder}, arguments);
  WalkOperand in = read_of(self);
  Dims shape = self.shape();
  if (order_from(context, given[0], &self) == Order::f) {
    std::reverse(shape.begin(), shape.end());
    std::reverse(in.strides.begin(), in.strides.end());
  }
  std::string bytes;
  bytes.reserve(self.nbytes().count);
  GatherLoop loop(bytes, self.dtype().itemsize());
  const std::array<WalkOperand, 1> operands{in};
  walk(context, operands, shape, WalkOrder::c, loop);
  return python::make_bytes(std::move(bytes));
}

Value list_of(Context& context, const NdArray& a, std::size_t axis, ElementAddresses& at) {
  if (axis == a.ndim()) {
    std::byte item[8];
    load(context, at.address(), std::span(item, a.dtype().itemsize()));
    at.advance();
    return to_python(Number::read(item, a.dtype()));
  }
  std::vector<Value> items;
  for (std::int64_t i = 0; i < a.shape()[axis]; ++i) {
    items.push_back(list_of(context, a, axis + 1, at));
  }
  context.spend(static_cast<std::uint64_t>(a.shape()[axis]));
  return python::make_list(std::move(items));
}

Value tolist(Context& context, NdArray& self, const Arguments& arguments) {
  python::expect_positional("tolist", arguments, 0, 0);
  ElementAddresses at(self);
  return list_of(context, self, 0, at);
}

Value item(Context& context, NdArray& self, const Arguments& arguments) {
  Value scalar;
  if (arguments.positional.empty()) {
    if (self.size() != 1) {
      python::raise("ValueError", "can only convert an array of size 1 to a Python scalar");
    }
    std::byte bytes[8];
    load(context, self.data(), std::span(bytes, self.dtype().itemsize()));
    return to_python(Number::read(bytes, self.dtype()));
  }
  if (arguments.positional.size() == 1 && self.ndim() != 1 &&
      !python::as_sequence(arguments.positional[0])) {
    const std::int64_t flat = python::to_index(context, arguments.positional[0]);
    if (flat < -self.size() || flat >= self.size()) {
      python::raise("IndexError", "index " + std::to_string(flat) + " is out of bounds for size " +
                                      std::to_string(self.size()));
    }
    ElementAddresses at(self);
    for (std::int64_t i = flat < 0 ? flat + self.size() : flat; i > 0; --i) at.advance();
    std::byte bytes[8];
    load(context, at.address(), std::span(bytes, self.dtype().itemsize()));
    return to_python(Number::read(bytes, self.dtype()));
  }
  const Value key =
      arguments.positional.size() == 1
          ? arguments.positional[0]
          : python::make_tuple({arguments.positional.begin(), arguments.positional.end()});
  return to_python(*number_of(self.item(context, key)));
}

Value fill(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"value"}};
  const auto given = python::bind({"fill", kParameters}, arguments);
  if (!self.is_writeable()) python::raise("ValueError", "assignment destination is read-only");
  fill_elements(context, self, element_from(context, given[0], self.dtype().type()));
  return Value::none();
}

Value absolute(Context& context, NdArray& self, const Arguments&) {
  return call_ufunc(context, "absolute", {Value::object(&self)});
}

Value tofile_method(Context& context, NdArray& self, const Arguments& arguments) {
  return tofile(context, self, arguments);
}

Value setflags(Context& context, NdArray& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"write", optional}, {"align", optional}, {"uic", optional}};
  const auto given = python::bind({"setflags", kParameters}, arguments);
  if (is_given(given[0])) set_writeable(self, python::truth(context, given[0]));
  return Value::none();
}

constexpr auto kMethods = std::to_array<ArrayMethod>({{"astype", astype},
                                                      {"copy", copy},
                                                      {"__copy__", copy},
                                                      {"view", view},
                                                      {"byteswap", byteswap},
                                                      {"tobytes", tobytes},
                                                      {"tolist", tolist},
                                                      {"item", item},
                                                      {"fill", fill},
                                                      {"tofile", tofile_method},
                                                      {"setflags", setflags},
                                                      {"round", round_method},
                                                      {"__abs__", absolute}});

}  // namespace

std::span<const ArrayMethod> conversion_methods() { return kMethods; }

}  // namespace numpy
