// Reading what was named, with an error for everything that is no program.

#include "scenarios/cli/input.h"

#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "scenarios/python/utf8.h"
#include "scenarios/session/nearest.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using session::Failure;

// A program of the classroom has a few dozen lines; this stops a data file named by mistake.
constexpr std::uint64_t kMostText = 4 << 20;

std::variant<Input, Failure> parse_lesson(const std::string& name, const std::string& text) {
  auto parsed = lesson::parse(name, text);
  if (auto* bad = std::get_if<lesson::Problem>(&parsed)) {
    return Failure{fmt::format("{}: {}", name, bad->message)};
  }
  return Input{std::get<lesson::Lesson>(std::move(parsed))};
}

Failure no_such_input(const std::string& what) {
  std::vector<std::string_view> names;
  for (const lesson::Shipped& shipped : lesson::shipped_lessons()) names.push_back(shipped.name);
  return {
      fmt::format("{}: there is no such file, and no lesson of that name. Nearest lesson: {} "
                  "(`pagewalk lessons` lists them)",
                  what, session::nearest(what, names))};
}

}  // namespace

std::variant<std::string, Failure> read_text(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return Failure{fmt::format("{}: no such file", path)};
  }
  if (status.type() == fs::file_type::directory) {
    return Failure{fmt::format("{}: this is a folder. Name a program in it", path)};
  }
  if (fs::is_regular_file(status) && fs::file_size(path, error) > kMostText) {
    return Failure{fmt::format("{}: {} bytes is too long for a program; the limit is {}", path,
                               fs::file_size(path, error), kMostText)};
  }
  std::ifstream in(path, std::ios::binary);
  std::string text(kMostText + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.eof() && in.fail()) {
    return Failure{fmt::format("{}: cannot be read: {}", path, std::strerror(errno))};
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMostText) {
    return Failure{
        fmt::format("{}: too long for a program; the limit is {} bytes", path, kMostText)};
  }
  if (text.find('\0') != std::string::npos || python::find_bad_utf8(text)) {
    return Failure{
        fmt::format("{}: this is not text (UTF-8). Name a program, not a data file; "
                    "data goes in with --files",
                    path)};
  }
  return text;
}

std::variant<Input, Failure> read_input(const std::string& what) {
  for (const lesson::Shipped& shipped : lesson::shipped_lessons()) {
    if (what == shipped.name) return parse_lesson(what, std::string(shipped.text));
  }
  std::error_code error;
  if (!fs::exists(what, error)) return no_such_input(what);
  if (python::find_bad_utf8(what)) {
    return Failure{fmt::format("{}: this file's name is not UTF-8. Rename it", what)};
  }
  auto text = read_text(what);
  if (auto* bad = std::get_if<Failure>(&text)) return *bad;
  const fs::path path(what);
  if (path.extension() == ".md") return parse_lesson(path.stem().string(), std::get<0>(text));
  return Input{ProgramText{path.filename().string(), std::get<0>(std::move(text))}};
}

std::string text_of(const python::CompileProblem& p, const std::string& file_name) {
  const std::string where = fmt::format("  File \"{}\", line {}\n", file_name, p.line);
  std::string_view code = p.source_line;
  const std::size_t indent = std::min(code.find_first_not_of(" \t"), code.size());
  code.remove_prefix(indent);
  const std::size_t caret = p.column > indent ? p.column - indent - 1 : 0;
  const std::string picture = fmt::format("    {}\n    {}^\n", code, std::string(caret, ' '));
  if (p.kind == python::CompileProblem::Kind::syntax) {
    return where + picture + fmt::format("{}: {}\n", p.type, p.message);
  }
  std::string text =
      fmt::format("{}:{}:{}: {}\n{}", file_name, p.line, p.column, p.message, picture);
  if (!p.instead.empty()) text += fmt::format("write instead: {}\n", p.instead);
  return text;
}

}  // namespace cli
