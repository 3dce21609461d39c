// The bounds as NumPy 1.24 checks them (_bounded_integers.pyx), the draws as it makes them.

#include "scenarios/numpy/random_integers.h"

#include <cmath>
#include <limits>

#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {

using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

namespace {

class DrawLoop final : public WalkLoop {
 public:
  explicit DrawLoop(const std::function<void(std::byte*)>& draw) : draw_(draw) {}
  void run(std::byte* const* pointers, std::uint64_t n) override {
    std::byte* out = pointers[0];
    for (std::uint64_t i = 0; i < n; ++i, out += strides()[0]) draw_(out);
  }

 private:
  const std::function<void(std::byte*)>& draw_;
};

BoundedIntegers::Width width_of(DType dtype) {
  using enum BoundedIntegers::Width;
  if (dtype.is_bool()) return one_bit;
  switch (dtype.itemsize()) {
    case 1: return bits8;
    case 2: return bits16;
    case 4: return bits32;
    default: return bits64;
  }
}

struct Bounds {
  BigInt least = 0;
  BigInt greatest = 0;
};

Bounds bounds_of(DType dtype) {
  return visit_type(dtype.type(), [](auto tag) -> Bounds {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) {
      return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
    } else {
      return {0, 1};  // bool: no other type gets here
    }
  });
}

// int(bound): what follows the point is cut off.
BigInt bound_from(const Value& value) {
  const auto number = number_of(value);
  if (!number) {
    throw python::Unsupported{"integers() between bounds that are no numbers",
                              "a loop over the bounds"};
  }
  if (number->is_float()) {
    const double real = number->to_double();
    if (std::isnan(real)) python::raise("ValueError", "cannot convert float NaN to integer");
    if (std::isinf(real))
      python::raise("OverflowError", "cannot convert float infinity to integer");
    if (std::fabs(real) > 1e30) return real < 0 ? -(BigInt{1} << 100) : BigInt{1} << 100;
    return static_cast<BigInt>(real);
  }
  if (number->type() == ElementType::uint64) return number->to_uint64();
  return number->to_int64();
}

void write_integer(std::byte* out, DType dtype, std::uint64_t n) {
  visit_type(dtype.type(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    store_as<T>(out, static_cast<T>(n));
  });
}

bool is_empty(Context& context, const Value& size) {
  if (!is_given(size)) return false;
  for (const std::int64_t extent : shape_from(context, size)) {
    if (extent == 0) return true;
  }
  return false;
}

DType integer_type(Context& context, const Value& given) {
  const DType dtype = given.is_bound() ? dtype_from(context, given) : kInt64;
  if (dtype.is_float()) {
    python::raise("TypeError", "Unsupported dtype " + dtype.repr() + " for integers");
  }
  if (!dtype.is_native()) {
    python::raise("ValueError",
                  "Providing a dtype with a non-native byteorder is not supported. If you require "
                  "platform-independent byteorder, call byteswap when required.");
  }
  return dtype;
}

}  // namespace

Value drawn_array(Context& context, DType dtype, const Value& size,
                  const std::function<void(std::byte* out)>& draw) {
  const Value made = new_array(context, dtype, shape_from(context, size));
  NdArray& array = *array_if(made);
  if (array.size() == 0) return made;
  DrawLoop loop(draw);
  const std::array<WalkOperand, 1> operands{write_of(array)};
  walk(context, operands, array.shape(), WalkOrder::destination, loop);
  return made;
}

Value random_integers(Context& context, Pcg64& bits, const IntegersWanted& wanted) {
  const auto low = static_cast<std::uint64_t>(wanted.low);
  BoundedIntegers draws(bits, width_of(wanted.dtype),
                        static_cast<std::uint64_t>(wanted.last - wanted.low));
  const auto write = [&](std::byte* out) { write_integer(out, wanted.dtype, low + draws.next()); };
  if (is_given(wanted.size)) return drawn_array(context, wanted.dtype, wanted.size, write);
  std::byte item[8];
  write(item);
  return make_scalar(Number::read(item, wanted.dtype));
}

Value integers_method(Context& context, Pcg64& bits, const python::Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"low"}, {"high", optional}, {"size", optional}, {"dtype", optional}, {"endpoint", optional}};
  const std::size_t count = arguments.positional.size();
  if (count > 5 || (count == 0 && arguments.keywords.empty())) {
    python::raise("TypeError", std::string("integers() takes at ") +
                                   (count > 5 ? "most 5 positional arguments ("
                                              : "least 1 positional argument (") +
                                   std::to_string(count) + " given)");
  }
  const auto given = python::bind({"integers", kParameters}, arguments);
  const bool from_zero = !is_given(given[1]);
  const bool is_closed = given[4].is_bound() && truth(context, given[4]);
  const DType dtype = integer_type(context, given[3]);
  if (is_empty(context, given[2])) {
    return new_array(context, dtype, shape_from(context, given[2]));
  }
  const BigInt low = from_zero ? 0 : bound_from(given[0]);
  const BigInt last = bound_from(given[from_zero ? 0 : 1]) - (is_closed ? 0 : 1);
  const Bounds bounds = bounds_of(dtype);
  const std::string name = dtype.is_bool() ? "bool" : std::string(dtype.name());
  if (low < bounds.least) python::raise("ValueError", "low is out of bounds for " + name);
  if (last > bounds.greatest) python::raise("ValueError", "high is out of bounds for " + name);
  if (low > last) {
    const std::string equals = is_closed ? "" : "=";
    python::raise("ValueError", low == 0 ? "high <" + equals + " 0" : "low >" + equals + " high");
  }
  Value drawn = random_integers(context, bits, {low, last, given[2], dtype});
  const auto* type = given[3].get_if<python::TypeObject>();
  const bool is_plain = type != nullptr && (type->name() == "int" || type->name() == "bool");
  return is_plain && !is_given(given[2]) ? to_python(*number_of(drawn)) : drawn;
}

}  // namespace numpy
