// What the child sends is what the parent hears, and what no child could send, it does not hear.

#include "scenarios/session/wire.h"

#include <doctest/doctest.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "scenarios/session/quiet_sink.h"
#include "scenarios/session/reconcile.h"
#include "scenarios/session/recorder.h"
#include "scenarios/session/run_json.h"

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
  memory.shared.append(3);
  seen.memory.push_back(memory);
  seen.processes.push_back({sim::ProcessId{0}, sim::Pages{70}, {}, sim::Pages{2}, {}});
  sim::PageRanges entries;
  entries.append(sim::PageRange{1, 3});
  seen.processes.push_back({sim::ProcessId{1},
                            sim::Pages{70},
                            sim::ResidentPages{sim::Pages{1}, sim::Pages{2}, sim::Pages{3}},
                            sim::Pages{0},
                            {{0, entries}}});
  sink.observed(seen);
  sink.named(1, "arr");
  sink.note({topic::dirty_tracking, "why"});
  sink.file("data.bin", {{true, 2, std::string("a\0", 2), std::string(64, '5'), ""},
                         {true, 1, "b", "", "not hashed"},
                         {false, 0, "", "", "not visible"}});
  sink.line_begins(2);
  sink.line_goes_on(7);
  sink.printed(Stream::out, "more\n");
  sink.ended({EndKind::raised, "trace", "ValueError: x", 0, 7});
}

TEST_CASE("a run told through the wire is the run told directly") {
  Recorder direct(ComputerKind::real, {}, 1), remote(ComputerKind::real, {}, 1);
  tell_everything(direct);
  WireReader reader({.lines = 9}, remote);
  WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
    CHECK(reader.take(type, payload).empty());
  });
  tell_everything(writer);
  const Run a = direct.take(), b = remote.take();

  REQUIRE(a.steps.size() == 3);
  REQUIRE(b.steps.size() == 3);
  CHECK(a.steps[0].after == b.steps[0].after);
  CHECK(a.steps[0].after.resident.size() == 2);
  CHECK(a.steps[0].after.shared.size() == 1);
  CHECK(a.steps[0].after.mapped.at(1).resident->shared == sim::Pages{3});
  CHECK(a.steps[0].faults == b.steps[0].faults);
  CHECK(b.steps[0].counters.touches == 9);
  CHECK(b.steps[0].output == "text\n");
  CHECK(b.steps[2].line == 7);
  CHECK(b.steps[2].times == 0);
  CHECK(b.steps[2].output == "more\n");
  CHECK(a.names == b.names);
  CHECK(b.note_on(topic::dirty_tracking)->text == "why");
  CHECK(b.files.at("data.bin").program.first_bytes == std::string("a\0", 2));
  CHECK(b.files.at("data.bin").durable.why_not == "not visible");
  CHECK(b.ending.error_line == "ValueError: x");
  CHECK(b.ending.line == 7);
}

// Messages, kept.
struct Told {
  std::uint32_t type = 0;
  std::vector<std::byte> payload;
};
std::vector<Told> messages_of(const std::function<void(RunSink&)>& tell) {
  std::vector<Told> all;
  WireWriter writer([&](std::uint32_t type, std::span<const std::byte> payload) {
    all.push_back({type, {payload.begin(), payload.end()}});
  });
  tell(writer);
  return all;
}

// What a reader says about the last of these messages; the ones before are good.
std::string refusal_of(const std::function<void(RunSink&)>& tell,
                       const WireReader::Expected& expected = {.lines = 9}) {
  QuietSink heard;
  WireReader reader(expected, heard);
  std::string last;
  for (const Told& m : messages_of(tell)) {
    CHECK(last == "");
    last = reader.take(m.type, m.payload);
  }
  return last;
}
std::string refusal_of(const sim::Event& event) {
  return refusal_of([&](RunSink& sink) {
    sink.line_begins(1);
    sink.happened(std::span(&event, 1));
  });
}

TEST_CASE("an event that no computer has is refused, and named") {
  using sim::EventKind;
  CHECK(refusal_of({.kind = EventKind{200}}) == "an event of kind 200");
  CHECK(refusal_of({.kind = EventKind{14}}) == "an event of kind 14");
  CHECK(refusal_of({.kind = EventKind::write_back, .detail = 65535}) ==
        "an event of kind write_back with the detail 65535");
  CHECK(refusal_of({.kind = EventKind::system_call, .operand = 255}) ==
        "an event of kind system_call with the operand 255");
  CHECK(refusal_of({.kind = EventKind::page_in, .detail = 5}) != "");
  CHECK(refusal_of({.kind = EventKind::fault_minor, .detail = 32}) != "");
  CHECK(refusal_of({.kind = EventKind::signal, .detail = 65}) != "");
  CHECK(refusal_of({.kind = EventKind::disk_error, .detail = 3}) != "");
}

TEST_CASE("an end that cannot be is refused") {
  const auto end = [](const Ending& e) {
    return refusal_of([&](RunSink& sink) { sink.ended(e); });
  };
  CHECK(end({EndKind::finished, "", "", 0, 3}) == "");
  CHECK(end({EndKind{250}, "", "", 0, 3}) == "a choice that there is not");
  CHECK(end({EndKind::finished, "", "", 0, 10}) == "line 10 of 9");
  CHECK(end({EndKind::finished, "", "", 0, 3, 255}) == "");
  CHECK(end({EndKind::finished, "", "", 0, 3, 256}) == "an end with status 256");
  CHECK(end({EndKind::finished, "", "", 0, 3, -1}) == "an end with status -1");
  CHECK(end({EndKind::raised, "", "", 0, 3, 1}) == "an end with status 1");
  CHECK(end({EndKind::died, "", "", -119, 3}) == "an end by signal -119");
  CHECK(end({EndKind::raised, "", "", 9, 3}) == "an end by signal 9");
  CHECK(end({EndKind::power_cut, "", "", 0, 3}) == "an end that nobody asked for");
  const auto killed = [](RunSink& sink) { sink.ended({EndKind::killed, "3", "", 9, 3}); };
  CHECK(refusal_of(killed) == "an end that nobody asked for");
  CHECK(refusal_of(killed, {.lines = 9, .stop = Stop{Stop::How::killed, {3, 1, {}}}}) == "");
}

TEST_CASE("what comes out of order is refused") {
  const auto printed = [](RunSink& sink) { sink.printed(Stream::out, "x"); };
  CHECK(refusal_of(printed) == "something that happened before the first line");
  CHECK(refusal_of(printed, {.detail = Conducted::Detail::output_only}) == "");
  CHECK(refusal_of([](RunSink& sink) { sink.line_goes_on(3); }) != "");
  CHECK(refusal_of([](RunSink& sink) { sink.line_begins(10); }) == "line 10 of 9");
  const auto after_the_end = [](RunSink& sink) {
    sink.ended({});
    sink.line_begins(1);
  };
  CHECK(refusal_of(after_the_end) == "something that happened after the end");
}

TEST_CASE("what processes have mapped is looked at") {
  const auto mapped = [](std::vector<sim::ProcessState> processes) {
    return refusal_of([&](RunSink& sink) {
      sink.line_begins(1);
      sink.observed({{}, {}, std::move(processes)});
    });
  };
  const sim::ResidentPages two{sim::Pages{0}, sim::Pages{2}, sim::Pages{0}};
  sim::PageRanges pages;
  pages.append(sim::PageRange{4, 6});
  sim::ProcessState first{sim::ProcessId{0}, sim::Pages{2}, two, sim::Pages{0}, {{7, pages}}};
  CHECK(mapped({first}) == "");
  CHECK(mapped({first, first}) == "processes in disorder");
  CHECK(mapped({{sim::ProcessId{0}, sim::Pages{1}, two, sim::Pages{0}, {{7, pages}}}}) ==
        "more pages in frames than are reserved");
  first.file_entries.push_back({7, pages});
  CHECK(mapped({first}) == "entries for other pages of files than are counted");
}

TEST_CASE("names, notes and hashes are looked at") {
  const auto file = [](const std::string& name, const FileTruth& truth) {
    return refusal_of([&](RunSink& sink) { sink.file(name, {truth, {}, {}}); });
  };
  CHECK(file("a.bin", {}) == "");
  for (const char* name : {"", ".", "..", "../a", "/etc/passwd"}) {
    CHECK(file(name, {}) == "a file name that is none");
  }
  CHECK(file("a.bin", {true, 1, "a", "<script>", ""}) == "a hash that is none");
  CHECK(file("a.bin", {true, 1, std::string(5000, 'a'), "", ""}) != "");
  const auto note = [](const char* text) {
    return refusal_of([&](RunSink& sink) { sink.note({topic::device_pages_in, text}); });
  };
  CHECK(note("12") == "");
  CHECK(note("a dozen") == "a count that is no number");
  CHECK(note("99999999999999999999") == "a count that is no number");
}

TEST_CASE("a text of any length is told in pieces, and heard as one") {
  std::string text(5'000'003, 'x');
  for (std::size_t i = 0; i < text.size(); i += 7) text[i] = static_cast<char>('a' + i % 26);
  std::size_t longest = 0;
  Recorder heard(ComputerKind::real, {}, 1);
  WireReader reader({.lines = 9}, heard);
  const auto tell = [&](RunSink& sink) {
    sink.line_begins(1);
    sink.printed(Stream::out, "");
    sink.printed(Stream::out, text);
  };
  for (const Told& m : messages_of(tell)) {
    longest = std::max(longest, m.payload.size());
    CHECK(reader.take(m.type, m.payload).empty());
  }
  CHECK(longest < 2'000'000);
  CHECK(heard.run().steps.at(0).output == text);
}

// Changes a message as a defect might: a byte, a word, its length, its type.
void mutate(Told& m, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  constexpr std::uint64_t kWords[] = {
      0, 1, 63, 1u << 31, ~0u, std::uint64_t{1} << 32, std::uint64_t{1} << 63, ~std::uint64_t{0}};
  switch (below(5)) {
    case 0: m.type = static_cast<std::uint32_t>(below(12)); break;
    case 1: m.payload.resize(below(2 * m.payload.size() + 2), std::byte{0xa5}); break;
    case 2: {
      const std::uint64_t word = kWords[below(std::size(kWords))];
      if (m.payload.size() < sizeof word) break;
      std::memcpy(&m.payload[below(m.payload.size() - sizeof word + 1)], &word, sizeof word);
      break;
    }
    default:
      if (!m.payload.empty()) m.payload[below(m.payload.size())] = std::byte(below(256));
  }
}

TEST_CASE("mutated messages are refused, or can be shown and compared") {
  const std::vector<Told> good = messages_of(tell_everything);
  Recorder honest(ComputerKind::simulated, {}, 1);
  tell_everything(honest);
  const Run simulated = honest.take();
  std::mt19937_64 random(11);
  int refused = 0, shown = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    std::vector<Told> told = good;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) {
      const std::size_t i = random() % told.size();
      if (random() % 8 == 0) std::swap(told[i], told[random() % told.size()]);
      mutate(told[i], random);
    }
    Recorder heard(ComputerKind::real, {}, 1);
    heard.trace_touches();
    WireReader reader({.lines = 9}, heard);
    bool is_good = true;
    for (const Told& m : told) is_good = is_good && reader.take(m.type, m.payload).empty();
    ++(is_good ? shown : refused);
    if (heard.run().steps.empty()) continue;
    const Run run = heard.take();
    const Agreement agreement = reconcile(simulated, run);
    const std::vector<const Run*> both{&simulated, &run};
    const auto json = to_json({"p.py", std::vector<std::string>(9)}, Settings{}, both, &agreement);
    REQUIRE(!json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty());
  }
  CHECK(refused > 2000);
  CHECK(shown > 2000);
}

}  // namespace
}  // namespace session
