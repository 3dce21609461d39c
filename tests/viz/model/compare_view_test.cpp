// A comparison as data: sliders, the question, tables.

#include "viz/model/compare_view.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "sim/core/rng.h"
#include "tests/viz/model/two_ways.h"

namespace {

using namespace viz;
using viz_tests::two_ways;
using viz_tests::Way;

struct Compared {
  explicit Compared(const lesson::Lesson& l) : lesson(l) {
    study = std::get<std::unique_ptr<CompareStudy>>(CompareStudy::make(lesson));
  }
  CompareView view() const { return compare_view(*study, lesson); }

  lesson::Lesson lesson;
  std::unique_ptr<CompareStudy> study;
};

lesson::Lesson shipped(std::string_view name) {
  for (const lesson::Shipped& l : lesson::shipped_lessons()) {
    if (l.name == name) return std::get<lesson::Lesson>(lesson::parse(l.name, l.text));
  }
  FAIL("no such lesson");
  return {};
}

TEST_CASE("law: a slider goes where it is dragged, in order, and stays there") {
  Compared c(two_ways(Way::sound));
  REQUIRE(c.study->sliders().size() == 5);
  for (std::size_t s = 0; s < c.study->sliders().size(); ++s) {
    CAPTURE(s);
    const bool is_real = c.study->sliders()[s].parameter.kind == comparison::NumberKind::real;
    float last = 0;
    for (int i = 0; i <= 50; ++i) {
      const double part = i / 50.0;
      c.study->drag(s, part);
      const SliderView view = c.view().sliders[s];
      CHECK(view.part >= last);
      CHECK(view.part <= 1);
      if (is_real) CHECK(std::abs(view.part - part) < 0.015);  // a question catches it
      const double value = c.study->sliders()[s].value;
      c.study->drag(s, c.study->part_of(s));
      CHECK(c.study->sliders()[s].value == value);
      last = view.part;
    }
    CHECK(last == 1);
    c.study->nudge(s, -1);
    CHECK(c.view().sliders[s].part < 1);
  }
}

TEST_CASE("a slider says what its value comes to") {
  Compared c(two_ways(Way::sound));
  c.study->wait();
  const auto sliders = c.view().sliders;
  CHECK(sliders[0].label == "Share of pages touched");
  CHECK(sliders[0].note == "0 of 16 pages");
  CHECK(sliders[1].note == "64 KiB: 8,192 numbers of 8 bytes");
  CHECK(sliders[2].note == "1 GiB of memory: everything fits");
}

TEST_CASE("a value to ask about is round, within the range, and on the other side") {
  comparison::Parameter share{
      "share", 0.05, 0.001, 1, comparison::Scale::logarithmic, comparison::NumberKind::real, ""};
  const auto even_at = [](double value) {
    comparison::BreakEven even;
    even.below.value = value * 0.999;
    even.above.value = value;
    return even;
  };
  CHECK(value_to_ask(share, even_at(0.089), 0.05) == 0.2);
  CHECK(value_to_ask(share, even_at(0.089), 0.5) == 0.05);
  CHECK_FALSE(value_to_ask(share, even_at(0.9), 0.05));
  comparison::Parameter pages{
      "pages", 64, 64, 1024, comparison::Scale::linear, comparison::NumberKind::whole, ""};
  CHECK(value_to_ask(pages, even_at(500), 64) == 640);
}

TEST_CASE("a question is asked about the other side of the break-even; a run answers it") {
  Compared c(shipped("choose-a-strategy"));
  CHECK_FALSE(c.view().question);
  c.study->wait();
  REQUIRE(c.study->question());
  REQUIRE(c.study->break_even());
  const double asked = c.study->question()->value;
  CHECK(asked > c.study->break_even()->above.value);
  REQUIRE(c.view().sliders[0].target);
  CHECK(c.view().question->is_open);

  c.study->guess(2);
  c.study->guess(1);  // too late
  CHECK(c.study->question()->guess == 2);
  CHECK_FALSE(c.view().question->is_open);
  CHECK_FALSE(c.study->question()->answer);
  c.study->drag(0, *c.view().sliders[0].target + 0.005);  // near enough
  c.study->wait();
  REQUIRE(c.study->question());
  CHECK(c.study->sliders()[0].value == asked);
  CHECK(c.study->question()->answer == c.study->result()->fastest);
  CHECK_FALSE(c.view().sliders[0].target);
  CHECK(c.view().question->choices[2].is_chosen);
  CHECK(c.view().question->choices[*c.study->question()->answer].is_answer);

  c.study->drag(1, 0);  // another array: nothing is known any more
  CHECK_FALSE(c.study->question());
}

TEST_CASE("a comparison without a break-even asks nothing, and has its other chart all the same") {
  Compared c(shipped("load-or-map"));
  c.study->wait();
  CHECK_FALSE(c.study->break_even());
  CHECK_FALSE(c.view().question);
  CHECK(c.view().policies.why_none == "");
}

TEST_CASE("page size and policy are those of the machine that every strategy runs on") {
  Compared c(two_ways(Way::sound));
  const auto slider_of = [&](Slider::Of of) {
    const auto& all = c.study->sliders();
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const Slider& s) { return s.of == of; });
    REQUIRE(at != all.end());
    return static_cast<std::size_t>(at - all.begin());
  };
  const std::size_t page = slider_of(Slider::Of::page_size), policy = slider_of(Slider::Of::policy);
  CHECK(c.view().sliders[page].value == "4 KiB");
  CHECK(c.view().sliders[policy].value == "LRU");
  c.study->drag(page, 1);
  c.study->drag(policy, 1);
  c.study->wait();
  CHECK(c.view().sliders[page].value == "64 KiB");
  CHECK(c.view().sliders[policy].value == "RANDOM");
  CHECK(c.study->failure().empty());
  for (const comparison::Outcome& outcome : c.study->result()->outcomes) {
    CHECK(outcome.figures.page_size.count == 65536);
    CHECK(outcome.is_right());
  }
  c.study->drag(policy, 0.34);
  CHECK(c.view().sliders[policy].value == "FIFO");
  c.study->wait();
  CHECK(c.study->failure().empty());
}

TEST_CASE("a slider that moves while charts are computed is answered, and they are whole at rest") {
  Compared c(two_ways(Way::sound));
  sim::Rng random(3);
  for (int i = 0; i < 60; ++i) {
    const auto n = static_cast<std::size_t>(random.below(c.study->sliders().size()));
    c.study->drag(n, static_cast<double>(random.below(101)) / 100);
    if (random.below(4) == 0) c.study->select(random.below(2));
    for (std::uint64_t polls = random.below(20); polls > 0; --polls) (void)c.study->poll();
  }
  c.study->wait();
  CHECK(c.study->failure().empty());
  CHECK_FALSE(c.study->is_behind());
  CHECK(c.study->sweep().size() == 13);
  for (const auto& point : c.study->sweep()) {
    for (const auto& outcome : point.result.outcomes) {
      CHECK(outcome.ending.kind == session::EndKind::finished);
    }
  }
  CHECK(c.study->policies().size() >= 2);
  CHECK(c.view().policies.why_none == "");
  // The same as where nothing was moved meanwhile.
  Compared calm(two_ways(Way::sound));
  for (std::size_t s = 0; s < c.study->sliders().size(); ++s) {
    calm.study->drag(s, c.study->part_of(s));
    REQUIRE(calm.study->sliders()[s].value == c.study->sliders()[s].value);
  }
  calm.study->select(c.study->selected());
  calm.study->wait();
  for (std::size_t p = 0; p < calm.study->sweep().size(); ++p) {
    CHECK(calm.study->sweep()[p].value == c.study->sweep()[p].value);
    CHECK(calm.study->sweep()[p].result.outcomes[0].time_ns() ==
          c.study->sweep()[p].result.outcomes[0].time_ns());
  }
  CHECK(calm.study->break_even().has_value() == c.study->break_even().has_value());
}

TEST_CASE("tables have what was run: strategies, the way over the first slider, policies") {
  Compared c(two_ways(Way::sound));
  for (const Table& table : tables_of(*c.study)) CHECK(table.rows.empty());
  c.study->wait();
  const auto tables = tables_of(*c.study);
  REQUIRE(tables.size() == 3);
  for (const Table& table : tables) {
    CAPTURE(table.name);
    CHECK_FALSE(table.rows.empty());
    for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
  }
  const auto& outcomes = c.study->result()->outcomes;
  REQUIRE(tables[0].rows.size() == outcomes.size());
  for (std::size_t s = 0; s < outcomes.size(); ++s) {
    CHECK(tables[0].rows[s][0] == TableCell{c.study->setup().strategies[s].label});
    CHECK(tables[0].rows[s][1] == TableCell{outcomes[s].figures.faults()});
    CHECK(tables[0].rows[s][7] == TableCell{outcomes[s].time_ns()});
    CHECK(tables[0].rows[s][8] == TableCell{});  // nothing is measured here
  }
  REQUIRE(tables[1].rows.size() == c.study->sweep().size());
  for (std::size_t p = 0; p < c.study->sweep().size(); ++p) {
    CHECK(tables[1].rows[p][0] == TableCell{c.study->sweep()[p].value});
  }
  CHECK(tables[2].rows.size() == c.study->policies().size());
}

}  // namespace
