// Random programs on the simulated and on the real computer: the same events at the same touches.

#include <array>
#include <map>
#include <string>

#include "real/eviction_list.h"
#include "sim/machine.h"
#include "tests/real/host_fixture.h"
#include "tests/real/process_text.h"
#include "tests/real/random_calls.h"

namespace real {
namespace {

constexpr int kSteps = 150;
constexpr int kStepsBetweenLooks = 15;

// How a run of accesses was cut says nothing; what they were does. A slot of the swap area is each
// computer's own affair.
std::vector<std::string> told(const std::vector<sim::Event>& events) {
  std::vector<std::string> lines;
  std::map<std::pair<sim::PageName, int>, std::uint64_t> accesses;
  const std::vector<std::string> names = names_of(events);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const sim::Event& e = events[i];
    if (e.kind == sim::EventKind::access) {
      accesses[{e.page, e.operand * 2 + e.detail}] += e.count;
      continue;
    }
    std::string line = std::to_string(e.touch) + " " + names[i];
    if (e.kind == sim::EventKind::system_call) {
      line += " moved " + std::to_string(e.count) + " errno " + std::to_string(e.detail);
    }
    if (e.kind == sim::EventKind::evict) {
      line += std::string(" ") + sim::name_of(static_cast<sim::Eviction>(e.detail));
    }
    if (e.kind == sim::EventKind::write_back) {
      line += std::string(" ") + sim::name_of(static_cast<sim::WriteBackReason>(e.detail));
    }
    if (e.kind == sim::EventKind::signal) line += " " + std::to_string(e.detail);
    lines.push_back(std::move(line));
  }
  for (const auto& [what, n] : accesses) {
    lines.push_back(std::to_string(what.first.object) + ":" + std::to_string(what.first.index) +
                    " accessed by " + std::to_string(what.second) + ": " + std::to_string(n));
  }
  return lines;
}

// In causal order the victims come first; the real computer evicts before it looks at a touch.
// What each touch did is compared, not the order of its events.
void sort_within_touches(std::vector<std::string>& lines) {
  std::stable_sort(lines.begin(), lines.end());
}

std::string text_of(const sim::PageRanges& pages) {
  std::string text;
  for (const sim::PageRange& r : pages.ranges()) {
    text += " " + std::to_string(r.first) + "-" + std::to_string(r.end - 1);
  }
  return text;
}

// What is where, in words; bytes only where the real computer shows them.
std::vector<std::string> told(sim::Computer& computer, sim::Computer& real) {
  std::vector<std::string> lines;
  const sim::Observation seen = computer.observe();
  for (const sim::FileState& file : seen.files) {
    std::string line = file.name + " " + std::to_string(file.object) + " has " +
                       std::to_string(file.size.count) + " bytes, resident" +
                       text_of(file.resident) + ", dirty" + text_of(file.dirty);
    for (const sim::Truth truth : {sim::Truth::program, sim::Truth::cache, sim::Truth::durable}) {
      if (file.name.empty() || !real.bytes_of(file.name, truth, {}, file.size).bytes) continue;
      const auto bytes = computer.bytes_of(file.name, truth, {}, file.size).bytes;
      std::uint64_t sum = 0;
      for (const std::byte b : *bytes) sum = sum * 31 + static_cast<std::uint64_t>(b);
      line += ", " + std::to_string(sum);
    }
    lines.push_back(std::move(line));
  }
  for (const sim::MemoryState& memory : seen.memory) {
    lines.push_back("memory " + std::to_string(memory.object) + " resident" +
                    text_of(memory.resident) + ", swapped" + text_of(memory.swapped));
  }
  for (const sim::ProcessState& process : seen.processes) lines.push_back(text_of_process(process));
  return lines;
}

struct Recorded {
  std::vector<std::vector<sim::Event>> steps;
  std::vector<std::string> results;
  EvictionList evictions;
  std::array<std::uint64_t, sim::kEventKinds> kinds{};
};

std::vector<std::byte> first_bytes() {
  std::vector<std::byte> bytes;
  for (std::uint64_t p = 0; p < kFilePages; ++p) {
    bytes.insert(bytes.end(), kPage.count, static_cast<std::byte>(p + 1));
  }
  return bytes;
}

// The simulated run, first and whole.
Recorded simulate(const sim::MachineConfig& config, std::uint64_t seed) {
  Recorded recorded;
  sim::EventLog log;
  sim::EventStream stream(log);
  sim::Machine machine(config);
  REQUIRE(machine.install_file("data", first_bytes()).ok());
  machine.attach(&stream);
  RandomCalls program(machine, seed);
  for (int step = -1; step < kSteps; ++step) {
    if (step < 0) program.start();
    recorded.results.push_back(step < 0 ? "" : program.step());
    stream.flush();
    recorded.evictions.take(log.events());
    for (const sim::Event& e : log.events()) ++recorded.kinds[static_cast<std::size_t>(e.kind)];
    recorded.steps.push_back(log.events());
    log.clear();
  }
  return recorded;
}

// Both once more, side by side; the first difference, or nothing.
std::optional<std::string> first_difference(HostFixture& f, const sim::MachineConfig& config,
                                            std::uint64_t seed, Recorded& recorded) {
  recorded = simulate(config, seed);
  for (const std::string& name : f.host().list_files()) REQUIRE(f.host().unlink(name).ok());
  f.make_file("data", kFilePages);
  f.start({}, recorded.evictions.all());
  sim::Machine machine(config);
  REQUIRE(machine.install_file("data", first_bytes()).ok());
  RandomCalls simulated(machine, seed);
  RandomCalls real(f.host(), seed);
  for (int step = -1; step < kSteps; ++step) {
    const auto index = static_cast<std::size_t>(step + 1);
    const std::string at = "step " + std::to_string(step) + ", " + recorded.results[index];
    if (step < 0) {
      simulated.start();
      real.start();
    } else {
      (void)simulated.step();
      const std::string result = real.step();
      if (result != recorded.results[index]) return at + " but really " + result;
    }
    auto mine = told(recorded.steps[index]);
    auto theirs = told(f.events());
    sort_within_touches(mine);
    sort_within_touches(theirs);
    if (mine != theirs) {
      std::string text = at;
      for (const std::string& line : mine) {
        if (std::find(theirs.begin(), theirs.end(), line) == theirs.end())
          text += "\n  sim  " + line;
      }
      for (const std::string& line : theirs) {
        if (std::find(mine.begin(), mine.end(), line) == mine.end()) text += "\n  real " + line;
      }
      return text;
    }
    if (step % kStepsBetweenLooks != kStepsBetweenLooks - 1) continue;
    mine = told(machine, f.host());
    theirs = told(f.host(), f.host());
    for (std::size_t i = 0; i < std::max(mine.size(), theirs.size()); ++i) {
      const std::string a = i < mine.size() ? mine[i] : "nothing";
      const std::string b = i < theirs.size() ? theirs[i] : "nothing";
      if (a != b) return at + "\n  sim  " + a + "\n  real " + b;
    }
  }
  for (const std::string& note : f.host().notes()) return note;
  return std::nullopt;
}

TEST_CASE("random programs: the same events at the same touches, the same pages, the same bytes") {
  HostFixture f;
  if (!f.host().notes().empty()) {
    MESSAGE("not compared, since this computer shows less: " << f.host().notes().front());
    return;
  }
  std::array<std::uint64_t, sim::kEventKinds> kinds{};
  std::uint64_t seed = 0;
  for (const std::uint64_t frames : {262144, 4, 5, 8, 16, 40}) {
    for (const auto policy : {sim::PolicyKind::lru, sim::PolicyKind::fifo, sim::PolicyKind::clock,
                              sim::PolicyKind::random}) {
      sim::MachineConfig config;
      config.frames = sim::Pages{frames};
      config.policy = policy;
      for (int i = 0; i < 2; ++i) {
        ++seed;
        Recorded recorded;
        const auto difference = first_difference(f, config, seed, recorded);
        CAPTURE(seed);
        CAPTURE(frames);
        CAPTURE(std::string(sim::name_of(policy)));
        if (difference) FAIL_CHECK(*difference);
        for (std::size_t k = 0; k < kinds.size(); ++k) kinds[k] += recorded.kinds[k];
      }
    }
  }
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto kind = static_cast<sim::EventKind>(k);
    CAPTURE(sim::name_of(kind));
    const bool is_simulated_only =
        kind == sim::EventKind::tlb_miss || kind == sim::EventKind::disk_error;
    if (kind == sim::EventKind::process_switch) continue;  // these programs have one process
    if (!is_simulated_only) CHECK(kinds[k] > 100);
  }
}

// The comparison is worth as much as what it would notice.
TEST_CASE("a simulator that has one rule of the kernel wrong is found out") {
  HostFixture f;
  if (!f.host().notes().empty()) {
    MESSAGE("not compared, since this computer shows less: " << f.host().notes().front());
    return;
  }
  constexpr std::uint64_t kMostPrograms = 40;  // most rules need one or two
  for (int i = 1; i < sim::kRules; ++i) {
    sim::MachineConfig config;
    config.rule_off = static_cast<sim::Rule>(i);
    if (config.rule_off == sim::Rule::fork_protects) continue;  // two processes: fork_test.cpp
    CAPTURE(std::string(sim::name_of(config.rule_off)));
    bool found = false;
    for (std::uint64_t seed = 1; seed <= kMostPrograms && !found; ++seed) {
      config.frames = sim::Pages{seed % 3 == 0 ? 64u : 4u};
      config.policy = seed % 2 == 0 ? sim::PolicyKind::random : sim::PolicyKind::fifo;
      Recorded recorded;
      found = first_difference(f, config, seed, recorded).has_value();
    }
    CHECK(found);
  }
}

}  // namespace
}  // namespace real
