// A flag that a signal handler may set.

#include "scenarios/cli/interrupt.h"

#include <csignal>
#include <initializer_list>

namespace cli {
namespace {

volatile std::sig_atomic_t interrupted_flag = 0;  // a handler can reach nothing but a global

void remember(int) { interrupted_flag = 1; }

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

bool interrupted() { return interrupted_flag != 0; }

}  // namespace cli
