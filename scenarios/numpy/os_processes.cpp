// os: a second process, waiting for it, and what its status says.
//
// Which process runs is decided outside of the evaluator (session/processes.h): these functions ask
// for it, and the machine stops until it is answered.

#include <csignal>

#include "scenarios/numpy/os_functions.h"
#include "scenarios/python/error.h"
#include "scenarios/python/operations.h"

namespace numpy {
namespace {

using python::Arguments;
using python::Context;
using python::Parameter;
using python::ProcessRequest;
using python::Value;

void no_arguments(const char* name, const Arguments& arguments) {
  python::bind({.function = name, .parameters = {}}, arguments);
}

Value fork(Context& context, const Arguments& arguments) {
  no_arguments("fork", arguments);
  return context.ask({ProcessRequest::Kind::fork});
}

Value wait(Context& context, const Arguments& arguments) {
  no_arguments("wait", arguments);
  return context.ask({ProcessRequest::Kind::wait});
}

Value waitpid(Context& context, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"pid"}, {"options"}};
  const auto values = python::bind(
      {.function = "waitpid", .parameters = kParameters, .positional_only = 2}, arguments);
  const std::int64_t pid = python::to_index(context, values[0]);
  if (python::to_index(context, values[1]) != 0) {
    throw python::Unsupported{"os.waitpid() with options", "options 0: the call waits"};
  }
  if (pid != -1 && pid <= 0) {
    throw python::Unsupported{"os.waitpid() for a group of processes", "a process, or -1 for any"};
  }
  return context.ask({ProcessRequest::Kind::wait, pid});
}

Value sched_yield(Context& context, const Arguments& arguments) {
  no_arguments("sched_yield", arguments);
  return context.ask({ProcessRequest::Kind::yield});
}

Value getpid(Context& context, const Arguments& arguments) {
  no_arguments("getpid", arguments);
  return Value::integer(context.identity.pid);
}

Value getppid(Context& context, const Arguments& arguments) {
  no_arguments("getppid", arguments);
  return Value::integer(context.identity.parent);
}

// A status as wait(2) gives it: the exit status in its second byte, or the signal in its first.
int status_of(Context& context, const char* name, const Arguments& arguments) {
  static constexpr Parameter kParameters[] = {{"status"}};
  const auto values = python::bind({.function = name, .parameters = kParameters}, arguments);
  return static_cast<int>(python::to_index(context, values[0]));
}

Value exited(Context& context, const Arguments& arguments) {
  return Value::boolean((status_of(context, "WIFEXITED", arguments) & 0x7f) == 0);
}

Value exit_status(Context& context, const Arguments& arguments) {
  return Value::integer((status_of(context, "WEXITSTATUS", arguments) >> 8) & 0xff);
}

Value signaled(Context& context, const Arguments& arguments) {
  return Value::boolean((status_of(context, "WIFSIGNALED", arguments) & 0x7f) != 0);
}

Value signal_number(Context& context, const Arguments& arguments) {
  return Value::integer(status_of(context, "WTERMSIG", arguments) & 0x7f);
}

Value exit_code(Context& context, const Arguments& arguments) {
  const int status = status_of(context, "waitstatus_to_exitcode", arguments);
  const int signal = status & 0x7f;
  return Value::integer(signal != 0 ? -signal : (status >> 8) & 0xff);
}

constexpr OsFunction kProcesses[] = {
    {"WEXITSTATUS", exit_status},
    {"WIFEXITED", exited},
    {"WIFSIGNALED", signaled},
    {"WTERMSIG", signal_number},
    {"fork", fork},
    {"getpid", getpid},
    {"getppid", getppid},
    {"sched_yield", sched_yield},
    {"wait", wait},
    {"waitpid", waitpid},
    {"waitstatus_to_exitcode", exit_code},
};

}  // namespace

std::span<const OsFunction> os_process_functions() { return kProcesses; }

}  // namespace numpy
