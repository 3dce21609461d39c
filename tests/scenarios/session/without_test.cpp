// --without: names to rungs and layers.

#include "scenarios/session/without.h"

#include <doctest/doctest.h>

#include <string>

namespace session {
namespace {

TEST_CASE("each name takes something away, and another than the others") {
  std::vector<Without> seen{{}};
  for (const std::string_view name : what_can_be_missed()) {
    Without without;
    CHECK_FALSE(do_without(without, name));
    for (const Without& other : seen) CHECK_FALSE(without == other);
    seen.push_back(without);
  }
}

TEST_CASE("a list takes away all that it names") {
  Without one_by_one, together;
  std::string list;
  for (const std::string_view name : what_can_be_missed()) {
    CHECK_FALSE(do_without(one_by_one, name));
    list += (list.empty() ? "" : ",") + std::string(name);
  }
  CHECK_FALSE(do_without(together, list));
  CHECK(together == one_by_one);
}

TEST_CASE("an unknown name is refused with the nearest one") {
  Without without;
  const auto problem = do_without(without, "perf,pagemab");
  REQUIRE(problem);
  CHECK(problem->find("pagemab") != std::string::npos);
  CHECK(problem->find("pagemap") != std::string::npos);
}

}  // namespace
}  // namespace session
