// See file_name.h.

#include "scenarios/numpy/file_name.h"

#include <cerrno>

#include "scenarios/python/native.h"

namespace numpy {
namespace {

constexpr std::size_t kLongestName = 255;  // NAME_MAX of Linux

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

bool is_file_name(const python::Value& value) {
  return python::as_str(value).has_value() || python::as_bytes(value).has_value();
}

FileName file_name_from(python::Context& context, const python::Value& value) {
  if (!is_file_name(value)) {
    python::raise("TypeError",
                  "expected str, bytes or os.PathLike object, not " + python::type_name(value));
  }
  const auto as_text = python::as_str(value);
  FileName name;
  name.shown = std::string(as_text ? *as_text : *python::as_bytes(value));
  name.plain = without_prefix(name.shown, kScratchDirectory);
  if (name.plain.size() == name.shown.size()) name.plain = without_prefix(name.shown, "./");

  if (name.shown.find('\0') != std::string::npos) {
    python::raise("ValueError", "embedded null byte");
  }
  if (name.shown.empty()) python::raise_os_error(ENOENT, &name.shown);
  const bool is_directory = name.plain.empty() || name.plain == "." || name.plain == "..";
  if (is_directory || name.plain.find('/') != std::string::npos) {
    throw python::Unsupported{"file names are plain names such as 'data.bin': '" + name.shown +
                                  "' would leave the scratch directory",
                              "a plain file name; the program's own directory is all there is"};
  }
  if (name.plain.size() > kLongestName) python::raise_os_error(ENAMETOOLONG, &name.shown);
  context.surroundings().before_first_use(name.plain);
  return name;
}

}  // namespace numpy
