// The part of os.path that works on names alone: joining and splitting them.

#include "scenarios/numpy/os_functions.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::raise;
using python::Value;

std::string_view path_of(std::string_view function, const Arguments& arguments) {
  static constexpr python::Parameter kParameters[] = {{"p"}};
  const Value path = python::bind({.function = function,
                                   .parameters = kParameters,
                                   .words = python::Signature::Words::python_function},
                                  arguments)[0];
  const auto text = python::as_str(path);
  if (!text && python::as_bytes(path)) {
    throw python::Unsupported{"os.path on bytes is not supported", "a str"};
  }
  if (!text) {
    raise("TypeError", "expected str, bytes or os.PathLike object, not " + python::type_name(path));
  }
  // The value lives on in the arguments.
  return *python::as_str(arguments.positional.empty() ? arguments.keywords[0].second
                                                      : arguments.positional[0]);
}

std::size_t base_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

Value basename(Context&, const Arguments& arguments) {
  const std::string_view path = path_of("basename", arguments);
  return python::make_str(std::string(path.substr(base_of(path))));
}

std::string head_of(std::string_view path) {
  std::string_view head = path.substr(0, base_of(path));
  const std::size_t last = head.find_last_not_of('/');
  if (last != std::string_view::npos) head = head.substr(0, last + 1);
  return std::string(head);
}

Value dirname(Context&, const Arguments& arguments) {
  return python::make_str(head_of(path_of("dirname", arguments)));
}

Value split(Context&, const Arguments& arguments) {
  const std::string_view path = path_of("split", arguments);
  return python::make_tuple(
      {python::make_str(head_of(path)), python::make_str(std::string(path.substr(base_of(path))))});
}

Value splitext(Context&, const Arguments& arguments) {
  const std::string_view path = path_of("splitext", arguments);
  const std::size_t base = base_of(path);
  const std::size_t first = path.find_first_not_of('.', base);  // leading dots are no extension
  const std::size_t dot = path.rfind('.');
  const bool has_one =
      first != std::string_view::npos && dot != std::string_view::npos && dot > first;
  const std::size_t cut = has_one ? dot : path.size();
  return python::make_tuple({python::make_str(std::string(path.substr(0, cut))),
                             python::make_str(std::string(path.substr(cut)))});
}

Value join(Context&, const Arguments& arguments) {
  if (arguments.positional.empty()) {
    raise("TypeError", "join() missing 1 required positional argument: 'a'");
  }
  std::string joined;
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    const auto part = python::as_str(arguments.positional[i]);
    if (!part) {
      raise("TypeError", "join() argument must be str, bytes, or os.PathLike object, not " +
                             python::quoted_type(arguments.positional[i]));
    }
    if (part->starts_with("/") || i == 0) {
      joined = std::string(*part);
      continue;
    }
    if (!joined.empty() && joined.back() != '/') joined += '/';
    joined += *part;
  }
  return python::make_str(joined);
}

constexpr OsFunction kNames[] = {
    {"basename", basename}, {"dirname", dirname},   {"join", join},
    {"split", split},       {"splitext", splitext},
};

}  // namespace

std::span<const OsFunction> os_path_name_functions() { return kNames; }

}  // namespace numpy
