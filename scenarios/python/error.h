// The ways a running program can leave its course, as C++ exceptions that never leave the language:
// the evaluator catches all three and turns them into a state. docs/decisions/ says why exceptions
// here.

#pragma once

#include <string>

#include "scenarios/python/value.h"
#include "sim/core/units.h"

namespace python {

// A Python exception on its way to a handler. `value` is the exception object.
struct Raised {
  Value value;
};

// The computer ended the program: a touch met SIGBUS or SIGSEGV, or memory ran out (SIGKILL).
struct Died {
  int signal = 0;
  sim::VirtAddr address;
};

// os._exit(status): the program is over, and nothing of what an interpreter does at its end happens
// (no handler runs, Python's file buffers are lost). The computer closes its files and mappings.
struct LeftAtOnce {
  int status = 0;
};

// The program uses something outside the subset. Found at compile time where possible; here for
// what only shows when run. Not catchable by the program: a silent difference would be worse.
struct Unsupported {
  std::string what;     // "np.fft is not supported"
  std::string instead;  // what to write, or empty
};

// Raise the built-in exception of that name ("ValueError") with a message.
[[noreturn]] void raise(const char* type, std::string message);
// Raise OSError's subclass for an errno, as CPython words it: [Errno 2] No such file or directory:
// 'x'
[[noreturn]] void raise_os_error(int number, const std::string* file_name = nullptr);

}  // namespace python
