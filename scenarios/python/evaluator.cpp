// The door to the virtual machine.

#include "scenarios/python/evaluator.h"

#include "scenarios/python/vm.h"

namespace python {

// The program is kept here: the machine refers to its parts.
class Evaluator::State {
 public:
  State(const Program& the_program, sim::Computer& computer, Surroundings& surroundings,
        Limits limits)
      : program(the_program), vm(program, computer, surroundings, limits) {}
  State(const State& other, sim::Computer& computer, Surroundings& surroundings)
      : program(other.program), vm(other.vm, program, computer, surroundings) {}

  Program program;
  Vm vm;
};

Evaluator::Evaluator(const Program& program, sim::Computer& computer, Surroundings& surroundings,
                     Limits limits)
    : state_(std::make_unique<State>(program, computer, surroundings, limits)) {}

Evaluator::Evaluator(const Evaluator& other, sim::Computer& computer, Surroundings& surroundings)
    : state_(std::make_unique<State>(*other.state_, computer, surroundings)) {}

Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

void Evaluator::set_line_listener(LineListener* listener) { state_->vm.listener = listener; }
RunState Evaluator::run(std::uint64_t slice_steps) { return state_->vm.run(slice_steps); }
const std::optional<ProcessRequest>& Evaluator::request() const { return state_->vm.request; }
void Evaluator::answer(const Value& value) { state_->vm.answer(value); }
void Evaluator::refuse(int error) { state_->vm.refuse(error); }
void Evaluator::give_up(const std::string& what, const std::string& instead) {
  state_->vm.give_up(what, instead);
}
void Evaluator::set_identity(const ProcessIdentity& identity) { state_->vm.identity = identity; }
void Evaluator::shut_down() { state_->vm.shut_down(); }
RunState Evaluator::state() const { return state_->vm.state; }
std::uint64_t Evaluator::steps() const { return state_->vm.steps(); }
std::uint32_t Evaluator::line() const { return state_->vm.line(); }
std::string Evaluator::error_text() const { return state_->vm.error_text(); }
std::string Evaluator::error_line() const { return state_->vm.error_line(); }
int Evaluator::signal() const { return state_->vm.signal; }
int Evaluator::exit_status() const { return state_->vm.exit_status; }

std::vector<std::pair<std::string, Value>> Evaluator::globals() const {
  return state_->vm.globals();
}

}  // namespace python
