// A run with somebody who looks in between two operations, and strikes once.

#include "viz/model/aftermath.h"

#include "scenarios/session/conductor.h"
#include "viz/model/recorder.h"

namespace viz {
namespace {

// Counts the pages for which the disk had no room.
class Refusals final : public session::EventTap {
 public:
  void tap(const session::Run&, std::uint32_t, std::span<const sim::Event> events) override {
    for (const sim::Event& e : events) {
      const auto full = static_cast<std::uint16_t>(sim::DiskError::full);
      if (e.kind == sim::EventKind::disk_error && e.detail == full) ++count_;
    }
  }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

class Rerun {
 public:
  Rerun(const AftermathJob& job, const sim::MachineConfig& config, const session::Files& files)
      : job_(job),
        machine_(config),
        recorder_(machine_, log_, [this] { between_operations(); }),
        steps_(session::ComputerKind::simulated, config, job.film->settings().max_steps,
               &refusals_) {
    for (const auto& [name, bytes] : files) {
      const auto span = std::as_bytes(std::span(bytes.data(), bytes.size()));
      SIM_CHECK(machine_.install_file(name, span).ok());  // as when the film was made
    }
    recorder_.divide_at(job.moment.touch);
  }

  // `strike` is called once; true ends the run there.
  void run(std::function<bool(sim::Machine&)> strike) {
    strike_ = std::move(strike);
    session::EventRelay relay(steps_);
    sim::EventStream events(relay);
    events_ = &events;
    machine_.attach(&events);
    conduct({.program = job_.program,
             .computer = recorder_,
             .events = events,
             .sink = steps_,
             .budget = {job_.film->settings().max_steps, job_.film->settings().max_time},
             .interrupted = [&] { return is_over_ || job_.interrupted(); },
             .stop = job_.stop},
            relay);
    machine_.attach(nullptr);
    events_ = nullptr;
    if (!has_struck_) strike_now();
  }

  const sim::Machine& machine() const { return machine_; }
  session::Run take_run() { return steps_.take(); }
  std::uint64_t refusals() const { return refusals_.count() - refusals_before_; }
  std::uint64_t refusals_before() const { return refusals_before_; }

 private:
  void between_operations() {
    const std::uint64_t done = operations_ - recorder_.divisions();
    const bool is_there = done >= job_.moment.operation && machine_.touches() >= job_.moment.touch;
    if (!has_struck_ && is_there) strike_now();
    ++operations_;
  }
  // What others do is not told as the program's.
  void strike_now() {
    has_struck_ = true;
    if (events_ != nullptr) events_->flush();
    refusals_before_ = refusals_.count();
    machine_.attach(nullptr);
    is_over_ = strike_(machine_);
    if (events_ != nullptr) machine_.attach(events_);
  }

  const AftermathJob& job_;
  sim::Machine machine_;
  OperationLog log_;
  Recorder recorder_;
  Refusals refusals_;
  session::Recorder steps_;
  sim::EventStream* events_ = nullptr;
  std::function<bool(sim::Machine&)> strike_;
  std::uint64_t operations_ = 0, refusals_before_ = 0;
  bool has_struck_ = false, is_over_ = false;
};

// More than any program allocates.
constexpr sim::Pages kRoomForAll{std::uint64_t{1} << 40};

// With how much room the disk must begin to be just full at that moment.
std::optional<sim::Pages> room_until(const AftermathJob& job, sim::MachineConfig config,
                                     const session::Files& files) {
  config.disk_room = kRoomForAll;
  std::optional<sim::Pages> left;
  Rerun rerun(job, config, files);
  rerun.run([&](const sim::Machine& machine) {
    left = machine.kernel().disk_room;
    return true;
  });
  if (!left || *left > kRoomForAll) return std::nullopt;
  return kRoomForAll - *left;
}

bool empty_file(sim::Machine& machine, const std::string& name) {
  const auto fd = machine.open(name, {.access = sim::OpenAccess::read_write});
  if (!fd.ok()) return false;
  const bool is_done = machine.ftruncate(fd.value(), sim::Bytes{0}).ok();
  return machine.close(fd.value()).ok() && is_done;
}

// Kills the program on this computer too, and compares what is left.
void kill_here(const AftermathJob& job, const session::Files& files, Aftermath& aftermath) {
  if (!job.place) {
    aftermath.why_not = "not run here: this moment has no place of its own";
    return;
  }
  if (const auto problem = session::problem_on_this_computer(job.film->settings())) {
    aftermath.why_not = problem->message;
    return;
  }
  const auto played =
      session::play_real({.program = job.program,
                          .settings = job.film->settings(),
                          .files = files,
                          .evictions = job.film->played().evictions.all(),
                          .interrupted = job.interrupted,
                          .stop = session::Stop{session::Stop::How::killed, *job.place}});
  if (const auto* failure = std::get_if<session::Failure>(&played)) {
    aftermath.why_not = failure->message;
    return;
  }
  sim::Machine killed = *job.now;
  killed.exit();
  const auto& here = std::get<session::Played>(played);
  aftermath.run = here.run;
  if (here.run.ending.kind != session::EndKind::killed) {
    aftermath.why_not = "it did not come to this place here";
    return;
  }
  const session::Left left = session::files_left(killed);
  aftermath.is_same_here = here.left.files == left.files && here.left.too_large == left.too_large;
}

void go_on(const AftermathJob& job, const session::Files& files, Aftermath& aftermath) {
  sim::MachineConfig config = job.film->settings().machine;
  if (job.disaster == Disaster::disk_full) {
    if (config.disk_room) {
      aftermath.why_not = "The disk of this machine has a limit of its own.";
      return;
    }
    config.disk_room = room_until(job, config, files);
    if (!config.disk_room) {
      aftermath.why_not = "By now the program has freed more room than it took.";
      return;
    }
  }
  Rerun rerun(job, config, files);
  bool is_done = false;
  rerun.run([&](sim::Machine& machine) {
    is_done = job.disaster == Disaster::disk_full || empty_file(machine, job.file);
    aftermath.struck = machine;
    return !is_done;
  });
  if (!is_done) aftermath.why_not = "The file has no name by which others could open it.";
  if (rerun.refusals_before() > 0) {
    aftermath.why_not = "The disk held more a while ago than it does now: it cannot be just full.";
  }
  aftermath.after = rerun.machine();
  aftermath.after->exit();
  aftermath.spared = job.film->recording().machine();
  aftermath.spared->exit();
  aftermath.run = rerun.take_run();
  aftermath.refusals = rerun.refusals();
}

}  // namespace

std::shared_ptr<const Aftermath> make_aftermath(const AftermathJob& job) {
  auto aftermath = std::make_shared<Aftermath>();
  aftermath->file = job.file;
  sim::Machine start = *job.film->recording().keyframes().front().machine;
  const session::Left left = session::files_left(start);
  if (const auto problem = session::problem_with(left)) {
    aftermath->why_not = problem->message;
  } else if (job.disaster == Disaster::kill) {
    kill_here(job, left.files, *aftermath);
  } else {
    go_on(job, left.files, *aftermath);
  }
  return aftermath;
}

}  // namespace viz
