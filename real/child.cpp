// fork, the two loops, and the end.

#include "real/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace real {
namespace {

// Large enough that a child rarely waits: 1 MiB is about 40,000 events.
constexpr std::size_t kRingBytes = std::size_t{1} << 20;
// How often a sleeping parent looks whether it was interrupted, and how long it lets a child stop.
constexpr int kPollMilliseconds = 20;
constexpr std::int64_t kGraceMilliseconds = 500;

struct Header {
  std::uint32_t type = 0;
  std::uint32_t size = 0;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};
std::optional<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

void wake(int fd) {
  const char byte = 0;
  // EAGAIN: the pipe is full of wake-ups already.
  [[maybe_unused]] const ssize_t n = ::write(fd, &byte, 1);
}

// Sleeps until woken or for a moment; returns false once the other end is closed.
bool sleep_on(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  ::poll(&waiting, 1, kPollMilliseconds);
  char bytes[64];
  return ::read(fd, bytes, sizeof(bytes)) != 0;
}

std::int64_t milliseconds_now() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

void Channel::show() {
  ring_->commit();
  if (ring_->reader_sleeps().exchange(0) != 0) wake(wake_reader_);
}

void Channel::put_all(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::size_t n = std::min(bytes.size(), ring_->room());
    ring_->put(bytes.first(n));
    bytes = bytes.subspan(n);
    if (bytes.empty()) return;
    show();
    ring_->writer_sleeps().store(1);
    if (ring_->room() == 0) sleep_on(wake_writer_);
  }
}

void Channel::send(std::uint32_t type, std::span<const std::byte> payload) {
  const Header header{type, static_cast<std::uint32_t>(payload.size())};
  put_all(std::as_bytes(std::span(&header, 1)));
  put_all(payload);
  show();
}

bool Channel::stop_asked() const { return ring_->stop_asked().load() != 0; }

namespace {

// The parent's end: whole messages out of the stream of bytes.
class Drain {
 public:
  Drain(Ring& ring, int wake_writer, MessageSink& sink)
      : ring_(&ring), wake_writer_(wake_writer), sink_(&sink) {}

  // True if there was anything.
  bool run() {
    bool any = false;
    for (std::size_t ready = ring_->ready(); ready > 0; ready = ring_->ready()) {
      any = true;
      const std::size_t old = bytes_.size();
      bytes_.resize(old + ready);
      ring_->take(std::span(bytes_).subspan(old));
      if (ring_->writer_sleeps().exchange(0) != 0) wake(wake_writer_);
      deliver();
    }
    return any;
  }

 private:
  void deliver() {
    std::size_t at = 0;
    while (bytes_.size() - at >= sizeof(Header)) {
      Header header;
      std::memcpy(&header, &bytes_[at], sizeof(header));
      if (bytes_.size() - at - sizeof(header) < header.size) break;
      const std::span<const std::byte> rest(bytes_);
      sink_->message(header.type, rest.subspan(at + sizeof(header), header.size));
      at += sizeof(header) + header.size;
    }
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  Ring* ring_;
  int wake_writer_;
  MessageSink* sink_;
  std::vector<std::byte> bytes_;  // the beginning of a message that is not all there
};

void limit(int what, std::optional<sim::Bytes> most) {
  if (!most) return;
  const rlimit both{most->count, most->count};
  ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// What the child must be before it works: alone with its work, quiet when it dies, and not
// outliving its parent.
void settle(const ChildLimits& limits, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  ::setpgid(0, 0);  // Ctrl-C of a terminal reaches the parent, which then asks
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  ::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit then fails with EFBIG
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null >= 0) ::dup2(null, STDIN_FILENO);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  limit(RLIMIT_FSIZE, limits.file_size);
  limit(RLIMIT_AS, limits.address_space);
}

// Asks once, kills when the grace is over.
class Stopper {
 public:
  Stopper(Ring& ring, pid_t child) : ring_(&ring), child_(child) {}
  bool was_asked() const { return asked_at_ >= 0; }
  void ask() {
    if (!was_asked()) {
      ring_->stop_asked().store(1);
      asked_at_ = milliseconds_now();
    } else if (milliseconds_now() - asked_at_ > kGraceMilliseconds) {
      ::kill(child_, SIGKILL);
    }
  }

 private:
  Ring* ring_;
  pid_t child_;
  std::int64_t asked_at_ = -1;
};

// Nothing may come back from here: the child has its parent's stack below it.
[[noreturn]] void work_and_leave(const ChildWork& work, Channel& channel) noexcept {
  ::_exit(work.work(channel));
}

}  // namespace

Or<Ended> run_in_child(const ChildWork& work, MessageSink& sink) {
  const auto refused = [](const char* what) {
    return Problem{std::string(what) + ": " + std::strerror(errno)};
  };
  Ring ring(kRingBytes);
  std::optional<Pipe> to_parent = make_pipe();
  std::optional<Pipe> to_child = make_pipe();
  if (!to_parent || !to_child) return refused("a pipe to the child");
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return refused("fork");
  if (child == 0) {
    to_parent->read = {};
    to_child->write = {};
    settle(work.limits, parent);
    ring.populate();
    Channel channel(ring, to_parent->write.number(), to_child->read.number());
    work_and_leave(work, channel);
  }
  ::setpgid(child, child);
  to_parent->write = {};
  to_child->read = {};

  Drain drain(ring, to_child->write.number(), sink);
  Stopper stopper(ring, child);
  bool alive = true;
  while (alive) {
    if (work.interrupted()) stopper.ask();
    if (drain.run()) continue;
    ring.reader_sleeps().store(1);
    if (ring.ready() == 0) alive = sleep_on(to_parent->read.number());
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  drain.run();
  Ended ended;
  ended.was_stopped = stopper.was_asked();
  if (WIFEXITED(status)) ended.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

}  // namespace real
