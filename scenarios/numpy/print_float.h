// Floats as shortest text, and the pieces that array printing puts together.

#pragma once

#include <string>

namespace numpy {

// str(np.float64(x)) and str(np.float32(x)): the fewest digits that read back as the same value.
std::string float_text(double);
std::string float_text(float);

// NumPy's dragon4_positional with fractional precision: at most `precision` digits after the
// point, fewer when fewer are enough for the value to be unique; zeros at the end trimmed, the
// point kept.
std::string positional_text(double x, bool is_single, int precision);

// dragon4_scientific: "1.5e-05" as mantissa and exponent, trimmed the same way.
struct ScientificText {
  std::string mantissa;  // "1.5", "1."
  std::string exponent;  // "-05"
};
ScientificText scientific_text(double x, bool is_single, int precision);

}  // namespace numpy
