// What a long work is at, on a terminal that shows it: one line on stderr, rewritten in place.

#pragma once

#include <chrono>
#include <string>

namespace cli {

class Progress {
 public:
  explicit Progress(std::string what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  // clears the line

  // "frames 12 of 40"
  void is_at(std::size_t n, std::size_t of);
  // "... 12 s", from the second second on, four times a second at the most. May be called often.
  void goes_on();

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool is_shown_;
  bool has_line_ = false;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace cli
