// Candidates, and removal.

#include "real/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace real {
namespace {

constexpr std::string_view kPrefix = "pagewalk-";

struct Candidate {
  std::string path;
  std::string why_not;
  Filesystem filesystem;
};

std::string cache_folder() {
  const char* cache = ::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return std::string(cache) + "/pagewalk";
  const char* home = ::getenv("HOME");
  if (home != nullptr && home[0] == '/') return std::string(home) + "/.cache/pagewalk";
  return {};
}

void remove_all(const std::string& path) {
  std::error_code ignored;  // what cannot be removed stays; there is nobody left to tell
  std::filesystem::remove_all(path, ignored);
}

// A run holds a lock on its directory, and so does its child. Old enough that it is not one that
// was made and not locked yet.
bool is_abandoned(const std::string& path) {
  constexpr time_t kSecondsToLock = 60;
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!directory.is_open() || ::fstat(directory.number(), &status) != 0) return false;
  if (status.st_uid != ::geteuid() || ::time(nullptr) - status.st_mtime < kSecondsToLock) {
    return false;
  }
  return ::flock(directory.number(), LOCK_EX | LOCK_NB) == 0;
}

void remove_abandoned(const std::string& parent) {
  std::error_code ended;
  std::filesystem::directory_iterator entries(parent, ended);
  for (; !ended && entries != std::filesystem::directory_iterator(); entries.increment(ended)) {
    const std::string name = entries->path().filename();
    const bool is_ours = name.starts_with(kPrefix) && name.size() == kPrefix.size() + 6;
    if (is_ours && is_abandoned(entries->path())) remove_all(entries->path());
  }
}

// Makes the private directory; empty path and why_not when that is impossible.
Candidate try_in(const std::string& parent) {
  remove_abandoned(parent);
  std::string name = parent + "/" + std::string(kPrefix) + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {  // mode 0700
    return {{}, parent + ": " + std::strerror(errno), {}};
  }
  const Descriptor opened(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return {name, {}, filesystem_of(opened.number())};
}

}  // namespace

Scratch::Scratch(std::string path, Descriptor directory, Filesystem filesystem)
    : path_(std::move(path)),
      directory_(std::move(directory)),
      filesystem_(std::move(filesystem)) {}

Scratch::Scratch(Scratch&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      directory_(std::move(other.directory_)),
      filesystem_(std::move(other.filesystem_)) {}

Scratch::~Scratch() {
  if (!path_.empty()) remove_all(path_);
}

std::string Scratch::why_gone() const {
  struct stat now {};
  struct stat ours {};
  const bool known = ::fstat(directory_.number(), &ours) == 0;
  const bool there = ::lstat(path_.c_str(), &now) == 0;
  if (there && known && now.st_ino == ours.st_ino && now.st_dev == ours.st_dev) return {};
  return "the scratch directory " + path_ + " was removed or moved while the program ran";
}

// By trying: ext4 keeps blocks back for itself (Linux 6.18: a page of a hole gets SIGBUS while
// statvfs still counts free blocks).
bool Scratch::is_full() const {
  const std::vector<char> page(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
  const Descriptor file(::openat(directory_.number(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  const ssize_t n = file.is_open() ? ::pwrite(file.number(), page.data(), page.size(), 0) : -1;
  return n < 0 ? errno == ENOSPC || errno == EDQUOT : static_cast<std::size_t>(n) < page.size();
}

Or<Scratch> Scratch::make() {
  std::vector<std::string> parents;
  const char* asked = ::getenv("PAGEWALK_SCRATCH");
  if (asked != nullptr && asked[0] != '\0') {
    parents = {asked};
  } else {
    const std::string cache = cache_folder();
    std::error_code ignored;  // mkdtemp below says why
    if (!cache.empty()) {
      std::filesystem::create_directories(cache, ignored);
      parents.push_back(cache);
    }
    parents.insert(parents.end(), {"/var/tmp", "/tmp"});
  }
  Candidate best;
  std::string refused;
  for (const std::string& parent : parents) {
    Candidate candidate = try_in(parent);
    if (candidate.path.empty()) {
      refused += (refused.empty() ? "" : "; ") + candidate.why_not;
      continue;
    }
    const bool better = best.path.empty() || (best.filesystem.kind != FilesystemKind::disk &&
                                              candidate.filesystem.kind == FilesystemKind::disk);
    remove_all(better ? best.path : candidate.path);
    if (better) best = std::move(candidate);
    if (best.filesystem.kind == FilesystemKind::disk) break;
  }
  if (best.path.empty()) {
    return Problem{(asked != nullptr && asked[0] != '\0'
                        ? "the scratch directory of PAGEWALK_SCRATCH cannot be used: "
                        : "no place for a scratch directory (set PAGEWALK_SCRATCH): ") +
                   refused};
  }
  Descriptor directory(::open(best.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) {
    const Problem problem{best.path + ": " + std::strerror(errno)};
    remove_all(best.path);
    return problem;
  }
  if (best.filesystem.name == "btrfs") store_plainly(directory.number());
  ::flock(directory.number(), LOCK_EX | LOCK_NB);  // nobody else has it: see is_abandoned()
  return Scratch(std::move(best.path), std::move(directory), std::move(best.filesystem));
}

}  // namespace real
