// A directory below the process's own group, or beside it.

#include "real/memory_group.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace real {
namespace {

struct Names {
  const char* limit;
  const char* usage;
  const char* anonymous;  // in memory.stat, as the next
  const char* file;
  const char* kills_file;
};
constexpr Names kNames[] = {
    {"memory.limit_in_bytes", "memory.usage_in_bytes", "rss", "cache", "memory.oom_control"},
    {"memory.max", "memory.current", "anon", "file", "memory.events"},
};
const Names& names_of(int version) { return kNames[version - 1]; }

std::uint64_t number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  file >> number;
  return number;
}

// Of a file of lines "word number".
std::uint64_t number_after(const std::string& path, std::string_view word) {
  std::ifstream file(path);
  std::string name;
  std::uint64_t number = 0;
  while (file >> name >> number) {
    if (name == word) return number;
  }
  return 0;
}

// Where the memory controller's tree is mounted, and this process's place in it.
struct Tree {
  int version = 0;
  std::string mount;
  std::string own;
};

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream text(line);
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

bool has_word(const std::string& list, std::string_view word) {
  return ("," + list + ",").find("," + std::string(word) + ",") != std::string::npos;
}

// /proc/self/mountinfo: "... ROOT PLACE options - TYPE source super-options".
std::optional<std::string> mounted_at(int version) {
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    const auto dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    const auto before = words_of(line.substr(0, dash));
    const auto after = words_of(line.substr(dash + 3));
    if (before.size() < 5 || after.size() < 3) continue;
    const bool is_it =
        version == 2 ? after[0] == "cgroup2" : after[0] == "cgroup" && has_word(after[2], "memory");
    if (is_it) return before[4];
  }
  return std::nullopt;
}

// /proc/self/cgroup: "4:memory:/place" (version 1), "0::/place" (version 2).
std::string own_place(int version) {
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool is_it = version == 2 ? controllers.empty() : has_word(controllers, "memory");
    if (is_it) return line.substr(second + 1);
  }
  return "/";
}

// In version 1 a group can have groups and processes; in version 2 only the root can, so that the
// place beside the own group is tried, too.
std::vector<std::string> places_in(const Tree& tree) {
  std::vector<std::string> places;
  std::string own = tree.own == "/" ? "" : tree.own;
  while (!own.empty()) {
    places.push_back(tree.mount + own);
    own.resize(own.rfind('/'));
  }
  places.push_back(tree.mount);
  return places;
}

std::string advice_for(int error) {
  if (error == EACCES || error == EPERM) {
    return "Run it as root (sudo), or with a group of your own: systemd-run --user --scope -p "
           "Delegate=yes pagewalk ...";
  }
  if (error == EROFS) {
    return "In a container the tree is read-only: docker run --privileged, or -v "
           "/sys/fs/cgroup:/sys/fs/cgroup:rw";
  }
  return "Enable the memory controller: as root, echo +memory > "
         "/sys/fs/cgroup/cgroup.subtree_control";
}

}  // namespace

Or<MemoryGroup> MemoryGroup::make() {
  int error = 0;
  std::string where;
  for (const int version : {2, 1}) {
    const auto mount = mounted_at(version);
    if (!mount) continue;
    for (const std::string& place : places_in({version, *mount, own_place(version)})) {
      const std::string path = place + "/pagewalk-" + std::to_string(::getpid());
      if (::mkdir(path.c_str(), 0755) != 0) {
        if (errno != ENOENT) error = errno;
        if (where.empty()) where = place;
        continue;
      }
      Descriptor members(::open((path + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
      const bool is_memory = ::access((path + "/" + names_of(version).limit).c_str(), W_OK) == 0;
      if (is_memory && members.is_open()) return MemoryGroup(version, path, std::move(members));
      if (is_memory) error = errno;
      ::rmdir(path.c_str());
    }
  }
  if (error != 0) {
    return Problem{"no memory cgroup can be made in " + where + ": " + std::strerror(error) + ". " +
                   advice_for(error)};
  }
  if (!mounted_at(1) && !mounted_at(2)) {
    return Problem{
        "no cgroups are mounted here. As root: mount -t cgroup2 none /sys/fs/cgroup, and echo "
        "+memory > /sys/fs/cgroup/cgroup.subtree_control"};
  }
  return Problem{"the cgroups here have no memory controller. " + advice_for(0)};
}

MemoryGroup::MemoryGroup(MemoryGroup&& other) noexcept
    : version_(other.version_),
      path_(std::exchange(other.path_, {})),
      members_(std::move(other.members_)) {}

// A process that has just ended is still counted for a moment.
MemoryGroup::~MemoryGroup() {
  constexpr int kTries = 200;
  for (int i = 0; i < kTries && !path_.empty(); ++i) {
    if (::rmdir(path_.c_str()) == 0 || errno != EBUSY) return;
    ::usleep(10'000);
  }
}

MemoryGroup::Usage MemoryGroup::usage() const {
  const Names& names = names_of(version_);
  const std::string stat = path_ + "/memory.stat";
  return {sim::Bytes{number_in(path_ + "/" + names.usage)},
          sim::Bytes{number_after(stat, names.anonymous)},
          sim::Bytes{number_after(stat, names.file)}};
}

int MemoryGroup::limit(sim::Bytes most) const {
  std::ofstream file(path_ + "/" + names_of(version_).limit);
  errno = 0;
  file << most.count << std::flush;
  if (file.good()) return 0;
  return errno == 0 ? EIO : errno;
}

std::uint64_t MemoryGroup::kills() const {
  return number_after(path_ + "/" + names_of(version_).kills_file, "oom_kill");
}

bool has_swap() {
  std::ifstream swaps("/proc/swaps");
  std::string heading;
  std::string area;
  return std::getline(swaps, heading) && std::getline(swaps, area) && !area.empty();
}

}  // namespace real
