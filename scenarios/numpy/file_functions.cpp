// See file_functions.h. A file's Python buffer is flushed first; then the data moves by the C
// library's FILE (stdio_file.h), and the Python file is put where that ended.

#include "scenarios/numpy/file_functions.h"

#include "scenarios/numpy/file_methods.h"
#include "scenarios/numpy/file_name.h"
#include "scenarios/numpy/stdio_file.h"
#include "scenarios/python/native_work.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::raise;
using python::Value;

constexpr auto kOptional = Parameter::Need::optional;

// numpy's own FILE on a Python file: numpy/core/include/numpy/npy_3kcompat.h, npy_PyFile_Dup2 and
// npy_PyFile_DupClose2. The duplicate shares the position, so it is not made here.
class BorrowedFile {
 public:
  BorrowedFile(FileObject& file, StdioFile::Mode mode)
      : file_(file), original_(flushed_position(file, mode)), stdio_(file.file().raw(), mode) {
    if (!stdio_.seek(file.tell(), sim::Whence::set).ok()) raise("OSError", "seeking file failed");
  }

  StdioFile& stdio() { return stdio_; }

  void give_back() {
    const auto position = stdio_.tell();
    stdio_.close();
    PosixFile& raw = file_.file().raw();
    const auto restored = raw.computer().lseek(raw.fd(), original_, sim::Whence::set);
    if (!restored.ok()) raise("OSError", "seeking file failed");
    if (!position.ok()) raise("OSError", "obtaining file position failed");
    file_.seek(*position, sim::Whence::set);
  }

 private:
  static std::int64_t flushed_position(FileObject& file, StdioFile::Mode mode) {
    file.flush();
    const bool fits = mode == StdioFile::Mode::read ? file.file().reads() : file.file().writes();
    if (!fits) raise("OSError", "Getting a FILE* from a Python file object failed");
    return file.file().raw().position();
  }

  FileObject& file_;
  std::int64_t original_;
  StdioFile stdio_;
};

// The open file of a file= argument: the one given, or one opened here and closed at the end.
class FileArgument {
 public:
  FileArgument(Context& context, const Value& value, std::string_view mode)
      : value_(is_file_name(value) ? open_binary(context, value, mode) : value),
        is_own_(is_file_name(value)) {
    if (file_if(value_) == nullptr) {
      raise("AttributeError", python::quoted_type(value_) + " object has no attribute 'flush'");
    }
  }

  FileObject& file() { return *file_if(value_); }
  void close() {
    if (is_own_) file().close();
  }

 private:
  Value value_;
  bool is_own_;
};

std::int64_t elements_to_the_end(StdioFile& stdio, std::int64_t itemsize) {
  const auto start = stdio.tell();
  const auto end = stdio.seek(0, sim::Whence::end);
  if (!start.ok() || !end.ok() || !stdio.seek(*start, sim::Whence::set).ok()) {
    raise("OSError", "could not seek in file");
  }
  return (*end - *start) / itemsize;
}

// A shorter file than asked for gives a shorter array; its memory stays as large as it was made.
Value cut(Context& context, const Value& array, std::int64_t count) {
  NdArray& whole = *array_if(array);
  if (count == whole.size()) return array;
  if (count == 0) return new_array(context, whole.dtype(), Dims{0});
  ArrayParts parts = whole.parts();
  parts.shape = Dims{count};
  whole.set_parts(std::move(parts));
  return array;
}

void write_elements(Context& context, StdioFile& stdio, const NdArray& array) {
  context.spend(static_cast<std::uint64_t>(array.size()));
  const sim::Bytes itemsize(static_cast<std::uint64_t>(array.itemsize()));
  for (ElementAddresses at(array); !at.done(); at.advance()) {
    if (stdio.write({at.address(), itemsize}) == itemsize.count) continue;
    raise("OSError", "problem writing element");
  }
}

void write_dense(StdioFile& stdio, const NdArray& array) {
  if (array.size() == 0) return;
  const std::uint64_t written = stdio.write({array.data(), array.nbytes()});
  if (written == array.nbytes().count) return;
  const auto elements = written / static_cast<std::uint64_t>(array.itemsize());
  raise("OSError",
        std::to_string(array.size()) + " requested and " + std::to_string(elements) + " written");
}

std::string_view text_argument(const Value& value, const char* what) {
  if (!value.is_bound()) return {};
  const auto text = python::as_str(value);
  if (!text) raise("TypeError", what + (" must be str, not " + python::type_name(value)));
  return *text;
}

void expect_binary(std::string_view separator) {
  if (separator.empty()) return;
  throw python::Unsupported{"text files (sep='" + std::string(separator) + "') are not supported",
                            "sep='', the binary form"};
}

}  // namespace

Value read_array(Context& context, FileObject& file, const ReadRequest& request) {
  BorrowedFile borrowed(file, StdioFile::Mode::read);
  StdioFile& stdio = borrowed.stdio();
  const auto moved = stdio.seek(request.offset, sim::Whence::current);
  if (!moved.ok()) python::raise_os_error(moved.error());
  const std::int64_t itemsize = request.dtype.itemsize();
  const std::int64_t count =
      request.count >= 0 ? request.count : elements_to_the_end(stdio, itemsize);
  Value array = new_array(context, request.dtype, Dims{count});
  python::spend_on_bytes(context, array_if(array)->nbytes().count);
  const NdArray& made = *array_if(array);
  const std::uint64_t bytes = count == 0 ? 0 : stdio.read({made.data(), made.nbytes()});
  borrowed.give_back();
  return cut(context, array, static_cast<std::int64_t>(bytes) / itemsize);
}

void write_array(Context& context, FileObject& file, const NdArray& array, Order order) {
  BorrowedFile borrowed(file, StdioFile::Mode::write);
  python::spend_on_bytes(context, array.nbytes().count);
  const bool is_dense = order == Order::c ? array.is_c_contiguous() : array.is_f_contiguous();
  if (is_dense) {
    write_dense(borrowed.stdio(), array);
  } else {
    write_elements(context, borrowed.stdio(), array);
  }
  borrowed.give_back();
}

Value fromfile(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {
      {"file"},           {"dtype", kOptional},  {"count", kOptional},
      {"sep", kOptional}, {"offset", kOptional}, {"like", kOptional}};
  const std::vector<Value> given = python::bind(
      {.function = "fromfile", .parameters = kParameters, .most_positional = 5}, arguments);
  ReadRequest request;
  if (given[1].is_bound()) request.dtype = dtype_from(context, given[1]);
  if (given[2].is_bound()) request.count = python::to_index(context, given[2]);
  const std::string_view separator = text_argument(given[3], "fromfile() argument 4");
  if (given[4].is_bound()) request.offset = python::to_index(context, given[4]);
  if (!separator.empty() && request.offset != 0) {
    raise("TypeError", "'offset' argument only permitted for binary files");
  }
  expect_binary(separator);
  if (given[5].is_bound() && !given[5].is_none()) {
    throw python::Unsupported{"fromfile(like=) is not supported", "leave it out"};
  }
  FileArgument file(context, given[0], "rb");
  Value array = read_array(context, file.file(), request);
  file.close();
  return array;
}

Value tofile(Context& context, const NdArray& array, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"file"}, {"sep", kOptional}, {"format", kOptional}};
  const std::vector<Value> given =
      python::bind({.function = "tofile", .parameters = kParameters}, arguments);
  const std::string_view separator = text_argument(given[1], "tofile() argument 2");
  static_cast<void>(text_argument(given[2], "tofile() argument 3"));
  expect_binary(separator);
  FileArgument file(context, given[0], "wb");
  write_array(context, file.file(), array);
  file.close();
  return Value::none();
}

}  // namespace numpy
