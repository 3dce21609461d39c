// Scratch directory, child process, and the child's telling delivered to a sink in the parent.

#include "scenarios/session/host_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "real/child.h"
#include "real/linux_host.h"
#include "real/memory_limit.h"
#include "real/scratch.h"
#include "real/seal.h"
#include "scenarios/python/mentions.h"
#include "scenarios/session/child_end.h"
#include "scenarios/session/wire.h"

namespace session {
namespace {

// Creates one file of the scratch directory. A link there would be the doing of the child.
std::optional<Failure> put_file(int directory, const std::string& name, const std::string& bytes) {
  const real::Descriptor file(::openat(directory, name.c_str(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  bool ok = file.number() >= 0;
  for (std::size_t done = 0; ok && done < bytes.size();) {
    const ssize_t n = ::write(file.number(), bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    ok = n >= 0;
    if (ok) done += static_cast<std::size_t>(n);
  }
  if (ok) return std::nullopt;
  return Failure{
      fmt::format("{} cannot be copied into the scratch directory: {}. Set "
                  "PAGEWALK_SCRATCH to a folder with room",
                  name, std::strerror(errno))};
}

// How long the program takes, and how much of it the processor is in no kernel.
class ProgramTime {
 public:
  void tell(RunSink& sink) const {
    const std::chrono::nanoseconds took = Clock::now() - begin_;
    sink.note({topic::program_time, std::to_string(took.count())});
    sink.note({topic::own_time, std::to_string((own_time() - own_before_).count())});
  }

 private:
  using Clock = std::chrono::steady_clock;

  static std::chrono::nanoseconds own_time() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return std::chrono::seconds(usage.ru_utime.tv_sec) +
           std::chrono::microseconds(usage.ru_utime.tv_usec);
  }

  std::chrono::nanoseconds own_before_ = own_time();
  Clock::time_point begin_ = Clock::now();
};

// What a sealed child cannot do itself and asks for (Channel::ask), beside the wire's messages. The
// child is not trusted: a request is good for nothing but the files of the program's folder, and
// the limit that it runs under.
namespace request {
constexpr std::uint32_t first_use = 1000;  // the payload is a file's name
constexpr std::uint32_t listing = 1001;
constexpr std::uint32_t limit = 1002;      // the program begins
constexpr std::uint32_t limit_end = 1003;  // it has ended
}  // namespace request

class Deliverer final : public real::MessageSink {
 public:
  Deliverer(WireReader reader, CarriedFiles* carried, int directory, Limit* limit)
      : reader_(reader), carried_(carried), directory_(directory), limit_(limit) {}
  std::string message(std::uint32_t type, std::span<const std::byte> payload) override {
    if (type == request::limit || type == request::limit_end) return set_limit(type);
    const bool is_request = type == request::first_use || type == request::listing;
    if (!is_request) return reader_.take(type, payload);
    if (carried_ == nullptr) return "a request for files that there are not";
    if (type == request::listing) {
      for (const std::string& name : carried_->names()) copy_in(name);
    } else {
      copy_in({reinterpret_cast<const char*>(payload.data()), payload.size()});
    }
    return {};
  }

  std::optional<Failure> failure;  // the first file that could not be copied in

 private:
  // What can be evicted when the program begins is none of what the process needs.
  std::string set_limit(std::uint32_t request) {
    if (limit_ == nullptr) return "a request for a limit that there is not";
    if (request == request::limit_end) {
      limit_->after = limit_->group.usage();
      return {};
    }
    limit_->before = limit_->group.usage();
    const auto [total, anonymous, file] = limit_->before;
    limit_->error = limit_->group.limit(total - std::min(total, file) + limit_->room);
    return {};
  }
  void copy_in(std::string_view name) {
    if (name.find_first_of(std::string_view("/\0", 2)) != std::string_view::npos) return;
    const auto bytes = carried_->first_use(name);
    if (!failure) failure = carried_->failure();
    if (!bytes) return;
    auto problem = put_file(directory_, std::string(name), *bytes);
    if (!failure) failure = std::move(problem);
  }

  WireReader reader_;
  CarriedFiles* carried_;
  int directory_;
  Limit* limit_;
};

// The evaluator refuses os.fork() to a program that does not name it (Vm::ask).
real::Forking forking_of(const python::Program& program) {
  return python::mentions(program, "fork") ? real::Forking::allowed : real::Forking::forbidden;
}

// What the child does. Its exit status is always 0: what happened is told, not returned.
class ChildSide {
 public:
  ChildSide(const HostRun& job, int directory) : job_(job), directory_(directory) {}

  int run(real::Channel& channel) {
    WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
      channel.send(type, payload);
    });
    EventRelay relay(writer);
    sim::EventStream events(relay);
    if (!joins_its_group(writer)) return 0;
    auto made = real::LinuxHost::make({.directory = directory_,
                                       .events = &events,
                                       .evictions = job_.evictions,
                                       .sources = job_.settings.without.host,
                                       .mode = job_.settings.mode,
                                       .deaths = job_.deaths,
                                       .is_limited = job_.limit != nullptr});
    if (const auto* problem = std::get_if<real::Problem>(&made)) {
      writer.ended({EndKind::broken, problem->what, "", 0, 0});
      return 0;
    }
    real::LinuxHost& host = *std::get<0>(made);
    tell(host.capabilities(), writer);
    tell(real::seal({.directory = directory_,
                     .layers = job_.settings.without.seal,
                     .forking = forking_of(job_.program)}),
         writer);
    if (job_.limit != nullptr) channel.ask(request::limit, {});
    const ProgramTime time;
    const Ending end = conduct_on(host, events, writer, relay, channel);
    if (job_.detail == Conducted::Detail::output_only) time.tell(writer);
    if (job_.limit != nullptr) channel.ask(request::limit_end, {});
    if (const auto pages = host.device_pages_in()) {
      writer.note({topic::device_pages_in, std::to_string(*pages)});
    }
    tell_notes(host, writer);
    if (end.kind == EndKind::killed) {
      writer.note({topic::awaits_kill, ""});
      channel.wait_for_the_end();
    }
    return 0;
  }

 private:
  Ending conduct_on(real::LinuxHost& host, sim::EventStream& events, WireWriter& writer,
                    EventRelay& relay, real::Channel& channel) const {
    return conduct(
        {.program = job_.program,
         .computer = host,
         .events = events,
         .sink = writer,
         .budget = {job_.settings.max_steps, job_.settings.max_time},
         .interrupted = [&] { return channel.stop_asked(); },
         .before_first_use =
             [&](std::string_view name) {
               if (job_.carried == nullptr) return;
               channel.ask(request::first_use, std::as_bytes(std::span(name)));
             },
         .before_listing =
             [&] {
               if (job_.carried != nullptr) channel.ask(request::listing, {});
             },
         .detail = job_.detail,
         .stop = job_.stop,
         .why_killed = "memory ran out on the simulated computer at this touch; here it did "
                       "not, and the program was ended to keep the two together"},
        relay);
  }

  // True where there is none.
  bool joins_its_group(RunSink& sink) const {
    if (job_.limit == nullptr) return true;
    const real::MemoryGroup& group = job_.limit->group;
    const bool has_joined = ::write(group.members(), "0", 1) == 1;
    const std::string why = std::strerror(errno);
    ::close(group.members());  // the program's process has no use for it
    if (has_joined) return true;
    sink.ended({EndKind::broken, group.path() + " cannot be joined: " + why, "", 0, 0});
    return false;
  }

  // A missing capability is a note under its name.
  static void tell(const std::vector<real::Capability>& capabilities, RunSink& sink) {
    for (const real::Capability& c : capabilities) {
      if (!c.available) sink.note({c.name, fmt::format("not here ({}): {}", c.why_not, c.lost)});
    }
  }

  // What else there is to say is known at the end.
  static void tell_notes(const real::LinuxHost& host, RunSink& sink) {
    const std::vector<std::string> all = host.notes();
    for (std::size_t i = real::notes_of(host.capabilities()).size(); i < all.size(); ++i) {
      sink.note({"this computer", all[i]});
    }
  }

  const HostRun& job_;
  int directory_;
};

// A program has no use for more, and a runaway one does no harm.
real::ChildLimits limits_of(const python::Program& program, const Settings& settings) {
  const bool may_fork = forking_of(program) == real::Forking::allowed;
  constexpr sim::Bytes kLargestFile{std::uint64_t{64} << 30};
  // The conductor ends the run long before; this is for a loop that never comes back to it.
  constexpr std::chrono::seconds kGrace{30};
  return {.file_size = kLargestFile,
          .address_space = {},  // sparse files may be mapped whole
          .memory = real::memory_allowance(),
          .processor_time = settings.max_time + kGrace,
          // The kernel counts all processes of the user: no number would allow a few.
          .processes = may_fork ? std::nullopt : std::optional(0u)};
}

// A child that could not tell how the program ended did not come to its end.
Ending ending_of_child(const real::Ended& ended, std::uint32_t line) {
  if (!ended.nonsense.empty()) {
    return {EndKind::broken,
            fmt::format("the process that ran the program told what cannot be ({}), and was ended: "
                        "a defect of Pagewalk, or somebody meddled with that process. What is "
                        "shown of this run may be wrong",
                        ended.nonsense),
            "", 0, line};
  }
  if (ended.was_stopped) return {EndKind::stopped, "interrupted", "", 0, line};
  return {EndKind::broken, "the process that ran the program " + what_happened(ended), "",
          ended.halted_by != 0 ? ended.halted_by : ended.signal, line};
}

// Passes everything on, and remembers where the program was and whether an ending was told.
class EndWatcher final : public RunSink {
 public:
  EndWatcher(RunSink& sink, const real::Scratch& scratch) : sink_(sink), scratch_(scratch) {}
  void line_begins(std::uint32_t at) override {
    line = at;
    sink_.line_begins(at);
  }
  void line_goes_on(std::uint32_t at) override {
    line = at;
    sink_.line_goes_on(at);
  }
  void happened(std::span<const sim::Event> events) override { sink_.happened(events); }
  void printed(Stream stream, std::string_view text) override { sink_.printed(stream, text); }
  void observed(const sim::Observation& seen) override { sink_.observed(seen); }
  void named(std::uint32_t object, std::string_view name) override { sink_.named(object, name); }
  void note(const Note& n) override {
    if (n.topic == topic::awaits_kill) {
      awaits_kill = has_ended;
    } else {
      sink_.note(n);
    }
  }
  void file_now(std::string_view name, const FileTruths& truths) override {
    sink_.file_now(name, truths);
  }
  void file(std::string_view name, const FileTruths& truths) override { sink_.file(name, truths); }
  // A full disk is named as long as it is full: the files go with the scratch directory.
  void ended(const Ending& told) override {
    has_ended = true;
    Ending ending = told;
    if (scratch_.is_full()) {
      const std::string full = "the disk of the scratch directory is full";
      sink_.note({"disk space", full});
      if (ending.kind == EndKind::died && ending.message.empty()) ending.message = full;
    }
    sink_.ended(ending);
  }

  bool has_ended = false;
  std::uint32_t line = 0;
  bool awaits_kill = false;

 private:
  RunSink& sink_;
  const real::Scratch& scratch_;
};

}  // namespace

std::variant<Left, Failure> run_on_host(const HostRun& job, RunSink& sink) {
  auto made = real::Scratch::make();
  if (const auto* problem = std::get_if<real::Problem>(&made)) return Failure{problem->what};
  const real::Scratch scratch = std::get<real::Scratch>(std::move(made));
  for (const auto& [name, bytes] : job.files) {
    if (auto failure = put_file(scratch.directory(), name, bytes)) return *failure;
  }
  EndWatcher watcher(sink, scratch);
  const WireReader reader({.lines = static_cast<std::uint32_t>(job.program.lines.size()),
                           .detail = job.detail,
                           .stop = job.stop},
                          watcher);
  Deliverer deliverer(reader, job.carried, scratch.directory(), job.limit);
  ChildSide child(job, scratch.directory());
  std::vector<int> descriptors{scratch.directory()};
  if (job.limit != nullptr) descriptors.push_back(job.limit->group.members());
  const real::ChildWork work{.work = [&](real::Channel& channel) { return child.run(channel); },
                             .interrupted = job.interrupted,
                             .pointless = [&] { return scratch.why_gone(); },
                             .must_be_killed = [&] { return watcher.awaits_kill; },
                             .limits = limits_of(job.program, job.settings),
                             .descriptors = std::move(descriptors)};
  const auto outcome = real::run_in_child(work, deliverer);
  if (const auto* problem = std::get_if<real::Problem>(&outcome)) return Failure{problem->what};
  const auto& ended = std::get<real::Ended>(outcome);
  if (const std::string gone = scratch.why_gone(); !gone.empty()) return Failure{gone};
  if (deliverer.failure) return *deliverer.failure;
  const bool is_believed = ended.nonsense.empty();
  if (is_believed && watcher.awaits_kill && ended.signal != SIGKILL) {
    return Failure{"the child that was to be killed ended by itself"};
  }
  if (!is_believed || !watcher.has_ended) watcher.ended(ending_of_child(ended, watcher.line));
  return read_folder(scratch.path());
}

}  // namespace session
