// Steps put together by line.

#include "scenarios/cli/told_lines.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cli {
namespace {

using session::LineOfProcess;
using session::Run;
using session::Step;

LineOfProcess line_of(const Step& step) { return {step.line, step.process}; }

template <class List>
void append(List& to, const List& more) {
  to.insert(to.end(), more.begin(), more.end());
}

void add(Step& sum, const Step& step) {
  sum.times += step.times;
  sum.output += step.output;
  sum.counters += step.counters;
  append(sum.faults, step.faults);
  append(sum.write_backs, step.write_backs);
  for (auto pages :
       {&Step::evicted, &Step::pages_in, &Step::read_ahead, &Step::mapped_around,
        &Step::mapped_with_folio, &Step::unmapped_with_folio, &Step::dirtied_in_folio}) {
    append(sum.*pages, step.*pages);
  }
  sum.after = step.after;
  sum.looked = sum.looked || step.looked;
  append(sum.remarks, step.remarks);
}

const session::State* state_before(const Run& run, std::size_t step) {
  return step == 0 ? nullptr : &run.steps[step - 1].after;
}

std::vector<ToldLine> each_step(const std::vector<const Run*>& runs) {
  std::vector<ToldLine> told;
  std::size_t steps = runs.front()->steps.size();
  for (const Run* run : runs) steps = std::min(steps, run->steps.size());
  for (std::size_t i = 0; i < steps; ++i) {
    const Step& first = runs.front()->steps[i];
    told.push_back({first.line, first.times, {}});
    for (const Run* run : runs) {
      told.back().parts.push_back({run->steps[i], state_before(*run, i), nullptr});
    }
  }
  return told;
}

// The lines that are summed: those that a run comes to more than twice. Twice is a `with`
// statement, at its begin and its end, or a function called in two places: each has its place in
// the story.
std::set<LineOfProcess> loops_of(const std::vector<const Run*>& runs) {
  constexpr std::size_t kToldApart = 2;
  std::set<LineOfProcess> loops;
  for (const Run* run : runs) {
    std::map<LineOfProcess, std::size_t> times;
    for (const Step& step : run->steps)
      times[line_of(step)] += std::max<std::uint64_t>(step.times, 1);
    for (const auto& [line, n] : times) {
      if (n > kToldApart) loops.insert(line);
    }
  }
  return loops;
}

// Puts the runs' steps under what they are told with.
class Teller {
 public:
  explicit Teller(const std::vector<const Run*>& runs) : runs_(runs), loops_(loops_of(runs)) {}

  std::vector<ToldLine> lines() {
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      std::map<LineOfProcess, std::size_t> met;
      for (std::size_t i = 0; i < runs_[r]->steps.size(); ++i) {
        const LineOfProcess line = line_of(runs_[r]->steps[i]);
        const bool is_summed = loops_.contains(line);
        take(r, i, {line, is_summed ? 0 : ++met[line]});
      }
    }
    for (ToldLine& line : told_) {
      for (const ToldPart& part : line.parts) line.turns = std::max(line.turns, part.sum.times);
    }
    return std::move(told_);
  }

 private:
  using Key = std::pair<LineOfProcess, std::size_t>;  // a line, and which of its steps

  void take(std::size_t r, std::size_t i, const Key& key) {
    const Run& run = *runs_[r];
    const auto [at, is_new] = place_.emplace(key, told_.size());
    if (is_new) told_.push_back({key.first.first, 0, std::vector<ToldPart>(runs_.size())});
    ToldPart& part = told_[at->second].parts[r];
    if (part.spread == nullptr) {
      part.sum.line = key.first.first;
      part.sum.process = key.first.second;
      part.sum.times = 0;
      part.before = state_before(run, i);
      part.spread = &run.turns.at(key.first);
    }
    add(part.sum, run.steps[i]);
  }

  const std::vector<const Run*>& runs_;
  const std::set<LineOfProcess> loops_;
  std::vector<ToldLine> told_;
  std::map<Key, std::size_t> place_;
};

}  // namespace

std::vector<ToldLine> told_lines(const std::vector<const Run*>& runs, Turns turns) {
  return turns == Turns::each ? each_step(runs) : Teller(runs).lines();
}

}  // namespace cli
