// Where an array's bytes live: one mapping of the computer, unmapped when the last array that uses
// it goes.
//
// Each array has its own page-aligned anonymous mapping, large or small (docs/model.md says how
// this differs from malloc). A memmap's buffer is a file mapping: a subclass beside memmap.h. A
// buffer is an Object only so that copying an evaluator keeps what shares what; programs never see
// an anonymous one.

#pragma once

#include <cstdint>
#include <string>

#include "scenarios/python/context.h"
#include "scenarios/python/object.h"
#include "sim/core/computer.h"

namespace numpy {

class Buffer : public python::Object {
 public:
  // Takes over a mapping: `length` bytes from mapping.base, a multiple of the page size.
  Buffer(python::Context&, sim::Mapping, sim::Bytes length);
  ~Buffer() override;  // unmaps

  sim::VirtAddr base() const { return mapping_.base; }
  sim::Bytes mapped_length() const { return length_; }
  std::uint32_t object() const { return mapping_.object; }  // sim::PageName::object
  sim::Mapping mapping() const { return mapping_; }

  std::string_view type_name() const override { return "buffer"; }
  std::string repr(python::Context&) override { return "<buffer>"; }
  python::Object* clone(python::Cloner&) override;

 protected:
  // Unmaps now; the destructor then does nothing. For a subclass that has to close things in order.
  void unmap();
  // Lets go of the range without a system call: a copy of a buffer that was unmapped already.
  void abandon() { mapped_ = false; }
  sim::Computer& computer() const { return *computer_; }

 private:
  sim::Computer* computer_;
  python::Parting& parting_;
  sim::Mapping mapping_;
  sim::Bytes length_;
  bool mapped_ = true;
};

// Fresh zero-filled memory for n bytes; unbound when n is 0, which needs none. Touches nothing.
// Raises NumPy's _ArrayMemoryError; `what` says for which array ("shape (3,) and data type int8").
python::Value map_anonymous(python::Context&, sim::Bytes n, const std::string& what);

}  // namespace numpy
