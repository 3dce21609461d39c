// Frames: entering and leaving functions and generators, and the way of an exception to a handler.

#include <algorithm>

#include "scenarios/python/class_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm.h"

namespace python {

// Makes room for `needed` values from base on; base and the machine's own pointers follow.
void Vm::ensure_stack(Value*& base, std::size_t needed) {
  const auto offset = static_cast<std::size_t>(base - stack_.data());
  if (offset + needed <= stack_.size()) return;
  const std::ptrdiff_t sp = sp_ == nullptr ? 0 : sp_ - stack_.data();
  const std::ptrdiff_t locals = locals_ == nullptr ? 0 : locals_ - stack_.data();
  stack_.resize(std::max(stack_.size() * 2, offset + needed));
  base = stack_.data() + offset;
  if (sp_ != nullptr) sp_ = stack_.data() + sp;
  if (locals_ != nullptr) locals_ = stack_.data() + locals;
}

// The arguments are in place from `base`, in the order of the function's local names.
void Vm::push_frame(const Value& function, Value* base, std::uint8_t below, Frame::Kind kind,
                    Value self) {
  const auto& object = *static_cast<const FunctionObject*>(function.as_object());
  const FunctionCode& code = object.code();
  if (frame_depth + native_depth >= deepest) {
    raise("RecursionError", "maximum recursion depth exceeded");
  }
  if (!frames_.empty()) {
    frames_.back().pc = static_cast<std::uint32_t>(pc_ - frames_.back().code->instructions.data());
    frames_.back().line = line_;
  }
  ensure_stack(base, code.local_names.size() + code.max_stack + 2);
  for (std::size_t i = 0; i < code.free_slots.size(); ++i) {
    base[code.free_slots[i]] = object.cells()[i];
  }
  frames_.push_back({.code = &code,
                     .pc = 0,
                     .base = static_cast<std::uint32_t>(base - stack_.data()),
                     .line = line_,
                     .kind = kind,
                     .below = below,
                     .function = function,
                     .self = std::move(self)});
  ++frame_depth;
  locals_ = base;
  sp_ = base + code.local_names.size();
  pc_ = code.instructions.data();
}

void Vm::cut_stack(Value* to) {
  while (sp_ > to) *--sp_ = Value();
}

// Removes the frame and its values, and goes on in the one below.
void Vm::pop_frame() {
  Value* const base = stack_.data() + frames_.back().base;
  for (Value* v = base; v < sp_; ++v) *v = Value();
  sp_ = base;
  cut_stack(base - frames_.back().below);
  frames_.pop_back();
  --frame_depth;
  if (frames_.empty()) {
    locals_ = nullptr;
    return;
  }
  const Frame& caller = frames_.back();
  locals_ = stack_.data() + caller.base;
  pc_ = caller.code->instructions.data() + caller.pc;
  go_on_in_line(caller.line);
}

void Vm::go_on_in_line(std::uint32_t line) {
  line_ = line;
  if (listener == nullptr || told_line_ == line) return;
  told_line_ = line;
  listener->back_on_line(line);
}

void Vm::return_value(Value result) {
  if (frames_.size() == 1) {
    end(RunState::finished);
    pop_frame();
    fuel_ = granted_ = 0;
    return;
  }
  const Frame::Kind kind = frames_.back().kind;
  const Value self = std::move(frames_.back().self);
  if (kind == Frame::Kind::init) check_init(result);
  if (kind == Frame::Kind::generator_for || kind == Frame::Kind::generator_next) {
    auto* generator = static_cast<GeneratorObject*>(frames_.back().function.as_object());
    generator->state = GeneratorObject::State::done;
  }
  pop_frame();
  switch (kind) {
    case Frame::Kind::normal:
    case Frame::Kind::instance_next: push(std::move(result)); return;
    case Frame::Kind::init: push(self); return;
    case Frame::Kind::discard: return;
    case Frame::Kind::telling: end_uncaught(result); return;
    case Frame::Kind::generator_for: end_iteration(); return;
    case Frame::Kind::generator_next:
      if (self.is_bound()) {
        push(self);
        return;
      }
      throw Raised{make<ExceptionObject>(
          *find_exception_kind("StopIteration"),
          result.is_none() ? std::vector<Value>{} : std::vector<Value>{result})};
  }
}

// The loop whose for_iter was waiting is over: drops its iterator and leaves it.
void Vm::end_iteration() {
  pop();
  pc_ = frames_.back().code->instructions.data() + pc_[-1].arg;
}

void Vm::resume(GeneratorObject& generator, Frame::Kind kind, Value self) {
  if (generator.state == GeneratorObject::State::running) {
    raise("ValueError", "generator already executing");
  }
  const Value keep = Value::object(&generator);
  const auto& function = *static_cast<const FunctionObject*>(generator.function.as_object());
  const bool fresh = generator.state == GeneratorObject::State::fresh;
  Value* base = sp_;
  push_frame(generator.function, base, 0, kind, std::move(self));
  locals_ = base = stack_.data() + frames_.back().base;
  std::move(generator.values.begin(), generator.values.end(), base);
  sp_ = base + generator.values.size();
  generator.values.clear();
  pc_ = function.code().instructions.data() + generator.pc;
  if (!fresh) {
    push(Value::none());
    if (!function.code().is_hidden) go_on_in_line(generator.line);
  }
  generator.state = GeneratorObject::State::running;
  frames_.back().function = keep;
}

void Vm::yield_value(Value result) {
  Frame& frame = frames_.back();
  auto& generator = *static_cast<GeneratorObject*>(frame.function.as_object());
  const Frame::Kind kind = frame.kind;
  Value* const base = stack_.data() + frame.base;
  generator.values.assign(std::make_move_iterator(base), std::make_move_iterator(sp_));
  generator.pc = static_cast<std::uint32_t>(pc_ - frame.code->instructions.data());
  generator.line = line_;
  if (!generator.cycle_link()->is_tracked()) cycles.track(*generator.cycle_link());
  generator.state = GeneratorObject::State::suspended;
  sp_ = base;
  pop_frame();
  (void)kind;
  push(std::move(result));
}

const HandlerRange* Vm::find_handler() const {
  const FunctionCode& code = *frames_.back().code;
  const auto at = static_cast<std::uint32_t>(pc_ - code.instructions.data()) - 1;
  for (const HandlerRange& range : code.handlers) {
    if (at >= range.start && at < range.end) return &range;
  }
  return nullptr;
}

// Finds the handler of an exception that the current instruction raised, frame by frame outwards.
// add_entry: whether the current frame gets a line in the traceback (not when it raises again).
void Vm::raise_in_frame(Value exception, bool add_entry) {
  auto* object = static_cast<ExceptionObject*>(exception.as_object());
  const bool is_new = add_entry && object->traceback.empty();
  if (is_new && handled_.is_object() && handled_.as_object() != object &&
      !object->raised_during.is_bound()) {
    object->raised_during = handled_;
    object->given(*this, handled_);
  }
  for (;;) {
    object = static_cast<ExceptionObject*>(exception.as_object());
    const Frame& frame = frames_.back();
    const auto at = static_cast<std::size_t>(pc_ - frame.code->instructions.data());
    if (add_entry && !frame.code->is_hidden) {
      object->traceback.push_back({frame.code->name, at > 0 ? frame.code->lines[at - 1] : line_});
    }
    add_entry = true;
    if (const HandlerRange* range = find_handler()) {
      cut_stack(locals_ + frame.code->local_names.size() + range->depth);
      push(std::move(exception));
      pc_ = frame.code->instructions.data() + range->handler;
      return;
    }
    if (leave_frame_raising(exception)) return;
  }
}

// Drops the current frame. True when the exception needs no handler any more: it ended a loop, or
// the program.
bool Vm::leave_frame_raising(Value& exception) {
  const Frame::Kind kind = frames_.back().kind;
  if (frames_.size() == 1) {
    uncaught_ = exception;
    tell_uncaught();
    return true;
  }
  if (kind == Frame::Kind::telling) {
    pop_frame();
    end_uncaught({});
    return true;
  }
  const auto& object = *static_cast<const ExceptionObject*>(exception.as_object());
  const bool stops = is_kind_of(object.exception_kind(), *find_exception_kind("StopIteration"));
  if (frames_.back().code->is_generator) {
    static_cast<GeneratorObject*>(frames_.back().function.as_object())->state =
        GeneratorObject::State::done;
    if (stops) {
      Value replaced = make_exception("RuntimeError", "generator raised StopIteration");
      auto* made = static_cast<ExceptionObject*>(replaced.as_object());
      made->cause = made->raised_during = exception;
      made->hides_context = true;
      exception = std::move(replaced);
    }
  }
  pop_frame();
  if (kind == Frame::Kind::instance_next && stops) {
    end_iteration();
    return true;
  }
  return false;
}

}  // namespace python
