// Files in and out of a user's folder.

#include "scenarios/session/carried_files.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "scenarios/session/replaced_file.h"

namespace session {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "pagewalk-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string path() const { return path_; }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << bytes;
  }
  std::optional<std::string> get(const std::string& name) const {
    auto read = read_file(path_, name);
    auto* bytes = std::get_if<std::string>(&read);
    return bytes == nullptr ? std::nullopt : std::optional(std::move(*bytes));
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  std::string path_;
};

TEST_CASE(
    "a file is read to its end, whatever size it says it has; an error is told with its cause") {
  const Folder folder;
  for (const std::size_t size : {0, 1, 4095, 4096, 4097, 100'000}) {
    folder.put("a.bin", std::string(size, 'x'));
    CHECK(folder.get("a.bin") == std::string(size, 'x'));
  }
  CHECK(std::get<std::string>(read_file("/proc/self", "status")).starts_with("Name:"));  // says 0
  const auto told = [](const char* in, const char* name) {
    const auto read = read_file(in, name);
    const auto* failure = std::get_if<Failure>(&read);
    return failure == nullptr ? "" : failure->message;
  };
  CHECK(told("/proc/self", "mem") == "/proc/self/mem: cannot be read: Input/output error");
  CHECK(told("/proc/self", "nothing").ends_with("No such file or directory"));
  CHECK(told("/dev", "null").ends_with("it is no file"));
}

// Links of every kind that a folder can hold, and what they lead to.
struct LinkedFolder {
  LinkedFolder() {
    outside.put("secret", "outside");
    inside.put("own", "inside");
    link("own", "within");
    link(outside.path() + "/secret", "absolute");
    link("../" + fs::path(outside.path()).filename().string() + "/secret", "relative");
    link("relative", "in-two-steps");
    link(outside.path(), "folder");
    link("nowhere", "dangling");
    link("loop-2", "loop-1");
    link("loop-1", "loop-2");
  }
  void link(const std::string& to, const std::string& name) const {
    fs::create_symlink(to, inside.path() + "/" + name);
  }
  const Folder outside, inside;
};
constexpr std::array kLeadOut = {"absolute", "relative", "in-two-steps"};

TEST_CASE("a link is followed within its folder only, and one that leads out is told") {
  const LinkedFolder links;
  for (const char* name : kLeadOut) {
    CAPTURE(name);
    CarriedFiles files(links.inside.path());
    CHECK_FALSE(files.first_use(name));
    REQUIRE(files.failure());
    CHECK(files.failure()->message.find("a link that leads out of the folder") !=
          std::string::npos);
  }
  CarriedFiles files(links.inside.path());
  CHECK(files.first_use("within") == "inside");
  for (const char* name : {"folder", "dangling", "loop-1"}) CHECK_FALSE(files.first_use(name));
  CHECK_FALSE(files.failure());
  std::vector<std::string> names = files.names();
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"own", "within"});
}

TEST_CASE("files that are given are no links out of their folder") {
  const LinkedFolder links;
  const auto refused = given_files(links.inside.path());
  REQUIRE(std::holds_alternative<Failure>(refused));
  CHECK(std::get<Failure>(refused).message.find("a link that leads out") != std::string::npos);
  for (const char* name : kLeadOut) fs::remove(links.inside.path() + "/" + name);
  const auto given = given_files(links.inside.path());
  REQUIRE(std::holds_alternative<Files>(given));
  CHECK(std::get<Files>(given) == Files{{"own", "inside"}, {"within", "inside"}});
}

TEST_CASE("what is carried back goes through no link, and removes none that was not copied in") {
  const LinkedFolder links;
  const std::size_t entries = links.inside.entries();
  CarriedFiles files(links.inside.path());
  const auto copied = files.first_use("own");
  for (const char* name : kLeadOut) CHECK_FALSE(files.first_use(name));
  Files left{{"own", *copied}};
  CHECK(files.carry_back(left).empty());
  CHECK(links.inside.entries() == entries);
  for (const char* name :
       {"within", "absolute", "relative", "in-two-steps", "folder", "dangling"}) {
    left[name] = "new";
  }
  CHECK(files.carry_back(left).size() == 6);
  CHECK(links.inside.entries() == entries);
  CHECK(links.inside.get("own") == "inside");
  CHECK(links.outside.get("secret") == "outside");
  CHECK(links.outside.entries() == 1);
}

TEST_CASE("a name's first use copies the file in, once") {
  const Folder folder;
  folder.put("a.bin", "bytes");
  CarriedFiles files(folder.path());
  CHECK(files.first_use("a.bin") == "bytes");
  CHECK_FALSE(files.first_use("a.bin"));
  CHECK_FALSE(files.first_use("missing.bin"));
  CHECK_FALSE(files.failure());
}

TEST_CASE("changed and new files are written, removed ones removed, untouched ones untouched") {
  const Folder folder;
  folder.put("changed", "old");
  folder.put("removed", "x");
  folder.put("same", "s");
  folder.put("bystander", "b");
  CarriedFiles files(folder.path());
  for (const char* name : {"changed", "removed", "same"}) files.first_use(name);
  const auto before = fs::last_write_time(folder.path() + "/same");
  CHECK(files.carry_back({{"changed", "new"}, {"fresh", "f"}, {"same", "s"}}).empty());
  CHECK(folder.get("changed") == "new");
  CHECK(folder.get("fresh") == "f");
  CHECK_FALSE(folder.get("removed"));
  CHECK(folder.get("bystander") == "b");
  CHECK(fs::last_write_time(folder.path() + "/same") == before);
  CHECK(folder.entries() == 4);
}

TEST_CASE("a file keeps its mode when it is carried back") {
  const Folder folder;
  folder.put("a", "old");
  ::chmod((folder.path() + "/a").c_str(), 0640);
  CarriedFiles files(folder.path());
  files.first_use("a");
  CHECK(files.carry_back({{"a", "new"}}).empty());
  struct stat status {};
  REQUIRE(::stat((folder.path() + "/a").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("files that cannot be carried back are reported each, and the others are carried back") {
  const Folder folder;
  CarriedFiles files(folder.path());
  fs::create_directory(folder.path() + "/b");  // rename over a folder fails, for root too
  fs::create_directory(folder.path() + "/d");
  const auto failures = files.carry_back({{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}});
  REQUIRE(failures.size() == 2);
  CHECK(failures[0].message.find("/b: cannot be carried back: it is a folder") !=
        std::string::npos);
  CHECK(failures[1].message.find("/d: ") != std::string::npos);
  CHECK(folder.get("a") == "1");
  CHECK(folder.get("c") == "3");
  CHECK(folder.entries() == 4);
}

// Runs it in a process that is killed while a file of 64 MiB is carried back.
std::size_t entries_after_a_kill(const Folder& folder, useconds_t after) {
  const std::string bytes(64 << 20, 'x');
  const pid_t child = ::fork();
  if (child == 0) {
    CarriedFiles files(folder.path());
    for (;;) {
      (void)files.carry_back({{"a", bytes}});
      (void)files.carry_back({{"a", "y"}});
    }
  }
  ::usleep(after);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return folder.entries();
}

TEST_CASE("a kill while a file is carried back leaves nothing but the old or the new file") {
  const Folder folder;
  folder.put("a", "old");
  for (useconds_t after = 5'000; after < 100'000; after += 9'000) {
    const std::size_t entries = entries_after_a_kill(folder, after);
    // Between the two names there is a moment; the next start sees to that.
    if (entries > 1) remove_abandoned_copies(folder.path());
    CHECK(folder.entries() == 1);
    const auto size = fs::file_size(folder.path() + "/a");
    CHECK((size == 3 || size == 1 || size == 64 << 20));
  }
}

TEST_CASE("only copies that are surely abandoned are removed") {
  const Folder folder;
  const auto inode = [&](const std::string& name) {
    struct stat status {};
    REQUIRE(::stat((folder.path() + "/" + name).c_str(), &status) == 0);
    return std::to_string(status.st_ino);
  };
  const auto rename = [&](const std::string& from, const std::string& to) {
    fs::rename(folder.path() + "/" + from, folder.path() + "/" + to);
    return folder.path() + "/" + to;
  };
  folder.put("left", "1");
  const std::string left = rename("left", ".pagewalk-carried-" + inode("left"));
  folder.put("held", "2");
  const std::string held = rename("held", ".pagewalk-carried-" + inode("held"));
  const int holder = ::open(held.c_str(), O_RDONLY);
  REQUIRE(::flock(holder, LOCK_EX) == 0);
  folder.put(".pagewalk-carried-1", "somebody's copy: that is not its inode");
  folder.put(".pagewalk-carried-mine", "3");
  fs::create_symlink(held, folder.path() + "/.pagewalk-carried-2");
  remove_abandoned_copies(folder.path());
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(held));
  CHECK(folder.entries() == 4);
  ::close(holder);
  remove_abandoned_copies(folder.path());
  CHECK_FALSE(fs::exists(held));
}

}  // namespace
}  // namespace session
