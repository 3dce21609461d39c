// Settings that cannot work are refused with words that help.

#include <doctest/doctest.h>

#include "sim/machine.h"

namespace sim {
namespace {

MachineConfig changed(void (*change)(MachineConfig&)) {
  MachineConfig config;
  change(config);
  return config;
}

TEST_CASE("the textbook machine has no problem, nor has a 32-bit one, nor one of tiny pages") {
  CHECK_FALSE(problem_with(MachineConfig{}));
  CHECK_FALSE(problem_with(changed([](MachineConfig& c) { c.levels = x86_32_shape(); })));
  CHECK_FALSE(problem_with(changed([](MachineConfig& c) { c.page_size = Bytes{16}; })));
  CHECK_FALSE(problem_with(changed([](MachineConfig& c) { c.swap_pages = Pages{0}; })));
  CHECK_FALSE(problem_with(changed([](MachineConfig& c) { c.tlb = {1536, 12}; })));
}

TEST_CASE("each impossible setting is named") {
  struct Case {
    const char* setting;
    void (*change)(MachineConfig&);
  };
  const Case cases[] = {
      {"frames", [](MachineConfig& c) { c.frames = Pages{0}; }},
      {"frames", [](MachineConfig& c) { c.frames = Pages{std::uint64_t{1} << 40}; }},
      {"page_size", [](MachineConfig& c) { c.page_size = Bytes{0}; }},
      {"page_size", [](MachineConfig& c) { c.page_size = Bytes{8}; }},
      {"page_size", [](MachineConfig& c) { c.page_size = Bytes{5000}; }},
      {"page_size", [](MachineConfig& c) { c.page_size = Bytes{131072}; }},
      {"swap_pages", [](MachineConfig& c) { c.swap_pages = Pages{std::uint64_t{1} << 40}; }},
      {"levels", [](MachineConfig& c) { c.levels.bits.clear(); }},
      {"levels", [](MachineConfig& c) { c.levels.bits.assign(9, 4); }},
      {"levels",
       [](MachineConfig& c) {
         c.levels.bits = {9, 0, 9};
       }},
      {"levels",
       [](MachineConfig& c) {
         c.levels.bits = {2, 2};
       }},
      {"levels",
       [](MachineConfig& c) {
         c.levels.bits = {20, 20, 20};
       }},
      {"levels", [](MachineConfig& c) { c.levels.bits = {40}; }},
      {"tlb_entries",
       [](MachineConfig& c) {
         c.tlb = {10, 4};
       }},
      {"tlb_entries",
       [](MachineConfig& c) {
         c.tlb = {12, 4};
       }},
      {"tlb_entries",
       [](MachineConfig& c) {
         c.tlb = {8, 0};
       }},
  };
  for (const Case& c : cases) {
    const std::optional<std::string> problem = problem_with(changed(c.change));
    REQUIRE(problem.has_value());
    CAPTURE(*problem);
    CHECK(problem->starts_with(std::string(c.setting) + ": "));
    CHECK(problem->ends_with("."));
  }
}

}  // namespace
}  // namespace sim
