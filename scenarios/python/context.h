// What native functions of the language get to work with: the computer, the output, and the run's
// limits.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scenarios/python/cycles.h"
#include "scenarios/python/parting.h"
#include "scenarios/python/value.h"
#include "sim/core/computer.h"

namespace python {

class TypeTable;

// Where a program's text goes, and what must happen before a file name is first used.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  virtual void write_stdout(std::string_view) = 0;
  virtual void write_stderr(std::string_view) = 0;
  // Called with each plain file name before the computer first hears of it.
  virtual void before_first_use(std::string_view file_name) = 0;
  // Called before the computer is asked which files there are (os.listdir).
  virtual void before_listing() {}
  // True once the run has to end (time is up, Ctrl-C). Asked every few thousand steps and every few
  // million elements; must be cheap.
  virtual bool must_stop() = 0;
};

// What the program wants of its processes: whoever conducts the evaluators answers.
struct ProcessRequest {
  enum class Kind : std::uint8_t { fork, wait, yield } kind = Kind::fork;
  std::int64_t pid = -1;  // wait: which child's end; -1: any
};
// The numbers by which a program knows its process and the one that forked it.
struct ProcessIdentity {
  std::int64_t pid = 0;
  std::int64_t parent = 0;
};

class Context {
 public:
  virtual ~Context() = default;

  virtual sim::Computer& computer() = 0;
  virtual Surroundings& surroundings() = 0;
  virtual std::uint32_t line() const = 0;  // the line being executed, from 1

  // "prog.py:5: DeprecationWarning: ..." on stderr, once per line and text, as Python's default
  // filter.
  virtual void warn(std::string_view category, std::string_view message) = 0;

  // Long operations count their elements here; throws when the budget is spent or the run must
  // stop.
  virtual void spend(std::uint64_t steps) = 0;

  // What the calling function of the language returns: it takes the place of the answer, for which
  // the evaluator stops after this instruction.
  virtual Value ask(const ProcessRequest&) = 0;

  // Every type object of this evaluator.
  virtual TypeTable& types() = 0;

  Parting parting;  // before the cycles, whose objects go last
  Cycles cycles;
  ProcessIdentity identity;
  std::uint64_t next_identity = 1;  // id() and hash() of objects that compare by identity
  // Calls inside each other: frames of the program, and native ones (see NativeCall). Together they
  // are at most `deepest`.
  std::uint32_t frame_depth = 0;
  std::uint32_t native_depth = 0;
  std::uint32_t deepest = 1000;
};

// The protocol with its built-in cases (None, bool, int, float) first: what the bytecode executes.
std::string repr(Context&, const Value&);
std::string str(Context&, const Value&);
bool truth(Context&, const Value&);
std::string type_name(const Value&);  // "int", "ndarray"

}  // namespace python
