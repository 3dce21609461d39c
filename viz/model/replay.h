// Makes recorded operations again on a copy of the computer, as far as a given touch.

#pragma once

#include <cstdint>
#include <optional>

#include "sim/machine.h"
#include "viz/model/operation.h"
#include "viz/model/operation_log.h"

namespace viz {

// One access of the program to memory, within one page.
struct MemoryAccess {
  sim::VirtAddr address;
  std::uint64_t bytes = 1;
  sim::Access access = sim::Access::read;
};

class Replay {
 public:
  // Requires: the log outlives this, and the operation at `from` is what the computer did next.
  Replay(const OperationLog& log, OperationLog::Place from) : reader_(log, from) {}

  // Where the next operation begins.
  OperationLog::Place place() const { return reader_.place(); }
  bool at_end() const { return reader_.at_end(); }

  enum class Done { whole, part };
  // Makes the next operation, but no touch beyond the given count of touches. After a part the
  // computer shows that moment, and no operation can follow on it. A system call is not divided: of
  // one that goes beyond the touch, nothing is done. Requires: not at_end().
  Done step(sim::Machine&, std::uint64_t most_touches);

  // The last operation, and the last touch it made itself (a system call's are the kernel's).
  Operation operation() const { return operation_; }
  const std::optional<MemoryAccess>& last_access() const { return last_access_; }

 private:
  Done call(sim::Machine&, Operation, std::uint64_t most_touches);
  void make_call(sim::Machine&, Operation);
  void make_other_call(sim::Machine&, Operation);
  Done load(sim::Machine&, std::uint64_t most_touches);
  Done store(sim::Machine&, std::uint64_t most_touches);
  Done for_each(sim::Machine&, std::uint64_t most_touches);

  sim::Fd fd() { return {static_cast<int>(reader_.get_signed())}; }
  sim::MemoryBuffer buffer();

  OperationReader reader_;
  Operation operation_ = Operation::exit;
  std::optional<MemoryAccess> last_access_;
};

}  // namespace viz
