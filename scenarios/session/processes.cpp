// Turns.

#include "scenarios/session/processes.h"

#include <algorithm>
#include <cerrno>

#include "scenarios/python/native.h"
#include "scenarios/session/run.h"

namespace session {

using python::ProcessRequest;
using python::RunState;
using python::Value;

namespace {

std::int64_t pid_of(sim::ProcessId id) { return session::pid_of(id.number); }

}  // namespace

Processes::Processes(python::Evaluator first, sim::Computer& computer,
                     python::Surroundings& surroundings,
                     std::function<void(const Process&, Process&, const sim::Forked&)> forked)
    : computer_(computer), surroundings_(surroundings), forked_(std::move(forked)) {
  all_.push_back(std::make_unique<Process>());
  running().evaluator = std::make_unique<python::Evaluator>(std::move(first));
  evaluator().set_identity({pid_of(0), 1});
}

bool Processes::are_over() const {
  return std::all_of(all_.begin(), all_.end(), [](const auto& process) {
    return process->state == Process::State::ended || process->state == Process::State::at_its_end;
  });
}

void Processes::serve() {
  const ProcessRequest request = *evaluator().request();
  switch (request.kind) {
    case ProcessRequest::Kind::fork: return fork();
    case ProcessRequest::Kind::wait: return wait(request.pid);
    case ProcessRequest::Kind::yield:
      evaluator().answer(Value::none());
      yields_ = true;
      return;
  }
}

void Processes::fork() {
  if (running_ != 0) {
    return evaluator().give_up("os.fork() in a forked process",
                               "let the first process fork as often as it takes");
  }
  // Here and not by each computer: they do not count alike those that have nothing mapped or open.
  const auto live = std::count_if(all_.begin(), all_.end(), [](const auto& process) {
    return process->state != Process::State::ended;
  });
  if (static_cast<std::size_t>(live) >= sim::kMostProcesses) return evaluator().refuse(EAGAIN);
  const sim::Result<sim::Forked> forked = computer_.fork();
  if (!forked) return evaluator().refuse(forked.error());
  auto child = std::make_unique<Process>();
  child->id = forked->child;
  child->parent = running().id;
  child->evaluator = std::make_unique<python::Evaluator>(evaluator(), computer_, surroundings_);
  child->evaluator->set_identity({pid_of(child->id), pid_of(running().id)});
  child->evaluator->answer(Value::integer(0));
  forked_(running(), *child, *forked);
  evaluator().answer(Value::integer(pid_of(child->id)));
  all_.push_back(std::move(child));
}

// Answers with a child that has ended, if there is one.
bool Processes::reap(Process& process, std::int64_t pid) {
  for (auto it = process.ended_children.begin(); it != process.ended_children.end(); ++it) {
    if (pid != -1 && it->first != pid) continue;
    process.evaluator->answer(
        python::make_tuple({Value::integer(it->first), Value::integer(it->second)}));
    process.ended_children.erase(it);
    return true;
  }
  return false;
}

void Processes::wait(std::int64_t pid) {
  if (reap(running(), pid)) return;
  const bool has_child = std::any_of(all_.begin(), all_.end(), [&](const auto& process) {
    return process->state != Process::State::ended && process->parent == running().id &&
           (pid == -1 || pid == pid_of(process->id));
  });
  if (!has_child) return evaluator().refuse(ECHILD);
  running().waits_for = pid;
  running().state = Process::State::waiting;
}

namespace {

int status_of(const python::Evaluator& evaluator) {
  switch (evaluator.state()) {
    case RunState::died: return evaluator.signal();
    case RunState::raised: return 1 << 8;
    default: return evaluator.exit_status() << 8;
  }
}

}  // namespace

void Processes::end_running() {
  Process& process = running();
  if (running_ == 0) {
    process.state = Process::State::at_its_end;
    return;
  }
  process.evaluator->shut_down();
  process.state = Process::State::ended;
  for (const auto& other : all_) {
    if (other->parent == process.id) other->parent.reset();
  }
  for (std::size_t i = 0; i < all_.size(); ++i) {
    Process& parent = *all_[i];
    if (!process.parent || parent.id != *process.parent) continue;
    parent.ended_children.emplace_back(pid_of(process.id), status_of(*process.evaluator));
    if (parent.state != Process::State::waiting || !reap(parent, *parent.waits_for)) continue;
    parent.waits_for.reset();
    parent.state = Process::State::ready;
    preferred_ = i;
  }
}

void Processes::shut_down() {
  for (std::size_t step = 0; step < all_.size(); ++step) {
    const std::size_t i = (running_ + step) % all_.size();
    if (all_[i]->state == Process::State::ended) continue;
    all_[i]->evaluator->set_line_listener(nullptr);
    computer_.switch_to(all_[i]->id);
    all_[i]->evaluator->shut_down();
    all_[i]->state = Process::State::ended;
  }
}

std::optional<std::size_t> Processes::next_turn() const {
  const bool goes_on = running().state == Process::State::ready;
  if (goes_on && !yields_) return std::nullopt;
  if (preferred_) return preferred_;
  for (std::size_t step = 1; step < all_.size(); ++step) {
    const std::size_t other = (running_ + step) % all_.size();
    if (all_[other]->state == Process::State::ready) return other;
  }
  if (goes_on) return std::nullopt;
  if (running_ == 0) return std::nullopt;
  return 0;  // which is at its end
}

void Processes::give_turn_to(std::size_t process) {
  preferred_.reset();
  yields_ = false;
  computer_.switch_to(all_[process]->id);
  running_ = process;
}

}  // namespace session
