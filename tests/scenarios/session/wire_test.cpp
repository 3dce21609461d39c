// What the child sends is what the parent hears.

#include "scenarios/session/wire.h"

#include <doctest/doctest.h>

#include "scenarios/session/recorder.h"

namespace session {
namespace {

void tell_everything(RunSink& sink) {
  sink.line_begins(7);
  const sim::Event events[] = {
      {.touch = 3, .page = {0, 2}, .kind = sim::EventKind::fault_major},
      {.touch = 3, .page = {0, 2}, .count = 9, .kind = sim::EventKind::access}};
  sink.happened(events);
  sink.printed(Stream::out, "text\n");
  sink.printed(Stream::err, "warning\n");
  sim::Observation seen;
  sim::FileState file;
  file.name = "data.bin";
  file.size = sim::Bytes{16};
  file.descriptors.push_back({sim::Fd{4}, sim::FileOffset{8}});
  file.resident.append(0);
  file.resident.append({4, 9});
  file.dirty.append(5);
  seen.files.push_back(file);
  sim::MemoryState memory;
  memory.object = 1;
  memory.resident.append(3);
  seen.memory.push_back(memory);
  sink.observed(seen);
  sink.named(1, "arr");
  sink.note({topic::fault_around, "why"});
  sink.file("data.bin", {{true, 2, std::string("a\0", 2), "sum", ""},
                         {true, 1, "b", "other", ""},
                         {false, 0, "", "", "not visible"}});
  sink.line_begins(2);
  sink.line_goes_on(7);
  sink.printed(Stream::out, "more\n");
  sink.ended({EndKind::raised, "trace", "ValueError: x", 0, 7});
}

TEST_CASE("a run told through the wire is the run told directly") {
  Recorder direct(ComputerKind::real, {}, 1), remote(ComputerKind::real, {}, 1);
  tell_everything(direct);
  WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
    deliver(type, payload, remote);
  });
  tell_everything(writer);
  const Run a = direct.take(), b = remote.take();

  REQUIRE(a.steps.size() == 3);
  REQUIRE(b.steps.size() == 3);
  CHECK(a.steps[0].after == b.steps[0].after);
  CHECK(a.steps[0].after.resident.size() == 3);
  CHECK(a.steps[0].faults == b.steps[0].faults);
  CHECK(b.steps[0].counters.touches == 9);
  CHECK(b.steps[0].output == "text\n");
  CHECK(b.steps[2].line == 7);
  CHECK(b.steps[2].times == 0);
  CHECK(b.steps[2].output == "more\n");
  CHECK(a.names == b.names);
  CHECK(b.note_on(topic::fault_around)->text == "why");
  CHECK(b.files.at("data.bin").program.first_bytes == std::string("a\0", 2));
  CHECK(b.files.at("data.bin").durable.why_not == "not visible");
  CHECK(b.ending.error_line == "ValueError: x");
  CHECK(b.ending.line == 7);
}

}  // namespace
}  // namespace session
