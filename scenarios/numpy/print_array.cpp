// Brackets, line breaks and summaries around the formatted elements.

#include "scenarios/numpy/print_array.h"

#include <algorithm>

#include "scenarios/numpy/scalar.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;

// The elements that are printed: all, or the edges of each axis.
struct Picked {
  bool summarised = false;
  Dims counts;  // per axis, of what is picked
  std::vector<Number> numbers;
};

bool skips(const Picked& picked, const NdArray& a, std::size_t axis) {
  return picked.counts[axis] < a.shape()[axis];
}

// Loads them in C order, each once.
Picked pick(Context& context, const NdArray& a, const PrintOptions& options) {
  Picked picked;
  picked.summarised = a.size() > options.threshold;
  picked.counts = a.shape();
  if (picked.summarised) {
    for (std::int64_t& n : picked.counts) n = std::min(n, 2 * options.edge_items);
  }
  std::int64_t remaining = element_count(picked.counts);
  Dims index = Dims::of_size(a.ndim(), 0);
  std::byte item[8];
  while (remaining-- > 0) {
    std::uint64_t address = a.data().index;
    for (std::size_t k = 0; k < a.ndim(); ++k) {
      const bool trailing = skips(picked, a, k) && index[k] >= options.edge_items;
      const std::int64_t at = trailing ? a.shape()[k] - picked.counts[k] + index[k] : index[k];
      address += static_cast<std::uint64_t>(at * a.strides()[k]);
    }
    context.spend(4);  // to read, format and place it takes as long as some instructions
    load(context, sim::VirtAddr(address), std::span(item, a.dtype().itemsize()));
    picked.numbers.push_back(Number::read(item, a.dtype()));
    for (std::size_t k = a.ndim(); k-- > 0;) {
      if (++index[k] < picked.counts[k]) break;
      index[k] = 0;
    }
  }
  return picked;
}

std::string right_trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return std::string(end == std::string_view::npos ? "" : text.substr(0, end + 1));
}

// arrayprint._formatArray over the words.
class Layout {
 public:
  Layout(const NdArray& a, const Picked& picked, std::vector<std::string> words,
         std::string_view separator, std::int64_t edge_items)
      : array_(a),
        picked_(picked),
        words_(std::move(words)),
        separator_(separator),
        edge_items_(edge_items) {}

  std::string text(std::size_t axis, const std::string& indent, int width) {
    if (axis == array_.ndim()) return words_[next_++];
    const std::string inside =
        axis + 1 == array_.ndim() ? row(axis, indent, width) : rows(axis, indent, width);
    return "[" + inside.substr(indent.size()) + "]";
  }

 private:
  std::string row(std::size_t axis, const std::string& indent, int width) {
    const int bracket = std::max(static_cast<int>(right_trimmed(separator_).size()), 1);
    const auto limit = static_cast<std::size_t>(std::max(width - bracket, 0));
    std::string done;
    std::string line = indent;
    const std::int64_t n = picked_.counts[axis];
    for (std::int64_t i = 0; i < n; ++i) {
      if (skips(picked_, array_, axis) && i == edge_items_) {
        extend(done, line, "...", limit, indent);
        line += separator_;
      }
      extend(done, line, words_[next_++], limit, indent);
      if (i + 1 < n) line += separator_;
    }
    return done + line;
  }

  void extend(std::string& done, std::string& line, const std::string& word, std::size_t limit,
              const std::string& indent) const {
    if (line.size() + word.size() > limit && line.size() > indent.size()) {
      done += right_trimmed(line) + "\n";
      line = indent;
    }
    line += word;
  }

  std::string rows(std::size_t axis, const std::string& indent, int width) {
    const std::string between =
        right_trimmed(separator_) + std::string(array_.ndim() - axis - 1, '\n');
    std::string all;
    const std::int64_t n = picked_.counts[axis];
    for (std::int64_t i = 0; i < n; ++i) {
      if (skips(picked_, array_, axis) && i == edge_items_) all += indent + "..." + between;
      all += indent + text(axis + 1, indent + " ", width - 1);
      if (i + 1 < n) all += between;
    }
    return all;
  }

  const NdArray& array_;
  const Picked& picked_;
  std::vector<std::string> words_;
  std::string separator_;
  std::int64_t edge_items_;
  std::size_t next_ = 0;
};

std::string array2string(Context& context, NdArray& a, std::string_view separator,
                         std::string_view prefix, std::size_t suffix_size,
                         const PrintOptions& options) {
  if (a.size() == 0) return "[]";
  const Picked picked = pick(context, a, options);
  Layout layout(a, picked, format_numbers(picked.numbers, options, a.ndim() > 0), separator,
                options.edge_items);
  return layout.text(0, std::string(1 + prefix.size(), ' '),
                     options.line_width - static_cast<int>(suffix_size));
}

// The dtype that the values' text implies is left out of repr.
bool is_implied(DType d) {
  return d.is_bool() || d.type() == ElementType::int64 || d.type() == ElementType::float64;
}

}  // namespace

std::string array_str(Context& context, NdArray& a, const PrintOptions& options) {
  if (a.ndim() != 0) return array2string(context, a, " ", "", 0, options);
  std::byte item[8];
  load(context, a.data(), std::span(item, a.dtype().itemsize()));
  return text_of(Number::read(item, a.dtype()));
}

std::string array_repr(Context& context, NdArray& a, std::string_view class_name,
                       const PrintOptions& options) {
  const bool skips_dtype = is_implied(a.dtype()) && a.size() > 0;
  const std::string prefix = std::string(class_name) + "(";
  const std::string suffix = skips_dtype ? ")" : ",";
  std::string text = prefix;
  if (a.size() > 0 || (a.ndim() == 1 && a.shape()[0] == 0)) {
    text += array2string(context, a, ", ", prefix, suffix.size(), options);
  } else {
    std::vector<python::Value> shape;
    for (const std::int64_t d : a.shape()) shape.push_back(python::Value::integer(d));
    text += "[], shape=" + python::repr(context, python::make_tuple(std::move(shape)));
  }
  text += suffix;
  if (skips_dtype) return text;
  const std::string dtype = "dtype=" + std::string(a.dtype().name()) + ")";
  const std::size_t last_line = text.size() - (text.rfind('\n') + 1);  // npos + 1 is 0
  if (last_line + dtype.size() + 1 > static_cast<std::size_t>(options.line_width)) {
    return text + "\n" + std::string(class_name.size() + 1, ' ') + dtype;
  }
  return text + " " + dtype;
}

}  // namespace numpy
