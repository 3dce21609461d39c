// numpy.memmap: an array whose memory is a mapping of a file.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scenarios/numpy/mapped_file.h"
#include "scenarios/numpy/ndarray.h"

namespace numpy {

class Memmap final : public NdArray {
 public:
  // What views share with the map they look into; copies have none of it.
  struct Source {
    python::Value map;       // mm._mmap
    python::Value filename;  // a path below kScratchDirectory, or None
    std::string mode;        // "r", "r+", "w+" or "c"
    std::int64_t offset = 0;
  };

  Memmap(ArrayParts parts, std::optional<Source> source)
      : NdArray(std::move(parts)), source_(std::move(source)) {}

  const std::optional<Source>& source() const { return source_; }
  // msync of the whole map this is a view of; nothing for copies and for modes "r" and "c".
  void flush();

  python::Value make_kin(python::Context&, ArrayParts, Kinship) override;
  python::Value base_for_views() override;
  std::string_view type_name() const override { return "memmap"; }
  std::string qualified_type_name() const override { return "numpy.memmap"; }
  std::string error_type_name() const override { return "memmap"; }  // a class written in Python
  python::Value type(python::Context&) override;
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(python::Context&, std::string_view, const python::Value&) override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;
  python::Value item(python::Context&, const python::Value& key) override;
  python::Object* clone(python::Cloner&) override;

 private:
  std::optional<Source> source_;
};

// The arguments of np.memmap, checked.
struct MemmapRequest {
  python::Value file;       // a name or an open file
  python::Value dtype;      // looked at once the file is open; unbound: uint8
  std::string mode = "r+";  // one of the four
  std::int64_t offset = 0;
  python::Value shape;  // unbound or None: what the file has
  Order order = Order::c;
};
python::Value make_memmap(python::Context&, const MemmapRequest&);
// "r", "c", "r+" or "w+" for these and for their long names. Raises NumPy's ValueError.
std::string memmap_mode(python::Context&, const python::Value&);

// numpy.memmap(filename, dtype=uint8, mode='r+', offset=0, shape=None, order='C')
python::Value memmap_function(python::Context&, const python::Arguments&);

}  // namespace numpy
