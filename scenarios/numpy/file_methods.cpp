// See file_methods.h. The checks, their order and the texts are those of CPython 3.11's io module
// (tests/scenarios/files/errors.txt is a recording of it).

#include "scenarios/numpy/file_methods.h"

#include "scenarios/numpy/ndarray.h"
#include "scenarios/python/native_work.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::raise;
using python::Value;

Value read_method(Context& context, FileObject& file, const Arguments& arguments) {
  if (!file.file().reads()) raise(kUnsupportedOperation, "read");
  const auto n = size_argument(context, "read", arguments);
  if (n && *n < 0) raise("ValueError", "read length must be non-negative or -1");
  file.expect_open("read of closed file");
  if (!n) {
    std::string all = file.file().read_all();
    python::spend_on_bytes(context, all.size());
    return python::make_bytes(std::move(all));
  }
  return python::make_bytes(file.file().read(static_cast<std::size_t>(*n)));
}

Value readline_method(Context& context, FileObject& file, const Arguments& arguments) {
  if (!file.file().reads()) raise(kUnsupportedOperation, "read");
  if (size_argument(context, "readline", arguments)) {
    throw python::Unsupported{"readline() with a limit is not supported", "f.readline()"};
  }
  file.expect_open("readline of closed file");
  return python::make_bytes(file.file().read_line());
}

Value readlines_method(Context& context, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "readlines", arguments);
  std::vector<Value> lines;
  const Value iterator = file.iterate(context);
  while (auto line = file.next(context)) {
    context.spend(1);
    lines.push_back(std::move(*line));
  }
  return python::make_list(std::move(lines));
}

// The bytes of an array, loaded page by page. CPython hands what is larger than its buffer to
// write() in place; the array's pages are touched in the same order either way.
std::string bytes_of_array(Context& context, const NdArray& array) {
  if (!array.is_c_contiguous()) raise("ValueError", "ndarray is not C-contiguous");
  std::string bytes(array.nbytes().count, '\0');
  if (!bytes.empty()) {
    load(context, array.data(), std::as_writable_bytes(std::span(bytes.data(), bytes.size())));
  }
  return bytes;
}

Value write_method(Context& context, FileObject& file, const Arguments& arguments) {
  if (!file.file().writes()) raise(kUnsupportedOperation, "write");
  const std::string name = std::string(file.type_name()) + ".write()";
  if (!arguments.keywords.empty()) raise("TypeError", name + " takes no keyword arguments");
  if (arguments.positional.size() != 1) {
    raise("TypeError", name + " takes exactly one argument (" +
                           std::to_string(arguments.positional.size()) + " given)");
  }
  const Value& value = arguments.positional[0];
  const NdArray* array = array_if(value);
  const auto bytes = python::as_bytes(value);
  if (array == nullptr && !bytes) {
    raise("TypeError", "a bytes-like object is required, not " + python::quoted_type(value));
  }
  if (array != nullptr) {
    python::spend_on_bytes(context, array->nbytes().count);
    const std::string copied = bytes_of_array(context, *array);
    file.expect_open("write to closed file");
    file.file().write(copied);
    return Value::integer(static_cast<std::int64_t>(copied.size()));
  }
  file.expect_open("write to closed file");
  python::spend_on_bytes(context, bytes->size());
  file.file().write(*bytes);
  return Value::integer(static_cast<std::int64_t>(bytes->size()));
}

Value truncate_method(Context& context, FileObject& file, const Arguments& arguments) {
  python::expect_positional("truncate", arguments, 0, 1);
  file.expect_open("truncate of closed file");
  if (!file.file().writes()) raise(kUnsupportedOperation, "truncate");
  std::optional<std::int64_t> size;
  if (!arguments.positional.empty() && !arguments.positional[0].is_none()) {
    file.flush();
    size = python::to_index(context, arguments.positional[0]);
  }
  file.file().truncate(size);
  return Value::integer(size ? *size : file.file().raw().position());
}

Value tell_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "tell", arguments);
  return Value::integer(file.tell());
}

Value flush_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "flush", arguments);
  file.flush();
  return Value::none();
}

Value close_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "close", arguments);
  file.close();
  return Value::none();
}

Value fileno_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "fileno", arguments);
  file.expect_open(kClosed);
  return Value::integer(file.file().raw().fd().number);
}

Value readable_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "readable", arguments);
  if (file.file().reads()) file.expect_open(kClosed);
  return Value::boolean(file.file().reads());
}

Value writable_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "writable", arguments);
  if (file.file().writes()) file.expect_open(kClosed);
  return Value::boolean(file.file().writes());
}

Value seekable_method(Context&, FileObject& file, const Arguments& arguments) {
  expect_no_arguments(file, "seekable", arguments);
  file.expect_open(kClosed);
  return Value::boolean(true);
}

constexpr FileObject::Method kBinary[] = {
    {"read", read_method},
    {"readline", readline_method},
    {"truncate", truncate_method},
    {"write", write_method},
};

constexpr FileObject::Method kShared[] = {
    {"close", close_method},       {"fileno", fileno_method},       {"flush", flush_method},
    {"readable", readable_method}, {"readlines", readlines_method}, {"seek", seek_method},
    {"seekable", seekable_method}, {"tell", tell_method},           {"writable", writable_method},
};

}  // namespace

std::span<const FileObject::Method> binary_file_methods() { return kBinary; }

std::span<const FileObject::Method> shared_file_methods() { return kShared; }

std::optional<std::int64_t> size_argument(Context& context, std::string_view method,
                                          const Arguments& arguments) {
  python::expect_positional(method, arguments, 0, 1);
  if (arguments.positional.empty() || arguments.positional[0].is_none()) return std::nullopt;
  const auto n = python::index_of(context, arguments.positional[0]);
  if (!n) {
    raise("TypeError", "argument should be integer or None, not " +
                           python::quoted_type(arguments.positional[0]));
  }
  if (*n == -1) return std::nullopt;
  return n;
}

Value seek_method(Context& context, FileObject& file, const Arguments& arguments) {
  python::expect_positional("seek", arguments, 1, 2);
  std::int64_t whence = 0;
  if (arguments.positional.size() == 2) {
    whence = python::to_index(context, arguments.positional[1]);
  }
  if (whence < 0 || whence > 2) {
    raise("ValueError", "whence value " + std::to_string(whence) + " unsupported");
  }
  file.expect_open("seek of closed file");
  const std::int64_t offset = python::to_index(context, arguments.positional[0]);
  return Value::integer(file.seek(offset, static_cast<sim::Whence>(whence)));
}

void expect_no_arguments(const FileObject& file, std::string_view method,
                         const Arguments& arguments) {
  const std::string name = std::string(file.type_name()) + "." + std::string(method);
  if (!arguments.keywords.empty()) raise("TypeError", name + "() takes no keyword arguments");
  if (arguments.positional.empty()) return;
  raise("TypeError",
        name + "() takes no arguments (" + std::to_string(arguments.positional.size()) + " given)");
}

}  // namespace numpy
