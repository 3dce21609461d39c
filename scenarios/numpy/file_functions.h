// numpy.fromfile, ndarray.tofile and open(): what connects arrays with files.

#pragma once

#include <cstdint>

#include "scenarios/numpy/file_object.h"
#include "scenarios/numpy/ndarray.h"

namespace numpy {

// Adds to the numpy module what works with files: fromfile, save, load, memmap, lib.format. The
// type of ndarray becomes the base of memmap's.
void add_file_functions(python::Context&, python::ModuleObject& numpy,
                        const python::Value& ndarray_type);
std::vector<std::string_view> file_function_names();

// open(file, mode, ...) of the language.
python::Value open_function(python::Context&, const python::Arguments&);
// Opens `name` (a str or bytes) in a binary mode such as "rb+"; what numpy calls for a path.
python::Value open_binary(python::Context&, const python::Value& name, std::string_view mode);

// numpy.fromfile(file, dtype=float, count=-1, sep='', offset=0)
python::Value fromfile(python::Context&, const python::Arguments&);
// x.tofile(file, sep='', format='%s'): for ndarray's call_method.
python::Value tofile(python::Context&, const NdArray&, const python::Arguments&);

// How many elements to read; all there are when the count is absent.
struct ReadRequest {
  DType dtype = kFloat64;
  std::int64_t count = -1;  // negative: to the end of the file
  std::int64_t offset = 0;  // from the file's position, in bytes
};
python::Value read_array(python::Context&, FileObject&, const ReadRequest&);
// Writes the elements in C order (in memory order: F for arrays that are only F-contiguous, which
// is how np.save writes them).
void write_array(python::Context&, FileObject&, const NdArray&, Order = Order::c);

}  // namespace numpy
