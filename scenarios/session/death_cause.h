// A death by a signal: its name, its page, and why, from what the run itself shows.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/core/event.h"

namespace session {

struct Run;

// The touch that ended the program.
struct FatalTouch {
  sim::PageName page;  // kNoObject: nothing is mapped there
  int signal = 0;
  std::optional<sim::DiskError> disk;  // what the disk had refused at this touch
};

// "SIGBUS", "SIGSEGV", "SIGKILL"; "signal 4" for those that no touch ends in.
std::string name_of_signal(int);

// "page 3 of data.bin lies behind its end, cut to 8 KiB in line 5". Empty where the program did not
// die of a touch.
std::string cause_of_death(const Run&);

// "data.bin:3", as in the lists of faults; nothing where no page is known.
std::optional<std::string> page_of_death(const Run&);

}  // namespace session
