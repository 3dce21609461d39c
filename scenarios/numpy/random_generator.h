// np.random: default_rng(seed) and the Generator that it returns.

#pragma once

#include <string_view>
#include <vector>

#include "scenarios/numpy/bit_generator.h"
#include "scenarios/python/native.h"

namespace numpy {

class RandomGenerator final : public python::Object {
 public:
  explicit RandomGenerator(const Pcg64& bits) : bits_(bits) {}

  Pcg64& bits() { return bits_; }

  std::string_view type_name() const override { return "Generator"; }
  std::string qualified_type_name() const override { return "numpy.random._generator.Generator"; }
  std::string error_type_name() const override { return qualified_type_name(); }
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  std::string repr(python::Context&) override;
  std::string str(python::Context&) override { return "Generator(PCG64)"; }
  python::Object* clone(python::Cloner&) override;

 private:
  Pcg64 bits_;
  std::uint64_t identity_ = 0;
};

std::vector<std::string_view> random_generator_methods();

python::Value make_random_module(python::Context&);

}  // namespace numpy
