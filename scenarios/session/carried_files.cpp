// Copying in by name, carrying back by replacing.

#include "scenarios/session/carried_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "real/descriptor.h"
#include "scenarios/session/replaced_file.h"

namespace session {
namespace {

constexpr std::size_t kPiece = 4096;

// Not open, with EXDEV, where a link on the way leads out of the folder.
real::Descriptor open_within(const std::string& folder, const std::string& name, int flags) {
  const real::Descriptor directory(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) return {};
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long fd = ::syscall(SYS_openat2, directory.number(), name.c_str(), &how, sizeof(how));
  if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) {
    return real::Descriptor(static_cast<int>(fd));
  }
  // Before Linux 5.6, and in sandboxes that do not know the call: no link is followed.
  real::Descriptor file(::openat(directory.number(), name.c_str(), flags | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open() && errno == ELOOP) errno = EXDEV;
  return file;
}

}  // namespace

std::variant<std::string, Failure> read_file(const std::string& folder, const std::string& name) {
  const auto failed = [&](const char* why) {
    return Failure{fmt::format("{}/{}: cannot be read: {}", folder, name, why)};
  };
  const real::Descriptor file = open_within(folder, name, O_RDONLY | O_NONBLOCK);
  const int fd = file.number();
  if (fd < 0 && errno == EXDEV) {
    return failed(
        "it is a link that leads out of the folder, and is not followed. Put the file itself "
        "there, or a link to a file in the folder");
  }
  if (fd < 0) return failed(std::strerror(errno));
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return failed("it is no file");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  // To its end, and not to the size it had: the one may have changed since, or not be known.
  for (std::size_t done = 0;;) {
    if (done == bytes.size()) bytes.resize(done + kPiece);
    const ssize_t n = ::read(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(std::strerror(errno));
    done += static_cast<std::size_t>(n);
    if (n > 0) continue;
    bytes.resize(done);
    return bytes;
  }
}

std::string CarriedFiles::path(std::string_view name) const {
  return folder_ + "/" + std::string(name);
}

std::optional<std::string> CarriedFiles::first_use(std::string_view name) {
  if (!used_.insert(std::string(name)).second) return std::nullopt;
  struct stat status {};
  if (::stat(path(name).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  if (static_cast<std::uint64_t>(status.st_size) > kMostFileBytes) {
    failure_ = Failure{fmt::format("{}: {} bytes is too large to copy in; the limit is {}", name,
                                   status.st_size, kMostFileBytes)};
    return std::nullopt;
  }
  auto read = read_file(folder_, std::string(name));
  if (auto* bad = std::get_if<Failure>(&read)) {
    if (!failure_) failure_ = *bad;
    return std::nullopt;
  }
  copied_.insert(std::string(name));
  return std::get<std::string>(std::move(read));
}

std::vector<std::string> CarriedFiles::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    std::string name = entry.path().filename().string();
    if (!entry.is_regular_file(error)) continue;
    if (entry.is_symlink(error) && !open_within(folder_, name, O_PATH).is_open()) continue;
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<Failure> CarriedFiles::carry_back(const Files& left) const {
  std::vector<Failure> failures;
  for (const auto& [name, bytes] : left) {
    const auto old = read_file(folder_, name);
    const auto* had = std::get_if<std::string>(&old);
    if (had != nullptr && *had == bytes) continue;
    if (const auto why = replace_file(folder_, name, bytes)) {
      failures.push_back({fmt::format(
          "{}: cannot be carried back: {}. The file is as it was before", path(name), *why)});
    }
  }
  for (const std::string& name : copied_) {
    if (left.contains(name)) continue;
    if (::unlink(path(name).c_str()) != 0 && errno != ENOENT) {
      failures.push_back(
          {fmt::format("{}: cannot be removed: {}", path(name), std::strerror(errno))});
    }
  }
  return failures;
}

}  // namespace session
