// Copying in by name, carrying back by replacing.

#include "scenarios/session/carried_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "scenarios/session/replaced_file.h"

namespace session {

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

std::vector<Failure> CarriedFiles::carry_back(const Files& left) const {
  std::vector<Failure> failures;
  for (const auto& [name, bytes] : left) {
    if (read_file(path(name)) == bytes) continue;
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
