// See mapped_file.h. Checks and texts of CPython 3.11's mmap module.

#include "scenarios/numpy/mapped_file.h"

namespace numpy {
namespace {

using python::raise;
using python::Value;

constexpr std::string_view kMethods[] = {"close", "flush"};
constexpr const char* kClosedMap = "mmap closed or invalid";

// The length to map, once CPython has held the request against the file.
std::int64_t checked_length(const MappedFile::Request& request, std::int64_t file_size) {
  if (request.length != 0) {
    if (request.offset > file_size || file_size - request.offset < request.length) {
      raise("ValueError", "mmap length is greater than file size");
    }
    return request.length;
  }
  if (file_size == 0) raise("ValueError", "cannot mmap an empty file");
  if (request.offset >= file_size) raise("ValueError", "mmap offset is greater than file size");
  return file_size - request.offset;
}

std::string_view name_of(MapAccess access) {
  switch (access) {
    case MapAccess::read: return "ACCESS_READ";
    case MapAccess::write: return "ACCESS_WRITE";
    case MapAccess::copy: return "ACCESS_COPY";
  }
  return "";
}

}  // namespace

Value MappedFile::map(python::Context& context, FileObject& file, const Request& request) {
  if (request.length < 0) raise("OverflowError", "memory mapped length must be positive");
  if (request.offset < 0) raise("OverflowError", "memory mapped offset must be positive");
  Request checked = request;
  checked.length = checked_length(request, file.file().raw().size());

  const bool is_copy = request.access == MapAccess::copy;
  const auto mapping = context.computer().mmap({
      .file = file.file().raw().fd(),
      .offset = sim::FileOffset(static_cast<std::uint64_t>(checked.offset)),
      .length = sim::Bytes(static_cast<std::uint64_t>(checked.length)),
      .protection = {.read = true, .write = request.access != MapAccess::read},
      .sharing = is_copy ? sim::Sharing::private_copy : sim::Sharing::shared,
  });
  if (!mapping.ok()) python::raise_os_error(mapping.error());
  return python::make<MappedFile>(context, *mapping, checked);
}

void MappedFile::flush() {
  if (is_closed_) raise("ValueError", kClosedMap);
  if (request_.access != MapAccess::write) return;
  const sim::Status synced = computer().msync(base(), mapped_length());
  if (!synced.ok()) python::raise_os_error(synced.error());
}

void MappedFile::close() {
  if (is_closed_) return;
  is_closed_ = true;
  unmap();
}

std::optional<Value> MappedFile::find_attribute(python::Context& context, std::string_view name) {
  if (name == "closed") return Value::boolean(is_closed_);
  for (const std::string_view method : kMethods) {
    if (name != method) continue;
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> MappedFile::attribute_names() const {
  return {"close", "closed", "flush"};
}

Value MappedFile::call_method(python::Context& context, std::string_view name,
                              const python::Arguments& arguments) {
  if (name == "close") {
    python::expect_positional("close", arguments, 0, 0);
    close();
    return Value::none();
  }
  if (name == "flush") {
    if (!arguments.positional.empty() || !arguments.keywords.empty()) {
      throw python::Unsupported{"mmap.flush() of a part is not supported", "mm.flush()"};
    }
    flush();
    return Value::none();
  }
  return Object::call_method(context, name, arguments);
}

std::optional<std::int64_t> MappedFile::length(python::Context&) {
  if (is_closed_) raise("ValueError", kClosedMap);
  return request_.length;
}

std::string MappedFile::repr(python::Context&) {
  if (is_closed_)
    return "<mmap.mmap closed=True, access=" + std::string(name_of(request_.access)) + ">";
  return "<mmap.mmap closed=False, access=" + std::string(name_of(request_.access)) +
         ", length=" + std::to_string(request_.length) +
         ", pos=0, offset=" + std::to_string(request_.offset) + ">";
}

python::Object* MappedFile::clone(python::Cloner& cloner) {
  auto* copy = new MappedFile(cloner.context(), mapping(), request_);
  copy->is_closed_ = is_closed_;
  if (is_closed_) copy->abandon();
  return copy;
}

}  // namespace numpy
