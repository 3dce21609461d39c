// The virtual machine: frames, value stack, handlers and iterators as plain data.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/python/bytecode.h"
#include "scenarios/python/context.h"
#include "scenarios/python/error.h"
#include "scenarios/python/evaluator.h"
#include "scenarios/python/function_object.h"
#include "scenarios/python/object.h"
#include "scenarios/python/type_object.h"

namespace python {

class ExceptionObject;

struct Frame {
  // What becomes of the result.
  enum class Kind : std::uint8_t {
    normal,          // pushed on the caller's stack
    init,            // dropped: the new instance (`self`) is pushed
    generator_for,   // a generator resumed by for_iter
    generator_next,  // a generator resumed by next(); `self`: its default, or unbound
    discard,         // dropped
    instance_next,   // __next__ of an instance, called by for_iter
    telling,         // the texts of what nobody caught; see tell_uncaught
  };
  const FunctionCode* code = nullptr;
  std::uint32_t pc = 0;    // saved while another frame runs
  std::uint32_t base = 0;  // of its locals in the stack
  std::uint32_t line = 0;
  Kind kind = Kind::normal;
  std::uint8_t below = 0;  // values under the base that go with the frame
  Value function;
  Value self;  // see Kind; the class being built
};

class Vm final : public Context {
 public:
  Vm(const Program&, sim::Computer&, Surroundings&, Limits);
  // A copy; the program is another copy of the same one.
  Vm(const Vm&, const Program&, sim::Computer&, Surroundings&);
  Vm(const Vm&) = delete;
  Vm& operator=(const Vm&) = delete;
  ~Vm() override;

  sim::Computer& computer() override { return computer_; }
  Surroundings& surroundings() override { return surroundings_; }
  std::uint32_t line() const override { return line_; }
  void warn(std::string_view category, std::string_view message) override;
  void spend(std::uint64_t steps) override;
  TypeTable& types() override { return types_; }
  Value ask(const ProcessRequest&) override;
  void answer(const Value&);
  void refuse(int error);
  void give_up(const std::string& what, const std::string& instead);

  RunState run(std::uint64_t slice_steps);
  void shut_down();
  std::uint64_t steps() const { return steps_before_ + (granted_ - fuel_); }
  std::string error_text() const;
  std::string error_line() const;
  std::vector<std::pair<std::string, Value>> globals() const;

  RunState state = RunState::more;
  LineListener* listener = nullptr;
  std::optional<ProcessRequest> request;
  int signal = 0;
  int exit_status = 0;

 private:
  struct Instructions;  // one function for each, in vm_*.cpp
  struct Ended {
    RunState state;
  };

  // vm.cpp
  void run_prelude();
  void enter_module(std::uint32_t function);
  void execute();
  bool refuel();
  void look_for_partings();
  void load_builtins();
  Value materialise(const Constant&);
  void end(RunState);
  Arguments keyword_arguments(std::uint32_t count, std::uint16_t keywords,
                              std::vector<std::pair<std::string_view, Value>>& into);

  // vm_frames.cpp
  void push_frame(const Value& function, Value* base, std::uint8_t below, Frame::Kind kind,
                  Value self = {});
  void pop_frame();
  void ensure_stack(Value*& base, std::size_t needed);
  void return_value(Value result);
  void yield_value(Value result);
  void resume(GeneratorObject&, Frame::Kind kind, Value self);
  void end_iteration();
  void raise_in_frame(Value exception, bool add_entry);
  bool leave_frame_raising(Value& exception);
  void cut_stack(Value* to);
  void go_on_in_line(std::uint32_t line);
  const HandlerRange* find_handler() const;

  // vm_errors.cpp
  std::vector<Value> uncaught_chain() const;
  bool exits() const;
  std::optional<Value> exit_text_value() const;
  void tell_uncaught();
  void end_uncaught(const Value& texts);

  // vm_processes.cpp
  bool take_awaited();

  // vm_calls.cpp
  void call(std::uint32_t count, std::uint16_t keywords);
  void call_method(std::string_view name, std::uint32_t count, std::uint16_t keywords);
  void call_function(Value* first, std::uint32_t count, std::uint16_t keywords, std::uint8_t below,
                     Frame::Kind kind, Value function, Value self = {});
  void bind_arguments(const FunctionObject&, Value* first, std::uint32_t positional,
                      std::uint16_t keywords);
  void call_native(std::uint32_t count, std::uint16_t keywords);
  bool call_prelude(std::string_view name, std::uint32_t count, std::uint16_t keywords);
  void call_prelude_now(const char* name, std::vector<Value> arguments,
                        Frame::Kind kind = Frame::Kind::normal);
  void call_drained(std::uint32_t count, std::uint16_t keywords);
  bool needs_machine(std::uint32_t count) const;
  void instantiate(std::uint32_t count, std::uint16_t keywords);
  static void check_init(const Value& result);
  bool call_special(const Value& self, const char* name, std::vector<Value> arguments,
                    Frame::Kind kind = Frame::Kind::normal);
  void make_super(std::uint32_t count);
  void next_of_generator(GeneratorObject&, const Value& otherwise);
  bool call_telling(const Value& callee, std::uint32_t count, std::uint16_t keywords);
  bool call_for_machine(std::uint32_t count, std::uint16_t keywords);
  void finish_call(std::uint32_t count, Value result);

  [[noreturn]] void name_error(const std::string& name);
  Value import(const std::string& name);

  // The stack above sp_ is always unbound.
  Value pop() { return std::move(*--sp_); }
  void push(Value v) { *sp_++ = std::move(v); }
  Value& top() { return sp_[-1]; }

  const Code& code_;
  const std::vector<NativeModule>& modules_;
  const std::string& file_name_;
  const std::vector<std::string>& source_lines_;
  sim::Computer& computer_;
  Surroundings& surroundings_;
  Limits limits_;

  // The run's position. pc_, sp_ and locals_ point into the current frame's code and the stack.
  const Instruction* pc_ = nullptr;
  Value* sp_ = nullptr;
  Value* locals_ = nullptr;
  std::uint64_t fuel_ = 0;     // instructions until the next look at the limits
  std::uint64_t granted_ = 0;  // what fuel_ was
  std::uint64_t steps_before_ = 0;
  std::uint64_t slice_left_ = 0;
  std::uint32_t line_ = 0;
  std::uint32_t told_line_ = 0;  // the line that the listener was last told of
  std::uint32_t column_ = 0;     // where the run ended

  std::vector<Value> stack_;
  std::vector<Frame> frames_;
  std::vector<Value> constants_;
  std::vector<Value> globals_;
  std::vector<Value> fallbacks_;  // the built-in of each global's name
  std::vector<std::uint32_t> global_order_;
  std::map<std::string, Value, std::less<>> builtins_;
  std::map<std::string, Value, std::less<>> prelude_;
  std::map<std::string, Value, std::less<>> imported_;
  TypeTable types_;
  Value awaited_;       // stands on the stack for the answer to the request
  Value handled_;       // the exception an except clause is busy with
  Value raised_;        // on its way to a handler, when the machine next runs
  Value memory_error_;  // to be raised when there is no memory to make one
  Value uncaught_;
  std::vector<std::optional<std::string>> told_;  // str() of uncaught_chain(); nothing: it failed
  std::vector<std::pair<std::uint32_t, std::string>> warned_;
  std::string unsupported_text_;
  bool left_at_once_ = false;  // by os._exit
};

}  // namespace python
