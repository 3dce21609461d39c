// Requests by a page of shared memory, and a pipe each way to say that there is one.

#include "real/forked_actor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "sim/core/check.h"
#include "sim/core/page_block.h"

namespace real {

struct ForkedActor::Mailbox {
  enum class What : std::uint8_t { call, counted, touch, copy, put_page } what = What::call;
  // Of a call.
  long number = 0;
  CallArguments arguments{};
  bool has_pointer = false;  // the argument `pointer` is to be the address of `data`
  unsigned pointer = 0;
  // Of an access; put_page: the descriptor is the number.
  std::uint64_t address = 0;
  std::uint64_t length = 0;
  sim::Access access = sim::Access::read;
  bool protects = false;
  // What came of it.
  long value = 0;
  AccessSignal signal;
  FaultCounts taken;

  static constexpr std::size_t kBytes = sim::kLargestPage;
  alignas(64) std::byte data[kBytes];
};

namespace {

// The other end is gone: nothing that this run could still tell would be true.
[[noreturn]] void give_up() {
  static constexpr char kWords[] = "pagewalk: the process that the program forked is gone\n";
  [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, kWords, sizeof(kWords) - 1);
  std::abort();
}

bool send_byte(int fd) {
  const char byte = 0;
  ssize_t n = 0;
  do n = ::write(fd, &byte, 1);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

bool wait_for_byte(int fd) {
  char byte = 0;
  ssize_t n = 0;
  do n = ::read(fd, &byte, 1);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

constexpr int kMostDescriptors = 1024;  // of a process, unless somebody raised the limit

}  // namespace

// The forked process's side.
class ForkedActor::Servant {
 public:
  Servant(Mailbox& mailbox, int requests, int answers)
      : box_(mailbox), requests_(requests), answers_(answers) {}

  [[noreturn]] void serve(std::vector<int> kept) {
    kept.insert(kept.end(), {requests_, answers_});
    for (int fd = STDERR_FILENO + 1; fd < kMostDescriptors; ++fd) {
      if (std::find(kept.begin(), kept.end(), fd) == kept.end()) ::close(fd);
    }
    warm_up();
    bool is_heard = send_byte(answers_);  // ready: the mailbox is the other's from now on
    while (is_heard && wait_for_byte(requests_)) {
      act();
      is_heard = send_byte(answers_);
    }
    ::_exit(0);
  }

 private:
  // What a window goes through was copied on write at the fork, and the shared memory has no
  // entries here yet: both would fault inside the first windows.
  void warm_up() {
    ::madvise(&box_, sizeof(box_), MADV_POPULATE_WRITE);
    const auto own = reinterpret_cast<std::uint64_t>(&own_);
    box_.length = 1;
    box_.address = reinterpret_cast<std::uint64_t>(
        ::mmap(nullptr, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    box_.signal = copy();  // through the handler once
    for (int i = 0; i < 4; ++i) {
      for (const sim::Access access : {sim::Access::read, sim::Access::write}) {
        box_.what = Mailbox::What::touch;
        box_.address = own;
        box_.length = sizeof(own_);
        box_.access = access;
        act();
      }
      box_.what = Mailbox::What::counted;
      box_.number = SYS_read;
      box_.arguments = {~std::uint64_t{0}, own, 1};
      act();
    }
  }

  void act() {
    switch (box_.what) {
      case Mailbox::What::call: box_.value = call(); return;
      case Mailbox::What::counted: {
        faults_.begin_call();
        box_.value = call();
        box_.taken = faults_.end_call();
        return;
      }
      case Mailbox::What::touch: {
        faults_.begin_call();
        box_.signal = copy();
        box_.taken = faults_.end_call();
        return;
      }
      case Mailbox::What::copy: box_.signal = copy(); return;
      case Mailbox::What::put_page: {
        box_.value = actor_.put_page(
            {static_cast<int>(box_.number), box_.address, {box_.data, box_.length}, box_.protects});
        return;
      }
    }
  }

  long call() {
    CallArguments arguments = box_.arguments;
    if (box_.has_pointer) {
      arguments[box_.pointer] = reinterpret_cast<std::uint64_t>(box_.data);
    }
    return actor_.call(box_.number, arguments);
  }

  AccessSignal copy() {
    auto* theirs = reinterpret_cast<std::byte*>(box_.address);
    const bool loads = box_.access == sim::Access::read;
    return signals_.copy({.to = loads ? box_.data : theirs,
                          .from = loads ? theirs : box_.data,
                          .n = box_.length,
                          .access = box_.access});
  }

  Mailbox& box_;
  int requests_;
  int answers_;
  FaultRecorder faults_{FaultSource::rusage};
  SignalGuard signals_;
  OwnActor actor_{faults_, signals_};
  std::uint64_t own_ = 0;
};

Or<std::unique_ptr<ForkedActor>> ForkedActor::fork(const std::vector<int>& kept) {
  const auto refused = [](const char* what) {
    return Problem{std::string(what) + ": " + std::strerror(errno)};
  };
  int to[2], from[2];
  if (::pipe2(to, O_CLOEXEC) != 0) return refused("pipe");
  Descriptor requests(to[0]), to_child(to[1]);
  if (::pipe2(from, O_CLOEXEC) != 0) return refused("pipe");
  Descriptor from_child(from[0]), answers(from[1]);
  void* memory =
      ::mmap(nullptr, sizeof(Mailbox), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return refused("memory for requests");
  auto* mailbox = new (memory) Mailbox;
  const pid_t pid = ::fork();
  if (pid < 0) {
    const Problem problem = refused("fork");
    ::munmap(memory, sizeof(Mailbox));
    return problem;
  }
  if (pid == 0) Servant(*mailbox, requests.number(), answers.number()).serve(kept);
  requests = Descriptor();  // its ends: when it is gone, nobody holds them
  answers = Descriptor();
  std::unique_ptr<ForkedActor> made(
      new ForkedActor(mailbox, std::move(to_child), std::move(from_child), pid));
  if (!wait_for_byte(made->from_.number())) return Problem{"the forked process ended at once"};
  return made;
}

ForkedActor::ForkedActor(Mailbox* mailbox, Descriptor to, Descriptor from, int pid)
    : mailbox_(mailbox), to_(std::move(to)), from_(std::move(from)), pid_(pid) {}

ForkedActor::~ForkedActor() {
  to_ = Descriptor();  // its wait ends
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::munmap(mailbox_, sizeof(Mailbox));
}

void ForkedActor::ask() {
  if (!send_byte(to_.number()) || !wait_for_byte(from_.number())) give_up();
}

long ForkedActor::call(long number, const CallArguments& arguments) {
  mailbox_->what = Mailbox::What::call;
  mailbox_->number = number;
  mailbox_->arguments = arguments;
  mailbox_->has_pointer = false;
  ask();
  return mailbox_->value;
}

long ForkedActor::call(long number, const CallArguments& arguments, const PointedTo& memory) {
  SIM_CHECK(memory.bytes.size() <= Mailbox::kBytes);
  std::copy(memory.bytes.begin(), memory.bytes.end(), mailbox_->data);
  mailbox_->what = Mailbox::What::call;
  mailbox_->number = number;
  mailbox_->arguments = arguments;
  mailbox_->has_pointer = true;
  mailbox_->pointer = memory.argument;
  ask();
  std::copy_n(mailbox_->data, memory.bytes.size(), memory.bytes.begin());
  return mailbox_->value;
}

long ForkedActor::counted(long number, const CallArguments& arguments, FaultCounts& taken) {
  mailbox_->what = Mailbox::What::counted;
  mailbox_->number = number;
  mailbox_->arguments = arguments;
  mailbox_->has_pointer = false;
  ask();
  taken = mailbox_->taken;
  return mailbox_->value;
}

AccessSignal ForkedActor::access(const SignalGuard::Copy& copy) {
  SIM_CHECK(copy.n <= Mailbox::kBytes);
  const bool loads = copy.access == sim::Access::read;
  mailbox_->address = reinterpret_cast<std::uint64_t>(loads ? copy.from : copy.to);
  mailbox_->length = copy.n;
  mailbox_->access = copy.access;
  if (!loads) std::copy_n(copy.from, copy.n, mailbox_->data);
  ask();
  if (loads) std::copy_n(mailbox_->data, copy.n, copy.to);
  return mailbox_->signal;
}

Actor::Touched ForkedActor::touch(const SignalGuard::Copy& copy, Device /*counted anyway*/) {
  mailbox_->what = Mailbox::What::touch;
  const AccessSignal signal = access(copy);
  const FaultCounts& taken = mailbox_->taken;
  seen_.assign(taken.major, {sim::VirtAddr{mailbox_->address}, FaultKind::major});
  seen_.resize(taken.major + taken.minor, {sim::VirtAddr{mailbox_->address}, FaultKind::minor});
  return {signal, seen_, taken.blocks_read};
}

AccessSignal ForkedActor::copy(const SignalGuard::Copy& copy) {
  mailbox_->what = Mailbox::What::copy;
  return access(copy);
}

int ForkedActor::put_page(const Put& put) {
  SIM_CHECK(put.bytes.size() <= Mailbox::kBytes);
  std::copy(put.bytes.begin(), put.bytes.end(), mailbox_->data);
  mailbox_->what = Mailbox::What::put_page;
  mailbox_->number = put.descriptor;
  mailbox_->address = put.at;
  mailbox_->length = put.bytes.size();
  mailbox_->protects = put.protects;
  ask();
  return static_cast<int>(mailbox_->value);
}

}  // namespace real
