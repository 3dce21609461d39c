// Where the scratch directory is made, and that nothing of it stays.

#include "real/scratch.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "tests/real/host_fixture.h"

namespace real {
namespace {

class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    const char* old = ::getenv(name);
    if (old != nullptr) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    if (old_) {
      ::setenv(name_, old_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST_CASE("the scratch directory is private, and goes with its contents") {
  std::string path;
  {
    auto made = Scratch::make();
    REQUIRE(std::holds_alternative<Scratch>(made));
    path = std::get<Scratch>(made).path();
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    CHECK(status.st_uid == ::geteuid());
    std::ofstream(path + "/file") << "text";
    std::filesystem::create_directory(path + "/folder");
    std::ofstream(path + "/folder/file") << "text";
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("what a killed run left is removed by the next one, what a live one uses is not") {
  auto outer = Scratch::make();
  REQUIRE(std::holds_alternative<Scratch>(outer));
  const std::string place = std::get<Scratch>(outer).path();
  const Environment set("PAGEWALK_SCRATCH", place);
  auto live = Scratch::make();
  REQUIRE(std::holds_alternative<Scratch>(live));
  const std::string left = place + "/pagewalk-abcdef";
  const std::string fresh = place + "/pagewalk-ghijkl";
  const std::string foreign = place + "/somebody-else";
  for (const auto& path : {left, fresh, foreign}) std::filesystem::create_directory(path);
  std::ofstream(left + "/file") << "text";
  const auto hour_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (const auto& path : {left, foreign, std::get<Scratch>(live).path()}) {
    std::filesystem::last_write_time(path, hour_ago);
  }
  const auto next = Scratch::make();
  REQUIRE(std::holds_alternative<Scratch>(next));
  CHECK_FALSE(std::filesystem::exists(left));
  CHECK(std::filesystem::exists(fresh));
  CHECK(std::filesystem::exists(foreign));
  CHECK(std::filesystem::exists(std::get<Scratch>(live).path()));
}

TEST_CASE("PAGEWALK_SCRATCH is used, or the error names it") {
  auto outer = Scratch::make();
  REQUIRE(std::holds_alternative<Scratch>(outer));
  const std::string place = std::get<Scratch>(outer).path();
  {
    const Environment set("PAGEWALK_SCRATCH", place);
    auto made = Scratch::make();
    REQUIRE(std::holds_alternative<Scratch>(made));
    CHECK(std::get<Scratch>(made).path().starts_with(place + "/"));
  }
  const Environment set("PAGEWALK_SCRATCH", place + "/absent");
  const auto made = Scratch::make();
  REQUIRE(std::holds_alternative<Problem>(made));
  CHECK(std::get<Problem>(made).what.find("PAGEWALK_SCRATCH") != std::string::npos);
  CHECK(std::get<Problem>(made).what.find("No such file") != std::string::npos);
}

TEST_CASE("a directory in memory is named, and what it cannot show is in the notes") {
  if (filesystem_of(::open("/dev/shm", O_RDONLY)).kind != FilesystemKind::memory) return;
  const Environment set("PAGEWALK_SCRATCH", "/dev/shm");
  if (std::holds_alternative<Problem>(Scratch::make())) return;  // not writable in some containers
  HostFixture f;
  CHECK(f.scratch().filesystem().kind == FilesystemKind::memory);
  CHECK(f.has_note("the scratch directory is on tmpfs"));
  CHECK(f.has_note("dirty pages not available (tmpfs does not track them"));
  f.make_file("f", 2);
  CHECK(f.events(sim::EventKind::dirty).empty());
  const sim::Mapping m = f.map("f", kPage, sim::Sharing::shared);
  f.load(m.base);
  f.store(m.base, std::byte{1});
  for (const sim::Event& e : f.events()) CHECK(e.kind != sim::EventKind::dirty);
}

}  // namespace
}  // namespace real
