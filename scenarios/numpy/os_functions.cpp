// See os_functions.h: functions that change or ask for files by name, each one system call, with
// CPython's checks and errors.

#include "scenarios/numpy/os_functions.h"

#include <cerrno>
#include <cstring>

#include "scenarios/numpy/file_name.h"
#include "scenarios/numpy/file_object.h"
#include "scenarios/numpy/or_death.h"
#include "scenarios/numpy/stat_result.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::raise;
using python::Value;

constexpr auto kOptional = Parameter::Need::optional;

// One parameter, required: remove(path), stat(path).
Value only_argument(std::string_view function, std::string_view parameter,
                    const Arguments& arguments, python::Signature::Words words) {
  const Parameter parameters[] = {{parameter}};
  return python::bind({.function = function, .parameters = parameters, .words = words},
                      arguments)[0];
}

// A path argument of a C function. `kinds`: what the error says it may be.
FileName path_argument(Context& context, const Value& value, std::string_view function,
                       std::string_view kinds) {
  if (!is_file_name(value)) {
    raise("TypeError", std::string(function) + " should be " + std::string(kinds) + ", not " +
                           python::type_name(value));
  }
  return file_name_from(context, value);
}

constexpr std::string_view kPathOrDescriptor = "string, bytes, os.PathLike or integer";
constexpr std::string_view kPath = "string, bytes or os.PathLike";

bool is_descriptor(const Value& value) { return value.is_integer() || value.is_boolean(); }

sim::Fd descriptor(const Value& value) { return {static_cast<int>(value.as_integer())}; }

void expect_done(const sim::Status& status, const FileName& name) {
  if (!status.ok()) python::raise_os_error(status.error(), &name.shown);
}

sim::FileStat stat_of(Context& context, const Value& path) {
  if (is_descriptor(path)) {
    const auto found = context.computer().fstat(descriptor(path));
    if (!found.ok()) python::raise_os_error(found.error());
    return *found;
  }
  const FileName name = path_argument(context, path, "stat: path", kPathOrDescriptor);
  const auto found = context.computer().stat(name.plain);
  if (!found.ok()) python::raise_os_error(found.error(), &name.shown);
  return *found;
}

Value stat_function(Context& context, const Arguments& arguments) {
  const Value path = only_argument("stat", "path", arguments, python::Signature::Words::c_function);
  return python::make<StatResult>(stat_of(context, path).size);
}

Value getsize(Context& context, const Arguments& arguments) {
  const Value path =
      only_argument("getsize", "filename", arguments, python::Signature::Words::python_function);
  return Value::integer(static_cast<std::int64_t>(stat_of(context, path).size.count));
}

bool is_there(Context& context, const Value& path) {
  if (is_descriptor(path)) return context.computer().fstat(descriptor(path)).ok();
  if (is_file_name(path)) {
    const auto text = python::as_str(path);
    const std::string_view name = text ? *text : *python::as_bytes(path);
    const bool is_name = !name.empty() && name.find('\0') == std::string_view::npos;
    if (!is_name || (name.size() > 255 && name.find('/') == std::string_view::npos)) return false;
  }
  const FileName name = path_argument(context, path, "stat: path", kPathOrDescriptor);
  return context.computer().stat(name.plain).ok();
}

Value exists(Context& context, const Arguments& arguments) {
  return Value::boolean(is_there(
      context,
      only_argument("exists", "path", arguments, python::Signature::Words::python_function)));
}

// There is nothing but files in the scratch directory.
Value isfile(Context& context, const Arguments& arguments) {
  return Value::boolean(is_there(
      context,
      only_argument("isfile", "path", arguments, python::Signature::Words::python_function)));
}

void expect_no_directory(const Value& dir_fd) {
  if (!dir_fd.is_bound() || dir_fd.is_none()) return;
  throw python::Unsupported{"dir_fd= is not supported: there is one directory", "leave it out"};
}

Value remove_as(Context& context, std::string_view function, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"path"}, {"dir_fd", kOptional}};
  const std::vector<Value> given = python::bind(
      {.function = function, .parameters = kParameters, .most_positional = 1}, arguments);
  expect_no_directory(given[1]);
  const FileName name = path_argument(context, given[0], std::string(function) + ": path", kPath);
  expect_done(context.computer().unlink(name.plain), name);
  return Value::none();
}

Value remove(Context& context, const Arguments& arguments) {
  return remove_as(context, "remove", arguments);
}

Value unlink(Context& context, const Arguments& arguments) {
  return remove_as(context, "unlink", arguments);
}

Value rename_as(Context& context, std::string_view function, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"src"}, {"dst"}};
  const std::vector<Value> given =
      python::bind({.function = function, .parameters = kParameters}, arguments);
  const std::string prefix(function);
  const FileName from = path_argument(context, given[0], prefix + ": src", kPath);
  const FileName to = path_argument(context, given[1], prefix + ": dst", kPath);
  const sim::Status done = context.computer().rename(from.plain, to.plain);
  if (done.error() == ENOENT) {
    raise("FileNotFoundError", "[Errno 2] No such file or directory: " +
                                   python::quoted(from.shown) + " -> " + python::quoted(to.shown));
  }
  expect_done(done, from);
  return Value::none();
}

Value rename(Context& context, const Arguments& arguments) {
  return rename_as(context, "rename", arguments);
}

Value replace(Context& context, const Arguments& arguments) {
  return rename_as(context, "replace", arguments);
}

sim::Status truncate_descriptor(Context& context, sim::Fd fd, std::int64_t length) {
  if (length < 0) return sim::Errno{EINVAL};
  return or_death(context.computer().ftruncate(fd, sim::Bytes(static_cast<std::uint64_t>(length))));
}

// A computer truncates by descriptor only, so truncate(2) is three calls here.
Value truncate(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"path"}, {"length"}};
  const std::vector<Value> given =
      python::bind({.function = "truncate", .parameters = kParameters}, arguments);
  if (is_descriptor(given[0])) {
    const std::int64_t length = python::to_index(context, given[1]);
    const sim::Status done = truncate_descriptor(context, descriptor(given[0]), length);
    if (!done.ok()) python::raise_os_error(done.error());
    return Value::none();
  }
  const FileName name = path_argument(context, given[0], "truncate: path", kPathOrDescriptor);
  const std::int64_t length = python::to_index(context, given[1]);
  if (length < 0) python::raise_os_error(EINVAL, &name.shown);  // before the name is looked up
  const auto fd = context.computer().open(name.plain, {.access = sim::OpenAccess::write_only});
  if (!fd.ok()) python::raise_os_error(fd.error(), &name.shown);
  const sim::Status done = truncate_descriptor(context, *fd, length);
  static_cast<void>(context.computer().close(*fd));  // nothing was written: nothing can fail
  expect_done(done, name);
  return Value::none();
}

Value fsync(Context& context, const Arguments& arguments) {
  const Value file = only_argument("fsync", "fd", arguments, python::Signature::Words::c_function);
  sim::Fd fd;
  if (const FileObject* open = file_if(file)) {
    open->expect_open("I/O operation on closed file");
    fd = open->file().raw().fd();
  } else if (is_descriptor(file)) {
    fd = descriptor(file);
  } else {
    raise("TypeError", "argument must be an int, or have a fileno() method.");
  }
  const sim::Status synced = context.computer().fsync(fd);
  if (!synced.ok()) python::raise_os_error(synced.error());
  return Value::none();
}

Value listdir(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"path", kOptional}};
  const Value path = python::bind({.function = "listdir", .parameters = kParameters}, arguments)[0];
  const bool is_default = !path.is_bound() || path.is_none();
  const std::string_view directory = is_default ? "." : python::as_str(path).value_or("");
  if (directory == "." || directory == "./" || directory == kScratchDirectory) {
    context.surroundings().before_listing();
    std::vector<Value> names;
    for (std::string& name : context.computer().list_files()) {
      names.push_back(python::make_str(std::move(name)));
    }
    return python::make_list(std::move(names));
  }
  if (!is_file_name(path)) {
    raise("TypeError", "listdir: path should be string, bytes, os.PathLike, integer or None, not " +
                           python::type_name(path));
  }
  const FileName name = file_name_from(context, path);
  const bool is_file = context.computer().stat(name.plain).ok();
  python::raise_os_error(is_file ? ENOTDIR : ENOENT, &name.shown);
}

Value leave(Context& context, const Arguments& arguments) {
  const Value status =
      only_argument("_exit", "status", arguments, python::Signature::Words::c_function);
  throw python::LeftAtOnce{static_cast<int>(python::to_index(context, status) & 0xff)};
}

constexpr OsFunction kOs[] = {
    {"_exit", leave},        {"fsync", fsync},       {"listdir", listdir},
    {"remove", remove},      {"rename", rename},     {"replace", replace},
    {"stat", stat_function}, {"truncate", truncate}, {"unlink", unlink},
};

}  // namespace

std::span<const OsFunction> os_functions() { return kOs; }

std::span<const OsFunction> os_path_file_functions() {
  static constexpr OsFunction kFunctions[] = {
      {"exists", exists}, {"getsize", getsize}, {"isfile", isfile}};
  return kFunctions;
}

}  // namespace numpy
