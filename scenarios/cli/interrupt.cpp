// A flag that a signal handler may set.

#include "scenarios/cli/interrupt.h"

#include <csignal>
#include <ctime>
#include <initializer_list>

namespace cli {
namespace {

// A handler can reach nothing but globals.
volatile std::sig_atomic_t interrupted_flag = 0;
timespec first_time{};

// `timeout` and some shells send a signal to the process and to its group: one wish, told twice.
constexpr long kOneWishMilliseconds = 200;

bool is_a_wish_of_its_own() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);  // may be called in a handler (POSIX)
  const long passed =
      (now.tv_sec - first_time.tv_sec) * 1000 + (now.tv_nsec - first_time.tv_nsec) / 1'000'000;
  return passed > kOneWishMilliseconds;
}

void remember(int signal) {
  if (interrupted_flag == 0) {
    ::clock_gettime(CLOCK_MONOTONIC, &first_time);
    interrupted_flag = 1;
  } else if (is_a_wish_of_its_own()) {
    // Died of it, as everybody can see; a child of ours dies with us (PR_SET_PDEATHSIG).
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&action.sa_mask, signal);  // one at a time
  }
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

bool interrupted() { return interrupted_flag != 0; }

}  // namespace cli
