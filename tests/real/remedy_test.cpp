// What a user is told to do about each lack, by kernel, container and sysctl; and that a check-up
// finds what a run would.

#include "real/remedy.h"

#include <doctest/doctest.h>

#include <string>

#include "real/checkup.h"

namespace real {
namespace {

const Surroundings kDebian12{.release = "6.1.0-13-amd64",
                             .kernel = {6, 1},
                             .in_container = false,
                             .scratch = FilesystemKind::disk,
                             .perf_event_paranoid = 3};

Surroundings newest() {
  Surroundings here = kDebian12;
  here.release = "6.18.1";
  here.kernel = {6, 18};
  return here;
}

bool says(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

TEST_CASE("an old kernel is told which one has it") {
  CHECK(says(remedy_for({"dirty pages", false, "", ""}, kDebian12), "/proc has to be mounted"));
  CHECK(says(remedy_for({"userfaultfd write-protection", false, "", ""}, kDebian12), "Linux 6.7"));
  CHECK(says(remedy_for({"PAGEMAP_SCAN", false, "", ""}, kDebian12), "this is 6.1.0-13-amd64"));
}

TEST_CASE("a strict perf_event_paranoid is told its command, a lax one is not blamed") {
  const Capability perf{"perf page-fault samples", false, "", ""};
  CHECK(says(remedy_for(perf, kDebian12), "sysctl kernel.perf_event_paranoid=2 (it is 3 here)"));
  Surroundings lax = kDebian12;
  lax.perf_event_paranoid = 2;
  CHECK_FALSE(says(remedy_for(perf, lax), "sysctl"));
}

TEST_CASE("a container is told options of docker run") {
  Surroundings docker = newest();
  docker.in_container = true;
  CHECK(says(remedy_for({"perf page-fault samples", false, "", ""}, docker), "--cap-add PERFMON"));
  CHECK(says(remedy_for({"userfaultfd write-protection", false, "", ""}, docker),
             "seccomp=unconfined"));
  CHECK(says(remedy_for({"a disk filesystem", false, "", ""}, docker), "-v pagewalk:/pagewalk"));
}

TEST_CASE("dirty pages of a tmpfs want a disk, not a system call") {
  Surroundings memory = newest();
  memory.scratch = FilesystemKind::memory;
  CHECK(says(remedy_for({"dirty pages", false, "", ""}, memory), "PAGEWALK_SCRATCH"));
}

TEST_CASE("whatever can be missing has a remedy, and what is there has none") {
  const auto found = check_up({.sources = {.faults = FaultSource::rusage,
                                           .cache = CacheSource::none,
                                           .memory = MemorySource::none,
                                           .write_protect = WriteProtectSource::none},
                               .layers = {.landlock = false, .seccomp = false}});
  REQUIRE(std::holds_alternative<Checkup>(found));
  const auto& checkup = std::get<Checkup>(found);
  CHECK(checkup.block_size.count > 0);
  REQUIRE(checkup.seal.size() == 2);
  int missing = 0;
  for (const auto* list : {&checkup.instruments, &checkup.seal}) {
    for (const Capability& c : *list) {
      CAPTURE(c.name);
      CHECK(remedy_for(c, newest()).empty() == c.available);
      CHECK((c.available || !c.why_not.empty()));
      missing += c.available ? 0 : 1;
    }
  }
  CHECK(missing >= 8);
}

}  // namespace
}  // namespace real
