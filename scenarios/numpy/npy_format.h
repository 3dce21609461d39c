// numpy.save, numpy.load and numpy.lib.format.open_memmap: arrays in .npy files.

#pragma once

#include "scenarios/python/native.h"

namespace numpy {

// numpy.save(file, arr, allow_pickle=True, fix_imports=True)
python::Value save(python::Context&, const python::Arguments&);
// numpy.load(file, mmap_mode=None, ...)
python::Value load_npy(python::Context&, const python::Arguments&);
// numpy.lib.format.open_memmap(filename, mode='r+', dtype=None, shape=None, fortran_order=False)
python::Value open_memmap(python::Context&, const python::Arguments&);

}  // namespace numpy
