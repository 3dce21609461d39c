// Promotion by kind and size, computed instead of tabulated.

#include "scenarios/numpy/promotion.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace numpy {
namespace {

using enum ElementType;

// bool < integer < float, as numpy's scalar kinds compare.
int kind_rank(ElementType t) {
  const DType d(t);
  return d.is_bool() ? 0 : d.is_integer() ? 1 : 2;
}

ElementType signed_of_size(std::uint32_t bytes) {
  switch (bytes) {
    case 1: return int8;
    case 2: return int16;
    case 4: return int32;
    default: return int64;
  }
}

// The smallest float that holds every value of an integer type, by NumPy's rule: 8 and 16 bits fit
// float32.
ElementType float_for(ElementType t) { return DType(t).itemsize() <= 2 ? float32 : float64; }

// A scalar's smallest type. An unsigned one whose value the signed type of that size holds as well
// counts as either ("small unsigned").
struct Minimal {
  ElementType type = boolean;
  bool fits_signed = false;
};

Minimal minimal_type(const Number& value) {
  const ElementType type = value.type();
  if (type == boolean) return {boolean, false};
  if (DType(type).is_float()) {
    const double x = value.to_double();
    // NumPy's bound is 3.4e38 and not FLT_MAX.
    const bool small = type == float32 || !std::isfinite(x) || (x > -3.4e38 && x < 3.4e38);
    return {small ? float32 : float64, false};
  }
  if (value.is_negative()) {
    const std::int64_t n = value.to_int64();
    if (n >= INT8_MIN) return {int8, false};
    if (n >= INT16_MIN) return {int16, false};
    if (n >= INT32_MIN) return {int32, false};
    return {int64, false};
  }
  const std::uint64_t n = value.to_uint64();
  if (n <= UINT8_MAX) return {uint8, n <= INT8_MAX};
  if (n <= UINT16_MAX) return {uint16, n <= INT16_MAX};
  if (n <= UINT32_MAX) return {uint32, n <= INT32_MAX};
  return {uint64, n <= INT64_MAX};
}

ElementType promote_minimal(ElementType so_far, bool& so_far_fits_signed, const Minimal& next) {
  ElementType a = so_far;
  ElementType b = next.type;
  const bool a_signed = DType(a).is_signed();
  const bool b_signed = DType(b).is_signed();
  // A small unsigned one joins a signed type as the signed type of its own size.
  if (so_far_fits_signed && b_signed) a = signed_of_size(DType(a).itemsize());
  if (next.fits_signed && a_signed) b = signed_of_size(DType(b).itemsize());
  so_far_fits_signed = so_far_fits_signed && next.fits_signed;
  return promote(a, b);
}

}  // namespace

ElementType promote(ElementType a, ElementType b) {
  if (a == b) return a;
  if (kind_rank(a) > kind_rank(b)) std::swap(a, b);
  const DType x(a), y(b);
  if (x.is_bool()) return b;
  if (y.is_float()) return x.is_float() ? std::max(a, b) : std::max(b, float_for(a));
  if (x.is_signed() == y.is_signed()) return std::max(a, b);
  const DType s = x.is_signed() ? x : y;
  const DType u = x.is_signed() ? y : x;
  if (s.itemsize() > u.itemsize()) return s.type();
  return u.itemsize() == 8 ? float64 : signed_of_size(2 * u.itemsize());
}

bool can_cast(ElementType from, ElementType to, Casting casting) {
  if (casting == Casting::unsafe || promote(from, to) == to) return true;
  if (casting == Casting::safe) return false;
  // same_kind: within one kind or upwards; a signed type never becomes an unsigned one.
  if (DType(from).is_signed() && DType(to).is_unsigned()) return false;
  return kind_rank(from) <= kind_rank(to);
}

std::string_view name_of(Casting c) {
  switch (c) {
    case Casting::safe: return "safe";
    case Casting::same_kind: return "same_kind";
    case Casting::unsafe: return "unsafe";
  }
  return "";
}

ElementType result_type(std::span<const PromotionOperand> operands) {
  int array_rank = -1;
  int scalar_rank = -1;
  for (const PromotionOperand& o : operands) {
    int& rank = o.is_scalar ? scalar_rank : array_rank;
    rank = std::max(rank, kind_rank(o.type));
  }
  const bool by_value = array_rank >= 0 && scalar_rank >= 0 && scalar_rank <= array_rank;
  ElementType type = boolean;
  bool fits_signed = false;
  bool first = true;
  for (const PromotionOperand& o : operands) {
    const Minimal next = by_value && o.is_scalar ? minimal_type(o.value) : Minimal{o.type, false};
    type = first ? next.type : promote_minimal(type, fits_signed, next);
    if (first) fits_signed = next.fits_signed;
    first = false;
  }
  return type;
}

}  // namespace numpy
