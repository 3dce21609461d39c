// Laws: a moment that is gone back to is the moment that was, whole machine, and goes on as it did.

#include <doctest/doctest.h>

#include <map>
#include <optional>

#include "tests/laws/law_machine.h"
#include "tests/laws/walk_program.h"
#include "tests/viz/model/machine_digest.h"
#include "tests/viz/model/one_by_one.h"
#include "viz/model/playback.h"

namespace {

using namespace laws;
using viz::Moment;
using viz::Playback;
using viz::Recording;
using viz_tests::digest_of;

struct Seen {
  Moment moment;
  sim::Machine machine;
  RandomProgram program;  // as it goes on from here
};

TEST_CASE("between two operations, a moment that is gone back to is what it was") {
  std::size_t keyframes = 0;
  for_random_machines(60, [&](const sim::MachineConfig& config, std::uint64_t seed) {
    Recording recording(sim::Machine(config), 20);
    RandomProgram program(seed, config.page_size.count);
    std::vector<Seen> seen;
    for (int i = 0; i < 80; ++i) {
      program.step(recording.computer());
      seen.push_back({recording.end(), recording.machine(), program});
    }
    keyframes += recording.keyframes().size();
    Playback playback(recording);
    sim::Rng rng(seed);
    for (int i = 0; i < 40; ++i) {
      const Seen& then = seen[rng.below(seen.size())];
      REQUIRE(digest_of(playback.at(then.moment)) == digest_of(then.machine));
    }
  });
  CHECK(keyframes > 3 * 60);  // not only the first of each
}

TEST_CASE("a moment that is gone back to goes on as it did, event by event") {
  for_random_machines(60, [](const sim::MachineConfig& config, std::uint64_t seed) {
    Recording recording(sim::Machine(config), 20);
    RandomProgram program(seed, config.page_size.count);
    std::vector<Seen> seen;
    for (int i = 0; i < 40; ++i) {
      seen.push_back({recording.end(), recording.machine(), program});
      program.step(recording.computer());
    }
    Playback playback(recording);
    const Seen& then = seen[seed % seen.size()];
    sim::Machine again(playback.at(then.moment));
    sim::Machine original(then.machine);
    RandomProgram one(then.program);
    RandomProgram other(then.program);
    sim::EventLog log_again, log_original;
    {
      sim::EventStream stream_again(log_again), stream_original(log_original);
      again.attach(&stream_again);
      original.attach(&stream_original);
      for (int i = 0; i < 40; ++i) {
        one.step(again);
        other.step(original);
      }
    }
    CHECK(log_again.events() == log_original.events());
    CHECK_FALSE(log_original.events().empty());
  });
}

// In the middle of a loop too: bytes stored so far, pages that came and went so far.
TEST_CASE("a moment within an operation is what one touch at a time leads to") {
  for_random_machines(60, [](const sim::MachineConfig& random, std::uint64_t seed) {
    sim::MachineConfig config = random;
    config.page_size = sim::Bytes{std::uint64_t{32} << seed % 3};
    Recording recording(sim::Machine(config), 64);
    viz_tests::OneByOne plain{sim::Machine(config)};
    WalkProgram program(seed, config.page_size.count);
    WalkProgram same_program(seed, config.page_size.count);
    for (int i = 0; i < 12; ++i) {
      program.step(recording.computer());
      same_program.step(plain);
    }
    REQUIRE(plain.touches() == recording.end().touch);
    Playback playback(recording);
    sim::Rng rng(seed);
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t touch = rng.below(recording.end().touch);
      CAPTURE(touch);
      const Moment moment = playback.before_touch(touch);
      REQUIRE(moment.touch == touch);
      sim::Machine there(playback.at(moment));
      REQUIRE(there.touches() == touch);
      sim::Machine expected(plain.moments().at(touch));
      REQUIRE(digest_of(there) == digest_of(expected));
      REQUIRE(program.memory(there) == program.memory(expected));
    }
  });
}

TEST_CASE("a call that only asks takes its time again") {
  Recording recording{sim::Machine(sim::MachineConfig())};
  (void)recording.computer().stat("none");
  (void)recording.computer().open("f", {.access = sim::OpenAccess::read_write, .create = true});
  (void)recording.computer().stat("f");
  Playback playback(recording);
  CHECK(digest_of(playback.at(recording.end())) == digest_of(recording.machine()));
}

TEST_CASE("a step back, and all steps back, and forwards again") {
  sim::MachineConfig config;
  config.frames = sim::Pages{3};
  config.swap_pages = sim::Pages{64};
  Recording recording{sim::Machine(config)};
  viz_tests::OneByOne plain{sim::Machine(config)};
  for (sim::Computer* computer : {&recording.computer(), static_cast<sim::Computer*>(&plain)}) {
    sim::MapRequest request;
    request.length = sim::Bytes{8 * 4096};
    request.protection.write = true;
    const auto mapping = computer->mmap(request);
    REQUIRE(mapping.ok());
    for (std::uint64_t i = 0; i < 100; ++i) {
      const std::byte byte{static_cast<unsigned char>(i)};
      REQUIRE(
          computer->store(mapping->base + sim::Bytes{i % 8 * 4096}, std::span(&byte, 1)).is_done());
    }
  }
  Playback playback(recording);
  for (std::uint64_t touch = 100; touch-- > 0;) {
    REQUIRE(digest_of(playback.at(playback.before_touch(touch))) ==
            digest_of(plain.moments().at(touch)));
  }
  for (std::uint64_t touch = 0; touch < 100; ++touch) {
    REQUIRE(digest_of(playback.at(playback.before_touch(touch))) ==
            digest_of(plain.moments().at(touch)));
  }
  CHECK(playback.before_touch(1000) == recording.end());
}

}  // namespace
