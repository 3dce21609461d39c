// open(O_TMPFILE), linkat, renameat. linkat cannot replace a file: where there is one, the new one
// gets a name beside it for the time of two system calls.

#include "scenarios/session/replaced_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "real/descriptor.h"
#include "scenarios/session/whole_number.h"

namespace session {
namespace {

using real::Descriptor;

// Followed by the file's inode number. A copy of such a file has another one.
constexpr std::string_view kPrefix = ".pagewalk-carried-";

std::string name_beside(const Descriptor& file) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return {};
  return fmt::format("{}{}", kPrefix, status.st_ino);
}

// The mode that open(name, O_CREAT, 0666) would give.
mode_t mode_of_new_file() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

bool write_all(int fd, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// What replaces a file. It has a name only between appear_as() or the constructor (where the
// filesystem has no files without one) and take_place_of().
class Replacement {
 public:
  explicit Replacement(int folder)
      : folder_(folder), file_(::openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)) {
    if (file_.is_open()) {
      hold();
      return;
    }
    // NFS, FAT and some network filesystems.
    const std::string first = fmt::format("{}new-{}", kPrefix, ::getpid());
    file_ =
        Descriptor(::openat(folder, first.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (!file_.is_open()) return;
    hold();
    name_ = name_beside(file_);
    if (::renameat(folder, first.c_str(), folder, name_.c_str()) != 0) name_ = first;
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (!name_.empty()) ::unlinkat(folder_, name_.c_str(), 0);
  }

  bool is_open() const { return file_.is_open(); }
  bool fill(const std::string& bytes, const struct stat* old) {
    if (!write_all(file_.number(), bytes)) return false;
    // Root may work in somebody's folder. Who may not give files away owns what it writes.
    if (old != nullptr && ::fchown(file_.number(), old->st_uid, old->st_gid) != 0) errno = 0;
    return ::fchmod(file_.number(), old != nullptr ? old->st_mode & 07777 : mode_of_new_file()) ==
           0;
  }
  bool appear_as(const std::string& name) {
    if (name_.empty()) {
      if (link(name)) return true;  // nothing had it
      std::string beside = name_beside(file_);
      if (!link(beside)) return false;
      name_ = std::move(beside);
    }
    if (::renameat(folder_, name_.c_str(), folder_, name.c_str()) != 0) return false;
    name_.clear();
    return true;
  }

 private:
  // While it has a name, this tells other processes that it is not abandoned.
  void hold() { ::flock(file_.number(), LOCK_EX | LOCK_NB); }
  bool link(const std::string& name) {
    const std::string self = fmt::format("/proc/self/fd/{}", file_.number());
    return ::linkat(AT_FDCWD, self.c_str(), folder_, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }

  int folder_;
  Descriptor file_;
  std::string name_;
};

bool is_abandoned(int folder, const std::string& name) {
  const auto inode = whole_number(std::string_view(name).substr(kPrefix.size()));
  const Descriptor file(
      ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!inode || !file.is_open() || ::fstat(file.number(), &status) != 0) return false;
  return S_ISREG(status.st_mode) && status.st_ino == *inode && status.st_uid == ::geteuid() &&
         ::flock(file.number(), LOCK_EX | LOCK_NB) == 0;
}

const char* kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFLNK: return "a link";
    case S_IFDIR: return "a folder";
    case S_IFIFO: return "a pipe";
    case S_IFSOCK: return "a socket";
    default: return "a device";
  }
}

}  // namespace

std::optional<std::string> replace_file(const std::string& path, const std::string& name,
                                        const std::string& bytes) {
  const auto failed = [] { return std::string(std::strerror(errno)); };
  const Descriptor folder(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return failed();
  struct stat old {};
  const bool existed = ::fstatat(folder.number(), name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
  if (existed && !S_ISREG(old.st_mode)) return fmt::format("it is {} there", kind_of(old.st_mode));
  Replacement replacement(folder.number());
  if (!replacement.is_open() || !replacement.fill(bytes, existed ? &old : nullptr) ||
      !replacement.appear_as(name)) {
    return failed();
  }
  return std::nullopt;
}

void remove_abandoned_copies(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  DIR* entries = folder.is_open() ? ::opendir(path.c_str()) : nullptr;
  if (entries == nullptr) return;
  while (const dirent* entry = ::readdir(entries)) {
    const std::string name = entry->d_name;
    if (!name.starts_with(kPrefix) || !is_abandoned(folder.number(), name)) continue;
    ::unlinkat(folder.number(), name.c_str(), 0);
  }
  ::closedir(entries);
}

}  // namespace session
