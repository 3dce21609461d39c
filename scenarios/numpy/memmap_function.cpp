// numpy.memmap(): the steps of NumPy 1.24's memmap.__new__, in its order.

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/file_name.h"
#include "scenarios/numpy/memmap.h"

namespace numpy {
namespace {

using python::Context;
using python::Parameter;
using python::raise;
using python::Value;

// What the map has to hold.
struct Layout {
  Dims shape;
  std::int64_t size = 0;  // elements; negative for an offset past the end
};

// Products wrap around, as those of np.intp do.
std::int64_t product(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

Layout layout_from_file(std::int64_t bytes, std::int64_t itemsize) {
  if (bytes % itemsize != 0) {
    raise("ValueError", "Size of available data is not a multiple of the data-type size.");
  }
  return {.shape = Dims{bytes / itemsize}, .size = bytes / itemsize};
}

Layout layout_from_shape(Context& context, const Value& shape) {
  Layout layout{.shape = {}, .size = 1};
  const auto add = [&](const Value& axis) {
    const auto n = python::index_of(context, axis);
    if (!n && axis.is_real())
      raise("TypeError", "'float' object cannot be interpreted as an integer");
    // NumPy multiplies the size with whatever was given, so that it is the sum that fails.
    if (!n) {
      raise("TypeError",
            "unsupported operand type(s) for +: 'int' and " + python::quoted_type(axis));
    }
    layout.shape.push_back(*n);
    layout.size = product(layout.size, *n);
  };
  if (const auto* tuple = shape.get_if<python::TupleObject>()) {
    for (const Value& axis : tuple->items()) add(axis);
  } else {
    add(shape);
  }
  return layout;
}

Value shown_filename(const FileObject& file) {
  std::string_view name = file.name();
  for (const std::string_view prefix : {kScratchDirectory, std::string_view("./")}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  return python::make_str(std::string(kScratchDirectory) + std::string(name));
}

MapAccess access_of(std::string_view mode) {
  if (mode == "c") return MapAccess::copy;
  return mode == "r" ? MapAccess::read : MapAccess::write;
}

// One zero byte at the end makes the file long enough.
void grow(FileObject& file, std::int64_t size) {
  file.seek(size - 1, sim::Whence::set);
  file.file().write(std::string_view("\0", 1));
  file.flush();
}

void expect_room(const Layout& layout, std::int64_t bytes) {
  for (const std::int64_t n : layout.shape) {
    if (n < 0) raise("ValueError", "negative dimensions are not allowed");
  }
  if (bytes < 0) raise("TypeError", "buffer is too small for requested array");
}

Value map_file(Context& context, const MemmapRequest& request, FileObject& file) {
  const std::int64_t file_size = [&] {
    file.seek(0, sim::Whence::end);
    return file.tell();
  }();
  const DType dtype = request.dtype.is_bound() ? dtype_from(context, request.dtype) : kUint8;
  const bool fits_file = !request.shape.is_bound() || request.shape.is_none();
  const Layout layout = fits_file ? layout_from_file(file_size - request.offset, dtype.itemsize())
                                  : layout_from_shape(context, request.shape);
  const std::int64_t nbytes = product(layout.size, dtype.itemsize());
  const std::int64_t end = request.offset + nbytes;
  const bool grows = request.mode == "w+" || request.mode == "r+";
  if (grows && file_size < end) grow(file, end);

  const auto page = static_cast<std::int64_t>(context.computer().page_size().count);
  const std::int64_t into_page = ((request.offset % page) + page) % page;  // as Python's %
  const std::int64_t start = request.offset - into_page;
  const Value map = MappedFile::map(
      context, file, {.length = end - start, .access = access_of(request.mode), .offset = start});
  auto& mapped = *map.get_if<MappedFile>();
  const auto mapped_bytes = static_cast<std::int64_t>(mapped.mapped_length().count);
  expect_room(layout, mapped_bytes - into_page - nbytes);

  ArrayParts parts;
  parts.dtype = dtype;
  parts.shape = layout.shape;
  parts.strides = dense_strides(layout.shape, dtype.itemsize(), request.order);
  parts.data = mapped.base() + sim::Bytes(static_cast<std::uint64_t>(into_page));
  parts.buffer = map;
  parts.base = map;
  parts.writeable = mapped.is_writeable();
  return python::make<Memmap>(std::move(parts), Memmap::Source{.map = map,
                                                               .filename = shown_filename(file),
                                                               .mode = request.mode,
                                                               .offset = request.offset});
}

Order order_from(const Value& value) {
  const auto text = value.is_bound() ? python::as_str(value) : std::string_view("C");
  if (text == "C" || text == "c") return Order::c;
  if (text == "F" || text == "f") return Order::f;
  throw python::Unsupported{"this order= of np.memmap is not supported", "order='C' or order='F'"};
}

}  // namespace

std::string memmap_mode(Context& context, const Value& mode) {
  struct Name {
    std::string_view given;
    std::string_view mode;
  };
  static constexpr Name kModes[] = {
      {"r", "r"},        {"c", "c"},           {"r+", "r+"},        {"w+", "w+"},
      {"readonly", "r"}, {"copyonwrite", "c"}, {"readwrite", "r+"}, {"write", "w+"},
  };
  const auto text = python::as_str(mode);
  std::string known;
  for (const Name& name : kModes) {
    if (text == name.given) return std::string(name.mode);
    known += (known.empty() ? "" : ", ") + python::quoted(name.given);
  }
  raise("ValueError",
        "mode must be one of [" + known + "] (got " + python::repr(context, mode) + ")");
}

Value make_memmap(Context& context, const MemmapRequest& request) {
  if (FileObject* const open = file_if(request.file)) return map_file(context, request, *open);
  const std::string mode = (request.mode == "c" ? "r" : request.mode) + "b";
  const Value own = open_binary(context, request.file, mode);
  FileObject& file = *file_if(own);
  Value array = map_file(context, request, file);
  file.close();
  return array;
}

Value memmap_function(Context& context, const python::Arguments& arguments) {
  static constexpr auto kOptional = Parameter::Need::optional;
  static constexpr Parameter kParameters[] = {{"filename"},         {"dtype", kOptional},
                                              {"mode", kOptional},  {"offset", kOptional},
                                              {"shape", kOptional}, {"order", kOptional}};
  const std::vector<Value> given =
      python::bind({.function = "memmap.__new__",
                    .parameters = kParameters,
                    .words = python::Signature::Words::python_function},
                   arguments);
  MemmapRequest request;
  if (given[2].is_bound()) request.mode = memmap_mode(context, given[2]);
  request.shape = given[4];
  if (request.mode == "w+" && (!request.shape.is_bound() || request.shape.is_none())) {
    raise("ValueError", "shape must be given");
  }
  request.file = given[0];
  request.dtype = given[1];
  if (given[3].is_bound()) request.offset = python::to_index(context, given[3]);
  request.order = order_from(given[5]);
  return make_memmap(context, request);
}

}  // namespace numpy
