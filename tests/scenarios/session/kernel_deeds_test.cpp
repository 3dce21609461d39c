// Causes in default mode: each needs its evidence on the very pages that differ.

#include "scenarios/session/kernel_deeds.h"

#include <doctest/doctest.h>

namespace session {
namespace {

constexpr PageRun kPage{0, 5, 6};

struct Steps {
  Step simulated;
  Step real;
};

Agreement compare(const Steps& steps, real::Mode mode = real::Mode::kernel_default) {
  Run simulated;
  simulated.computer = ComputerKind::simulated;
  simulated.names[0] = "data.bin";
  simulated.steps = {steps.simulated};
  Run host;
  host.computer = ComputerKind::real;
  host.mode = mode;
  host.names[0] = "data.bin";
  host.steps = {steps.real};
  simulated.steps[0].looked = host.steps[0].looked = true;
  return reconcile(simulated, host);
}

void add_fault(Step& step, PageRun pages, bool major, std::uint16_t detail = 0) {
  step.faults.push_back({pages, major, detail});
  (major ? step.counters.major : step.counters.minor) += pages.end - pages.first;
}

// The same difference, with and without the event that shows its cause.
template <class Evidence>
void needs(const char* cause, Steps steps, Evidence evidence) {
  CAPTURE(cause);
  const Agreement without_evidence = compare(steps);
  CHECK_FALSE(without_evidence.holds());
  CHECK(without_evidence.explained.empty());
  evidence(steps);
  const Agreement with_evidence = compare(steps);
  CHECK(with_evidence.holds());
  REQUIRE_FALSE(with_evidence.explained.empty());
  for (const Explained& e : with_evidence.explained) {
    CHECK(e.cause == cause);
    CHECK(e.evidence.find("data.bin:5") != std::string::npos);
  }
  CHECK_FALSE(compare(steps, real::Mode::exact).holds());  // where the kernel has no such leave
}

TEST_CASE("fault_around: the page that did not fault was mapped by another page's fault") {
  Steps steps;
  add_fault(steps.simulated, kPage, false);
  needs(cause::fault_around, steps, [](Steps& s) { s.real.mapped_around = {kPage}; });
}

TEST_CASE("readahead: the page that came with a minor fault had been read ahead") {
  Steps steps;
  add_fault(steps.simulated, kPage, true);
  add_fault(steps.real, kPage, false);
  needs(cause::readahead, steps, [](Steps& s) { s.real.read_ahead = {kPage}; });
}

TEST_CASE("readahead: a page that is resident and was not asked for had been read ahead") {
  Steps steps;
  steps.real.after.resident = {kPage};
  steps.real.counters.pages_in = 0;
  needs(cause::readahead, steps, [](Steps& s) {
    s.real.read_ahead = {kPage};
    s.real.counters.pages_in = 1;
  });
}

TEST_CASE("large_folio: the page is dirty because another page of its folio was stored to") {
  Steps steps;
  steps.real.after.dirty = {kPage};
  needs(cause::large_folio, steps, [](Steps& s) { s.real.dirtied_in_folio = {kPage}; });
}

TEST_CASE("no_pressure: the page that was evicted is still in a frame here") {
  Steps steps;
  steps.simulated.evicted = {kPage};
  steps.simulated.counters.evicted = 1;
  steps.simulated.after.resident = {{0, 4, 5}};
  steps.real.after.resident = {{0, 4, 5}};
  const Agreement gone = compare(steps);
  CHECK_FALSE(gone.holds());
  steps.real.after.resident = {{0, 4, 6}};
  const Agreement kept = compare(steps);
  CHECK(kept.holds());
  for (const Explained& e : kept.explained) CHECK(e.cause == std::string(cause::no_pressure));
  CHECK(kept.explained.size() == 2);  // what was evicted, and what is resident
}

TEST_CASE("background_write_back: the clean page was written by the kernel unasked") {
  Steps steps;
  steps.simulated.after.dirty = {kPage};
  const Agreement without_evidence = compare(steps);
  CHECK_FALSE(without_evidence.holds());
  steps.real.write_backs = {{kPage, sim::WriteBackReason::background}};
  steps.real.counters.write_backs[static_cast<std::size_t>(sim::WriteBackReason::background)] = 1;
  const Agreement with_evidence = compare(steps);
  CHECK(with_evidence.holds());
  for (const Explained& e : with_evidence.explained) {
    CHECK(e.cause == std::string(cause::background_write_back));
  }
}

// Steps one after the other, on one page.
Agreement compare_all(const std::vector<Steps>& steps) {
  Run simulated, host;
  simulated.computer = ComputerKind::simulated;
  host.computer = ComputerKind::real;
  host.mode = real::Mode::kernel_default;
  simulated.names[0] = host.names[0] = "data.bin";
  for (const Steps& s : steps) {
    simulated.steps.push_back(s.simulated);
    host.steps.push_back(s.real);
    simulated.steps.back().looked = host.steps.back().looked = true;
  }
  return reconcile(simulated, host);
}

// What a process has entries for, after a step.
void has_mapped(Step& step, std::vector<PageRun> of_files, std::uint64_t anonymous = 0,
                std::uint32_t process = 0) {
  sim::ResidentPages resident{sim::Pages{anonymous}, {}, {}};
  for (const PageRun& run : of_files) resident.file += sim::Pages{run.end - run.first};
  step.after.mapped[process] = {100, resident, 0, std::move(of_files)};
}

TEST_CASE("an entry filled by another page's fault spares one fault, not the next one too") {
  Steps around, spared;
  around.real.mapped_around = {kPage};
  has_mapped(around.simulated, {});
  has_mapped(around.real, {kPage});
  add_fault(spared.simulated, kPage, false);
  CHECK(compare_all({around, spared}).holds());
  CHECK_FALSE(compare_all({around, spared, spared}).holds());
  CHECK(compare_all({around, spared, around, spared}).holds());
}

TEST_CASE("RSS counts a page once for each mapping, and so does the cause") {
  Steps around;
  has_mapped(around.simulated, {{0, 4, 5}});
  has_mapped(around.real, {{0, 4, 6}, {0, 5, 6}});
  around.real.mapped_around = {kPage};
  CHECK_FALSE(compare(around).holds());  // one entry, and there are two
  around.real.mapped_around = {kPage, kPage};
  const Agreement a = compare(around);
  CHECK(a.holds());
  REQUIRE(a.explained.size() == 1);
  CHECK(a.explained[0].difference.figure == "mapped.1000.rss_file");
  CHECK(a.explained[0].evidence == "fault_around: data.bin:5");
  CHECK(a.accounts.at(cause::fault_around).pages == PageSet{kPage});
}

TEST_CASE("an entry of one process is none of another's") {
  Steps before, around;
  for (Step* step : {&before.simulated, &before.real, &around.simulated}) {
    has_mapped(*step, {{0, 4, 5}}, 0, 1);
  }
  has_mapped(around.real, {{0, 4, 6}}, 0, 1);
  around.real.mapped_around = {kPage};
  around.simulated.process = around.real.process = 1;
  CHECK(compare_all({before, around}).holds());
  around.simulated.process = around.real.process = 2;
  CHECK_FALSE(compare_all({before, around}).holds());
}

TEST_CASE("a forked process has the entries that its parent's memory had") {
  Steps around, fork;
  has_mapped(around.simulated, {});
  has_mapped(around.real, {kPage});
  around.real.mapped_around = {kPage};
  fork = around;
  fork.real.mapped_around = {};
  has_mapped(fork.simulated, {}, 0, 1);
  has_mapped(fork.real, {kPage}, 0, 1);
  CHECK(compare_all({around, fork}).holds());
  has_mapped(fork.real, {kPage, {0, 6, 7}}, 0, 1);
  CHECK_FALSE(compare_all({around, fork}).holds());
}

TEST_CASE("an entry that was unmapped before it was used spares no fault of a later mapping") {
  Steps around, unmapped, spared;
  has_mapped(around.simulated, {});
  has_mapped(around.real, {kPage});
  around.real.mapped_around = {kPage};
  add_fault(spared.simulated, kPage, false);
  has_mapped(spared.simulated, {kPage});
  has_mapped(spared.real, {kPage});
  CHECK(compare_all({around, spared}).holds());
  CHECK_FALSE(compare_all({around, unmapped, spared}).holds());
}

TEST_CASE("entries that went when a file was cut within their folio cost faults, once") {
  Steps before, cut, again;
  for (Step* step : {&before.simulated, &before.real, &cut.simulated}) has_mapped(*step, {kPage});
  has_mapped(cut.real, {});
  add_fault(again.real, kPage, false);
  has_mapped(again.simulated, {kPage});
  has_mapped(again.real, {kPage});
  CHECK_FALSE(compare_all({before, cut}).holds());
  cut.real.unmapped_with_folio = {kPage};
  const Agreement a = compare_all({before, cut, again});
  CHECK(a.holds());
  for (const Explained& e : a.explained) CHECK(e.cause == std::string(cause::large_folio));
  CHECK_FALSE(compare_all({before, cut, again, again}).holds());
}

TEST_CASE("a page evicted there and mapped here is one that stayed, until both have it again") {
  Steps evicted, agreed, more;
  evicted.simulated.evicted = {kPage};
  evicted.simulated.counters.evicted = 1;
  evicted.real.after.resident = {kPage};
  has_mapped(evicted.simulated, {});
  has_mapped(evicted.real, {kPage});
  const Agreement a = compare_all({evicted});
  CHECK(a.holds());
  for (const Explained& e : a.explained) CHECK(e.cause == std::string(cause::no_pressure));
  for (Step* step : {&agreed.simulated, &agreed.real}) has_mapped(*step, {kPage});
  has_mapped(more.simulated, {});
  has_mapped(more.real, {kPage});
  CHECK(compare_all({evicted, agreed}).holds());
  CHECK_FALSE(compare_all({evicted, agreed, more}).holds());
}

TEST_CASE("memory that stayed in its frame is more RssAnon and less swap") {
  Steps steps;
  steps.simulated.evicted = steps.simulated.after.swapped = {kPage};
  steps.simulated.counters.evicted = steps.simulated.counters.swapped_out = 1;
  steps.real.after.resident = {kPage};
  has_mapped(steps.simulated, {});
  has_mapped(steps.real, {}, 1);
  steps.simulated.after.mapped[0].swapped = 1;
  CHECK(compare(steps).holds());
  has_mapped(steps.real, {}, 2);  // and one that no page is known of
  CHECK_FALSE(compare(steps).holds());
}

TEST_CASE("a page that came back from swap within one line had been in its frame here") {
  Steps steps;
  add_fault(steps.simulated, kPage, true, sim::fault_detail::swap_in);
  steps.simulated.counters.swap_in_faults = steps.simulated.counters.swapped_in = 1;
  steps.simulated.after.resident = {kPage};
  CHECK_FALSE(compare(steps).holds());
  steps.real.after.resident = {kPage};
  const Agreement a = compare(steps);
  CHECK(a.holds());
  for (const Explained& e : a.explained) CHECK(e.cause == std::string(cause::no_pressure));
}

TEST_CASE("what the kernel did in a turn of one line bears on the turns of others") {
  const Steps nothing;
  std::vector<Steps> steps(kStepsKeptApart, nothing);
  Steps reads, maps;
  add_fault(reads.simulated, kPage, false);
  maps.real.mapped_around = {kPage};
  steps.push_back(reads);
  steps.push_back(maps);
  CHECK(compare_all(steps).holds());
  steps.push_back(reads);
  CHECK_FALSE(compare_all(steps).holds());
}

TEST_CASE("a page dirtied with its folio spares one write-notify") {
  Steps dirtied, spared;
  dirtied.real.dirtied_in_folio = {kPage};
  add_fault(spared.simulated, kPage, false, sim::fault_detail::write_notify);
  spared.simulated.counters.write_notify = 1;
  CHECK(compare_all({dirtied, spared}).holds());
  CHECK_FALSE(compare_all({dirtied, spared, spared}).holds());
}

TEST_CASE(
    "a fault more than the simulated computer took has no excuse in what was mapped unasked") {
  Steps steps;
  steps.real.mapped_around = steps.real.read_ahead = {kPage};
  add_fault(steps.real, kPage, false);
  CHECK_FALSE(compare(steps).holds());
}

TEST_CASE("a major fault in place of a minor one is not excused by readahead") {
  Steps steps;
  steps.real.read_ahead = {kPage};
  steps.real.counters.pages_in = steps.simulated.counters.pages_in = 1;
  steps.simulated.pages_in = {kPage};
  add_fault(steps.simulated, kPage, false);
  add_fault(steps.real, kPage, true);
  CHECK_FALSE(compare(steps).holds());
}

TEST_CASE("a copy that was not made is not excused by an entry filled unasked") {
  Steps steps;
  steps.real.mapped_around = {kPage};
  add_fault(steps.simulated, kPage, false, sim::fault_detail::cow);
  CHECK_FALSE(compare(steps).holds());
}

TEST_CASE("large_folio: memory whose entry was filled with the rest of its folio did not fault") {
  Steps steps;
  add_fault(steps.simulated, kPage, false);
  needs(cause::large_folio, steps, [](Steps& s) { s.real.mapped_with_folio = {kPage}; });
}

TEST_CASE("evidence about other pages explains nothing, nor does evidence about some of them") {
  Steps steps;
  add_fault(steps.simulated, {0, 5, 7}, false);
  steps.real.mapped_around = {{0, 8, 12}};
  CHECK(compare(steps).explained.empty());
  steps.real.mapped_around = {kPage};
  CHECK(compare(steps).explained.empty());
  steps.real.mapped_around = {{1, 5, 7}};
  CHECK(compare(steps).explained.empty());
}

TEST_CASE("several causes together account for a difference, and the evidence names each") {
  Steps steps;
  add_fault(steps.simulated, {0, 5, 8}, true);
  add_fault(steps.real, {0, 7, 8}, false);
  steps.real.mapped_around = {{0, 5, 7}};
  steps.real.read_ahead = {{0, 7, 8}};
  steps.real.counters.pages_in = 1;
  steps.simulated.counters.pages_in = 1;
  const Agreement a = compare(steps);
  CHECK(a.holds());
  for (const Explained& e : a.explained) {
    CHECK(e.cause == std::string(cause::fault_around));
    CHECK(e.evidence.find("fault_around: data.bin:5-6; readahead: data.bin:7") !=
          std::string::npos);
  }
}

TEST_CASE("what the kernel does to memory never excuses bytes, text or calls") {
  Steps steps;
  steps.real.mapped_around = steps.real.read_ahead = steps.real.dirtied_in_folio = {{0, 0, 100}};
  steps.real.output = "2";
  steps.real.counters.bytes_read = 1;
  const Agreement a = compare(steps);
  CHECK(a.unexplained.size() == 2);
}

}  // namespace
}  // namespace session
