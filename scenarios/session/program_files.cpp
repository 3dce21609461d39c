// Reading the files a program starts with, and compiling it with its modules.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/numpy/module.h"
#include "scenarios/python/utf8.h"
#include "scenarios/session/carried_files.h"
#include "scenarios/session/play.h"

namespace session {

namespace fs = std::filesystem;

std::variant<Left, Failure> read_folder(const std::string& path, std::uint64_t room) {
  Left left;
  std::error_code error;
  fs::directory_iterator entries(path, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    std::error_code gone;  // a file that is no more is none of the folder's
    if (!entries->is_regular_file(gone)) continue;
    const std::string name = entries->path().filename().string();
    const std::uint64_t size = entries->file_size(gone);
    if (gone) continue;
    if (size > room) {
      left.too_large.push_back(name);
      continue;
    }
    auto read = read_file(path, name);
    if (auto* bad = std::get_if<Failure>(&read)) return *bad;
    auto& bytes = std::get<std::string>(read);
    room -= std::min<std::uint64_t>(room, bytes.size());
    left.files[name] = std::move(bytes);
  }
  if (error) return Failure{fmt::format("{}: cannot be read: {}", path, error.message())};
  return left;
}

std::variant<Files, Failure> given_files(const std::string& folder) {
  auto read = read_folder(folder, kMostGivenBytes);
  if (auto* bad = std::get_if<Failure>(&read)) {
    return Failure{bad->message + ". Name a folder that holds the program's files"};
  }
  auto& left = std::get<Left>(read);
  if (!left.too_large.empty()) {
    return Failure{
        fmt::format("{}: more than {} bytes in all are not copied in. Give smaller "
                    "files, or let the program make them",
                    fmt::join(left.too_large, ", "), kMostGivenBytes)};
  }
  for (const auto& [name, _] : left.files) {
    if (python::find_bad_utf8(name)) {
      return Failure{fmt::format("{}: the name of this file is not UTF-8. Rename it", name)};
    }
  }
  return std::move(left.files);
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
