// Output as it comes, the traceback on stderr, files carried back.

#include "scenarios/cli/exec_command.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/input.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/session/execute.h"

namespace cli {
namespace {

void print(session::Stream stream, std::string_view text) {
  std::FILE* to = stream == session::Stream::out ? stdout : stderr;
  if (stream == session::Stream::err) std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), to);
}

int failed(const session::Failure& failure) {
  std::cerr << "pagewalk: " << failure.message << '\n';
  return kBadInput;
}

void tell(const session::Ending& ending) {
  switch (ending.kind) {
    case session::EndKind::finished:
    case session::EndKind::killed:
    case session::EndKind::power_cut: return;
    case session::EndKind::raised:
    case session::EndKind::unsupported: std::cerr << ending.message; return;
    case session::EndKind::died:
      std::cerr << "pagewalk: line " << ending.line << ": died of signal " << ending.signal
                << (ending.message.empty() ? "" : ": ") << ending.message << '\n';
      return;
    case session::EndKind::budget:
    case session::EndKind::stopped:
    case session::EndKind::broken:
      std::cerr << "pagewalk: line " << ending.line << ": " << ending.message << '\n';
      return;
  }
}

}  // namespace

int execute(const ExecOptions& options) {
  auto text = read_text(options.program);
  if (auto* bad = std::get_if<session::Failure>(&text)) return failed(*bad);
  const std::string name = std::filesystem::path(options.program).filename().string();
  auto compiled = session::compile_program(std::get<std::string>(text), name);
  if (auto* bad = std::get_if<python::CompileProblem>(&compiled)) {
    std::cerr << text_of(*bad, name);
    return bad->kind == python::CompileProblem::Kind::syntax ? kProgramFailed : kBadInput;
  }
  const bool simulated = options.on == "sim";
  session::Settings settings;
  if (auto bad = apply(options.settings, settings)) return failed(*bad);
  if (!simulated) {
    if (auto bad = session::problem_on_this_computer(settings)) return failed(*bad);
  }
  const session::Executed done = session::execute(
      {.program = std::get<python::Program>(compiled),
       .on = simulated ? session::ComputerKind::simulated : session::ComputerKind::real,
       .settings = settings,
       .print = print,
       .interrupted = interrupted});
  std::fflush(stdout);
  tell(done.ending);
  if (done.failure) return failed(*done.failure);
  return status_of(done.ending);
}

}  // namespace cli
