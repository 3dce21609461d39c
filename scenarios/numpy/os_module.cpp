// The modules that files bring to the language: os with os.path, and the builtin open.

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/module.h"
#include "scenarios/numpy/os_functions.h"
#include "scenarios/numpy/os_names.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

struct Constant {
  std::string_view name;
  std::int64_t value;
};
constexpr Constant kConstants[] = {{"SEEK_SET", 0}, {"SEEK_CUR", 1}, {"SEEK_END", 2}};
struct Text {
  std::string_view name;
  std::string_view value;
};
constexpr Text kTexts[] = {{"curdir", "."}, {"linesep", "\n"}, {"name", "posix"}, {"sep", "/"}};

void add_functions(python::ModuleObject& module, std::span<const OsFunction> functions) {
  for (const OsFunction& function : functions) {
    const std::string name(function.name);
    module.add(name, python::make_function(name, function.call));
  }
}

Value make_os(Context&) {
  const Value path = python::make<python::ModuleObject>("posixpath", real_os_path_names);
  auto& path_module = *path.get_if<python::ModuleObject>();
  add_functions(path_module, os_path_file_functions());
  add_functions(path_module, os_path_name_functions());

  Value os = python::make<python::ModuleObject>("os", real_os_names);
  auto& os_module = *os.get_if<python::ModuleObject>();
  add_functions(os_module, os_functions());
  add_functions(os_module, os_process_functions());
  for (const Constant& constant : kConstants) {
    os_module.add(std::string(constant.name), Value::integer(constant.value));
  }
  for (const Text& text : kTexts) {
    os_module.add(std::string(text.name), python::make_str(std::string(text.value)));
  }
  os_module.add("path", path);
  return os;
}

std::vector<std::string_view> supported_os_names() {
  std::vector<std::string_view> names = {"path"};
  for (const OsFunction& function : os_functions()) names.push_back(function.name);
  for (const OsFunction& function : os_process_functions()) names.push_back(function.name);
  for (const Constant& constant : kConstants) names.push_back(constant.name);
  for (const Text& text : kTexts) names.push_back(text.name);
  return names;
}

Value make_file_builtins(Context&) {
  Value builtins = python::make<python::ModuleObject>("builtins");
  builtins.get_if<python::ModuleObject>()->add("open",
                                               python::make_function("open", open_function));
  return builtins;
}

std::vector<std::string_view> open_alone() { return {"open"}; }

}  // namespace

python::NativeModule os_module() {
  return {.name = "os",
          .make = make_os,
          .supported_names = supported_os_names,
          .real_names = real_os_names};
}

python::NativeModule file_builtins() {
  return {.name = "builtins",
          .make = make_file_builtins,
          .supported_names = open_alone,
          .real_names = open_alone};
}

}  // namespace numpy
