// Where the machine stops for the program's other processes: a request is made inside a call, and
// its answer takes the place of what the call returned.

#include "scenarios/python/exception_object.h"
#include "scenarios/python/mentions.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

Value Vm::ask(const ProcessRequest& wanted) {
  if (request) {
    throw Unsupported{"several processes asked for in one call", "call os.fork() by itself"};
  }
  // The real computer is sealed against what a program does not name.
  if (wanted.kind == ProcessRequest::Kind::fork && !mentions(code_, "fork")) {
    throw Unsupported{"os.fork() by a name put together at run time", "os.fork(), in this word"};
  }
  request = wanted;
  steps_before_ += granted_ - fuel_;
  slice_left_ += fuel_;
  granted_ = fuel_ = 0;  // no further instruction
  awaited_ = make_str("the answer to a request");
  return awaited_;
}

// True if the call that asked was the machine's own: what stands for the answer is on top. A
// function of the language in between (map, sorted) is on the C++ stack, which cannot be copied.
bool Vm::take_awaited() {
  request.reset();
  const Value stood = std::exchange(awaited_, Value());
  if (top().is_object() && top().as_object() == stood.as_object()) return true;
  give_up("os.fork(), os.wait() or os.sched_yield() called by another function",
          "call it by itself: pid = os.fork()");
  return false;
}

void Vm::give_up(const std::string& what, const std::string& instead) {
  unsupported_text_ = what + "\n  instead: " + instead;
  end(RunState::unsupported);
}

void Vm::answer(const Value& value) {
  if (take_awaited()) top() = value;
}

void Vm::refuse(int error) {
  if (!take_awaited()) return;
  top() = Value::none();
  try {
    raise_os_error(error);
  } catch (const Raised& raised) {
    raised_ = raised.value;
  }
}

}  // namespace python
