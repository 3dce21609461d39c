// What a power cut may leave crosses as it is, and what no disk could leave is refused.

#include "scenarios/session/power_cut_fields.h"

#include <doctest/doctest.h>

#include <functional>
#include <limits>

namespace session {
namespace {

PowerCut example() {
  PowerCut cut;
  cut.images = "12";
  cut.images_log2 = 3.58;
  cut.names["a.bin"] = {true, {{0, 8192, 100, {{0, 1, {"disk", "write"}}, {1, 2, {"disk"}}}}}};
  cut.drawn.push_back({7, {{"a.bin", {true, 2, "ab", std::string(64, '0'), ""}}}});
  return cut;
}

struct Read {
  PowerCut cut;
  std::string problem;
};
Read read_back(const PowerCut& cut) {
  Out out;
  put(out, cut);
  In in(out.data());
  Read read{power_cut_in(in), {}};
  (void)in.is_complete();
  read.problem = in.problem();
  return read;
}
std::string refusal_of(const std::function<void(PowerCut&)>& change) {
  PowerCut cut = example();
  change(cut);
  return read_back(cut).problem;
}
FoundFile& first_file(PowerCut& cut) { return cut.names.begin()->second.files.front(); }

TEST_CASE("what a power cut may leave crosses as it is") {
  const auto [cut, problem] = read_back(example());
  CHECK(problem == "");
  CHECK(cut.images == "12");
  CHECK(cut.images_log2 == 3.58);
  const FoundName& found = cut.names.at("a.bin");
  CHECK(found.may_be_absent);
  REQUIRE(found.files.size() == 1);
  CHECK(found.files[0].largest == 8192);
  CHECK(found.files[0].certain_bytes == 100);
  REQUIRE(found.files[0].open.size() == 2);
  CHECK(found.files[0].open[0].holds == std::vector<std::string>{"disk", "write"});
  CHECK(found.files[0].open[1].end == 2);
  REQUIRE(cut.drawn.size() == 1);
  CHECK(cut.drawn[0].seed == 7);
  CHECK(cut.drawn[0].files.at("a.bin").first_bytes == "ab");
}

TEST_CASE("what no disk could leave is refused") {
  CHECK(refusal_of([](PowerCut& c) { c.images = "1e9"; }) == "a count that is no number");
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal_of([&](PowerCut& c) { c.images_log2 = none; }) == "a count that is none");
  CHECK(refusal_of([](PowerCut& c) { c.names["../a"] = c.names["a.bin"]; }) ==
        "a file name that is none");
  CHECK(refusal_of([](PowerCut& c) { c.names["b"]; }) == "a name that leads nowhere");
  CHECK(refusal_of([](PowerCut& c) { first_file(c).smallest = 9000; }) == "sizes that cannot be");
  CHECK(refusal_of([](PowerCut& c) { first_file(c).open[1].first = 0; }) == "pages in disorder");
  CHECK(refusal_of([](PowerCut& c) { c.drawn[0].files["/"]; }) == "a file name that is none");
}

TEST_CASE("a telling that breaks off anywhere is refused") {
  Out out;
  put(out, example());
  for (std::size_t n = 0; n < out.data().size(); ++n) {
    In in(out.data().first(n));
    (void)power_cut_in(in);
    CHECK(!in.is_complete());
  }
}

}  // namespace
}  // namespace session
