// What the executions of a line added up to.

#pragma once

#include <cstdint>

#include "sim/core/event.h"

namespace viz {

struct LineFigures {
  std::uint64_t major = 0, minor = 0;  // page faults
  std::uint64_t cow = 0, write_notify = 0;
  std::uint64_t swapped_in = 0, swapped_out = 0, evicted = 0;
  std::uint64_t read = 0, written = 0;              // pages, from and to the disk
  std::uint64_t bytes_read = 0, bytes_written = 0;  // by system calls
  std::uint64_t calls = 0;                          // system calls

  std::uint64_t faults() const { return major + minor; }
  void add(const sim::Event&);
  LineFigures& operator+=(const LineFigures&);
  // Requires: what is taken off was added before.
  LineFigures& operator-=(const LineFigures&);
  friend bool operator==(const LineFigures&, const LineFigures&) = default;
};

}  // namespace viz
