// What list, tuple, str and bytes share.

#include "scenarios/python/sequences.h"

#include <algorithm>
#include <numeric>

#include "scenarios/python/native_work.h"

namespace python {

std::optional<Value> compare_sequences(Context& context, CompareOp op, std::span<const Value> left,
                                       std::span<const Value> right) {
  const bool equality = op == CompareOp::equal || op == CompareOp::not_equal;
  if (equality && left.size() != right.size()) return Value::boolean(op == CompareOp::not_equal);
  const std::size_t shared = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (i % 4096 == 4095) context.spend(256);
    if (equal(context, left[i], right[i])) continue;
    if (equality) return Value::boolean(op == CompareOp::not_equal);
    return compare_operation(context, op, left[i], right[i]);
  }
  const auto a = static_cast<std::int64_t>(left.size());
  const auto b = static_cast<std::int64_t>(right.size());
  return compare_operation(context, op, Value::integer(a), Value::integer(b));
}

std::string joined_reprs(Context& context, std::span<const Value> items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ", ";
    text += repr(context, items[i]);
    if (i % 16 == 15) context.spend(16);
  }
  return text;
}

void clip_bounds(Context& context, const Arguments& arguments, std::int64_t size,
                 std::int64_t& start, std::int64_t& stop) {
  const auto read = [&](std::size_t position, std::int64_t otherwise) {
    if (arguments.positional.size() <= position || arguments.positional[position].is_none()) {
      return otherwise;
    }
    std::int64_t n = to_index(context, arguments.positional[position]);
    if (n < 0) n = std::max<std::int64_t>(n + size, 0);
    return n;
  };
  start = read(1, 0);
  stop = std::min(read(2, size), size);
}

std::int64_t index_in(Context& context, std::span<const Value> items, const Value& wanted,
                      const Arguments& bounds) {
  std::int64_t start = 0, stop = 0;
  clip_bounds(context, bounds, static_cast<std::int64_t>(items.size()), start, stop);
  for (std::int64_t i = start; i < stop; ++i) {
    if (i % 4096 == 4095) context.spend(256);
    if (equal(context, items[static_cast<std::size_t>(i)], wanted)) return i;
  }
  return -1;
}

std::int64_t count_in(Context& context, std::span<const Value> items, const Value& wanted) {
  spend_on_values(context, items.size());
  return std::count_if(items.begin(), items.end(),
                       [&](const Value& v) { return equal(context, v, wanted); });
}

std::size_t repeated_size(Context& context, std::size_t size, std::int64_t count) {
  constexpr std::size_t kMost = std::size_t{1} << 28;  // values or bytes: far beyond a lesson
  const auto times = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
  if (size != 0 && times > kMost / size) raise("MemoryError", "");
  context.spend(size * times / 16);
  return size * times;
}

namespace {

// Merge sort, as the comparisons may raise and need not be consistent.
void merge_sort(Context& context, std::vector<std::size_t>& order, const std::vector<Value>& keys) {
  std::vector<std::size_t> buffer(order.size());
  for (std::size_t width = 1; width < order.size(); width *= 2) {
    context.spend(order.size());
    for (std::size_t low = 0; low < order.size(); low += 2 * width) {
      const std::size_t middle = std::min(low + width, order.size());
      const std::size_t high = std::min(low + 2 * width, order.size());
      std::size_t i = low, j = middle;
      for (std::size_t k = low; k < high; ++k) {
        const bool right =
            i >= middle || (j < high && less(context, keys[order[j]], keys[order[i]]));
        buffer[k] = right ? order[j++] : order[i++];
      }
    }
    order.swap(buffer);
  }
}

}  // namespace

// Reversed sorting keeps the order of equal items, as CPython does: reverse, sort, reverse.
void sort_by_keys(Context& context, std::vector<Value>& values, const std::vector<Value>& keys,
                  bool reverse) {
  if (values.size() != keys.size()) raise("ValueError", "as many keys as values are needed");
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (reverse) std::reverse(order.begin(), order.end());
  merge_sort(context, order, keys);
  if (reverse) std::reverse(order.begin(), order.end());
  std::vector<Value> sorted;
  sorted.reserve(values.size());
  for (const std::size_t i : order) sorted.push_back(values[i]);
  values = std::move(sorted);
}

void sort_values(Context& context, std::vector<Value>& values, bool reverse) {
  const std::vector<Value> keys = values;
  sort_by_keys(context, values, keys, reverse);
}

}  // namespace python
