// The array: a dtype, a shape and strides over bytes of the computer's memory.
//
// The bytes are touched only through Computer::load, store and for_each, at the moment and in the
// order in which a plain element-by-element C-order loop would touch them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/numpy/buffer.h"
#include "scenarios/numpy/dims.h"
#include "scenarios/numpy/dtype.h"
#include "scenarios/python/context.h"
#include "scenarios/python/object.h"

namespace numpy {

// Everything an array is made of.
struct ArrayParts {
  DType dtype = kFloat64;
  Dims shape;
  Dims strides;          // bytes, one per axis
  sim::VirtAddr data;    // of the element at index (0, 0, ...)
  python::Value buffer;  // the Buffer that keeps the bytes; unbound for an array without elements
  python::Value base;    // x.base: the array (or bytes object, mapping) this is a view of; unbound
                         // when it owns its data
  bool writeable = true;
};

// How a new array came from another one: decides what a subclass makes of it (memmap keeps its file
// for views, its type for copies, and nothing for results).
enum class Kinship : std::uint8_t { view, copy, result };

class NdArray : public python::Object {
 public:
  // Raises ValueError when the shape is none that such an array can have, whoever asked for it.
  explicit NdArray(ArrayParts parts) : parts_(std::move(parts)) {
    check_shape(parts_.shape, parts_.dtype.itemsize());
  }

  DType dtype() const { return parts_.dtype; }
  const Dims& shape() const { return parts_.shape; }
  const Dims& strides() const { return parts_.strides; }
  sim::VirtAddr data() const { return parts_.data; }
  std::size_t ndim() const { return parts_.shape.size(); }
  std::int64_t size() const { return element_count(parts_.shape); }
  std::int64_t itemsize() const { return parts_.dtype.itemsize(); }
  sim::Bytes nbytes() const { return sim::Bytes(static_cast<std::uint64_t>(size() * itemsize())); }
  const ArrayParts& parts() const { return parts_; }
  Buffer* buffer() const { return static_cast<Buffer*>(buffer_object()); }  // null: no elements
  const python::Value& base() const { return parts_.base; }

  bool is_writeable() const { return parts_.writeable; }
  bool is_c_contiguous() const;
  bool is_f_contiguous() const;
  bool is_aligned() const;
  bool owns_data() const { return !parts_.base.is_bound(); }
  void set_writeable(bool writeable) { parts_.writeable = writeable; }
  void set_parts(ArrayParts parts) {  // x.shape = ..., x.dtype = ...
    check_shape(parts.shape, parts.dtype.itemsize());
    parts_ = std::move(parts);
  }

  // A new array of this one's type, related to it as told. The default makes a plain NdArray.
  virtual python::Value make_kin(python::Context&, ArrayParts, Kinship);
  // The parts of a view of all of it, to be narrowed: same bytes, base set.
  ArrayParts view_parts();
  // What to use as base of a view: the owner of the data, or this if it owns them.
  virtual python::Value base_for_views();

  std::string_view type_name() const override { return "ndarray"; }
  std::string qualified_type_name() const override { return "numpy.ndarray"; }
  std::string error_type_name() const override {  // memmap is a class written in Python
    return type_name() == "ndarray" ? "numpy.ndarray" : std::string(type_name());
  }
  python::Value type(python::Context&) override;
  std::optional<python::Value> find_attribute(python::Context&, std::string_view) override;
  std::vector<std::string_view> attribute_names() const override;
  bool set_attribute(python::Context&, std::string_view, const python::Value&) override;
  python::Value call_method(python::Context&, std::string_view, const python::Arguments&) override;

  python::Value item(python::Context&, const python::Value& key) override;
  void set_item(python::Context&, const python::Value& key, const python::Value& value) override;
  bool contains(python::Context&, const python::Value&) override;

  std::optional<python::Value> binary(python::Context&, python::BinaryOp, const python::Value&,
                                      python::Side) override;
  std::optional<python::Value> in_place(python::Context&, python::BinaryOp,
                                        const python::Value&) override;
  std::optional<python::Value> unary(python::Context&, python::UnaryOp) override;
  std::optional<python::Value> compare(python::Context&, python::CompareOp,
                                       const python::Value&) override;
  int operation_priority() const override { return 100; }

  bool truth(python::Context&) override;
  std::optional<std::int64_t> length(python::Context&) override;
  std::optional<std::int64_t> as_index(python::Context&) override;
  std::optional<python::Value> as_int(python::Context&) override;
  std::optional<double> as_float(python::Context&) override;
  python::Value iterate(python::Context&) override;

  std::string repr(python::Context&) override;
  std::string str(python::Context&) override;
  std::string format(python::Context&, std::string_view spec) override;
  python::Object* clone(python::Cloner&) override;

 protected:
  // A clone is made of the first and told to the second.
  ArrayParts unheld_parts() const;
  void copy_held(NdArray& clone, python::Cloner&) const;

 private:
  python::Object* buffer_object() const {
    return parts_.buffer.is_bound() ? parts_.buffer.as_object() : nullptr;
  }

  ArrayParts parts_;
};

// The array a value is, or null. (No conversion: array_from() does that.)
NdArray* array_if(const python::Value&);
// The array itself, or a new one with a list's, a scalar's or any sequence's values
// (np.asanyarray).
python::Value array_from(python::Context&, const python::Value&,
                         std::optional<DType> = std::nullopt);

// A new array that owns its memory, which is not touched: all zero. Raises as NumPy for negative
// and for too large shapes.
python::Value new_array(python::Context&, DType, const Dims& shape, Order = Order::c);

// The same with the axes laid out in memory in that order, outermost first.
python::Value new_array_in_order(python::Context&, DType, const Dims& shape, const Dims& axes);
// The same shape, laid out as the other array is (order='K').
python::Value new_array_like(python::Context&, DType, const NdArray&);

// A shape= argument: an int or a sequence of ints. Raises the TypeError that NumPy does.
Dims shape_from(python::Context&, const python::Value&);

// Ends the program if a touch did: throws python::Died.
void check(sim::Outcome);

// One element, or a dense run of them, between the computer and host memory.
void load(python::Context&, sim::VirtAddr, std::span<std::byte> into);
void store(python::Context&, sim::VirtAddr, std::span<const std::byte> from);

// The addresses of an array's elements in C order of its indices, one after the other.
class ElementAddresses {
 public:
  explicit ElementAddresses(const NdArray&);
  bool done() const { return remaining_ == 0; }
  sim::VirtAddr address() const { return sim::VirtAddr(address_); }
  void advance();

 private:
  Dims shape_;
  Dims strides_;
  Dims index_;
  std::uint64_t address_;
  std::int64_t remaining_;
};

}  // namespace numpy
