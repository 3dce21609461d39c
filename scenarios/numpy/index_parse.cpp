// Telling apart what can stand between brackets.

#include <array>

#include "scenarios/numpy/coerce.h"
#include "scenarios/numpy/index.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"
#include "scenarios/python/native_work.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

[[noreturn]] void raise_invalid() {
  python::raise("IndexError",
                "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and "
                "integer or boolean arrays are valid indices");
}

// A list or an array of ints or bools, on the host.
struct Entries {
  Dims shape;
  bool is_mask = false;
  std::vector<std::int64_t> values;  // a mask's are 0 or 1
};

Entries entries_of_array(Context& context, const NdArray& a) {
  if (!a.dtype().is_integer() && !a.dtype().is_bool()) {
    python::raise("IndexError", "arrays used as indices must be of integer (or boolean) type");
  }
  Entries entries{a.shape(), a.dtype().is_bool(), {}};
  python::spend_on_width(context, a.size());
  entries.values.reserve(static_cast<std::size_t>(a.size()));
  std::byte item[8];
  for (ElementAddresses at(a); !at.done(); at.advance()) {
    load(context, at.address(), std::span(item, a.dtype().itemsize()));
    entries.values.push_back(Number::read(item, a.dtype()).to_int64());
    if (entries.values.size() % 4096 == 0) context.spend(4096);
  }
  return entries;
}

Entries entries_of_list(Context& context, const Value& list) {
  const Discovered found = discover(context, list);
  Entries entries{found.shape, found.type == ElementType::boolean, {}};
  for (const Value& leaf : found.leaves) {
    const auto number = number_of(leaf);
    if (!number || number->is_float()) raise_invalid();
    entries.values.push_back(number->to_int64());
  }
  return entries;
}

// A mask stands for as many lists of positions as it has axes (np.nonzero).
void add_mask(const NdArray& array, const Entries& mask, std::size_t axis, Index& index) {
  for (std::size_t k = 0; k < mask.shape.size(); ++k) {
    if (axis + k >= array.ndim()) break;  // too many indices: told when all parts are known
    if (mask.shape[k] != array.shape()[axis + k]) {
      python::raise("IndexError", "boolean index did not match indexed array along dimension " +
                                      std::to_string(axis + k) + "; dimension is " +
                                      std::to_string(array.shape()[axis + k]) +
                                      " but corresponding boolean dimension is " +
                                      std::to_string(mask.shape[k]));
    }
  }
  std::vector<IndexPart> parts(mask.shape.size(), {.kind = IndexPart::Kind::positions});
  Dims at = Dims::of_size(mask.shape.size(), 0);
  for (const std::int64_t value : mask.values) {
    if (value != 0) {
      for (std::size_t k = 0; k < parts.size(); ++k) parts[k].positions.push_back(at[k]);
    }
    for (std::size_t k = at.size(); k-- > 0;) {
      if (++at[k] < mask.shape[k]) break;
      at[k] = 0;
    }
  }
  for (IndexPart& part : parts) {
    part.shape = Dims{static_cast<std::int64_t>(part.positions.size())};
    index.parts.push_back(std::move(part));
  }
}

std::size_t axes_used(const Index& index) {
  std::size_t n = 0;
  for (const IndexPart& part : index.parts) {
    n += part.kind != IndexPart::Kind::ellipsis && part.kind != IndexPart::Kind::new_axis ? 1 : 0;
  }
  return n;
}

void add_entries(Context& context, const NdArray& array, const Value& key, Index& index,
                 std::size_t axis) {
  const NdArray* a = array_if(key);
  const Entries entries =
      a != nullptr ? entries_of_array(context, *a) : entries_of_list(context, key);
  if (entries.shape.empty() && !entries.is_mask) {
    index.parts.push_back({.kind = IndexPart::Kind::integer, .integer = entries.values[0]});
    return;
  }
  if (entries.shape.empty()) {
    throw python::Unsupported{"an index that is a single bool", "a mask of the array's shape"};
  }
  index.is_fancy = true;
  if (entries.is_mask && !entries.values.empty()) {
    add_mask(array, entries, axis, index);
  } else {
    index.parts.push_back(
        {.kind = IndexPart::Kind::positions, .shape = entries.shape, .positions = entries.values});
  }
}

void add_part(Context& context, const NdArray& array, const Value& key, Index& index,
              std::size_t axis) {
  if (key.is_integer()) {
    index.parts.push_back({.kind = IndexPart::Kind::integer, .integer = key.as_integer()});
  } else if (key.is_none()) {
    index.parts.push_back({.kind = IndexPart::Kind::new_axis});
  } else if (const auto* slice = key.get_if<python::SliceObject>()) {
    index.parts.push_back({.kind = IndexPart::Kind::slice, .slice = slice});
  } else if (key.get_if<python::EllipsisObject>() != nullptr) {
    index.parts.push_back({.kind = IndexPart::Kind::ellipsis});
  } else if (key.is_boolean() ||
             (key.get_if<Scalar>() != nullptr && key.get_if<Scalar>()->dtype().is_bool())) {
    throw python::Unsupported{"an index that is a single bool", "a mask of the array's shape"};
  } else if (is_sequence(key)) {
    add_entries(context, array, key, index, axis);
  } else if (const auto integer = python::index_of(context, key)) {
    index.parts.push_back({.kind = IndexPart::Kind::integer, .integer = *integer});
  } else {
    raise_invalid();
  }
}

// The axis that the next part is about: parts after an ellipsis count from the end.
std::size_t axis_of_part(const NdArray& array, std::span<const Value> keys, std::size_t k,
                         const Index& so_far) {
  for (const IndexPart& part : so_far.parts) {
    if (part.kind != IndexPart::Kind::ellipsis) continue;
    std::size_t after = 0;
    for (std::size_t j = k; j < keys.size(); ++j) {
      const NdArray* mask = array_if(keys[j]);
      if (keys[j].is_none()) continue;
      after += mask != nullptr && mask->dtype().is_bool() ? mask->ndim() : 1;
    }
    return array.ndim() >= after ? array.ndim() - after : 0;
  }
  return axes_used(so_far);
}

}  // namespace

Index parse_index(Context& context, const NdArray& array, const Value& key) {
  Index index;
  std::vector<Value> single{key};
  std::span<const Value> keys(single);
  if (const auto* tuple = key.get_if<python::TupleObject>()) keys = tuple->items();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    add_part(context, array, keys[k], index, axis_of_part(array, keys, k, index));
  }
  std::size_t ellipses = 0;
  for (const IndexPart& part : index.parts) {
    ellipses += part.kind == IndexPart::Kind::ellipsis ? 1 : 0;
  }
  if (ellipses > 1) {
    python::raise("IndexError", "an index can only have a single ellipsis ('...')");
  }
  const std::size_t used = axes_used(index);
  if (used > array.ndim()) {
    python::raise("IndexError", "too many indices for array: array is " +
                                    std::to_string(array.ndim()) + "-dimensional, but " +
                                    std::to_string(used) + " were indexed");
  }
  if (ellipses == 0) index.parts.push_back({.kind = IndexPart::Kind::ellipsis});
  const NdArray* mask = keys.size() == 1 ? array_if(keys[0]) : nullptr;
  index.is_full_mask = mask != nullptr && mask->dtype().is_bool() && mask->ndim() == array.ndim();
  return index;
}

}  // namespace numpy
