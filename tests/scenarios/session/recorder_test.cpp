// Events into steps.

#include "scenarios/session/recorder.h"

#include <doctest/doctest.h>

namespace session {
namespace {

using sim::Event;
using sim::EventKind;

Event fault(EventKind kind, std::uint32_t page, std::uint16_t detail = 0) {
  return {.page = {0, page}, .kind = kind, .detail = detail};
}

sim::Observation one_file(std::uint64_t size, std::uint64_t position) {
  sim::FileState file;
  file.name = "data.bin";
  file.size = sim::Bytes{size};
  file.descriptors.push_back({sim::Fd{3}, sim::FileOffset{position}});
  return {{file}, {}, {}};
}

void write_bytes(Recorder& recorder, std::uint32_t count) {
  const Event call{.page = {},
                   .count = count,
                   .kind = EventKind::system_call,
                   .operand = static_cast<std::uint8_t>(sim::SystemCall::write)};
  recorder.happened({&call, 1});
}

TEST_CASE("faults on ascending pages of one kind are one run, and every fault counts once") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  recorder.line_begins(1);
  const Event events[] = {fault(EventKind::fault_major, 0), fault(EventKind::fault_major, 1),
                          fault(EventKind::fault_minor, 2, sim::fault_detail::write_notify),
                          fault(EventKind::fault_minor, 9, sim::fault_detail::cow)};
  recorder.happened(events);
  const Run run = recorder.take();

  REQUIRE(run.steps.size() == 1);
  const Step& step = run.steps[0];
  CHECK(step.counters.major == 2);
  CHECK(step.counters.minor == 2);
  CHECK(step.counters.cow == 1);
  CHECK(step.counters.write_notify == 1);
  REQUIRE(step.faults.size() == 3);
  CHECK(step.faults[0].pages == PageRun{0, 0, 2});
  CHECK(run.totals.major + run.totals.minor == 4);
}

TEST_CASE("a write at the end of a file is remarked as appending, with the position it found") {
  Recorder recorder(ComputerKind::real, {}, 1);
  recorder.line_begins(4);
  recorder.observed(one_file(16, 16));
  recorder.line_begins(5);
  write_bytes(recorder, 16);
  recorder.observed(one_file(32, 32));
  const Run run = recorder.take();
  REQUIRE(run.steps[1].remarks.size() == 1);
  CHECK(run.steps[1].remarks[0] == "line 5 appends: the file position is 16");
}

TEST_CASE("a write at the start of a file is no appending") {
  Recorder recorder(ComputerKind::real, {}, 1);
  recorder.line_begins(4);
  recorder.observed(one_file(16, 0));
  recorder.line_begins(5);
  write_bytes(recorder, 16);
  recorder.observed(one_file(16, 16));
  CHECK(recorder.take().steps[1].remarks.empty());
}

TEST_CASE("beyond a thousand steps a line's executions are summed, and nothing is lost") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  constexpr std::uint32_t kTurns = 5000;
  for (std::uint32_t i = 0; i < kTurns; ++i) {
    recorder.line_begins(1);
    recorder.line_begins(2);
    const Event e = fault(EventKind::fault_minor, i);
    recorder.happened({&e, 1});
  }
  const Run run = recorder.take();
  CHECK(run.steps.size() == kStepsKeptApart + 2);
  CHECK(run.totals.minor == kTurns);
  std::uint64_t times = 0;
  for (const Step& step : run.steps) times += step.times;
  CHECK(times == 2 * kTurns);
}

TEST_CASE("what a line does after a call is a step of that line and no execution of it") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  const Event e = fault(EventKind::fault_minor, 0);
  recorder.line_begins(5);
  recorder.line_begins(2);
  recorder.happened({&e, 1});
  recorder.line_goes_on(5);
  recorder.happened({&e, 1});
  recorder.line_begins(2);
  recorder.line_goes_on(5);
  recorder.line_begins(6);
  const Run run = recorder.take();
  std::vector<std::uint32_t> lines;
  std::vector<std::uint64_t> times, faults;
  for (const Step& step : run.steps) {
    lines.push_back(step.line);
    times.push_back(step.times);
    faults.push_back(step.counters.minor);
  }
  CHECK(lines == std::vector<std::uint32_t>{5, 2, 5, 2, 6});
  CHECK(times == std::vector<std::uint64_t>{1, 1, 0, 1, 1});
  CHECK(faults == std::vector<std::uint64_t>{0, 1, 1, 0, 0});
}

TEST_CASE("an observation after summed steps is the state of every line since the last one") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  for (std::size_t i = 0; i < kStepsKeptApart; ++i) recorder.line_begins(1);
  for (int i = 0; i < 10; ++i) {
    recorder.line_begins(1);
    recorder.line_begins(2);
  }
  recorder.observed(one_file(16, 8));
  const Run run = recorder.take();
  REQUIRE(run.steps.size() == kStepsKeptApart + 2);
  CHECK(run.steps[kStepsKeptApart].after.files.at("data.bin").position == 8);
  CHECK(run.steps[kStepsKeptApart + 1].after.files.at("data.bin").position == 8);
  CHECK(run.steps[kStepsKeptApart - 1].after.files.empty());
}

TEST_CASE(
    "a removed file is gone, though a page of it is in a frame, and another may have its name") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  sim::FileState file;
  file.name = "a.bin";
  file.resident.append(0);
  recorder.line_begins(1);
  recorder.observed({{file}, {}, {}});
  recorder.line_begins(2);
  file.name.clear();
  recorder.observed({{file}, {}, {}});
  recorder.line_begins(3);
  sim::FileState other;
  other.name = "a.bin";
  other.object = 1;
  other.resident.append(0);
  recorder.observed({{file, other}, {}, {}});
  const Run run = recorder.take();
  CHECK(run.steps[0].after.files.contains("a.bin"));
  CHECK(run.steps[1].after.files.empty());
  CHECK(run.steps[1].after.resident == std::vector<PageRun>{{0, 0, 1}});
  CHECK(run.steps[2].after.files.at("a.bin").object == 1);
  CHECK(name_of(run, {0, 0, 1}) == "a.bin (old):0");
  CHECK(name_of(run, {1, 0, 1}) == "a.bin:0");
}

TEST_CASE("a removed file that is still open has a size and a position, under a name of its own") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  sim::Observation seen = one_file(16, 8);
  recorder.line_begins(1);
  recorder.observed(seen);
  recorder.line_begins(2);
  seen.files[0].name.clear();
  recorder.observed(seen);
  const Run run = recorder.take();
  CHECK(run.steps[1].after.files.size() == 1);
  CHECK(run.steps[1].after.files.at("data.bin (removed)").position == 8);
}

TEST_CASE("a step that was not looked at says so, and has the state of the one before") {
  Recorder recorder(ComputerKind::simulated, {}, 1);
  recorder.line_begins(1);
  recorder.observed(one_file(16, 8));
  recorder.line_begins(2);
  const Run run = recorder.take();
  CHECK(run.steps[0].looked);
  CHECK_FALSE(run.steps[1].looked);
  CHECK(run.steps[1].after == run.steps[0].after);
}

}  // namespace
}  // namespace session
