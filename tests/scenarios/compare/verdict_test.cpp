// When simulated time names a fastest strategy, and when it must not.

#include "scenarios/compare/verdict.h"

#include <doctest/doctest.h>

namespace comparison {
namespace {

Outcome outcome(std::uint64_t simulated_ns, std::uint64_t lines) {
  Outcome o;
  o.figures.time.fault_ns = simulated_ns;
  o.figures.lines = lines;
  return o;
}

Result result(std::vector<Outcome> outcomes) { return {std::move(outcomes), 0}; }

Measured measured(std::vector<std::uint64_t> runs_ns, std::uint64_t own_ns) {
  Measured m;
  m.own_ns.assign(runs_ns.size(), own_ns);
  m.runs_ns = std::move(runs_ns);
  return m;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr std::uint64_t kMs = 1'000'000;

TEST_CASE("the least simulated time wins, as long as the lines do not make up for the lead") {
  CHECK(verdict_of(result({outcome(kMs, 10), outcome(2 * kMs, 10)})).fastest == 0);
  CHECK(verdict_of(result({outcome(kMs, 10), outcome(2 * kMs, 100'000)})).fastest == 0);
  // 19,990 lines more at 50 ns are just less than the lead of a millisecond; twice as many are not.
  CHECK(verdict_of(result({outcome(kMs, 20'000), outcome(2 * kMs, 10)})).fastest == 0);
  const Verdict undecided = verdict_of(result({outcome(kMs, 40'000), outcome(2 * kMs, 10)}));
  CHECK_FALSE(undecided.fastest);
  CHECK(contains(undecided.why_not, "executes 39990 lines of Python more"));
  CHECK(verdict_of(Result{}).why_not.empty());
}

TEST_CASE("measured times decide where they are clear") {
  const Result r = result({outcome(kMs, 40'000), outcome(2 * kMs, 10)});
  const auto slow = measured({90 * kMs, 95 * kMs, 99 * kMs}, 88 * kMs);
  const auto fast = measured({3 * kMs, 4 * kMs, 5 * kMs}, kMs);
  const Verdict against = verdict_of(r, {slow, fast});
  CHECK_FALSE(against.fastest);
  CHECK(contains(against.why_not, "B takes 4.00 ms and A 95.00 ms"));
  CHECK(contains(against.why_not, "A's own time"));
  CHECK(verdict_of(r, {fast, slow}).fastest == 0);  // measured, the lines are no argument any more
  const auto near = measured({3 * kMs, 4 * kMs, 6 * kMs}, kMs);
  CHECK_FALSE(verdict_of(r, {near, fast}).fastest);  // no clear times: the lines again
  const Result few_lines = result({outcome(kMs, 10), outcome(2 * kMs, 10)});
  CHECK(verdict_of(few_lines, {near, fast}).fastest == 0);  // within what runs differ by
}

TEST_CASE("where the interpreter is not why, it is not blamed") {
  const Verdict v = verdict_of(result({outcome(kMs, 10), outcome(2 * kMs, 10)}),
                               {measured({50 * kMs}, kMs), measured({5 * kMs}, kMs)});
  CHECK_FALSE(v.fastest);
  CHECK(contains(v.why_not, "The interpreter's own time is not why"));
}

TEST_CASE("a strategy with another answer is none to be measured against") {
  Result r = result({outcome(2 * kMs, 10), outcome(kMs, 10)});
  r.outcomes[1].difference = Difference{"a.bin", 0, "it differs"};
  CHECK(verdict_of(r, {measured({50 * kMs}, kMs), measured({5 * kMs}, kMs)}).fastest == 0);
}

TEST_CASE("letters go on after Z") {
  CHECK(letter_of(0) == "A");
  CHECK(letter_of(25) == "Z");
  CHECK(letter_of(26) == "AA");
}

}  // namespace
}  // namespace comparison
