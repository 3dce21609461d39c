// Does what one process of the program does, in that process's address space: its system calls on
// memory, and its accesses, with what they took.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "real/fault_recorder.h"
#include "real/signal_guard.h"

namespace real {

using CallArguments = std::array<std::uint64_t, 6>;

// An argument that is an address, and the bytes that lie there: the kernel may change them.
struct PointedTo {
  unsigned argument = 0;  // which, from 0
  std::span<std::byte> bytes;
};

class Actor {
 public:
  virtual ~Actor() = default;

  // The value, or an errno as a negative number.
  virtual long call(long number, const CallArguments& arguments) = 0;
  virtual long call(long number, const CallArguments& arguments, const PointedTo& memory) = 0;
  // A system call in a window of measurement: the faults that the kernel took in it.
  virtual long counted(long number, const CallArguments& arguments, FaultCounts& taken) = 0;

  struct Touched {
    AccessSignal signal;
    std::span<const SeenFault> faults;  // until the next touch
    std::uint64_t blocks_read = 0;      // from the disk; only where asked for
  };
  enum class Device : std::uint8_t { not_asked, may_read };
  // One access in a window of measurement.
  virtual Touched touch(const SignalGuard::Copy& copy, Device device) = 0;
  // The same without looking.
  virtual AccessSignal copy(const SignalGuard::Copy& copy) = 0;

  // UFFDIO_COPY: puts a missing page there. 0, or the errno.
  struct Put {
    int descriptor = -1;  // a userfaultfd of the process
    std::uint64_t at = 0;
    std::span<const std::byte> bytes;
    bool protects = false;  // so that the kernel notes the first store
  };
  virtual int put_page(const Put& put) = 0;

  // False: what it does is done for it by another process (forked_actor.h).
  virtual bool is_this_process() const = 0;
  virtual int pid() const = 0;  // 0: this process
};

// This process itself.
class OwnActor final : public Actor {
 public:
  // Neither is owned.
  OwnActor(FaultRecorder& faults, SignalGuard& signals) : faults_(&faults), signals_(&signals) {}

  long call(long number, const CallArguments& arguments) override;
  long call(long number, const CallArguments& arguments, const PointedTo& memory) override;
  long counted(long number, const CallArguments& arguments, FaultCounts& taken) override;
  Touched touch(const SignalGuard::Copy& copy, Device device) override;
  AccessSignal copy(const SignalGuard::Copy& copy) override { return signals_->copy(copy); }
  int put_page(const Put& put) override;
  bool is_this_process() const override { return true; }
  int pid() const override { return 0; }

 private:
  FaultRecorder* faults_;
  SignalGuard* signals_;
};

}  // namespace real
