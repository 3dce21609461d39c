// Reading the files a program starts with, and compiling it with its modules.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "scenarios/numpy/module.h"
#include "scenarios/session/play.h"

namespace session {

namespace fs = std::filesystem;

std::variant<Files, Failure> read_folder(const std::string& path) {
  std::error_code error;
  fs::directory_iterator entries(path, error);
  if (error) {
    return Failure{fmt::format("--files {}: {}. Name a folder that holds the program's files", path,
                               error.message())};
  }
  Files files;
  std::uint64_t total = 0;
  for (const fs::directory_entry& entry : entries) {
    if (!entry.is_regular_file(error)) continue;
    const std::string name = entry.path().filename().string();
    total += entry.file_size(error);
    if (error || total > kMostFileBytes) {
      return Failure{
          fmt::format("--files {}: with {} the files are larger than {} bytes together. "
                      "Copy in only what the program reads",
                      path, name, kMostFileBytes)};
    }
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in) return Failure{fmt::format("--files {}: {} cannot be read", path, name)};
    files[name] = std::move(bytes);
  }
  return files;
}

std::variant<python::Program, python::CompileProblem> compile_program(std::string_view source,
                                                                      std::string file_name) {
  return python::compile(source, std::move(file_name),
                         {numpy::module(), numpy::file_builtins(), numpy::os_module()});
}

}  // namespace session
