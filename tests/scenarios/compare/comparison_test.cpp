// Strategies: what they cost, whether they leave the same, which is the fastest.

#include "scenarios/compare/comparison.h"

#include "tests/scenarios/compare/small_comparisons.h"

namespace comparison {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string refusal(Comparison& comparison, const Point& point = {}) {
  const auto result = comparison.at(point);
  const auto* failure = std::get_if<session::Failure>(&result);
  return failure == nullptr ? "" : failure->message;
}

TEST_CASE("a strategy costs what a run of its program costs, and the parts of its time sum to it") {
  for (const char* name : {"choose-a-strategy", "load-or-map"}) {
    Comparison comparison = shipped(name);
    const Result result = result_at(comparison);
    for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
      const Figures& figures = result.outcomes[i].figures;
      const Prepared prepared = std::get<Prepared>(comparison.prepare(i, {}));
      const session::Files files = *std::get<0>(comparison.files_at({}));
      const session::Run run =
          session::play_simulated(
              {.program = prepared.program, .settings = prepared.settings, .files = files})
              .run;
      CAPTURE(comparison.setup().strategies[i].label);
      CHECK(figures.time.total() == run.totals.simulated_ns);
      session::Counters counters = run.totals;
      counters.simulated_ns = figures.counters.simulated_ns;
      CHECK(figures.counters == counters);
    }
  }
}

TEST_CASE("the shipped comparison: a private map is told apart, by its first byte") {
  Comparison comparison = shipped("choose-a-strategy");
  const Result result = result_at(comparison);
  REQUIRE(result.outcomes.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(result.outcomes[i].is_right());
  const auto& difference = result.outcomes[3].difference;
  REQUIRE(difference);
  CHECK(difference->what == "x.bin");
  CHECK(difference->at == 6);  // 0.0 became 1.0: 3f f0 in its last two bytes, lowest first
  CHECK(result.fastest == 2);
  CHECK(result.outcomes[3].time_ns() < result.outcomes[2].time_ns());  // and yet not the fastest
}

TEST_CASE("the fastest changes with a parameter, and coming back gives the same figures") {
  Comparison comparison = shipped("choose-a-strategy");
  const Result before = result_at(comparison);
  CHECK(before.fastest == 2);
  CHECK(result_at(comparison, {.values = {{"share", 0.2}}}).fastest == 0);
  CHECK(result_at(comparison, {.values = {{"pages", 64}}, .sets = {"frames=32"}})
            .outcomes[0]
            .figures.peak.all == 32);
  const Result after = result_at(comparison);
  for (std::size_t i = 0; i < before.outcomes.size(); ++i) {
    CHECK(after.outcomes[i].figures == before.outcomes[i].figures);
  }
}

TEST_CASE("memory is told by kind: an array is anonymous, a map is pages of the file") {
  Comparison comparison = comparison_of(setup_of_sources(
      "np.ones(4 * 512).tofile('f')",
      {"print(np.fromfile('f').sum())", "print(np.memmap('f', dtype='f8', mode='r').sum())"}));
  const Result result = result_at(comparison);
  CHECK(result.outcomes[0].figures.peak == sim::FrameCounts{.file = 4, .own = 4, .all = 8});
  CHECK(result.outcomes[0].figures.copied_by_calls() == sim::Bytes{4 * 4096});
  CHECK(result.outcomes[1].figures.peak.file == 4);
  CHECK(result.outcomes[1].figures.copied_by_calls() == sim::Bytes{0});
  CHECK(result.outcomes[1].figures.read_from_disk() == sim::Bytes{4 * 4096});
}

TEST_CASE("the answer is what most strategies leave, in files and in print") {
  const auto differences = [](const std::vector<std::string>& sources) {
    Comparison comparison = comparison_of(setup_of_sources("", sources));
    std::vector<std::string> found;
    for (const Outcome& outcome : result_at(comparison).outcomes) {
      found.push_back(outcome.difference ? outcome.difference->why : "");
    }
    return found;
  };
  const std::string one = "np.zeros(8, dtype='u1').tofile('f')";
  CHECK(differences({"np.ones(8, dtype='u1').tofile('f')", one, one}) ==
        std::vector<std::string>{"byte 0 of f is 01, not 00", "", ""});
  CHECK(differences({one, "np.zeros(9, dtype='u1').tofile('f')"}) ==
        std::vector<std::string>{"", "f has 9 bytes, not 8"});
  CHECK(differences({one, "pass"}) == std::vector<std::string>{"", "f is missing"});
  CHECK(differences({"pass", one}) == std::vector<std::string>{"", "f should not be there"});
  CHECK(differences({"print(1)", "print(1, end='')", "print(1)"}) ==
        std::vector<std::string>{"", "line 1 of what it printed is another", ""});
}

TEST_CASE("files that do not belong to the answer may differ") {
  Setup setup = setup_of_sources(
      "", {"np.ones(2).tofile('f')\nnp.ones(2).tofile('scratch')", "np.ones(2).tofile('f')"});
  setup.answer_files = {"f"};
  Comparison comparison = comparison_of(setup);
  for (const Outcome& outcome : result_at(comparison).outcomes) CHECK(outcome.is_right());
}

TEST_CASE("a strategy that does not come to its end has no answer, and does not count") {
  Comparison comparison =
      comparison_of(setup_of_sources("", {"1 / 0", "print(2)", "while True: pass", "print(2)"}));
  const Result result = result_at(comparison, {.sets = {"max_steps=10000"}});
  CHECK(result.outcomes[0].ending.kind == session::EndKind::raised);
  CHECK_FALSE(result.outcomes[0].is_right());
  CHECK(result.outcomes[2].ending.kind == session::EndKind::budget);
  CHECK(result.outcomes[1].is_right());
  CHECK(result.outcomes[3].is_right());
  CHECK(result.fastest.has_value());
}

TEST_CASE("an interrupted comparison ends at once, and says so") {
  Comparison comparison =
      comparison_of(setup_of_sources("", {"while True: pass", "while True: pass"}));
  const auto result = comparison.at({}, [] { return true; });
  for (const Outcome& outcome : std::get<Result>(result).outcomes) {
    CHECK(outcome.ending.kind == session::EndKind::stopped);
  }
}

TEST_CASE("what cannot be compared is refused with the reason") {
  Comparison no_maker = comparison_of(setup_of_sources("1 / 0", {"pass", "pass"}));
  CHECK(contains(refusal(no_maker), "ZeroDivisionError"));
  Comparison fine = comparison_of(setup_of_sources("", {"pass", "pass"}));
  CHECK(contains(refusal(fine, {.sets = {"frames=0"}}), "frames"));
  CHECK(contains(refusal(fine, {.sets = {"fames=1"}}), "frames"));
  Comparison unreadable = comparison_of(setup_of_sources("", {"pass", "x ="}));
  CHECK(contains(refusal(unreadable), "b.py:2:"));
  const auto alone = Comparison::make(setup_of_sources("", {"pass"}));
  CHECK(contains(std::get<session::Failure>(alone).message, "two or more"));
  const auto unlike = Comparison::make(
      setup_of_sources("", {"n = 1  # parameter 1..2\n", "n = 1  # parameter 1..3\n"}));
  CHECK(contains(std::get<session::Failure>(unlike).message, "another way"));
  const auto setting =
      Comparison::make(setup_of_sources("", {"frames = 5  # parameter 1..9\n", "pass"}));
  CHECK(contains(std::get<session::Failure>(setting).message, "is a setting"));
}

TEST_CASE("one program under two machines is two strategies") {
  const Setup one = setup_of_sources(
      "", {"a = np.zeros(5120)\nfor t in range(3):\n    for p in range(10): a[p * 512] += 1"});
  Comparison comparison = comparison_of(std::get<Setup>(under_each(one, "policy=lru,random")));
  const Result result = result_at(comparison, {.sets = {"frames=8"}});
  CHECK(comparison.setup().strategies[1].label == "a, policy=random");
  CHECK(result.outcomes[0].figures.counters.major == 20);
  CHECK(result.outcomes[1].figures.counters.major < 20);
  CHECK(
      contains(std::get<session::Failure>(under_each(one, "policy=lru")).message, "two machines"));
  CHECK(contains(std::get<session::Failure>(under_each(one, "policy=lru,lifo")).message, "fifo"));
}

}  // namespace
}  // namespace comparison
