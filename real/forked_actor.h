// A process that this one forked: it waits, and does in its own address space what it is told to,
// one request at a time. It ends when told to, or when this process is gone.
//
// Its faults are counted by the kernel's counters (getrusage), since a sealed process cannot open
// perf events: around each touch, and each counted call.

#pragma once

#include <memory>
#include <vector>

#include "real/actor.h"
#include "real/descriptor.h"
#include "real/problem.h"

namespace real {

class ForkedActor final : public Actor {
 public:
  // Forks. The new process closes every descriptor but those of `kept`. Requires: one thread.
  static Or<std::unique_ptr<ForkedActor>> fork(const std::vector<int>& kept);
  // It ends, and has when this returns: its mappings and descriptors are gone.
  ~ForkedActor() override;

  long call(long number, const CallArguments& arguments) override;
  long call(long number, const CallArguments& arguments, const PointedTo& memory) override;
  long counted(long number, const CallArguments& arguments, FaultCounts& taken) override;
  Touched touch(const SignalGuard::Copy& copy, Device device) override;
  AccessSignal copy(const SignalGuard::Copy& copy) override;
  int put_page(const Put& put) override;
  bool is_this_process() const override { return false; }
  int pid() const override { return pid_; }

 private:
  struct Mailbox;
  class Servant;
  ForkedActor(Mailbox* mailbox, Descriptor to, Descriptor from, int pid);
  AccessSignal access(const SignalGuard::Copy& copy);
  void ask();

  Mailbox* mailbox_;
  Descriptor to_;
  Descriptor from_;
  int pid_;
  std::vector<SeenFault> seen_;
};

}  // namespace real
