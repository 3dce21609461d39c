// Arrays as text, exactly as NumPy 1.24 prints them with its default options.

#pragma once

#include <string>
#include <vector>

#include "scenarios/numpy/ndarray.h"
#include "scenarios/numpy/number.h"

namespace numpy {

// What np.set_printoptions can change and programs do.
struct PrintOptions {
  int precision = 8;
  std::int64_t threshold = 1000;  // more elements are summarised
  std::int64_t edge_items = 3;
  int line_width = 75;
  bool suppress = false;  // never choose exponents because values are small
};

// Elements as equally wide words: a format is chosen from all of them together.
std::vector<std::string> format_numbers(const std::vector<Number>&, const PrintOptions&,
                                        bool has_axes);

std::string array_str(python::Context&, NdArray&, const PrintOptions&);
// class_name: "array", or a subclass's name.
std::string array_repr(python::Context&, NdArray&, std::string_view class_name,
                       const PrintOptions&);

}  // namespace numpy
