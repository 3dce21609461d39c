// Reading the files a program starts with, and compiling it with its modules.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "scenarios/numpy/module.h"
#include "scenarios/session/carried_files.h"
#include "scenarios/session/play.h"

namespace session {

namespace fs = std::filesystem;

Left read_folder(const std::string& path, std::error_code& error) {
  Left left;
  std::uint64_t room = kMostFileBytes;
  fs::directory_iterator entries(path, error);
  if (error) return left;
  for (const fs::directory_entry& entry : entries) {
    if (!entry.is_regular_file(error)) continue;
    const std::string name = entry.path().filename().string();
    const std::uint64_t size = entry.file_size(error);
    if (size > room) {
      left.too_large.push_back(name);
      continue;
    }
    auto bytes = read_file(entry.path().string());
    if (!bytes) error = std::make_error_code(std::errc::permission_denied);
    if (error) return left;
    room -= bytes->size();
    left.files[name] = std::move(*bytes);
  }
  return left;
}

std::optional<Failure> problem_with(const Left& left) {
  if (left.too_large.empty()) return std::nullopt;
  return Failure{fmt::format("{}: files of more than {} bytes together are not carried over",
                             fmt::join(left.too_large, ", "), kMostFileBytes)};
}

std::variant<python::Program, python::CompileProblem> compile_program(std::string_view source,
                                                                      std::string file_name) {
  return python::compile(source, std::move(file_name),
                         {numpy::module(), numpy::file_builtins(), numpy::os_module()});
}

}  // namespace session
