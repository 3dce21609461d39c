// Candidates, and removal.

#include "real/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace real {
namespace {

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

// Makes the private directory; empty path and why_not when that is impossible.
Candidate try_in(const std::string& parent) {
  std::string name = parent + "/pagewalk-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {  // mode 0700
    return {{}, parent + ": " + std::strerror(errno), {}};
  }
  const Descriptor opened(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return {name, {}, filesystem_of(opened.number())};
}

void remove_all(const std::string& path) {
  std::error_code ignored;  // what cannot be removed stays; there is nobody left to tell
  std::filesystem::remove_all(path, ignored);
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
  return Scratch(std::move(best.path), std::move(directory), std::move(best.filesystem));
}

}  // namespace real
