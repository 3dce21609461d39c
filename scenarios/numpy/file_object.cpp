// See file_object.h.

#include "scenarios/numpy/file_object.h"

#include "scenarios/numpy/file_methods.h"

namespace numpy {
namespace {

using python::Value;

constexpr std::string_view kAttributes[] = {"closed", "mode", "name"};

}  // namespace

FileObject::FileObject(const FileObject& other, python::Cloner& cloner)
    : file_(other.file_, cloner.computer()),
      name_(other.name_),
      mode_(other.mode_),
      is_closed_(other.is_closed_),
      parting_(cloner.context().parting) {}

FileObject::~FileObject() {
  parting_.perform([this] { FileObject::close(); });
}

FileObject* file_if(const Value& value) { return value.get_if<FileObject>(); }

void FileObject::expect_open(const char* text) const {
  if (is_closed_) python::raise("ValueError", text);
}

void FileObject::flush() {
  expect_open(file_.writes() ? "flush of closed file" : kClosedBase);
  file_.flush();
}

std::int64_t FileObject::tell() {
  expect_open(kClosed);
  return file_.tell();
}

std::int64_t FileObject::seek(std::int64_t offset, sim::Whence whence) {
  expect_open("seek of closed file");
  return file_.seek(offset, whence);
}

void FileObject::close() {
  if (is_closed_) return;
  is_closed_ = true;
  try {
    file_.flush();
  } catch (const python::Raised&) {
    file_.raw().close();  // closed all the same, and the first error is the one that is told
    throw;
  }
  file_.raw().close();
}

std::string_view FileObject::type_name() const {
  switch (file_.direction()) {
    case Direction::read: return "BufferedReader";
    case Direction::write: return "BufferedWriter";
    case Direction::both: return "BufferedRandom";
  }
  return "";
}

std::span<const FileObject::Method> FileObject::methods() const { return binary_file_methods(); }

const FileObject::Method* FileObject::find_method(std::string_view name) const {
  for (const auto methods : {this->methods(), shared_file_methods()}) {
    for (const Method& method : methods) {
      if (method.name == name) return &method;
    }
  }
  return nullptr;
}

std::optional<Value> FileObject::find_attribute(python::Context& context, std::string_view name) {
  if (name == "closed") return Value::boolean(is_closed_);
  if (name == "mode") return python::make_str(mode_);
  if (name == "name") return python::make_str(name_);
  if (find_method(name) != nullptr) {
    return python::make<python::BoundNativeMethod>(Value::object(this), std::string(name));
  }
  return Object::find_attribute(context, name);
}

std::vector<std::string_view> FileObject::attribute_names() const {
  std::vector<std::string_view> names(std::begin(kAttributes), std::end(kAttributes));
  for (const auto methods : {this->methods(), shared_file_methods()}) {
    for (const Method& method : methods) names.push_back(method.name);
  }
  return names;
}

bool FileObject::set_attribute(python::Context&, std::string_view name, const Value&) {
  for (const std::string_view attribute : kAttributes) {
    if (name != attribute) continue;
    python::raise("AttributeError", "attribute '" + std::string(name) + "' of '" +
                                        qualified_type_name() + "' objects is not writable");
  }
  return false;
}

Value FileObject::call_method(python::Context& context, std::string_view name,
                              const python::Arguments& arguments) {
  if (const Method* method = find_method(name)) return method->call(context, *this, arguments);
  return Object::call_method(context, name, arguments);
}

Value FileObject::iterate(python::Context&) {
  expect_open(kClosedBase);
  return Value::object(this);
}

std::optional<Value> FileObject::next(python::Context&) {
  if (!file_.reads()) python::raise(kUnsupportedOperation, "read");
  expect_open("readline of closed file");
  std::string line = file_.read_line();
  if (line.empty()) return std::nullopt;
  return python::make_bytes(std::move(line));
}

Value FileObject::enter(python::Context&) {
  expect_open(kClosedBase);
  return Value::object(this);
}

std::string FileObject::repr(python::Context&) {
  return "<" + qualified_type_name() + " name=" + python::quoted(name_) + ">";
}

python::Object* FileObject::clone(python::Cloner& cloner) { return new FileObject(*this, cloner); }

}  // namespace numpy
