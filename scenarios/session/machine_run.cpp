// The child has no scratch directory: it is born with the program's files in its memory, is handed
// more of them through a file that has no name (memfd), and tells what is left.

#include "scenarios/session/machine_run.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <new>

#include "real/child.h"
#include "real/kernel_copy.h"
#include "real/memory_limit.h"
#include "real/seal.h"
#include "scenarios/session/child_end.h"
#include "scenarios/session/power_cut_fields.h"
#include "scenarios/session/wire.h"
#include "scenarios/session/wire_fields.h"
#include "sim/machine.h"

namespace session {
namespace {

// Beside the wire's messages: what the child asks for, and what it tells after the end.
namespace request {
constexpr std::uint32_t first_use = 1000;  // the payload is a file's name
constexpr std::uint32_t listing = 1001;
constexpr std::uint32_t left_file = 1002;  // a name, and the next piece of its bytes
constexpr std::uint32_t too_large = 1003;  // the name of a file that was left
constexpr std::uint32_t power_cut = 1004;
constexpr std::uint32_t left_all = 1005;
}  // namespace request

constexpr int kNoMemory = 3;  // the child's exit status

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Files from the parent to the child, where asking waits until they are there.
class Handover {
 public:
  Handover() : memory_(::memfd_create("pagewalk-files", MFD_CLOEXEC)) {}
  int number() const { return memory_.number(); }

  // Parent.
  bool put(const Files& files) const {
    Out out;
    out.number(std::uint64_t{files.size()});
    for (const auto& [name, bytes] : files) {
      out.text(name);
      out.text(bytes);
    }
    if (::ftruncate(number(), 0) != 0) return false;
    std::span<const std::byte> rest = out.data();
    for (off_t at = 0; !rest.empty();) {
      const ssize_t n = ::pwrite(number(), rest.data(), rest.size(), at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      at += n;
      rest = rest.subspan(static_cast<std::size_t>(n));
    }
    return true;
  }
  // Child.
  Files take() const {
    struct stat status {};
    ::fstat(number(), &status);
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n =
          ::pread(number(), &bytes[done], bytes.size() - done, static_cast<off_t>(done));
      if (n < 0 && errno == EINTR) continue;
      SIM_CHECK(n > 0);
      done += static_cast<std::size_t>(n);
    }
    Files files;
    In in(bytes);
    in.each([&] {
      std::string name = in.text();
      files[std::move(name)] = in.text();
    });
    return files;
  }

 private:
  real::Descriptor memory_;
};

class ParentSide final : public real::MessageSink {
 public:
  ParentSide(const WireReader& start, CarriedFiles* carried, const Handover& handover)
      : reader(start), carried_(carried), handover_(handover) {}

  std::string message(std::uint32_t type, std::span<const std::byte> payload) override {
    switch (type) {
      case request::first_use: return hand_over({std::string(text_of(payload))});
      case request::listing:
        return hand_over(carried_ == nullptr ? std::vector<std::string>() : carried_->names());
      case request::left_file: return take_file(payload);
      case request::too_large: return take_too_large(text_of(payload));
      case request::power_cut: return take_cut(payload);
      case request::left_all:
        result.is_whole = reader.has_ended();
        return reader.has_ended() ? "" : "what is left before the end";
      default: return reader.take(type, payload);
    }
  }

  WireReader reader;
  MachineLeft result;

 private:
  std::string hand_over(const std::vector<std::string>& names) {
    if (carried_ == nullptr) return "a request for files that there are not";
    Files files;
    for (const std::string& name : names) {
      if (!is_name(name)) continue;
      if (auto bytes = carried_->first_use(name)) files[name] = std::move(*bytes);
    }
    return handover_.put(files)
               ? ""
               : std::string("a file could not be handed over: ") + std::strerror(errno);
  }
  std::string take_file(std::span<const std::byte> payload) {
    In in(payload);
    const std::string name = in.text();
    if (!in.is_good() || !is_name(name)) return "a file name that is none";
    const std::string_view piece = text_of(in.rest());
    left_bytes_ += piece.size();
    if (left_bytes_ > kMostFileBytes) return "more bytes of files than are carried";
    result.left.files[name] += piece;
    return {};
  }
  std::string take_too_large(std::string_view name) {
    if (!is_name(name)) return "a file name that is none";
    result.left.too_large.emplace_back(name);
    return {};
  }
  std::string take_cut(std::span<const std::byte> payload) {
    In in(payload);
    result.power_cut = power_cut_in(in);
    (void)in.is_complete();
    return in.problem();
  }

  CarriedFiles* carried_;
  const Handover& handover_;
  std::uint64_t left_bytes_ = 0;
};

// Passes moves on, and knows whether there were any.
class CountedCopy final : public sim::PageCopy {
 public:
  explicit CountedCopy(sim::PageCopy& behind) : behind_(behind) {}
  void move(std::span<std::byte> page, const sim::MoveInPage& move) override {
    ++moves_;
    behind_.move(page, move);
  }
  std::uint64_t moves() const { return moves_; }
  std::string text() const {
    return fmt::format(
        "read() or write() moved bytes onto themselves within a page {} time{}. What that gives is "
        "the processor's affair: the simulated computer was told what this one gives for the same "
        "move, so these bytes are mirrored, not compared",
        moves_, moves_ == 1 ? "" : "s");
  }

 private:
  sim::PageCopy& behind_;
  std::uint64_t moves_ = 0;
};

class ChildSide {
 public:
  ChildSide(const MachineRun& job, const Handover& handover) : job_(job), handover_(handover) {}

  // The exit status is 0, or kNoMemory: what happened else is told, not returned.
  int run(real::Channel& channel) {
    WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
      channel.send(type, payload);
    });
    const auto own_page = job_.moves_as_here ? real::KernelCopy::make() : nullptr;
    std::optional<CountedCopy> copy;
    if (own_page) copy.emplace(*own_page);
    static_cast<void>(real::seal({.layers = job_.settings.without.seal}));
    try {
      play(channel, writer, copy ? &*copy : nullptr);
    } catch (const std::bad_alloc&) {
      return kNoMemory;
    }
    return 0;
  }

 private:
  void play(real::Channel& channel, WireWriter& writer, CountedCopy* copy) {
    EventRelay relay(writer);
    sim::EventStream events(relay);
    sim::MachineConfig config = job_.settings.machine;
    if (!job_.foreseen.empty()) config.background = {};  // the other computer's run has all of it
    sim::Machine machine(config);
    install(machine, job_.files);
    machine.foresee(job_.foreseen);
    if (copy != nullptr) machine.copy_within_pages_as(*copy);
    // Nobody reads the events of a run that only prints.
    if (job_.detail == Conducted::Detail::full) machine.attach(&events);
    const Ending end = conduct(conducted(channel, machine, events, writer), relay);
    machine.attach(nullptr);
    if (copy != nullptr && copy->moves() > 0) writer.note({topic::page_copy, copy->text()});
    if (end.kind == EndKind::power_cut) {
      Out out;
      put(out, describe(machine.after_power_cut(), job_.settings.machine.seed));
      channel.send(request::power_cut, out.data());
    }
    machine.exit();  // what a killed process leaves; after an end of its own, nothing is left to do
    tell_left(channel, files_left(machine));
  }

  Conducted conducted(real::Channel& channel, sim::Machine& machine, sim::EventStream& events,
                      RunSink& sink) {
    const auto hand_over = [this, &channel, &machine](std::uint32_t type, std::string_view name) {
      if (job_.carried == nullptr) return;
      channel.ask(type, bytes_of(name));
      install(machine, handover_.take());
    };
    return {.program = job_.program,
            .computer = machine,
            .events = events,
            .sink = sink,
            .budget = {job_.settings.max_steps, job_.settings.max_time},
            .interrupted = [&channel] { return channel.stop_asked(); },
            .before_first_use =
                [hand_over](std::string_view name) { hand_over(request::first_use, name); },
            .before_listing = [hand_over] { hand_over(request::listing, {}); },
            .detail = job_.detail,
            .stop = job_.stop};
  }

  static void install(sim::Machine& machine, const Files& files) {
    for (const auto& [name, bytes] : files) {
      SIM_CHECK(machine.install_file(name, bytes_of(bytes)).ok());  // plain, and not there yet
    }
  }

  static void tell_left(real::Channel& channel, const Left& left) {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    for (const auto& [name, bytes] : left.files) {
      std::string_view rest = bytes;
      do {
        Out out;
        out.text(name);
        out.bytes(bytes_of(rest.substr(0, kPiece)));
        channel.send(request::left_file, out.data());
        rest.remove_prefix(std::min(kPiece, rest.size()));
      } while (!rest.empty());
    }
    for (const std::string& name : left.too_large) {
      channel.send(request::too_large, bytes_of(name));
    }
    channel.send(request::left_all, {});
  }

  const MachineRun& job_;
  const Handover& handover_;
};

constexpr const char* kDefect = ". This is a defect of Pagewalk: please report it with the program";

// Somebody may kill or halt it; anything else it did itself.
bool is_its_own_doing(const real::Ended& ended) {
  const bool by_somebody = ended.signal == SIGKILL || ended.signal == SIGTERM ||
                           ended.signal == SIGXCPU || ended.halted_by != 0 || ended.has_vanished;
  return !by_somebody;
}

Ending ending_of_child(const real::Ended& ended, const WireReader& reader) {
  const auto broken = [&](std::string why) {
    return Ending{EndKind::broken, std::move(why), "", 0, reader.line()};
  };
  if (!ended.nonsense.empty()) {
    return broken(fmt::format(
        "the process that ran the program told what cannot be ({}), and was ended. What "
        "is shown of this run may be wrong{}",
        ended.nonsense, kDefect));
  }
  if (ended.was_stopped) return {EndKind::stopped, "interrupted", "", 0, reader.line()};
  if (ended.signal == 0 && ended.exit_status == kNoMemory) {
    return broken(
        "out of memory: the simulated computer and its files take more than its process may have. "
        "Use smaller files and arrays, or fewer frames");
  }
  return broken(fmt::format("the process that ran the program {}{}", what_happened(ended),
                            is_its_own_doing(ended) ? kDefect : ""));
}

}  // namespace

MachineLeft run_on_machine(const MachineRun& job, RunSink& sink) {
  const Handover handover;
  const WireReader reader({.lines = static_cast<std::uint32_t>(job.program.lines.size()),
                           .detail = job.detail,
                           .stop = job.stop},
                          sink);
  ParentSide parent(reader, job.carried, handover);
  ChildSide child(job, handover);
  constexpr std::chrono::seconds kGrace{30};  // for a loop that never comes back to the conductor
  const auto outcome =
      real::run_in_child({.work = [&](real::Channel& channel) { return child.run(channel); },
                          .interrupted = job.interrupted,
                          .limits = {.file_size = {},  // it can open none
                                     .address_space = {},
                                     .memory = real::memory_allowance(),
                                     .processor_time = job.settings.max_time + kGrace,
                                     .processes = 0u},
                          .descriptors = {handover.number()}},
                         parent);
  if (const auto* problem = std::get_if<real::Problem>(&outcome)) {
    sink.ended({EndKind::broken, "the program cannot have a process of its own: " + problem->what,
                "", 0, 0});
    return {};
  }
  const auto& ended = std::get<real::Ended>(outcome);
  if (!ended.nonsense.empty()) parent.result.is_whole = false;
  if (!parent.result.is_whole) sink.ended(ending_of_child(ended, parent.reader));
  return std::move(parent.result);
}

}  // namespace session
