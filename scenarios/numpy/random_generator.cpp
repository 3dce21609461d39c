// The methods of Generator, drawing in the order and the units in which NumPy 1.24 draws.

#include "scenarios/numpy/random_generator.h"

#include <cmath>

#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/random_integers.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/method_table.h"

namespace numpy {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::Value;
using enum python::Parameter::Need;

namespace {

// What the real class has besides.
constexpr std::string_view kForeign[] = {"beta",
                                         "binomial",
                                         "bit_generator",
                                         "bytes",
                                         "chisquare",
                                         "dirichlet",
                                         "exponential",
                                         "f",
                                         "gamma",
                                         "geometric",
                                         "gumbel",
                                         "hypergeometric",
                                         "laplace",
                                         "logistic",
                                         "lognormal",
                                         "logseries",
                                         "multinomial",
                                         "multivariate_hypergeometric",
                                         "multivariate_normal",
                                         "negative_binomial",
                                         "noncentral_chisquare",
                                         "noncentral_f",
                                         "normal",
                                         "pareto",
                                         "permuted",
                                         "poisson",
                                         "power",
                                         "rayleigh",
                                         "standard_cauchy",
                                         "standard_exponential",
                                         "standard_gamma",
                                         "standard_normal",
                                         "standard_t",
                                         "triangular",
                                         "vonmises",
                                         "wald",
                                         "weibull",
                                         "zipf"};

Pcg64& bits_of(python::Object& self) { return static_cast<RandomGenerator&>(self).bits(); }

// One value of the language without a size, an array of that shape with one.
template <class T, class Draw>
Value draw(Context& context, const Value& size, Draw draw_one) {
  if (!is_given(size)) return Value::real(draw_one());
  return drawn_array(context, DType(element_type_of<T>()), size,
                     [&](std::byte* out) { store_as<T>(out, draw_one()); });
}

Value random(Context& context, python::Object& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"size", optional}, {"dtype", optional}, {"out", optional}};
  const auto given = python::bind({"random", kParameters}, arguments);
  refuse("random", "out", given[2]);
  const DType dtype = is_given(given[1]) ? dtype_from(context, given[1]) : kFloat64;
  Pcg64& bits = bits_of(self);
  if (dtype == kFloat64) return draw<double>(context, given[0], [&] { return bits.next_double(); });
  if (dtype == kFloat32) return draw<float>(context, given[0], [&] { return bits.next_float(); });
  python::raise("TypeError", "Unsupported dtype " + dtype.repr() + " for random");
}

Value uniform(Context& context, python::Object& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"low", optional}, {"high", optional}, {"size", optional}};
  const auto given = python::bind({"uniform", kParameters}, arguments);
  for (const Value& bound : {given[0], given[1]}) {
    if (bound.is_bound() && !number_of(bound)) {
      throw python::Unsupported{"uniform() between bounds that are no numbers",
                                "low + (high - low) * rng.random(size)"};
    }
  }
  const double low = given[0].is_bound() ? number_of(given[0])->to_double() : 0.0;
  const double high = given[1].is_bound() ? number_of(given[1])->to_double() : 1.0;
  const double range = high - low;
  if (!std::isfinite(range))
    python::raise("OverflowError", "high - low range exceeds valid bounds");
  if (range < 0) python::raise("ValueError", "high - low < 0");
  Pcg64& bits = bits_of(self);
  return draw<double>(context, given[2], [&] { return low + range * bits.next_double(); });
}

// Where the element i of a vector lies.
sim::VirtAddr place(const NdArray& a, std::uint64_t i) {
  return sim::VirtAddr(a.data().index + i * static_cast<std::uint64_t>(a.strides()[0]));
}

// Fisher and Yates from the end; an element that stays where it is is not touched.
void shuffle_vector(Context& context, Pcg64& bits, NdArray& a) {
  std::byte here[8], there[8];
  const auto size = a.dtype().itemsize();
  for (auto i = static_cast<std::uint64_t>(a.size()); i-- > 1;) {
    const std::uint64_t j = bits.next_up_to(i);
    if (i == j) continue;
    context.spend(1);
    load(context, place(a, j), std::span(there, size));
    load(context, place(a, i), std::span(here, size));
    store(context, place(a, j), std::span(here, size));
    store(context, place(a, i), std::span(there, size));
  }
}

// The n of permutation(n) and choice(n); nothing for arrays and sequences.
std::optional<std::int64_t> count_from(Context& context, const Value& value) {
  const NdArray* array = array_if(value);
  if (array != nullptr && (array->ndim() != 0 || !array->dtype().is_integer())) return std::nullopt;
  return python::index_of(context, value);
}

NdArray& vector_argument(const Value& value, std::string_view function) {
  NdArray* array = array_if(value);
  if (array == nullptr || array->ndim() != 1) {
    throw python::Unsupported{std::string(function) + "() of other than a one-dimensional array",
                              "an array of indices to shuffle: x[rng.permutation(len(x))]"};
  }
  return *array;
}

Value shuffle(Context& context, python::Object& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"x"}, {"axis", optional}};
  const auto given = python::bind({"shuffle", kParameters}, arguments);
  refuse("shuffle", "axis", given[1]);
  NdArray& array = vector_argument(given[0], "shuffle");
  if (!array.is_writeable()) python::raise("ValueError", "array is read-only");
  shuffle_vector(context, bits_of(self), array);
  return Value::none();
}

Value permutation(Context& context, python::Object& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"x"}, {"axis", optional}};
  const auto given = python::bind({"permutation", kParameters}, arguments);
  refuse("permutation", "axis", given[1]);
  Value shuffled;
  if (const auto count = count_from(context, given[0])) {
    std::int64_t next = 0;
    shuffled = drawn_array(context, kInt64, Value::integer(std::max<std::int64_t>(*count, 0)),
                           [&](std::byte* out) { store_as<std::int64_t>(out, next++); });
  } else {
    const Value array = array_from(context, given[0]);
    if (array_if(array)->ndim() == 0) {
      python::raise("numpy.AxisError", "axis 0 is out of bounds for array of dimension 0");
    }
    vector_argument(array, "permutation");
    shuffled = python::call_method(context, array, "copy", {});
  }
  shuffle_vector(context, bits_of(self), *array_if(shuffled));
  return shuffled;
}

Value choice(Context& context, python::Object& self, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"a"},           {"size", optional}, {"replace", optional},
      {"p", optional}, {"axis", optional}, {"shuffle", optional}};
  const auto given = python::bind({"choice", kParameters}, arguments);
  if (given[2].is_bound() && !truth(context, given[2])) {
    throw python::Unsupported{"choice(replace=False)", "rng.permutation(a)[:size]"};
  }
  refuse("choice", "p", given[3]);
  refuse("choice", "axis", given[4]);
  const auto count = count_from(context, given[0]);
  const Value from = count ? Value() : array_from(context, given[0]);
  if (!count && array_if(from)->ndim() == 0) {
    python::raise("ValueError", "a must be a sequence or an integer, not " +
                                    python::repr(context, python::type_of(context, given[0])));
  }
  const std::int64_t population = count ? *count : array_if(from)->shape()[0];
  if (population <= 0 && count) {
    python::raise("ValueError", "a must be a positive integer unless no samples are taken");
  }
  if (population == 0) python::raise("ValueError", "a cannot be empty unless no samples are taken");
  const Value picked =
      random_integers(context, bits_of(self), {.low = 0, .last = population - 1, .size = given[1]});
  if (count) return picked;
  const std::pair<std::string_view, Value> axis{"axis", Value::integer(0)};
  return python::call_method(context, from, "take",
                             {.positional = {&picked, 1}, .keywords = {&axis, 1}});
}

Value integers(Context& context, python::Object& self, const Arguments& arguments) {
  return integers_method(context, bits_of(self), arguments);
}

constexpr python::Method kMethods[] = {
    {"choice", choice, 0, 9, true},           {"integers", integers, 0, 9, true},
    {"permutation", permutation, 0, 9, true}, {"random", random, 0, 9, true},
    {"shuffle", shuffle, 0, 9, true},         {"uniform", uniform, 0, 9, true},
};
constexpr python::MethodTable kTable{"Generator", kMethods};

}  // namespace

std::vector<std::string_view> random_generator_methods() { return kTable.names(); }

std::optional<Value> RandomGenerator::find_attribute(Context& context, std::string_view name) {
  if (auto method = kTable.bound(*this, name)) return method;
  for (const std::string_view foreign : kForeign) {
    if (foreign == name) {
      throw python::Unsupported{"Generator." + std::string(name), "integers() or random()"};
    }
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> RandomGenerator::attribute_names() const {
  std::vector<std::string_view> names = kTable.names();
  names.insert(names.end(), std::begin(kForeign), std::end(kForeign));
  return names;
}

Value RandomGenerator::call_method(Context& context, std::string_view name,
                                   const Arguments& arguments) {
  if (kTable.find(name) == nullptr) return Object::call_method(context, name, arguments);
  return kTable.call(context, *this, name, arguments);
}

std::string RandomGenerator::repr(Context& context) {
  return "Generator(PCG64) at " + python::identity_text(context, identity_);
}

python::Object* RandomGenerator::clone(python::Cloner&) {
  auto* copy = new RandomGenerator(bits_);
  copy->identity_ = identity_;
  return copy;
}

}  // namespace numpy
