// The machine's loop, its limits, and how it is made and copied.

#include "scenarios/python/vm.h"

#include <algorithm>
#include <csignal>
#include <new>
#include <stdexcept>
#include <utility>

#include "scenarios/python/builtins.h"
#include "scenarios/python/complex_object.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/native.h"
#include "scenarios/python/vm_instructions.h"

namespace python {

namespace {

constexpr std::uint64_t kLook = 4096;  // instructions between two looks at must_stop()

}  // namespace

Vm::Vm(const Program& program, sim::Computer& the_computer, Surroundings& the_surroundings,
       Limits limits)
    : code_(*program.code),
      modules_(program.modules),
      file_name_(program.file_name),
      source_lines_(program.lines),
      computer_(the_computer),
      surroundings_(the_surroundings),
      limits_(limits) {
  deepest = limits.max_depth;
  look_for_partings();
  stack_.resize(256);
  load_builtins();
  for (const Constant& constant : code_.constants) constants_.push_back(materialise(constant));
  globals_.resize(code_.global_names.size());
  for (const std::string& name : code_.global_names) {
    auto at = builtins_.find(name);
    if (at == builtins_.end() && name.starts_with(".")) at = builtins_.find(name.substr(1));
    fallbacks_.push_back(at == builtins_.end() ? Value() : at->second);
  }
  run_prelude();
  enter_module(0);
}

void Vm::enter_module(std::uint32_t function) {
  const Value main = make<FunctionObject>(*code_.functions[function], std::vector<Value>{},
                                          std::vector<Value>{}, std::vector<Value>{});
  push_frame(main, stack_.data(), 0, Frame::Kind::normal);
}

// Defines the functions of the prelude; none of it counts as a step.
void Vm::run_prelude() {
  enter_module(code_.prelude);
  fuel_ = granted_ = UINT64_MAX;
  while (state == RunState::more) {
    const Instruction& instruction = *pc_++;
    Instructions::kTable[static_cast<std::size_t>(instruction.op)](*this, instruction);
  }
  for (const std::uint32_t slot : global_order_) {
    prelude_.emplace(code_.global_names[slot].substr(1), globals_[slot]);
  }
  global_order_.clear();
  state = RunState::more;
  steps_before_ = fuel_ = granted_ = 0;
  line_ = 0;
}

Vm::Vm(const Vm& other, const Program& program, sim::Computer& the_computer,
       Surroundings& the_surroundings)
    : Context(other),
      state(other.state),
      request(other.request),
      signal(other.signal),
      exit_status(other.exit_status),
      code_(*program.code),
      modules_(program.modules),
      file_name_(program.file_name),
      source_lines_(program.lines),
      computer_(the_computer),
      surroundings_(the_surroundings),
      limits_(other.limits_),
      fuel_(other.fuel_),
      granted_(other.granted_),
      steps_before_(other.steps_before_),
      slice_left_(other.slice_left_),
      line_(other.line_),
      told_line_(other.told_line_),
      column_(other.column_),
      global_order_(other.global_order_),
      told_(other.told_),
      warned_(other.warned_),
      unsupported_text_(other.unsupported_text_),
      left_at_once_(other.left_at_once_) {
  look_for_partings();
  Cloner cloner(*this);
  const auto copy_all = [&](const std::vector<Value>& from, std::vector<Value>& to) {
    to.reserve(from.size());
    for (const Value& v : from) to.push_back(cloner.copy(v));
  };
  copy_all(other.stack_, stack_);
  copy_all(other.constants_, constants_);
  copy_all(other.globals_, globals_);
  copy_all(other.fallbacks_, fallbacks_);
  for (const auto& [from, to] :
       {std::pair{&other.builtins_, &builtins_}, std::pair{&other.prelude_, &prelude_},
        std::pair{&other.imported_, &imported_}}) {
    for (const auto& [name, value] : *from) to->emplace(name, cloner.copy(value));
  }
  types_.copy_from(other.types_, cloner);
  awaited_ = cloner.copy(other.awaited_);
  handled_ = cloner.copy(other.handled_);
  raised_ = cloner.copy(other.raised_);
  uncaught_ = cloner.copy(other.uncaught_);
  for (const Frame& frame : other.frames_) {
    frames_.push_back(frame);
    frames_.back().function = cloner.copy(frame.function);
    frames_.back().self = cloner.copy(frame.self);
  }
  sp_ = stack_.data() + (other.sp_ - other.stack_.data());
  if (other.locals_ != nullptr) locals_ = stack_.data() + (other.locals_ - other.stack_.data());
  pc_ = other.pc_;
}

Vm::~Vm() = default;

Value Vm::materialise(const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::none: return Value::none();
    case Constant::Kind::boolean: return Value::boolean(constant.integer != 0);
    case Constant::Kind::integer: return Value::integer(constant.integer);
    case Constant::Kind::real: return Value::real(constant.real);
    case Constant::Kind::imaginary:
      return make<ComplexObject>(std::complex<double>(0.0, constant.real));
    case Constant::Kind::text: return make_str(constant.text);
    case Constant::Kind::bytes: return make_bytes(constant.text);
    case Constant::Kind::ellipsis: return builtins_.find("Ellipsis")->second;
    case Constant::Kind::tuple: break;
  }
  std::vector<Value> items;
  for (const Constant& item : constant.items) items.push_back(materialise(item));
  return make_tuple(std::move(items));
}

void Vm::load_builtins() {
  add_builtins(*this, builtins_);
  for (const NativeModule& module : modules_) {
    if (module.name != "builtins") continue;
    const Value made = module.make(*this);
    for (const auto& [name, value] : made.get_if<ModuleObject>()->members()) {
      builtins_.insert_or_assign(name, value);
    }
  }
}

// What an object could not throw as it went is thrown where the next instructions are granted.
void Vm::look_for_partings() {
  parting.on_kept([this] { granted_ -= std::exchange(fuel_, 0); });
}

RunState Vm::run(std::uint64_t slice_steps) {
  if (state != RunState::more || request) return state;
  slice_left_ = slice_steps;
  while (state == RunState::more || parting.has_kept()) {
    try {
      if (raised_.is_bound()) raise_in_frame(std::exchange(raised_, Value()), true);
      if (!memory_error_.is_bound()) memory_error_ = make_exception("MemoryError", "");
      parting.throw_kept();
      execute();
      return state;
    } catch (const Raised& raised) {
      raised_ = raised.value;
    } catch (const Died& died) {
      signal = died.signal;
      end(RunState::died);
    } catch (const LeftAtOnce& left) {
      exit_status = left.status;
      left_at_once_ = true;
      end(RunState::finished);
    } catch (const Unsupported& unsupported) {
      unsupported_text_ = unsupported.what;
      if (!unsupported.instead.empty()) {
        unsupported_text_ += "\n  instead: " + unsupported.instead;
      }
      end(RunState::unsupported);
    } catch (const Ended& ended) {
      end(ended.state);
    } catch (const std::length_error&) {  // a container asked for more than there can be
      raised_ = std::exchange(memory_error_, Value());
    } catch (const std::bad_alloc&) {
      if (!memory_error_.is_bound()) {  // not even for that one: as the kernel would end it
        signal = SIGKILL;
        end(RunState::died);
      }
      raised_ = std::exchange(memory_error_, Value());
    }
  }
  return state;
}

void Vm::execute() {
  for (;;) {
    if (fuel_ == 0) [[unlikely]] {
      if (!refuel()) return;
    }
    --fuel_;
    const Instruction& instruction = *pc_++;
    Instructions::kTable[static_cast<std::size_t>(instruction.op)](*this, instruction);
  }
}

// Grants the next instructions: none when the slice, the budget or the program is at its end.
bool Vm::refuel() {
  const std::uint64_t used = granted_ - fuel_;
  steps_before_ += used;
  granted_ = fuel_ = 0;
  parting.throw_kept();
  if (state != RunState::more || request) return false;
  if (surroundings_.must_stop()) {
    end(RunState::stopped);
    return false;
  }
  if (steps_before_ >= limits_.max_steps) {
    end(RunState::budget);
    return false;
  }
  if (slice_left_ == 0) return false;
  if (cycles.is_collection_due()) cycles.collect();
  const std::uint64_t next = std::min({kLook, slice_left_, limits_.max_steps - steps_before_});
  slice_left_ -= next;
  granted_ = fuel_ = next;
  return true;
}

void Vm::spend(std::uint64_t steps) {
  if (steps <= fuel_) {
    fuel_ -= steps;
    return;
  }
  const std::uint64_t beyond = steps - fuel_;
  steps_before_ += granted_ - fuel_ + steps;
  granted_ = fuel_ = 0;
  slice_left_ -= std::min(slice_left_, beyond);
  if (steps_before_ > limits_.max_steps) throw Ended{RunState::budget};
  if (surroundings_.must_stop()) throw Ended{RunState::stopped};
}

void Vm::end(RunState how) {
  if (!frames_.empty()) {
    const auto at = static_cast<std::size_t>(pc_ - frames_.back().code->instructions.data());
    if (at > 0) {
      line_ = frames_.back().code->lines[at - 1];
      column_ = frames_.back().code->columns[at - 1];
    }
  }
  state = how;
  steps_before_ += granted_ - fuel_;
  granted_ = fuel_ = 0;
}

std::vector<std::pair<std::string, Value>> Vm::globals() const {
  std::vector<std::pair<std::string, Value>> result;
  for (const std::uint32_t slot : global_order_) {
    if (globals_[slot].is_bound()) result.emplace_back(code_.global_names[slot], globals_[slot]);
  }
  return result;
}

void Vm::warn(std::string_view category, std::string_view message) {
  const std::string text = std::string(category) + ": " + std::string(message);
  const std::pair<std::uint32_t, std::string> key{line_, text};
  if (std::find(warned_.begin(), warned_.end(), key) != warned_.end()) return;
  warned_.push_back(key);
  std::string output = file_name_ + ":" + std::to_string(line_) + ": " + text + "\n";
  if (line_ > 0 && line_ <= source_lines_.size()) {
    const std::string& source = source_lines_[line_ - 1];
    const std::size_t start = source.find_first_not_of(" \t\f");
    if (start != std::string::npos) output += "  " + source.substr(start) + "\n";
  }
  surroundings_.write_stderr(output);
}

// What CPython does at exit: the module's names go, private ones first, in the order in which they
// were bound (_PyModule_ClearDict).
void Vm::shut_down() {
  if (state != RunState::died && !left_at_once_) {
    cut_stack(stack_.data());
    frames_.clear();
    frame_depth = 0;
    handled_ = Value();
    try {
      const auto is_private = [&](std::uint32_t slot) {
        return code_.global_names[slot].starts_with("_");
      };
      for (const std::uint32_t slot : global_order_) {
        if (is_private(slot)) globals_[slot] = Value();
      }
      for (const std::uint32_t slot : global_order_) globals_[slot] = Value();
      cycles.dissolve();
      parting.throw_kept();
    } catch (const Raised&) {
    } catch (const Died& died) {
      signal = died.signal;
      state = RunState::died;
    }
  }
  computer_.exit();
}

}  // namespace python
