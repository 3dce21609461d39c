// Runs a piece of work in a child process and hands its messages over in order. Whatever happens to
// the child (SIGBUS, a kill, a loop without end) and whatever it tells, this process goes on.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "real/descriptor.h"
#include "real/problem.h"
#include "real/ring.h"
#include "sim/core/units.h"

namespace real {

// The child's end. Messages are opaque: a type and bytes.
class Channel {
 public:
  Channel(Ring& ring, int wake_reader, int wake_writer)
      : ring_(&ring), wake_reader_(wake_reader), wake_writer_(wake_writer) {}

  // Waits while the ring is full, so never inside a window of measurement.
  void send(std::uint32_t type, std::span<const std::byte> payload);
  // Sends, and returns once the parent's sink has dealt with the message: a request, such as for
  // what a sealed child may not do itself.
  void ask(std::uint32_t type, std::span<const std::byte> payload);
  // The parent wants the work to end soon; it kills the child if that takes long.
  bool stop_asked() const;
  // What was sent is all there will be: waits to be killed (ChildWork::must_be_killed).
  [[noreturn]] void wait_for_the_end();

 private:
  void put_all(std::span<const std::byte> bytes);
  void show();

  Ring* ring_;
  int wake_reader_;
  int wake_writer_;
  std::uint64_t sent_ = 0;
};

class MessageSink {
 public:
  // Empty, or what is wrong with the message: the child is then killed, and nothing more of it is
  // heard.
  virtual std::string message(std::uint32_t type, std::span<const std::byte> payload) = 0;

 protected:
  ~MessageSink() = default;
};

// What the kernel keeps the child from exceeding; it cannot raise any of them again.
struct ChildLimits {
  std::optional<sim::Bytes> file_size;                 // beyond it a write fails with EFBIG
  std::optional<sim::Bytes> address_space;             // beyond it mmap fails with ENOMEM
  std::optional<sim::Bytes> memory;                    // private writable memory; beyond it ENOMEM
  std::optional<std::chrono::seconds> processor_time;  // beyond it SIGXCPU, then SIGKILL
  std::optional<unsigned> processes;  // of this user; beyond it fork fails (not for root)
};

struct ChildWork {
  // Runs in the child; its value is the exit status. An exception out of it ends the child with
  // SIGABRT.
  std::function<int(Channel&)> work;
  // Asked by the parent now and then: whether to stop (Ctrl-C).
  std::function<bool()> interrupted = [] { return false; };
  // Asked by the parent now and then: why it is pointless for the child to go on; empty while it
  // is not. The child is then killed.
  std::function<std::string()> pointless = [] { return std::string(); };
  // Asked by the parent after messages came: whether to kill the child with SIGKILL, now.
  std::function<bool()> must_be_killed = [] { return false; };
  ChildLimits limits;
  // Descriptors that the work uses. The child has no others of its parent's.
  std::vector<int> descriptors;
};

struct Ended {
  int exit_status = 0;
  int signal = 0;             // that it died of; 0: it exited
  bool was_stopped = false;   // because `interrupted` said so
  std::string pointless;      // why the parent killed it
  int halted_by = 0;          // the signal that halted it (SIGSTOP); it was then killed
  bool has_vanished = false;  // it is gone, and somebody else took the news of how
  std::string nonsense;       // what it told that cannot be; it was killed for it
};

// No message is longer. What can be longer is told in pieces.
inline constexpr std::uint32_t kLongestMessage = std::uint32_t{1} << 30;

// Delivers every message that the child sent completely, then tells how it ended. A problem: there
// is no child (out of memory, processes or descriptors).
Or<Ended> run_in_child(const ChildWork& work, MessageSink& sink);

}  // namespace real
