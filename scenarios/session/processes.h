// The processes of one program, and whose turn it is. A turn ends only where the program says so:
// at os.wait() and os.waitpid() without a child that has ended, at os.sched_yield(), and at a
// process's end. After os.fork() the parent goes on. So a program's processes come one after the
// other in the same order in every run and on both computers, and the order is one that Linux could
// have chosen.
//
// The first process ends last: at its end it lets the others come to theirs, as if it were slow.

#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/python/evaluator.h"
#include "sim/core/computer.h"

namespace session {

struct Process {
  sim::ProcessId id;
  std::optional<sim::ProcessId> parent;  // none: it has ended, or there never was one
  std::unique_ptr<python::Evaluator> evaluator;
  enum class State : std::uint8_t { ready, waiting, at_its_end, ended } state = State::ready;
  std::optional<std::int64_t> waits_for;                    // a pid; -1: any child
  std::deque<std::pair<std::int64_t, int>> ended_children;  // not waited for yet: pid, status
  std::map<std::uint32_t, std::uint32_t> objects;  // as the arrays know them: as they are here
};

class Processes {
 public:
  // Neither is owned. `forked` is told of the parent, the child and what the fork made.
  Processes(python::Evaluator first, sim::Computer&, python::Surroundings&,
            std::function<void(const Process&, Process&, const sim::Forked&)> forked);

  Process& running() { return *all_[running_]; }
  const Process& running() const { return *all_[running_]; }
  python::Evaluator& evaluator() { return *running().evaluator; }
  // The first has come to its end, and there is no other.
  bool are_over() const;

  // Requires: the running one's evaluator stopped for a request.
  void serve();
  // The running one, not the first, has ended: it leaves the computer, and its parent can learn of
  // it. Of the first: it waits for the others.
  void end_running();
  // Every process that is left ends, the running one first: the run was cut short, or is over.
  void shut_down();
  // Whose turn is next, if it is another's. Requires: someone can run.
  std::optional<std::size_t> next_turn() const;
  void give_turn_to(std::size_t process);

 private:
  void fork();
  void wait(std::int64_t pid);
  bool reap(Process&, std::int64_t pid);

  sim::Computer& computer_;
  python::Surroundings& surroundings_;
  std::function<void(const Process&, Process&, const sim::Forked&)> forked_;
  // In order of creation. Ended ones stay: what their evaluators still hold goes with the run.
  std::vector<std::unique_ptr<Process>> all_;
  std::size_t running_ = 0;
  std::optional<std::size_t> preferred_;  // whose turn it is next, if anything ends this one
  bool yields_ = false;
};

}  // namespace session
