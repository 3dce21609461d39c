// The one catch, and the last flush.

#include "scenarios/session/guarded_main.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>

namespace session {
namespace {

constexpr int kFailed = 2;

int status_of(const char* name, const std::function<int()>& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    std::cerr << name
              << ": out of memory: it may use 6 GiB, or half of this computer's memory where that "
                 "is less. Use smaller files and arrays, or fewer frames\n";
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what()
              << ". This is a mistake of Pagewalk's own: please report it with the command\n";
  }
  return kFailed;
}

// `| head -1` has read enough: that is no failure to tell.
bool nobody_reads() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

}  // namespace

int guarded(const char* name, const std::function<int()>& work) {
  const int status = status_of(name, work);
  std::cout.flush();
  errno = 0;
  const bool is_flushed = std::fflush(stdout) == 0;
  const int error = errno;
  if (is_flushed && std::ferror(stdout) == 0 && std::cout.good()) return status;
  if (nobody_reads()) return 128 + SIGPIPE;
  std::cerr << name << ": standard output cannot be written"
            << (error == 0 ? ": not all of it arrived" : std::string(": ") + std::strerror(error))
            << '\n';
  return status == 0 ? kFailed : status;
}

}  // namespace session
