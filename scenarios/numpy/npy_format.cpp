// See npy_format.h. The steps of NumPy 1.24's npyio.py and lib/format.py: the header goes through
// the Python file's buffer, the elements through fromfile and tofile where the file is a plain
// binary one, and through bytes objects in large pieces where it is not ("rb+", text).

#include "scenarios/numpy/npy_format.h"

#include <algorithm>

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/file_name.h"
#include "scenarios/numpy/iterate.h"
#include "scenarios/numpy/memmap.h"
#include "scenarios/numpy/npy_header.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::raise;
using python::Value;

constexpr auto kOptional = Parameter::Need::optional;
constexpr auto kPython = python::Signature::Words::python_function;
constexpr std::int64_t kWritePiece = 16 << 20;  // bytes that write_array takes at a time
constexpr std::int64_t kReadPiece = 1 << 18;    // BUFFER_SIZE of read_array

void write_bytes(Context& context, const Value& file, std::string bytes) {
  const Value argument = python::make_bytes(std::move(bytes));
  static_cast<void>(python::call_method(context, file, "write", {.positional = {&argument, 1}}));
}

std::string read_some(Context& context, const Value& file, std::int64_t n) {
  const Value argument = Value::integer(n);
  const Value data = python::call_method(context, file, "read", {.positional = {&argument, 1}});
  const auto bytes = python::as_bytes(data);
  if (!bytes) raise("TypeError", "can't concat " + python::type_name(data) + " to bytes");
  return std::string(*bytes);
}

std::string read_bytes(Context& context, const Value& file, std::int64_t n, const char* what) {
  std::string bytes;
  const auto wanted = static_cast<std::size_t>(n);
  while (bytes.size() < wanted) {
    const std::string more =
        read_some(context, file, static_cast<std::int64_t>(wanted - bytes.size()));
    if (more.empty()) break;
    bytes += more;
  }
  if (bytes.size() != wanted) {
    raise("ValueError", std::string("EOF: reading ") + what + ", expected " + std::to_string(n) +
                            " bytes got " + std::to_string(bytes.size()));
  }
  return bytes;
}

constexpr std::int64_t kLargestHeader = 10000;  // bytes: _MAX_HEADER_SIZE

NpyHeader read_header(Context& context, const Value& file, std::int64_t most) {
  const std::string magic = read_bytes(context, file, 8, "magic string");
  if (!magic.starts_with(kNpyMagic)) {
    const Value got = python::make_bytes(magic.substr(0, kNpyMagic.size()));
    raise("ValueError", "the magic string is not correct; expected b'\\x93NUMPY', got " +
                            python::repr(context, got));
  }
  const int major = static_cast<unsigned char>(magic[6]);
  const int minor = static_cast<unsigned char>(magic[7]);
  if (major < 1 || major > 3 || minor != 0) {
    raise("ValueError", "we only support format version (1,0), (2,0), and (3,0), not (" +
                            std::to_string(major) + ", " + std::to_string(minor) + ")");
  }
  const std::string length = read_bytes(context, file, major == 1 ? 2 : 4, "array header length");
  std::int64_t n = 0;
  for (std::size_t i = length.size(); i-- > 0;) {
    n = n * 256 + static_cast<unsigned char>(length[i]);
  }
  if (n > most) {
    raise("ValueError",
          "Header info length (" + std::to_string(n) +
              ") is large and may not be safe to load securely.\nTo allow loading, adjust "
              "`max_header_size` or fully trust the `.npy` file using `allow_pickle=True`.\nFor "
              "safety against large resource use or crashes, sandboxing may be necessary.");
  }
  return parse_npy_header(read_bytes(context, file, n, "array header"));
}

// The elements in C order, or in F order, as bytes objects of at most 16 MiB.
void write_in_pieces(Context& context, const Value& file, const NdArray& array, Order order) {
  ArrayParts parts = array.parts();
  if (order == Order::f) {
    std::reverse(parts.shape.begin(), parts.shape.end());
    std::reverse(parts.strides.begin(), parts.strides.end());
  }
  const NdArray in_order(std::move(parts));
  const auto itemsize = static_cast<std::size_t>(array.itemsize());
  context.spend(static_cast<std::uint64_t>(array.size()));
  std::string piece;
  for (ElementAddresses at(in_order); !at.done(); at.advance()) {
    const std::size_t had = piece.size();
    piece.resize(had + itemsize);
    load(context, at.address(), std::as_writable_bytes(std::span(piece.data() + had, itemsize)));
    if (static_cast<std::int64_t>(piece.size() + itemsize) <= kWritePiece) continue;
    write_bytes(context, file, std::move(piece));
    piece.clear();
  }
  if (!piece.empty() || array.size() == 0) write_bytes(context, file, std::move(piece));
}

Value read_in_pieces(Context& context, const Value& file, DType dtype, std::int64_t count) {
  const Value made = new_array(context, dtype, Dims{count});
  const NdArray& array = *array_if(made);
  const std::int64_t itemsize = dtype.itemsize();
  const std::int64_t most = kReadPiece / itemsize;
  for (std::int64_t i = 0; i < count; i += most) {
    const std::int64_t n = std::min(most, count - i) * itemsize;
    const std::string data = read_bytes(context, file, n, "array data");
    const sim::Bytes at(static_cast<std::uint64_t>(i * itemsize));
    store(context, array.data() + at, std::as_bytes(std::span(data.data(), data.size())));
  }
  return made;
}

Value shaped(Context& context, const Value& flat, const NpyHeader& header) {
  NdArray& array = *array_if(flat);
  if (array.size() != element_count(header.shape)) {
    Dims shape = header.shape;
    if (header.order == Order::f) std::reverse(shape.begin(), shape.end());
    raise("ValueError", "cannot reshape array of size " + std::to_string(array.size()) +
                            " into shape " + text_of(shape));
  }
  const Dims strides = dense_strides(header.shape, array.itemsize(), header.order);
  if (header.order == Order::c) {
    ArrayParts parts = array.parts();
    parts.shape = header.shape;
    parts.strides = strides;
    array.set_parts(std::move(parts));
    return flat;
  }
  ArrayParts parts = array.view_parts();  // NumPy transposes the array that it read
  parts.shape = header.shape;
  parts.strides = strides;
  return array.make_kin(context, std::move(parts), Kinship::view);
}

Value read_npy(Context& context, const Value& file, std::int64_t largest_header) {
  const NpyHeader header = read_header(context, file, largest_header);
  const std::int64_t count = element_count(header.shape);
  FileObject& open = *file_if(file);
  const Value flat = open.is_plain_binary()
                         ? read_array(context, open, {.dtype = header.dtype, .count = count})
                         : read_in_pieces(context, file, header.dtype, count);
  return shaped(context, flat, header);
}

struct NpyMapRequest {
  Value name;
  std::string mode = "r+";
  Value mode_value;
  Value dtype;
  Value shape;
  Order order = Order::c;
  std::int64_t largest_header = kLargestHeader;
};

std::int64_t header_limit(Context& context, const Value& given) {
  return given.is_bound() ? python::to_index(context, given) : kLargestHeader;
}

// Writes the header of a file to be mapped and returns where its elements begin.
std::int64_t write_new_header(Context& context, const NpyMapRequest& request, NpyHeader& header) {
  header.dtype = dtype_from(context, request.dtype.is_bound() ? request.dtype : Value::none());
  header.order = request.order;
  const Value file = open_binary(context, request.name, request.mode + "b");
  const auto* shape = request.shape.get_if<python::TupleObject>();
  if (shape == nullptr) {
    if (request.shape.get_if<python::ListObject>() != nullptr) {
      throw python::Unsupported{"open_memmap with a list as shape is not supported", "a tuple"};
    }
    const std::string type =
        request.shape.is_bound() ? python::type_name(request.shape) : "NoneType";
    raise("TypeError", "object of type '" + type + "' has no len()");
  }
  header.shape = shape_from(context, request.shape);
  write_bytes(context, file, header.bytes());
  const std::int64_t offset = file_if(file)->tell();
  file_if(file)->close();
  return offset;
}

Value map_npy(Context& context, const NpyMapRequest& request) {
  if (const FileObject* open = file_if(request.name); open != nullptr && open->is_plain_binary()) {
    raise("ValueError",
          "Filename must be a string or a path-like object.  Memmap cannot use existing file "
          "handles.");
  }
  NpyHeader header;
  std::int64_t offset = 0;
  const bool is_new = request.mode.find('w') != std::string::npos;
  if (is_new) {
    offset = write_new_header(context, request, header);
  } else {
    const Value file = open_binary(context, request.name, "rb");
    header = read_header(context, file, request.largest_header);
    offset = file_if(file)->tell();
    file_if(file)->close();
  }
  std::vector<Value> shape;
  for (const std::int64_t n : header.shape) shape.push_back(Value::integer(n));
  return make_memmap(context, {.file = request.name,
                               .dtype = dtype_value(context, header.dtype),
                               .mode = is_new ? "r+" : memmap_mode(context, request.mode_value),
                               .offset = offset,
                               .shape = python::make_tuple(std::move(shape)),
                               .order = header.order});
}

std::string mode_text(const Value& value) {
  const auto text = python::as_str(value);
  if (!text)
    raise("TypeError", "argument of type " + python::quoted_type(value) + " is not iterable");
  return std::string(*text);
}

void expect_no_pickles(Context& context, const Value& allow_pickle) {
  if (!allow_pickle.is_bound() || !python::truth(context, allow_pickle)) return;
  throw python::Unsupported{"allow_pickle=True is not supported", "leave it out"};
}

// What np.load finds at the beginning of the file.
Value load_from(Context& context, const Value& file, const NpyMapRequest& mapped) {
  const std::string magic = read_some(context, file, static_cast<std::int64_t>(kNpyMagic.size()));
  const auto back = -static_cast<std::int64_t>(std::min(kNpyMagic.size(), magic.size()));
  file_if(file)->seek(back, sim::Whence::current);
  if (magic.starts_with("PK\3\4") || magic.starts_with("PK\5\6")) {
    throw python::Unsupported{".npz archives are not supported", "one .npy file per array"};
  }
  if (magic != kNpyMagic) {
    raise("ValueError", "Cannot load file containing pickled data when allow_pickle=False");
  }
  const bool maps = mapped.mode_value.is_bound() && python::truth(context, mapped.mode_value);
  if (!maps) return read_npy(context, file, mapped.largest_header);
  NpyMapRequest request = mapped;
  request.mode = mode_text(mapped.mode_value);
  return map_npy(context, request);
}

}  // namespace

Value save(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"file"}, {"arr"}, {"allow_pickle", kOptional}, {"fix_imports", kOptional}};
  const std::vector<Value> given =
      python::bind({.function = "save", .parameters = kParameters, .words = kPython}, arguments);
  Value file = given[0];
  const bool is_own = file_if(file) == nullptr;
  if (is_own) {
    if (python::as_bytes(file)) {
      throw python::Unsupported{"np.save to a name given as bytes is not supported", "a str"};
    }
    std::string name(python::as_str(file).value_or(""));
    if (python::as_str(file) && !name.ends_with(".npy")) name += ".npy";
    file = open_binary(context, python::as_str(file) ? python::make_str(name) : file, "wb");
  }
  const Value value = array_from(context, given[1]);
  const NdArray& array = *array_if(value);
  const bool is_fortran = array.is_f_contiguous() && !array.is_c_contiguous();
  const Order order = is_fortran ? Order::f : Order::c;
  write_bytes(context, file,
              NpyHeader{.dtype = array.dtype(), .order = order, .shape = array.shape()}.bytes());
  FileObject& open = *file_if(file);
  if (open.is_plain_binary()) {
    write_array(context, open, array, order);
  } else {
    write_in_pieces(context, file, array, order);
  }
  if (is_own) open.close();
  return Value::none();
}

Value load_npy(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"file"},
                                              {"mmap_mode", kOptional},
                                              {"allow_pickle", kOptional},
                                              {"fix_imports", kOptional},
                                              {"encoding", kOptional},
                                              {"max_header_size", kOptional}};
  const std::vector<Value> given = python::bind(
      {.function = "load", .parameters = kParameters, .most_positional = 5, .words = kPython},
      arguments);
  expect_no_pickles(context, given[2]);
  const bool is_own = file_if(given[0]) == nullptr;
  const Value file = is_own ? open_binary(context, given[0], "rb") : given[0];
  NpyMapRequest mapped;
  mapped.name = given[0];
  mapped.mode_value = given[1];
  mapped.largest_header = header_limit(context, given[5]);
  Value array = load_from(context, file, mapped);
  if (is_own) file_if(file)->close();
  return array;
}

Value open_memmap(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"filename"},
                                              {"mode", kOptional},
                                              {"dtype", kOptional},
                                              {"shape", kOptional},
                                              {"fortran_order", kOptional},
                                              {"version", kOptional},
                                              {"max_header_size", kOptional}};
  const std::vector<Value> given = python::bind({.function = "open_memmap",
                                                 .parameters = kParameters,
                                                 .most_positional = 6,
                                                 .words = kPython},
                                                arguments);
  if (given[5].is_bound() && !given[5].is_none()) {
    throw python::Unsupported{"open_memmap(version=) is not supported", "leave it out"};
  }
  NpyMapRequest request;
  request.name = given[0];
  request.mode_value = given[1].is_bound() ? given[1] : python::make_str("r+");
  request.mode = mode_text(request.mode_value);
  request.dtype = given[2];
  request.largest_header = header_limit(context, given[6]);
  request.shape = given[3].is_bound() && given[3].is_none() ? Value() : given[3];
  const bool is_fortran = given[4].is_bound() && python::truth(context, given[4]);
  request.order = is_fortran ? Order::f : Order::c;
  return map_npy(context, request);
}

}  // namespace numpy
