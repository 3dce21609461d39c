// Laws: a copy of a machine goes on exactly as the original does; how for_each is cut changes
// nothing that anybody can see.

#include <doctest/doctest.h>

#include "tests/laws/law_machine.h"
#include "tests/laws/walk_program.h"

namespace laws {
namespace {

using sim::Event;
using sim::EventKind;

struct Recorded {
  sim::EventLog log;
  sim::EventStream stream{log};

  const std::vector<Event>& events() {
    stream.flush();
    return log.events();
  }
};

TEST_CASE(
    "a copy of a machine tells the same events from there on, and neither disturbs the other") {
  for_random_machines(150, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine original(config);
    RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 60; ++i) program.step(original);

    sim::Machine copy(original);
    RandomProgram same_program(program);
    Recorded first;
    Recorded second;
    original.attach(&first.stream);
    copy.attach(&second.stream);
    for (int i = 0; i < 60; ++i) {
      program.step(original);
      same_program.step(copy);
    }
    program.check_files(original);
    same_program.check_files(copy);
    CHECK(first.events() == second.events());
    CHECK_FALSE(first.events().empty());
  });
}

TEST_CASE("a machine that was copied, whose copy then runs on, is as it was") {
  for_random_machines(100, [](const sim::MachineConfig& config, std::uint64_t seed) {
    sim::Machine original(config);
    RandomProgram program(seed, config.page_size.count);
    for (int i = 0; i < 60; ++i) program.step(original);
    const sim::Machine keyframe(original);
    const RandomProgram program_then(program);
    Recorded live;
    original.attach(&live.stream);
    for (int i = 0; i < 60; ++i) program.step(original);

    sim::Machine again(keyframe);
    RandomProgram program_again(program_then);
    Recorded replayed;
    again.attach(&replayed.stream);
    for (int i = 0; i < 60; ++i) program_again.step(again);
    CHECK(live.events() == replayed.events());
  });
}

// The events with neighbouring accesses of one operand to one page joined, between any two events
// of another kind: what is left if chunk lengths do not count.
std::vector<Event> with_joined_accesses(const std::vector<Event>& events) {
  std::vector<Event> joined;
  std::size_t run_start = 0;
  for (const Event& event : events) {
    if (event.kind != EventKind::access) {
      joined.push_back(event);
      run_start = joined.size();
      continue;
    }
    bool found = false;
    for (std::size_t i = run_start; i < joined.size(); ++i) {
      Event& other = joined[i];
      if (other.page != event.page || other.operand != event.operand ||
          other.detail != event.detail) {
        continue;
      }
      other.count += event.count;
      found = true;
      break;
    }
    if (!found) joined.push_back(event);
  }
  return joined;
}

TEST_CASE("for_each in chunks and element by element: same events, same bytes") {
  std::uint64_t chunked_events = 0;
  std::uint64_t unchunked_events = 0;
  for_random_machines(400, [&](const sim::MachineConfig& random, std::uint64_t seed) {
    sim::MachineConfig config = random;
    config.page_size = sim::Bytes{std::uint64_t{64} << seed % 3};  // room for chunks
    // Also fewer frames than operands, which the other laws cannot have. Memory that runs out ends
    // both programs at the same touch.
    if (seed % 4 == 0) {
      config.frames = sim::Pages{1 + seed / 4 % 4};
      config.swap_pages = sim::Pages{seed / 16 % 6};
    }
    sim::Machine chunked(config);
    sim::Machine unchunked(config);
    unchunked.set_chunking(sim::Chunking::element_by_element);
    Recorded first;
    Recorded second;
    chunked.attach(&first.stream);
    unchunked.attach(&second.stream);
    WalkProgram program(seed, config.page_size.count);
    WalkProgram same_program(seed, config.page_size.count);
    for (int i = 0; i < 40; ++i) {
      program.step(chunked);
      same_program.step(unchunked);
    }
    CHECK(chunked.touches() == unchunked.touches());
    CHECK(with_joined_accesses(first.events()) == with_joined_accesses(second.events()));
    CHECK(program.memory(chunked) == same_program.memory(unchunked));
    chunked_events += first.events().size();
    unchunked_events += second.events().size();
  });
  // Otherwise nothing was chunked, and the law says nothing.
  CHECK(chunked_events < unchunked_events * 3 / 4);
}

}  // namespace
}  // namespace laws
