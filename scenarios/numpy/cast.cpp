// Every element type to every other: a table of small loops.

#include "scenarios/numpy/cast.h"

#include <algorithm>
#include <array>
#include <cfenv>
#include <cmath>

namespace numpy {
namespace {

template <class From, class To>
void convert_run(ConstRun from, Run to, std::uint64_t n) {
  constexpr auto kFrom = static_cast<std::int64_t>(sizeof(From));
  constexpr auto kTo = static_cast<std::int64_t>(sizeof(To));
  if (from.stride == kFrom && to.stride == kTo) {  // what the compiler can make fast
    for (std::uint64_t i = 0; i < n; ++i) {
      store_as(to.first + i * kTo, element_cast<To>(load_as<From>(from.first + i * kFrom)));
    }
    return;
  }
  for (std::uint64_t i = 0; i < n; ++i) {
    store_as(to.first, element_cast<To>(load_as<From>(from.first)));
    from.first += from.stride;
    to.first += to.stride;
  }
}

constexpr std::size_t kTypes = kElementTypes;
using Table = std::array<std::array<Conversion, kTypes>, kTypes>;

Table make_table() {
  Table table{};
  for (std::size_t from = 0; from < kTypes; ++from) {
    for (std::size_t to = 0; to < kTypes; ++to) {
      visit_type(static_cast<ElementType>(from), [&](auto f) {
        visit_type(static_cast<ElementType>(to), [&](auto t) {
          table[from][to] = &convert_run<typename decltype(f)::type, typename decltype(t)::type>;
        });
      });
    }
  }
  return table;
}

constexpr std::uint64_t kBlock = 256;  // elements converted at a time on the stack

void copy_swapped(ConstRun from, Run to, std::uint32_t itemsize, std::uint64_t n) {
  for (std::uint64_t i = 0; i < n; ++i) {
    std::reverse_copy(from.first, from.first + itemsize, to.first);
    from.first += from.stride;
    to.first += to.stride;
  }
}

}  // namespace

template <class To>
To float_to_integer(double x) {
  constexpr double kTwo63 = 9223372036854775808.0;
  if constexpr (std::is_same_v<To, std::uint64_t>) {
    if (x >= kTwo63 && x < 2 * kTwo63) return static_cast<std::uint64_t>(x);
  }
  using Wide = std::conditional_t<(std::is_signed_v<To> && sizeof(To) <= 4) || sizeof(To) <= 2,
                                  std::int32_t, std::int64_t>;
  constexpr double kLow = static_cast<double>(std::numeric_limits<Wide>::min());
  // The truncated value must fit: (min - 1, max + 1), where min - 1 is not a double for 64 bits.
  const bool fits = sizeof(Wide) == 4 ? (x > kLow - 1 && x < -kLow) : (x >= kLow && x < -kLow);
  if (fits) return static_cast<To>(static_cast<Wide>(x));
  std::feraiseexcept(FE_INVALID);
  if constexpr (std::is_same_v<To, std::uint64_t>) {
    if (x >= kTwo63) return 0;
  }
  return static_cast<To>(std::numeric_limits<Wide>::min());
}

template std::int8_t float_to_integer(double);
template std::uint8_t float_to_integer(double);
template std::int16_t float_to_integer(double);
template std::uint16_t float_to_integer(double);
template std::int32_t float_to_integer(double);
template std::uint32_t float_to_integer(double);
template std::int64_t float_to_integer(double);
template std::uint64_t float_to_integer(double);

Conversion conversion(ElementType from, ElementType to) {
  static const Table table = make_table();
  return table[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

void swap_bytes(std::byte* first, std::uint32_t itemsize, std::uint64_t n) {
  for (std::uint64_t i = 0; i < n; ++i) {
    std::reverse(first + i * itemsize, first + (i + 1) * itemsize);
  }
}

void convert(DType from_type, ConstRun from, DType to_type, Run to, std::uint64_t n) {
  if (from_type.type() == to_type.type() && from_type.is_native() != to_type.is_native()) {
    copy_swapped(from, to, from_type.itemsize(), n);
    return;
  }
  const Conversion step = conversion(from_type.type(), to_type.type());
  if (from_type == to_type || (from_type.is_native() && to_type.is_native())) {
    step(from, to, n);
    return;
  }
  alignas(8) std::byte in[kBlock * 8];
  alignas(8) std::byte out[kBlock * 8];
  const Run staged_in{in, from_type.itemsize()};
  const Run staged_out{out, to_type.itemsize()};
  for (std::uint64_t done = 0; done < n; done += kBlock) {
    const std::uint64_t now = std::min(kBlock, n - done);
    ConstRun source = from;
    if (!from_type.is_native()) {
      copy_swapped(from, staged_in, from_type.itemsize(), now);
      source = {in, staged_in.stride};
    }
    step(source, to_type.is_native() ? to : staged_out, now);
    if (!to_type.is_native()) {
      copy_swapped({out, staged_out.stride}, to, to_type.itemsize(), now);
    }
    from.first += from.stride * static_cast<std::int64_t>(now);
    to.first += to.stride * static_cast<std::int64_t>(now);
  }
}

}  // namespace numpy
