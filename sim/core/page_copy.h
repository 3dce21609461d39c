// How the bytes of a read() or write() move whose two ends lie in one page and overlap.
//
// The kernel copies with one instruction from one address of the page to another (its own and the
// program's). Processors see that ranges overlap by their addresses, not by the memory behind them,
// so what that gives is the processor's affair: on an AMD EPYC with fsrm (Linux 6.18) `rep movsb`
// then moves what is left over by 64 first, in 8, 4, 2 and 1 bytes, and blocks of 64 after it; in
// one mapping it moves byte by byte. Measured: write() on ext4, read(), both on a memfd, and the
// bare instruction between two mappings of a page agree in 123,993 moves but for 2 to 6, in which
// an interrupt fell, so that the instruction began anew with what was left.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/event.h"

namespace sim {

struct MoveInPage {
  SystemCall call = SystemCall::write;  // or read
  std::uint64_t from = 0;               // bytes from the page's beginning
  std::uint64_t to = 0;                 // from < to < from + count
  std::uint64_t count = 0;
};

class PageCopy {
 public:
  virtual ~PageCopy() = default;
  virtual void move(std::span<std::byte> page, const MoveInPage&) = 0;
};

}  // namespace sim
