// Copying in by name, carrying back by replacing.

#include "scenarios/session/carried_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "real/descriptor.h"
#include "scenarios/session/replaced_file.h"

namespace session {
namespace {

constexpr std::size_t kPiece = 4096;

}  // namespace

std::variant<std::string, Failure> read_file(const std::string& path) {
  const auto failed = [&](const char* why) {
    return Failure{fmt::format("{}: cannot be read: {}", path, why)};
  };
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return failed(std::strerror(errno));
  const real::Descriptor file(fd);
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
  auto read = read_file(path(name));
  if (auto* bad = std::get_if<Failure>(&read)) {
    failure_ = *bad;
    return std::nullopt;
  }
  return std::get<std::string>(std::move(read));
}

std::vector<std::string> CarriedFiles::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
  }
  return names;
}

std::vector<Failure> CarriedFiles::carry_back(const Files& left) const {
  std::vector<Failure> failures;
  for (const auto& [name, bytes] : left) {
    const auto old = read_file(path(name));
    const auto* had = std::get_if<std::string>(&old);
    if (had != nullptr && *had == bytes) continue;
    if (const auto why = replace_file(folder_, name, bytes)) {
      failures.push_back({fmt::format(
          "{}: cannot be carried back: {}. The file is as it was before", path(name), *why)});
    }
  }
  for (const std::string& name : used_) {
    struct stat status {};
    const bool here = ::stat(path(name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (left.contains(name) || !here) continue;
    if (::unlink(path(name).c_str()) != 0) {
      failures.push_back(
          {fmt::format("{}: cannot be removed: {}", path(name), std::strerror(errno))});
    }
  }
  return failures;
}

}  // namespace session
