// How faults are written.

#include "scenarios/session/inject.h"

#include <doctest/doctest.h>

namespace session {
namespace {

TEST_CASE("faults are read, and shown as they were written") {
  sim::MachineConfig machine;
  for (const char* text : {"read-error=a.bin:3", "write-error=a:b.bin:0-7", "disk-full=12"}) {
    CHECK_FALSE(inject(machine, text));
  }
  CHECK(machine.bad_pages.at(1).file == "a:b.bin");
  CHECK(machine.bad_pages.at(1).end == sim::PgOff{8});
  CHECK(injected(machine) ==
        std::vector<std::string>{"read-error=a.bin:3", "write-error=a:b.bin:0-7", "disk-full=12"});
}

TEST_CASE("what is no fault is told with the ways to write one") {
  for (const char* text : {"", "x", "read-error", "read-error=", "read-error=a", "read-error=:3",
                           "read-error=a:", "read-error=a:3-2", "read-error=a:x",
                           "disk-full=", "disk-full=-1", "write-error=a:99999999999"}) {
    CAPTURE(text);
    sim::MachineConfig machine;
    const auto problem = inject(machine, text);
    REQUIRE(problem);
    CHECK(problem->find("read-error=FILE:PAGES") != std::string::npos);
    CHECK(machine == sim::MachineConfig{});
  }
}

}  // namespace
}  // namespace session
