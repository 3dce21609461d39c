// What the numpy module has for files, by name.

#include "scenarios/numpy/file_functions.h"
#include "scenarios/numpy/memmap.h"
#include "scenarios/numpy/npy_format.h"

namespace numpy {
namespace {

using python::Value;

struct Function {
  std::string_view name;
  python::NativePointer call;
};
constexpr Function kFunctions[] = {{"fromfile", fromfile}, {"load", load_npy}, {"save", save}};

}  // namespace

void add_file_functions(python::Context& context, python::ModuleObject& numpy,
                        const Value& ndarray_type) {
  for (const Function& function : kFunctions) {
    const std::string name(function.name);
    numpy.add(name, python::make_function(name, function.call));
  }
  const Value memmap = python::make_type(context, "memmap", "numpy.memmap", memmap_function);
  memmap.get_if<python::TypeObject>()->add_base(ndarray_type);
  numpy.add("memmap", memmap);

  const Value format = python::make<python::ModuleObject>("numpy.lib.format");
  format.get_if<python::ModuleObject>()->add("open_memmap",
                                             python::make_function("open_memmap", open_memmap));
  const Value lib = python::make<python::ModuleObject>("numpy.lib");
  lib.get_if<python::ModuleObject>()->add("format", format);
  numpy.add("lib", lib);
}

std::vector<std::string_view> file_function_names() {
  std::vector<std::string_view> names = {"lib", "memmap"};
  for (const Function& function : kFunctions) names.push_back(function.name);
  return names;
}

}  // namespace numpy
