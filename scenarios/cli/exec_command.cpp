// Output as it comes, the traceback on stderr, files carried back.

#include "scenarios/cli/exec_command.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/input.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/session/execute.h"

namespace cli {
namespace {

// Whether somebody reads on: `| head -1` has read enough after a line.
enum class Readers : std::uint8_t { there, gone };

Readers print(session::Stream stream, std::string_view text) {
  std::FILE* to = stream == session::Stream::out ? stdout : stderr;
  errno = 0;
  if (stream == session::Stream::err) std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), to);
  return errno == EPIPE && std::ferror(stdout) != 0 ? Readers::gone : Readers::there;
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
      std::cerr << "pagewalk: line " << ending.line << ": died of "
                << session::name_of_signal(ending.signal) << (ending.message.empty() ? "" : ": ")
                << ending.message << '\n';
      return;
    case session::EndKind::budget:
    case session::EndKind::out_of_time:
    case session::EndKind::stopped:
    case session::EndKind::broken:
      std::cerr << "pagewalk: ";
      if (ending.line > 0) std::cerr << "line " << ending.line << ": ";  // 0: it is not known
      std::cerr << ending.message << '\n';
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
  Readers readers = Readers::there;
  const session::Executed done = session::execute(
      {.program = std::get<python::Program>(compiled),
       .on = simulated ? session::ComputerKind::simulated : session::ComputerKind::real,
       .settings = settings,
       .print =
           [&](session::Stream stream, std::string_view printed) {
             if (print(stream, printed) == Readers::gone) readers = Readers::gone;
           },
       .interrupted = [&] { return readers == Readers::gone || interrupted(); }});
  std::fflush(stdout);
  const bool is_unread = readers == Readers::gone && done.ending.kind == session::EndKind::stopped;
  if (!is_unread) tell(done.ending);
  for (const session::Failure& failure : done.failures) failed(failure);
  if (!done.failures.empty()) return kBadInput;
  if (is_unread) return kSignalBase + SIGPIPE;
  // As python3: here no other status could be taken for the program's own.
  const bool has_finished = done.ending.kind == session::EndKind::finished;
  return has_finished ? done.ending.status : status_of(done.ending);
}

}  // namespace cli
