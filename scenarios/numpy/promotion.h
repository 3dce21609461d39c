// Which dtype an operation on several operands works in: NumPy 1.24's rules, value-based for
// scalars.

#pragma once

#include <cstdint>
#include <span>

#include "scenarios/numpy/dtype.h"
#include "scenarios/numpy/number.h"

namespace numpy {

// The smallest type that both convert to safely (np.promote_types).
ElementType promote(ElementType, ElementType);

// np.can_cast(from, to, casting).
enum class Casting : std::uint8_t { safe, same_kind, unsafe };
bool can_cast(ElementType from, ElementType to, Casting);
std::string_view name_of(Casting);

// One operand as promotion sees it. Python scalars, NumPy scalars and 0-d arrays count by value
// when an array of the same or a higher kind is there too: int8 array + 1 stays int8, + 300 is
// int16.
struct PromotionOperand {
  ElementType type = ElementType::float64;
  bool is_scalar = false;
  Number value;  // of a scalar
};
ElementType result_type(std::span<const PromotionOperand>);

}  // namespace numpy
