// Copying in by name, carrying back by rename.

#include "scenarios/session/carried_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace session {
namespace {

// The mode that open(name, O_CREAT, 0666) would give.
mode_t mode_of_new_file() {
  const mode_t mask = umask(0);
  umask(mask);
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

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) return std::nullopt;
  return bytes;
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
  auto bytes = read_file(path(name));
  if (!bytes) failure_ = Failure{fmt::format("{}: cannot be read: {}", name, std::strerror(errno))};
  return bytes;
}

std::vector<std::string> CarriedFiles::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
  }
  return names;
}

std::optional<Failure> CarriedFiles::write(const std::string& name,
                                           const std::string& bytes) const {
  const auto failed = [&](const char* what) {
    return Failure{fmt::format("{}: {}: {}. The file is as it was before", path(name), what,
                               std::strerror(errno))};
  };
  struct stat old {};
  const bool existed = ::stat(path(name).c_str(), &old) == 0;
  std::string temporary = path(".pagewalk-XXXXXX");
  const int fd = ::mkstemp(temporary.data());
  if (fd < 0) return failed("cannot be carried back");
  const mode_t mode = existed ? (old.st_mode & 07777) : mode_of_new_file();
  std::optional<Failure> failure;
  if (!write_all(fd, bytes) || ::fchmod(fd, mode) != 0) failure = failed("cannot be carried back");
  if (::close(fd) != 0 && !failure) failure = failed("cannot be carried back");
  if (!failure && ::rename(temporary.c_str(), path(name).c_str()) != 0) {
    failure = failed("cannot be carried back");
  }
  if (failure) ::unlink(temporary.c_str());
  return failure;
}

std::optional<Failure> CarriedFiles::carry_back(const Files& left) const {
  for (const auto& [name, bytes] : left) {
    if (read_file(path(name)) == bytes) continue;
    if (auto failure = write(name, bytes)) return failure;
  }
  for (const std::string& name : used_) {
    struct stat status {};
    const bool here = ::stat(path(name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (left.contains(name) || !here) continue;
    if (::unlink(path(name).c_str()) != 0) {
      return Failure{fmt::format("{}: cannot be removed: {}", path(name), std::strerror(errno))};
    }
  }
  return std::nullopt;
}

}  // namespace session
