// Ctrl-C, once and twice.

#include "scenarios/cli/interrupt.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <initializer_list>

namespace cli {
namespace {

// How a process ends that sends itself these signals, `pause` microseconds apart: the signal it
// died of, or 0 where it went on and saw that it was interrupted.
int end_after(std::initializer_list<int> signals, useconds_t pause) {
  const pid_t child = ::fork();
  if (child == 0) {
    watch_interrupts();
    if (interrupted()) ::_exit(1);
    for (const int signal : signals) {
      ::raise(signal);
      ::usleep(pause);
    }
    ::_exit(interrupted() ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFSIGNALED(status)) return WTERMSIG(status);
  REQUIRE(WEXITSTATUS(status) == 0);
  return 0;
}

constexpr useconds_t kLong = 300'000, kShort = 1'000;

TEST_CASE("a first interrupt is remembered, a second kills") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CHECK(end_after({signal}, kShort) == 0);
    CHECK(end_after({signal, signal}, kLong) == signal);
  }
  CHECK(end_after({SIGINT, SIGTERM}, kLong) == SIGTERM);
}

TEST_CASE("a wish told twice at once is one: `timeout` tells the process and its group") {
  CHECK(end_after({SIGTERM, SIGTERM}, kShort) == 0);
}

}  // namespace
}  // namespace cli
