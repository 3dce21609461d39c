// numpy.random: default_rng, and what a seed may be.

#include "scenarios/numpy/methods.h"
#include "scenarios/numpy/random_generator.h"
#include "scenarios/numpy/scalar.h"

namespace numpy {

using python::Arguments;
using python::Context;
using python::Value;

namespace {

// dir(numpy.random) of NumPy 1.24.2.
// clang-format off
constexpr std::string_view kRealNames[] = {
    "BitGenerator", "Generator", "MT19937", "PCG64", "PCG64DXSM", "Philox", "RandomState",
    "SFC64", "SeedSequence", "beta", "binomial", "bit_generator", "bytes", "chisquare", "choice",
    "default_rng", "dirichlet", "exponential", "f", "gamma", "geometric", "get_bit_generator",
    "get_state", "gumbel", "hypergeometric", "laplace", "logistic", "lognormal", "logseries",
    "mtrand", "multinomial", "multivariate_normal", "negative_binomial", "noncentral_chisquare",
    "noncentral_f", "normal", "pareto", "permutation", "poisson", "power", "rand", "randint",
    "randn", "random", "random_integers", "random_sample", "ranf", "rayleigh", "sample", "seed",
    "set_bit_generator", "set_state", "shuffle", "standard_cauchy", "standard_exponential",
    "standard_gamma", "standard_normal", "standard_t", "test", "triangular", "uniform",
    "vonmises", "wald", "weibull", "zipf"};
// clang-format on

std::vector<std::string_view> real_random_names() {
  return {std::begin(kRealNames), std::end(kRealNames)};
}

// A seed's 32-bit words, lowest first; the words of a sequence one after the other.
void add_entropy(Context& context, const Value& seed, std::vector<std::uint32_t>& words) {
  const NdArray* array = array_if(seed);
  const bool is_array = array != nullptr && array->ndim() != 0;
  if (const auto number = is_array ? std::nullopt : python::index_of(context, seed)) {
    if (*number < 0) python::raise("ValueError", "expected non-negative integer");
    auto rest = static_cast<std::uint64_t>(*number);
    do {
      words.push_back(static_cast<std::uint32_t>(rest));
      rest >>= 32;
    } while (rest != 0);
    return;
  }
  if (!is_array && !python::as_sequence(seed)) {
    python::raise("TypeError", "SeedSequence expects int or sequence of ints for entropy not " +
                                   python::str(context, seed));
  }
  for (const Value& item : python::collect(context, seed)) add_entropy(context, item, words);
}

Value default_rng(Context& context, const Arguments& arguments) {
  static constexpr python::Parameter kParameters[] = {{"seed", python::Parameter::Need::optional}};
  const auto given = python::bind({"default_rng", kParameters}, arguments);
  if (!is_given(given[0])) {
    throw python::Unsupported{"default_rng() without a seed: two runs would differ",
                              "default_rng(0)"};
  }
  if (given[0].get_if<RandomGenerator>() != nullptr) return given[0];
  std::vector<std::uint32_t> words;
  add_entropy(context, given[0], words);
  return python::make<RandomGenerator>(Pcg64(SeedSequence(words)));
}

}  // namespace

Value make_random_module(Context& context) {
  const Value module = python::make<python::ModuleObject>("numpy.random", real_random_names);
  auto& random = *module.get_if<python::ModuleObject>();
  random.add("Generator",
             python::make_type(context, "Generator", "numpy.random._generator.Generator", nullptr));
  random.add("default_rng", python::make_function("default_rng", default_rng));
  return module;
}

}  // namespace numpy
