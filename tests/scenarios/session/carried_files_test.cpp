// Files in and out of a user's folder.

#include "scenarios/session/carried_files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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
    return read_file(path_ + "/" + name);
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  std::string path_;
};

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
  CHECK_FALSE(files.carry_back({{"changed", "new"}, {"fresh", "f"}, {"same", "s"}}));
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
  CHECK_FALSE(files.carry_back({{"a", "new"}}));
  struct stat status {};
  REQUIRE(::stat((folder.path() + "/a").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("a file that cannot be carried back is reported and nothing half-written is left") {
  const Folder folder;
  CarriedFiles files(folder.path());
  fs::create_directory(folder.path() + "/taken");  // rename over a folder fails, for root too
  const auto failure = files.carry_back({{"taken", "bytes"}});
  REQUIRE(failure);
  CHECK(failure->message.find("taken") != std::string::npos);
  CHECK(folder.entries() == 1);
}

}  // namespace
}  // namespace session
