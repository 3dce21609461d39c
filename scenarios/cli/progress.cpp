// A carriage return, the line, and the rest of it cleared.

#include "scenarios/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace cli {

using namespace std::chrono_literals;

Progress::Progress(std::string what)
    : what_(std::move(what)), is_shown_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (has_line_) std::cerr << "\r\x1b[K" << std::flush;
}

void Progress::is_at(std::size_t n, std::size_t of) {
  if (!is_shown_) return;
  has_line_ = true;
  std::cerr << fmt::format("\r{} {} of {}\x1b[K", what_, n, of) << std::flush;
}

void Progress::goes_on() {
  if (!is_shown_) return;
  const auto now = Clock::now();
  if (now - begin_ < 1s || now - last_ < 250ms) return;
  last_ = now;
  has_line_ = true;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - begin_).count();
  std::cerr << fmt::format("\r{} ... {} s (Ctrl-C ends it)\x1b[K", what_, seconds) << std::flush;
}

}  // namespace cli
