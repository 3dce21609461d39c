// The kernel's run in a memory cgroup of its own, then the simulated ones.

#include "scenarios/session/limited.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "scenarios/session/host_run.h"

namespace session {
namespace {

constexpr sim::PolicyKind kPolicies[] = {sim::PolicyKind::lru, sim::PolicyKind::clock,
                                         sim::PolicyKind::fifo, sim::PolicyKind::random};

// The group's own death is told as what it is.
Ending ending_under(const real::MemoryGroup& group, bool has_swap, const Ending& told) {
  if (told.kind != EndKind::broken || group.kills() == 0) return told;
  Ending end = told;
  end.kind = EndKind::died;
  end.signal = SIGKILL;
  end.message = fmt::format(
      "this computer's kernel killed the process for want of memory{}. Its last faults are not in "
      "the figures",
      has_swap ? "" : ": it has no swap area, so that anonymous memory cannot be evicted");
  return end;
}

}  // namespace

std::variant<Limited, Failure> play_limited(const Play& play) {
  const sim::MachineConfig& machine = play.settings.machine;
  if (machine.frames < kLeastFramesOfLimit) {
    return Failure{fmt::format(
        "--mode cgroup with frames={}: the kernel evicts 32 pages at a time and charges 64 in "
        "advance for each CPU, so that under {} frames its figures say little. Set frames={} or "
        "more, and a program that is larger",
        machine.frames.count, kLeastFramesOfLimit.count, kLeastFramesOfLimit.count)};
  }
  auto made = real::MemoryGroup::make();
  if (const auto* problem = std::get_if<real::Problem>(&made)) {
    return Failure{"--mode cgroup: " + problem->what};
  }
  const auto& group = std::get<real::MemoryGroup>(made);

  Limit limit{.group = group, .room = sim::Bytes{machine.frames.count * machine.page_size.count}};
  Recorder recorder(ComputerKind::real, machine, play.settings.max_steps);
  const auto left = run_on_host({.program = play.program,
                                 .settings = play.settings,
                                 .files = play.files,
                                 .detail = Conducted::Detail::steps,
                                 .interrupted = play.interrupted,
                                 .limit = &limit},
                                recorder);
  if (const auto* failure = std::get_if<Failure>(&left)) return *failure;
  if (limit.error != 0) {
    return Failure{fmt::format("--mode cgroup: the limit of {} could not be set: {}", group.path(),
                               std::strerror(limit.error))};
  }
  const auto pages = [&](sim::Bytes bytes) { return bytes.count / machine.page_size.count; };
  const sim::Bytes own = limit.before.total - std::min(limit.before.total, limit.before.file);
  Limited result{.kernel = recorder.take(),
                 .simulated = {},
                 .cgroup_version = group.version(),
                 .limit = sim::Pages{pages(own + limit.room)},
                 .own = sim::Pages{pages(own)},
                 .own_growth = static_cast<std::int64_t>(pages(limit.after.anonymous)) -
                               static_cast<std::int64_t>(pages(limit.before.anonymous)),
                 .has_swap = real::has_swap()};
  result.kernel.ending = ending_under(group, result.has_swap, result.kernel.ending);
  if (limit.after.total == sim::Bytes{}) result.own_growth = 0;  // it did not come to its end

  std::vector<sim::PolicyKind> policies(std::begin(kPolicies), std::end(kPolicies));
  std::stable_partition(policies.begin(), policies.end(),
                        [&](sim::PolicyKind policy) { return policy == machine.policy; });
  for (const sim::PolicyKind policy : policies) {
    Play simulated = play;
    simulated.settings.machine.policy = policy;
    result.simulated.push_back(play_simulated(simulated).run);
  }
  return result;
}

}  // namespace session
