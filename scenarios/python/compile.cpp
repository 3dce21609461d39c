// From text to a program: checks the text, parses and compiles it, and adds the prelude.

#include <algorithm>

#include "scenarios/python/builtins.h"
#include "scenarios/python/compile_failure.h"
#include "scenarios/python/compiler.h"
#include "scenarios/python/evaluator.h"
#include "scenarios/python/parser.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

constexpr std::size_t kLargestSource = std::size_t{1} << 20;  // bytes: a lesson has a few hundred

std::vector<std::string> split_lines(std::string_view source) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] != '\n' && source[i] != '\r') continue;
    lines.emplace_back(source.substr(start, i - start));
    if (source[i] == '\r' && i + 1 < source.size() && source[i + 1] == '\n') ++i;
    start = i + 1;
  }
  if (start < source.size()) lines.emplace_back(source.substr(start));
  return lines;
}

std::uint32_t line_of(std::string_view source, std::size_t position) {
  const auto end = source.begin() + static_cast<std::ptrdiff_t>(position);
  return 1 + static_cast<std::uint32_t>(std::count(source.begin(), end, '\n'));
}

void check_text(std::string_view source, const std::string& file_name) {
  if (source.size() > kLargestSource) {
    fail_unsupported(
        1, 1,
        "a program of more than 1 MiB (this one has " + std::to_string(source.size()) + " bytes)",
        "a shorter program that reads its data from a file");
  }
  if (const std::size_t nul = source.find('\0'); nul != std::string_view::npos) {
    fail_syntax(line_of(source, nul), 1, "source code cannot contain null bytes");
  }
  if (const auto bad = find_bad_utf8(source)) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(source[bad->position]);
    const std::uint32_t line = line_of(source, bad->position);
    fail_syntax(line, 1,
                std::string("Non-UTF-8 code starting with '\\x") + kHex[byte >> 4] +
                    kHex[byte & 15] + "' in file " + file_name + " on line " +
                    std::to_string(line) +
                    ", but no encoding declared; see https://peps.python.org/pep-0263/ for "
                    "details");
  }
}

std::vector<ImportableModule> importable(const std::vector<NativeModule>& modules) {
  std::vector<ImportableModule> result;
  for (const NativeModule& module : modules) {
    if (module.name == "builtins") continue;
    result.push_back(
        {module.name,
         module.supported_names != nullptr ? module.supported_names()
                                           : std::vector<std::string_view>{},
         module.real_names != nullptr ? module.real_names() : std::vector<std::string_view>{}});
  }
  return result;
}

CompileProblem problem_of(const CompileFailure& failure, const std::vector<std::string>& lines) {
  CompileProblem problem;
  problem.kind =
      failure.is_unsupported ? CompileProblem::Kind::unsupported : CompileProblem::Kind::syntax;
  problem.type = failure.type;
  problem.message = failure.message;
  problem.instead = failure.instead;
  problem.line = failure.line;
  problem.column = failure.column;
  if (failure.line > 0 && failure.line <= lines.size()) {
    problem.source_line = lines[failure.line - 1];
  }
  return problem;
}

}  // namespace

std::variant<Program, CompileProblem> compile(std::string_view source, std::string file_name,
                                              std::vector<NativeModule> modules) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);  // a byte order mark
  std::vector<std::string> lines;
  try {
    check_text(source, file_name);
    lines = split_lines(source);
    const std::vector<ImportableModule> known = importable(modules);
    auto code = std::make_shared<Code>();
    Compiler(*code, known, Compiler::Part::program).program(parse_program(source));
    code->prelude = static_cast<std::uint32_t>(code->functions.size());
    Compiler(*code, known, Compiler::Part::prelude).program(parse_program(prelude_source()));
    return Program{.code = std::move(code),
                   .file_name = std::move(file_name),
                   .lines = std::move(lines),
                   .modules = std::move(modules)};
  } catch (const CompileFailure& failure) {
    if (lines.empty() && source.size() <= kLargestSource) lines = split_lines(source);
    return problem_of(failure, lines);
  }
}

}  // namespace python
