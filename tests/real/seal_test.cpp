// Ways out of the sandbox, each tried in a child of its own. Every layer must stop what it is for,
// alone; and with those layers off the same attempt must succeed, so that a missing seal shows.

#include "real/seal.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <bit>
#include <string>

#include "real/child.h"
#include "real/memory_limit.h"
#include "tests/real/host_fixture.h"

namespace real {
namespace {

// Layers as bits, since an attempt may be stopped by several.
enum Layer : unsigned {
  landlock = 1,
  seccomp = 2,
  limits = 4,
  descriptors = 8,
  all = 15,
};

constexpr sim::Bytes kLargestFile{1 << 20};
constexpr std::chrono::seconds kProcessorTime{1};
constexpr int kGotOut = 42;

// Where a child works, and a place that is none of its business.
struct Places {
  std::string outside;
  int inside_directory = -1;
  int outside_file = -1;
  pid_t parent = 0;  // told beforehand: a child that asked for it would be killed for asking
};

struct Attempt {
  std::string what;
  unsigned stopped_by;
  bool (*gets_out)(const Places&);
  // Some systems stop it themselves (Yama, containers, settings of the administrator).
  bool anywhere = true;
};

class Nobody final : public MessageSink {
 public:
  std::string message(std::uint32_t, std::span<const std::byte>) override { return {}; }
};

bool opens(const std::string& path, int flags) {
  return ::syscall(SYS_openat, AT_FDCWD, path.c_str(), flags, 0600) >= 0;
}

bool forks(const Places&) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  return child > 0 && ::waitpid(child, nullptr, 0) == child;
}

bool runs_another_program(const Places&) {
  ::execl("/bin/sh", "sh", "-c", "exit 42", nullptr);
  return false;
}

bool reads_the_parents_memory(const Places& places) {
  char here[8] = {};
  const iovec mine{here, sizeof(here)};
  const iovec theirs{const_cast<Places*>(&places), sizeof(here)};  // the same address there
  return ::process_vm_readv(places.parent, &mine, 1, &theirs, 1, 0) > 0;
}

bool computes_beyond_its_time(const Places&) {
  const auto used = [] {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
  };
  while (used() < kProcessorTime + std::chrono::milliseconds(300)) {
  }
  return true;
}

bool makes_executable_memory(const Places&) {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
         MAP_FAILED;
}

bool takes_memory_without_end(const Places&) {
  constexpr std::size_t kBytes = std::size_t{1} << 43;
  return ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

bool makes_a_large_file(const Places& places) {
  const int fd = ::openat(places.inside_directory, "large", O_RDWR | O_CREAT, 0600);
  return ::ftruncate(fd, static_cast<off_t>(kLargestFile.count) + 1) == 0;
}

const Attempt kAttempts[] = {
    {"read a file of the system", landlock,
     [](const Places&) { return opens("/etc/passwd", O_RDONLY); }},
    {"read the parent's environment", landlock,
     [](const Places& p) {
       return opens("/proc/" + std::to_string(p.parent) + "/environ", O_RDONLY);
     }},
    {"list a folder outside", landlock,
     [](const Places& p) { return opens(p.outside, O_RDONLY | O_DIRECTORY); }},
    {"write to a file outside", landlock,
     [](const Places& p) { return opens(p.outside + "/file", O_WRONLY); }},
    {"make a file outside", landlock,
     [](const Places& p) { return opens(p.outside + "/new", O_WRONLY | O_CREAT); }},
    {"make a file in the folder above", landlock,
     [](const Places& p) {
       const int fd = ::openat(p.inside_directory, "../pagewalk-escaped", O_WRONLY | O_CREAT, 0600);
       return fd >= 0 && ::unlinkat(p.inside_directory, "../pagewalk-escaped", 0) == 0;
     }},
    {"remove a file outside", landlock,
     [](const Places& p) { return ::unlinkat(AT_FDCWD, (p.outside + "/file").c_str(), 0) == 0; }},
    {"move a file outside", landlock,
     [](const Places& p) {
       return ::renameat(p.inside_directory, "mine", AT_FDCWD, (p.outside + "/new").c_str()) == 0;
     }},
    {"cut a file outside short", landlock | seccomp,
     [](const Places& p) { return ::truncate((p.outside + "/file").c_str(), 0) == 0; }},
    {"link a file outside into the scratch directory", landlock | seccomp,
     [](const Places& p) {
       return ::linkat(AT_FDCWD, (p.outside + "/file").c_str(), p.inside_directory, "link", 0) == 0;
     }},
    {"make a symbolic link", landlock | seccomp,
     [](const Places& p) { return ::symlinkat("/etc/passwd", p.inside_directory, "link") == 0; }},
    {"make a folder", landlock | seccomp,
     [](const Places& p) { return ::mkdirat(p.inside_directory, "folder", 0700) == 0; }},
    {"use a descriptor of the parent's", descriptors,
     [](const Places& p) { return ::write(p.outside_file, "x", 1) == 1; }},
    {"open a socket of the network", seccomp,
     [](const Places&) { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }, false},
    {"open a socket of this machine", seccomp,
     [](const Places&) { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
    {"make a process", seccomp, forks},
    {"run another program", landlock | seccomp, runs_another_program},
    {"signal the parent", landlock | seccomp,
     [](const Places& p) { return ::kill(p.parent, 0) == 0; }},
    {"signal the parent's thread", landlock | seccomp,
     [](const Places& p) { return ::syscall(SYS_tgkill, p.parent, p.parent, 0) == 0; }},
    {"have the parent signalled", seccomp,
     [](const Places& p) { return ::fcntl(p.inside_directory, F_SETOWN, p.parent) == 0; }},
    {"trace the parent", landlock | seccomp,
     [](const Places& p) { return ::ptrace(PTRACE_SEIZE, p.parent, 0, 0) == 0; }, false},
    {"read the parent's memory", landlock | seccomp, reads_the_parents_memory, false},
    {"make a new userfaultfd", seccomp,
     [](const Places&) { return ::syscall(SYS_userfaultfd, UFFD_USER_MODE_ONLY | O_CLOEXEC) >= 0; },
     false},
    {"make a namespace", seccomp,
     [](const Places&) { return ::syscall(SYS_unshare, 0x10000000 /* CLONE_NEWUSER */) == 0; },
     false},
    {"set a limit of its own", seccomp,
     [](const Places&) {
       const rlimit core{0, 0};
       return ::setrlimit(RLIMIT_CORE, &core) == 0;
     }},
    {"give a device an order", seccomp,
     [](const Places& p) { return ::ioctl(p.inside_directory, FIOCLEX) == 0; }},
    {"make executable memory", seccomp, makes_executable_memory},
    {"take memory without end", limits, takes_memory_without_end, false},
    {"make a large file", limits, makes_a_large_file},
    {"compute beyond its time", limits, computes_beyond_its_time},
};

class Sandbox {
 public:
  explicit Sandbox(Forking forking = Forking::forbidden) : forking_(forking) {}

  bool is_escaped_by(const Attempt& attempt, unsigned layers) const {
    const Scratch inside = make();
    const Scratch outside = make();
    const Descriptor file(
        ::openat(outside.directory(), "file", O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    const Descriptor mine(::openat(inside.directory(), "mine", O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    const Places places{outside.path(), inside.directory(), file.number(), ::getpid()};
    ChildWork job;
    job.descriptors = {inside.directory()};
    if ((layers & descriptors) == 0) job.descriptors.push_back(file.number());
    if ((layers & limits) != 0) {
      job.limits.file_size = kLargestFile;
      job.limits.memory = memory_allowance();
      job.limits.processor_time = kProcessorTime;
    }
    job.work = [&](Channel&) {
      const SealLayers wanted{(layers & landlock) != 0, (layers & seccomp) != 0};
      for (const Capability& layer : seal({inside.directory(), wanted, forking_})) {
        const bool asked = layer.name == "Landlock" ? wanted.landlock : wanted.seccomp;
        if (layer.available != asked) return kNotSealed;
      }
      return attempt.gets_out(places) ? kGotOut : 0;
    };
    const auto ended = run_in_child(job, nobody_);
    const Ended* end = std::get_if<Ended>(&ended);
    REQUIRE(end != nullptr);
    REQUIRE(end->exit_status != kNotSealed);
    return end->signal == 0 && end->exit_status == kGotOut;
  }

 private:
  static constexpr int kNotSealed = 43;
  static Scratch make() {
    auto made = Scratch::make();
    REQUIRE(std::holds_alternative<Scratch>(made));
    return std::move(std::get<Scratch>(made));
  }
  Forking forking_;
  mutable Nobody nobody_;
};

// This kernel may lack a layer altogether; then the output says so (seal()), and there is nothing
// to test of it.
unsigned layers_here() {
  unsigned here = limits | descriptors;
  for (const auto& [layer, wanted] : {std::pair{landlock, SealLayers{true, false}},
                                      std::pair{seccomp, SealLayers{false, true}}}) {
    auto made = Scratch::make();
    REQUIRE(std::holds_alternative<Scratch>(made));
    const Scratch& scratch = std::get<Scratch>(made);
    Nobody nobody;
    ChildWork job;
    job.descriptors = {scratch.directory()};
    const SealLayers only = wanted;
    job.work = [&](Channel&) {
      int holds = 0;
      for (const Capability& c : seal({scratch.directory(), only})) holds += c.available ? 1 : 0;
      return holds;
    };
    const auto ended = run_in_child(job, nobody);
    if (std::get<Ended>(ended).exit_status == 1) here |= layer;
  }
  if (here != all) MESSAGE("this kernel lacks a layer of the seal: " << here << " of " << all);
  return here;
}

TEST_CASE("nothing that a sealed child tries gets out") {
  const unsigned here = layers_here();
  const Sandbox sandbox;
  for (const Attempt& attempt : kAttempts) {
    CAPTURE(attempt.what);
    if ((attempt.stopped_by & here) != 0) CHECK_FALSE(sandbox.is_escaped_by(attempt, here));
  }
}

TEST_CASE("a sealed child that may fork makes a process, and gets out no other way") {
  const unsigned here = layers_here();
  const Sandbox sandbox(Forking::allowed);
  for (const Attempt& attempt : kAttempts) {
    CAPTURE(attempt.what);
    const bool is_allowed = attempt.gets_out == forks;
#ifdef __SANITIZE_ADDRESS__
    if (attempt.what == "read the parent's environment") continue;  // see landlock.cpp
#endif
    if ((attempt.stopped_by & here) == 0) continue;
    CHECK(sandbox.is_escaped_by(attempt, here) == is_allowed);
  }
}

TEST_CASE("each layer alone stops what it is for") {
  const unsigned here = layers_here();
  const Sandbox sandbox;
  for (const Attempt& attempt : kAttempts) {
    if (std::popcount(attempt.stopped_by) == 1) continue;  // the next test has it
    for (const unsigned layer : {landlock, seccomp, limits, descriptors}) {
      if ((attempt.stopped_by & layer & here) == 0) continue;
      CAPTURE(attempt.what);
      CAPTURE(layer);
      CHECK_FALSE(sandbox.is_escaped_by(attempt, layer));
    }
  }
}

TEST_CASE("without the layers that stop it, each attempt succeeds: a missing seal is found") {
  const unsigned here = layers_here();
  const Sandbox sandbox;
  for (const Attempt& attempt : kAttempts) {
    CAPTURE(attempt.what);
    if (!attempt.anywhere && !sandbox.is_escaped_by(attempt, 0)) {
      MESSAGE("this system itself stops the attempt to " << attempt.what);
      continue;
    }
    CHECK(sandbox.is_escaped_by(attempt, here & ~attempt.stopped_by));
  }
}

TEST_CASE("a sealed child gains no privileges, whatever layers hold") {
  Nobody nobody;
  ChildWork job;
  job.work = [](Channel&) {
    seal({-1, {false, false}});
    return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
  };
  CHECK(std::get<Ended>(run_in_child(job, nobody)).exit_status == 1);
}

TEST_CASE("a layer that is off or cannot be had is named with what is lost") {
  class Notes final : public MessageSink {
   public:
    std::string message(std::uint32_t, std::span<const std::byte> payload) override {
      text += std::string(reinterpret_cast<const char*>(payload.data()), payload.size()) + "\n";
      return {};
    }
    std::string text;
  } told;
  ChildWork job;
  job.work = [](Channel& channel) {
    for (const SealLayers& layers : {SealLayers{false, false}, SealLayers{true, false}}) {
      for (const std::string& note : notes_of(seal({1 << 20, layers}))) {  // no such descriptor
        channel.send(0, bytes_of_text(note));
      }
    }
    return 0;
  };
  REQUIRE(std::holds_alternative<Ended>(run_in_child(job, told)));
  CHECK(told.text.find("Landlock not available (it was switched off)") != std::string::npos);
  CHECK(told.text.find("seccomp not available (it was switched off)") != std::string::npos);
  CHECK(told.text.find("Landlock not available (landlock_") != std::string::npos);
  CHECK(told.text.find("only the language itself keeps the program") != std::string::npos);
}

}  // namespace
}  // namespace real
