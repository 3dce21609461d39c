// Runs a compiled program on a computer, a slice at a time. Its whole state (frames, loops,
// handlers, names) is this value and never the C++ stack: copying it together with the Machine is
// fork.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/python/context.h"
#include "scenarios/python/value.h"

namespace python {

class Code;  // compiled program, immutable

// A module that `import` finds: its name, its value (made once per evaluator), and the names that
// the real module has but the subset lacks (using one of those is an Unsupported error before the
// run).
struct NativeModule {
  std::string name;
  Value (*make)(Context&);
  std::vector<std::string_view> (*supported_names)();
  std::vector<std::string_view> (*real_names)();
};

// Why a text is not a program that can be run. `syntax`: CPython refuses it too (exit 1);
// `unsupported`: outside the subset (exit 2).
struct CompileProblem {
  enum class Kind : std::uint8_t { syntax, unsupported } kind = Kind::syntax;
  std::string type;  // "SyntaxError", "IndentationError"; empty when unsupported
  std::string message;
  std::string instead;  // the nearest supported thing, or empty
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // from 1
  std::string source_line;
};

struct Program {
  std::shared_ptr<const Code> code;  // shared by the evaluators that run it
  std::string file_name;             // as tracebacks show it
  std::vector<std::string> lines;    // the source, for traces and tables
  std::vector<NativeModule> modules;
};

std::variant<Program, CompileProblem> compile(std::string_view source, std::string file_name,
                                              std::vector<NativeModule> modules);

class LineListener {
 public:
  virtual ~LineListener() = default;
  // Called just before a line is executed (each time control reaches a statement's first line
  // anew).
  virtual void before_line(std::uint32_t line) = 0;
  // The rest of a line that was left for other lines goes on: a function that it called is over, or
  // a generator that stopped there is resumed. Not another execution of the line.
  virtual void back_on_line(std::uint32_t line) = 0;
};

struct Limits {
  std::uint64_t max_steps = 100'000'000;
  std::uint32_t max_depth = 1000;  // calls inside each other, as CPython's recursion limit
};

enum class RunState : std::uint8_t {
  more,  // the slice is over, the program is not
  finished,
  raised,       // an exception reached the top: error_text() is the traceback
  died,         // a signal ended it
  unsupported,  // met something outside the subset
  budget,       // max_steps spent
  stopped,      // Surroundings::must_stop()
};

class Evaluator {
 public:
  Evaluator(const Program&, sim::Computer&, Surroundings&, Limits = {});
  Evaluator(const Evaluator&, sim::Computer&, Surroundings&);  // a copy, on a copied computer
  Evaluator(Evaluator&&) noexcept;
  ~Evaluator();

  void set_line_listener(LineListener*);  // not owned; may be null

  RunState run(std::uint64_t slice_steps = UINT64_MAX);

  // What the program stopped for, when run() returned `more` before its slice was over: the answer
  // is what its call returns, and then it can be run again. A copy made before the answer has the
  // same request (fork).
  const std::optional<ProcessRequest>& request() const;
  void answer(const Value&);
  void refuse(int error);  // the call raises OSError
  // The request is outside of the subset: the run ends.
  void give_up(const std::string& what, const std::string& instead);
  void set_identity(const ProcessIdentity&);

  // After the end of the program, whatever it was: what the interpreter does at exit (flush and
  // close Python's files, drop names, unmap), then Computer::exit(). A program that died does none
  // of the former.
  void shut_down();

  RunState state() const;
  std::uint64_t steps() const;     // bytecode instructions plus spent elements
  std::uint32_t line() const;      // executing, or where it ended
  std::string error_text() const;  // raised: the whole traceback as CPython prints it; unsupported:
                                   // a message with line, column, caret and what to write instead
  std::string error_line() const;  // raised: the traceback's last line, "ValueError: ..."
  int signal() const;              // died
  int exit_status() const;         // finished: what the program left with (SystemExit, os._exit)

  // The module's names and values, in order of first binding: how display names are found.
  std::vector<std::pair<std::string, Value>> globals() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace python
