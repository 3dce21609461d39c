// What list, tuple, str and bytes share: comparison, search, and text of their items.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/python/native.h"

namespace python {

std::optional<Value> compare_sequences(Context&, CompareOp, std::span<const Value> left,
                                       std::span<const Value> right);
// "1, 'a'" between brackets that the caller adds.
std::string joined_reprs(Context&, std::span<const Value> items);
// Where the value is between start and stop (slice rules), or -1.
std::int64_t index_in(Context&, std::span<const Value> items, const Value& wanted,
                      const Arguments& bounds);
std::int64_t count_in(Context&, std::span<const Value> items, const Value& wanted);
// For sequence * count: a length that fits memory. Raises MemoryError.
std::size_t repeated_size(Context&, std::size_t size, std::int64_t count);
// Clips optional start and stop arguments (from the second positional on) as slices do.
void clip_bounds(Context&, const Arguments&, std::int64_t size, std::int64_t& start,
                 std::int64_t& stop);

// list.sort() and sorted(): stable, by <.
void sort_values(Context&, std::vector<Value>& values, bool reverse);
// Sorts values by the order of their keys. Requires: as many keys as values.
void sort_by_keys(Context&, std::vector<Value>& values, const std::vector<Value>& keys,
                  bool reverse);

}  // namespace python
