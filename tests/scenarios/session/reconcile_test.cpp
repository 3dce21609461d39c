// What counts as agreement, and what never does.

#include "scenarios/session/reconcile.h"

#include <doctest/doctest.h>

namespace session {
namespace {

Run run_with(ComputerKind kind, const Step& step) {
  Run run;
  run.computer = kind;
  run.steps = {step};
  run.steps[0].looked = true;
  run.names[0] = "data.bin";
  run.totals = step.counters;
  return run;
}

Agreement compare(const Step& simulated, const Step& real, std::vector<Note> notes = {}) {
  Run host = run_with(ComputerKind::real, real);
  host.notes = std::move(notes);
  return reconcile(run_with(ComputerKind::simulated, simulated), host);
}

Step quiet() {
  Step step;
  step.line = 3;
  return step;
}

Step with_fault(std::uint64_t page) {
  Step step = quiet();
  step.counters.minor = 1;
  step.faults = {{{0, page, page + 1}, false, 0}};
  return step;
}

TEST_CASE("equal runs agree in every figure that is compared") {
  const Agreement a = compare(with_fault(0), with_fault(0));
  CHECK(a.holds());
  std::uint64_t compared = 0;
  for (const auto& [figure, times] : a.compared) compared += times;
  CHECK(a.equal == compared);
  CHECK(compared > 10);
}

TEST_CASE("a fault that only one computer took is unexplained, in count and in page") {
  const Agreement a = compare(with_fault(0), quiet());
  CHECK_FALSE(a.holds());
  std::vector<std::string> figures;
  for (const Difference& d : a.unexplained) figures.push_back(d.figure);
  CHECK(figures == std::vector<std::string>{"faults.minor", "fault_pages"});
}

TEST_CASE("the same number of faults on other pages is a difference") {
  CHECK_FALSE(compare(with_fault(0), with_fault(1)).holds());
}

TEST_CASE("what the real computer cannot observe is not compared, and the rest is") {
  Step simulated = quiet();
  simulated.counters.write_backs[0] = 1;
  simulated.after.dirty = {{0, 1, 2}};
  simulated.after.resident = {{0, 1, 2}, {1, 0, 1}};
  simulated.after.files["data.bin"] = {8192, std::nullopt, 0};
  Step real = quiet();
  real.after.files = simulated.after.files;
  real.after.resident = {{0, 1, 2}};
  const Note dirty{topic::dirty_tracking, "not here"};
  const Note memory{topic::memory_residency, "not here"};
  const Note cache{topic::cache_residency, "not here"};
  const auto unexplained = [&](std::vector<Note> notes) {
    std::vector<std::string> figures;
    for (const Difference& d : compare(simulated, real, std::move(notes)).unexplained) {
      figures.push_back(d.figure);
    }
    return figures;
  };
  using Figures = std::vector<std::string>;
  CHECK(unexplained({}) == Figures{"write_backs.flush", "resident", "dirty"});
  CHECK(unexplained({dirty}) == Figures{"resident"});
  CHECK(unexplained({dirty, memory}).empty());
  real.after.resident = {};
  CHECK(unexplained({dirty, memory}) == Figures{"resident"});  // of the file
  CHECK(unexplained({dirty, memory, cache}).empty());
}

TEST_CASE("where files lie in memory, what hangs on a disk is not compared, and all else is") {
  Step simulated = with_fault(0);
  simulated.counters.minor = 0;
  simulated.counters.major = 1;
  simulated.faults[0].major = true;
  simulated.counters.evicted = 1;
  simulated.evicted = {{0, 1, 2}};
  simulated.after.files["data.bin"] = {8192, std::nullopt, 0};
  Step real = with_fault(0);
  real.after.files = simulated.after.files;
  real.after.resident = {{0, 0, 2}};
  CHECK_FALSE(compare(simulated, real).holds());
  const std::vector<Note> in_memory{{topic::disk_filesystem, "not here"},
                                    {topic::dirty_tracking, "not here"}};
  CHECK(compare(simulated, real, in_memory).holds());
  real.faults[0].pages = {0, 1, 2};  // another page
  CHECK_FALSE(compare(simulated, real, in_memory).holds());
}

TEST_CASE("which wrong rules could not be noticed is said before anything differs") {
  const auto hidden = [](const std::vector<Note>& notes, sim::DiskFormat format) {
    Run simulated = run_with(ComputerKind::simulated, quiet());
    Run real = run_with(ComputerKind::real, quiet());
    real.notes = notes;
    real.machine.format = format;
    std::vector<sim::Rule> rules;
    for (const auto& [rule, why] : reconcile(simulated, real).out_of_sight) rules.push_back(rule);
    return rules;
  };
  using Rules = std::vector<sim::Rule>;
  using enum sim::Rule;
  const Note dirty{topic::dirty_tracking, "not here"};
  const Note disk{topic::disk_filesystem, "not here"};
  CHECK(hidden({}, sim::DiskFormat::ext4).empty());
  CHECK(hidden({}, sim::DiskFormat::xfs) == Rules{replacement});
  CHECK(hidden({dirty}, sim::DiskFormat::ext4) == Rules{replacement});
  CHECK(hidden({dirty, disk}, sim::DiskFormat::other) ==
        Rules{major_faults, pinned_source, replacement});
}

TEST_CASE("what the disk says it read is held against the pages that are told to come from it") {
  const Run simulated = run_with(ComputerKind::simulated, quiet());
  Run real = run_with(ComputerKind::real, quiet());
  CHECK(reconcile(simulated, real).compared.count("device_pages_in") == 0);  // not visible there
  real.device_pages_in = 0;
  CHECK(reconcile(simulated, real).holds());
  real.device_pages_in = 1;
  const Agreement a = reconcile(simulated, real);
  REQUIRE(a.unexplained.size() == 1);
  CHECK(a.unexplained[0].figure == "device_pages_in");
}

TEST_CASE("each figure of a step is compared") {
  const auto differs = [](auto change) {
    Step changed = quiet();
    change(changed);
    return !compare(quiet(), changed).holds();
  };
  CHECK(differs([](Step& s) { s.counters.major = 1; }));
  CHECK(differs([](Step& s) { s.counters.cow = 1; }));
  CHECK(differs([](Step& s) { s.counters.write_notify = 1; }));
  CHECK(differs([](Step& s) { s.counters.system_calls[3] = 1; }));
  CHECK(differs([](Step& s) { s.counters.bytes_read = 1; }));
  CHECK(differs([](Step& s) { s.counters.bytes_written = 1; }));
  CHECK(differs([](Step& s) { s.counters.pages_in = 1; }));
  CHECK(differs([](Step& s) { s.counters.write_backs[0] = 1; }));
  CHECK(differs([](Step& s) { s.counters.evicted = 1; }));
  CHECK(differs([](Step& s) { s.counters.swapped_in = 1; }));
  CHECK(differs([](Step& s) { s.counters.swapped_out = 1; }));
  CHECK(differs([](Step& s) { s.output = "x"; }));
  CHECK(differs([](Step& s) { s.times = 2; }));
  CHECK(differs([](Step& s) { s.line = 4; }));
  CHECK(differs([](Step& s) { s.after.resident = {{0, 0, 1}}; }));
  CHECK(differs([](Step& s) { s.after.dirty = {{0, 0, 1}}; }));
  CHECK(differs([](Step& s) { s.after.files["data.bin"] = {16, 0, 0}; }));
}

TEST_CASE(
    "what this computer took from the simulated one is mirrored, not equal, and may not differ") {
  Step step = quiet();
  step.evicted = {{0, 5, 7}};
  step.counters.evicted = 2;
  step.counters.swapped_out = step.counters.swapped_in = step.counters.swap_in_faults = 1;
  step.counters.major = 1;
  step.counters.cow = 1;
  step.faults = {{{0, 5, 6}, true, sim::fault_detail::swap_in}};
  const Agreement a = compare(step, step);
  CHECK(a.holds());
  CHECK(a.equal == a.of_nothing);
  for (const char* figure :
       {"evicted", "swapped_in", "swapped_out", "faults.swap_in", "faults.cow", "fault_labels"}) {
    CAPTURE(figure);
    CHECK(a.mirrored.at(figure) == 1);
    CHECK(a.compared.count(figure) == 0);
  }
  Step other = step;
  other.counters.evicted = 1;
  CHECK_FALSE(compare(step, other).holds());
}

TEST_CASE("a label that differs on a page that faulted alike is a difference") {
  Step a = with_fault(0), b = with_fault(0);
  a.faults[0].detail = sim::fault_detail::zero_page;
  const Agreement held = compare(a, b);
  REQUIRE(held.unexplained.size() == 1);
  CHECK(held.unexplained[0].figure == "fault_labels");
}

TEST_CASE("figures where something happened are told apart from those where nothing did") {
  const Agreement idle = compare(quiet(), quiet());
  CHECK(idle.equal == idle.of_nothing);
  const Agreement busy = compare(with_fault(0), with_fault(0));
  CHECK(busy.equal == idle.equal);
  CHECK(busy.of_nothing + 2 == idle.of_nothing);  // faults.minor, fault_pages
}

TEST_CASE("a state that no line changed counts as nothing") {
  Step first = quiet();
  first.after.resident = {{0, 0, 1}};
  first.after.files["data.bin"] = {16, 0, 0};
  Run simulated = run_with(ComputerKind::simulated, first),
      real = run_with(ComputerKind::real, first);
  const Agreement one = reconcile(simulated, real);
  for (Run* run : {&simulated, &real}) run->steps.push_back(run->steps[0]);
  const Agreement two = reconcile(simulated, real);
  CHECK(one.equal - one.of_nothing == 3);  // resident, size, position
  CHECK(two.equal - two.of_nothing == 3);
}

TEST_CASE("a page set too long to show is still compared whole") {
  Step a = quiet(), b = quiet();
  for (std::uint64_t p = 0; p < 40; p += 2) a.after.resident.push_back({0, p, p + 1});
  b.after.resident = a.after.resident;
  b.after.resident.back().end += 1;
  CHECK_FALSE(compare(a, b).holds());
}

TEST_CASE("what only one computer evicted is unexplained") {
  Step simulated = quiet(), real = quiet();
  simulated.evicted = {{0, 5, 6}};
  simulated.counters.evicted = 1;
  real.after.resident = {{0, 5, 6}};
  CHECK_FALSE(compare(simulated, real).holds());
}

TEST_CASE("background write-back explains pages that it cleaned, and no others") {
  Step simulated = quiet(), real = quiet();
  simulated.after.dirty = {{0, 5, 6}};
  real.write_backs = {{{0, 5, 6}, sim::WriteBackReason::background}};
  real.counters.write_backs[2] = 1;
  const Agreement explained = compare(simulated, real);
  CHECK(explained.holds());
  CHECK(explained.explained.size() == 2);
  CHECK(explained.explained[0].cause == cause::background_write_back);

  simulated.after.dirty = {{0, 5, 7}};
  CHECK_FALSE(compare(simulated, real).holds());
}

Run traced(ComputerKind kind, const std::vector<sim::Event>& events) {
  Run run = run_with(kind, quiet());
  run.trace.emplace();
  for (const sim::Event& e : events) {
    run.trace->take(e, 0);
    if (e.kind == sim::EventKind::access) run.totals.touches += e.count;
  }
  return run;
}

TEST_CASE("each touch of a trace is compared by outcome and page, however accesses were cut") {
  const sim::Event fault{.touch = 2, .page = {0, 1}, .kind = sim::EventKind::fault_minor};
  const sim::Event run{.touch = 3, .page = {0, 1}, .count = 4};
  sim::Event half = run;
  half.count = 2;
  const Run simulated = traced(ComputerKind::simulated, {fault, run});
  const Agreement same = reconcile(simulated, traced(ComputerKind::real, {fault, half, half}));
  CHECK(same.holds());
  CHECK(same.compared.at("touches") == 4);

  const auto differs = [&](std::vector<sim::Event> events) {
    return !reconcile(simulated, traced(ComputerKind::real, events)).holds();
  };
  sim::Event other = fault;
  other.kind = sim::EventKind::fault_major;
  CHECK(differs({other, run}));
  other = fault;
  other.page.index = 2;
  CHECK(differs({other, run}));
  other = fault;
  other.touch = 3;
  CHECK(differs({other, run}));
  CHECK(differs({run}));
  CHECK(differs({fault, fault, run}));
  CHECK(differs({fault, half}));
  sim::Event elsewhere = run;
  elsewhere.page.index = 2;
  CHECK(differs({fault, elsewhere}));
}

TEST_CASE("no cause excuses other bytes or other output") {
  Step simulated = quiet(), real = quiet();
  simulated.evicted = {{0, 5, 6}};
  real.output = "other";
  const Agreement a = compare(simulated, real, {{topic::disk_filesystem, "tmpfs"}});
  CHECK(a.unexplained.size() == 1);
  CHECK(a.unexplained[0].figure == "stdout");
}

TEST_CASE("a missing step is a difference") {
  Run simulated = run_with(ComputerKind::simulated, quiet());
  Run real = run_with(ComputerKind::real, quiet());
  real.steps.clear();
  CHECK_FALSE(reconcile(simulated, real).holds());
}

TEST_CASE(
    "file truths that both computers know must be equal, and an unknown one is not compared") {
  Run simulated = run_with(ComputerKind::simulated, quiet());
  Run real = run_with(ComputerKind::real, quiet());
  const FileTruth known{true, 1, "a", "hash-a", ""};
  const FileTruth other{true, 1, "b", "hash-b", ""};
  const FileTruth unknown{false, 0, "", "", "not visible"};
  simulated.files["data.bin"] = {known, known, known};
  real.files["data.bin"] = {known, known, unknown};
  CHECK(reconcile(simulated, real).holds());
  real.files["data.bin"] = {known, other, unknown};
  CHECK_FALSE(reconcile(simulated, real).holds());
  real.files.clear();
  CHECK_FALSE(reconcile(simulated, real).holds());
}

}  // namespace
}  // namespace session
