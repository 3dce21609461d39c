// fork, the two loops, and the end.

#include "real/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <vector>

namespace real {
namespace {

// Large enough that a child rarely waits: 1 MiB is about 40,000 events.
constexpr std::size_t kRingBytes = std::size_t{1} << 20;
// How often a sleeping parent looks whether it was interrupted, and how long it lets a child stop.
constexpr int kPollMilliseconds = 20;
constexpr std::int64_t kGraceMilliseconds = 500;  // of silence: what is left to tell, it may tell
constexpr std::int64_t kMostMilliseconds = 10'000;

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
  ++sent_;
  const Header header{type, static_cast<std::uint32_t>(payload.size())};
  put_all(std::as_bytes(std::span(&header, 1)));
  put_all(payload);
  show();
}

void Channel::ask(std::uint32_t type, std::span<const std::byte> payload) {
  send(type, payload);
  while (ring_->dealt_with().load() < sent_) {
    ring_->writer_sleeps().store(1);
    if (ring_->dealt_with().load() < sent_) sleep_on(wake_writer_);
  }
}

void Channel::wait_for_the_end() {
  for (;;) sleep_on(wake_writer_);
}

bool Channel::stop_asked() const { return ring_->stop_asked().load() != 0; }

namespace {

// The parent's end: whole messages out of the stream of bytes, until one makes no sense.
class Drain {
 public:
  Drain(Ring& ring, int wake_writer, MessageSink& sink)
      : ring_(&ring), wake_writer_(wake_writer), sink_(&sink) {}

  // Takes what there is now. True if there was anything.
  bool run() {
    if (!nonsense_.empty()) return false;
    const std::optional<std::size_t> ready = ring_->ready();
    if (!ready) nonsense_ = "the counters of its ring";
    if (!ready || *ready == 0) return false;
    try {
      take(*ready);
    } catch (const std::bad_alloc&) {
      nonsense_ = "more than this process has memory for";
    } catch (const std::length_error&) {
      nonsense_ = "more than this process has memory for";
    }
    return true;
  }
  // What made no sense: the last that is heard of the child. Empty: nothing.
  const std::string& nonsense() const { return nonsense_; }

 private:
  void take(std::size_t ready) {
    const std::size_t old = bytes_.size();
    bytes_.resize(old + ready);
    ring_->take(std::span(bytes_).subspan(old));
    wake_writer();
    deliver();
    wake_writer();
  }
  void wake_writer() {
    if (ring_->writer_sleeps().exchange(0) != 0) wake(wake_writer_);
  }
  void deliver() {
    std::size_t at = 0;
    while (bytes_.size() - at >= sizeof(Header) && nonsense_.empty()) {
      Header header;
      std::memcpy(&header, &bytes_[at], sizeof(header));
      if (header.size > kLongestMessage) {
        nonsense_ = "a message of " + std::to_string(header.size) + " bytes";
        return;
      }
      if (bytes_.size() - at - sizeof(header) < header.size) break;
      const std::span<const std::byte> rest(bytes_);
      nonsense_ = sink_->message(header.type, rest.subspan(at + sizeof(header), header.size));
      ring_->dealt_with().fetch_add(1);
      at += sizeof(header) + header.size;
    }
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  Ring* ring_;
  int wake_writer_;
  MessageSink* sink_;
  std::vector<std::byte> bytes_;  // the beginning of a message that is not all there
  std::string nonsense_;
};

// Soft and hard, `slack` apart. A stricter limit of before stays.
void limit(int what, std::uint64_t most, std::uint64_t slack = 0) {
  const auto resource = static_cast<__rlimit_resource>(what);
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) return;
  const rlimit wanted{std::min<rlim_t>(now.rlim_cur, most),
                      std::min<rlim_t>(now.rlim_max, most + slack)};
  ::setrlimit(resource, &wanted);
}

void set_limits(const ChildLimits& limits) {
  limit(RLIMIT_CORE, 0);
  if (limits.file_size) limit(RLIMIT_FSIZE, limits.file_size->count);
  if (limits.address_space) limit(RLIMIT_AS, limits.address_space->count);
  if (limits.memory) limit(RLIMIT_DATA, limits.memory->count);
  if (limits.processes) limit(RLIMIT_NPROC, *limits.processes);
  if (limits.processor_time) {
    limit(RLIMIT_CPU, static_cast<std::uint64_t>(limits.processor_time->count()), 1);
  }
}

// Whatever the parent's own parent left open is none of the child's business.
void close_all_but(std::vector<int> kept) {
  std::sort(kept.begin(), kept.end());
  unsigned first = 0;
  const auto close_up_to = [&](unsigned last) {
    if (first > last || ::syscall(SYS_close_range, first, last, 0) == 0) return;
    const long most = ::sysconf(_SC_OPEN_MAX);  // no close_range before Linux 5.9
    for (unsigned fd = first; fd <= last && fd < static_cast<unsigned long>(most); ++fd) {
      ::close(static_cast<int>(fd));
    }
  };
  for (const int fd : kept) {
    const auto number = static_cast<unsigned>(fd);
    if (number > 0) close_up_to(number - 1);
    first = number + 1;
  }
  close_up_to(~0u);
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
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null >= 0) {
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);  // stderr stays, for this program's own last words
  }
  set_limits(limits);
}

// Asks once, kills when the grace is over.
class Stopper {
 public:
  Stopper(Ring& ring, pid_t child) : ring_(&ring), child_(child) {}
  bool was_asked() const { return asked_at_ >= 0; }
  void ask() {
    if (!was_asked()) {
      ring_->stop_asked().store(1);
      asked_at_ = heard_at_ = milliseconds_now();
    } else if (const std::int64_t now = milliseconds_now();
               now - heard_at_ > kGraceMilliseconds || now - asked_at_ > kMostMilliseconds) {
      ::kill(child_, SIGKILL);
    }
  }
  void heard() {
    if (was_asked()) heard_at_ = milliseconds_now();
  }

 private:
  Ring* ring_;
  pid_t child_;
  std::int64_t asked_at_ = -1;
  std::int64_t heard_at_ = -1;
};

// Looks, at most every kPollMilliseconds, whether the child can still be expected to end by itself,
// and kills it where it cannot.
class Watch {
 public:
  Watch(const ChildWork& work, pid_t child) : work_(&work), child_(child) {}

  void look(Ended& ended) {
    const std::int64_t now = milliseconds_now();
    if (now - looked_at_ < kPollMilliseconds || ended.has_vanished) return;
    looked_at_ = now;
    siginfo_t state{};
    const int what = WEXITED | WSTOPPED | WNOHANG | WNOWAIT;
    if (::waitid(P_PID, static_cast<id_t>(child_), &state, what) != 0) {
      ended.has_vanished = errno == ECHILD;
    } else if (state.si_pid == child_ && state.si_code == CLD_STOPPED) {
      ended.halted_by = state.si_status;
    }
    if (ended.pointless.empty()) ended.pointless = work_->pointless();
    if (ended.halted_by != 0 || !ended.pointless.empty()) ::kill(child_, SIGKILL);
  }

 private:
  const ChildWork* work_;
  pid_t child_;
  std::int64_t looked_at_ = 0;
};

// A process may have been started with SIGCHLD ignored, and would never learn how its children end.
class HearsOfChildren {
 public:
  HearsOfChildren() {
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    ::sigaction(SIGCHLD, &usual, &before_);
  }
  HearsOfChildren(const HearsOfChildren&) = delete;
  HearsOfChildren& operator=(const HearsOfChildren&) = delete;
  ~HearsOfChildren() { ::sigaction(SIGCHLD, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

void wait_for(pid_t child, Ended& ended) {
  int status = 0;
  pid_t waited = 0;
  do {
    waited = ::waitpid(child, &status, 0);
  } while (waited < 0 && errno == EINTR);
  ended.has_vanished = waited < 0;
  if (ended.has_vanished) return;
  if (WIFEXITED(status)) ended.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
}

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
  const HearsOfChildren hears;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return refused("fork");
  if (child == 0) {
    to_parent->read = {};
    to_child->write = {};
    settle(work.limits, parent);
    std::vector<int> kept{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, to_parent->write.number(),
                          to_child->read.number()};
    kept.insert(kept.end(), work.descriptors.begin(), work.descriptors.end());
    close_all_but(std::move(kept));
    ring.populate();
    Channel channel(ring, to_parent->write.number(), to_child->read.number());
    work_and_leave(work, channel);
  }
  ::setpgid(child, child);
  to_parent->write = {};
  // to_child->read stays open here, too: waking a child that is gone is then no SIGPIPE.

  Drain drain(ring, to_child->write.number(), sink);
  Stopper stopper(ring, child);
  Watch watch(work, child);
  Ended ended;
  bool alive = true;
  while (alive && !ended.has_vanished) {
    if (work.interrupted()) stopper.ask();
    watch.look(ended);
    if (work.must_be_killed() || !drain.nonsense().empty()) ::kill(child, SIGKILL);
    if (drain.run()) {
      stopper.heard();
      continue;
    }
    ring.reader_sleeps().store(1);
    if (ring.ready() == 0 || !drain.nonsense().empty()) {
      alive = sleep_on(to_parent->read.number());
    }
  }
  wait_for(child, ended);
  while (drain.run()) {
  }
  ended.nonsense = drain.nonsense();
  ended.was_stopped = stopper.was_asked();
  return ended;
}

}  // namespace real
