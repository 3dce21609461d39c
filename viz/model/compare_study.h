// Strategies held against each other while sliders move: the newest wish is run first, the charts
// fill in behind it.

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/compare/comparison.h"
#include "scenarios/compare/policies.h"
#include "scenarios/compare/sweep.h"
#include "viz/model/compare_question.h"
#include "viz/model/measure_study.h"
#include "viz/model/worker.h"

namespace viz {

// What can be dragged: a parameter of the programs, or a setting of the machine that all of them
// run on.
struct Slider {
  enum class Of : std::uint8_t { program, frames, page_size, policy };
  comparison::Parameter parameter;
  Of of = Of::program;
  double value = 0;  // of a policy its number
};

// Of the slider that chooses it.
sim::PolicyKind policy_at(const Slider&);

class CompareStudy {
 public:
  // Whether strategies are timed on this computer too, when nothing else is to be done.
  enum class Measure : std::uint8_t { nothing, this_computer };
  // The strategies of a lesson; the text says why they cannot be compared.
  static std::variant<std::unique_ptr<CompareStudy>, std::string> make(const lesson::Lesson&,
                                                                       Measure = Measure::nothing);

  // Moves a slider to a part of its way, 0 to 1.
  void drag(std::size_t slider, double part);
  // By so many steps of a fiftieth.
  void nudge(std::size_t slider, int steps);
  void select(std::size_t strategy);
  // Answers the question; once.
  void guess(std::size_t strategy);
  // Takes what is done and starts what is wanted; true when something is new.
  bool poll();
  void wait();  // until nothing is wanted
  void on_news(const std::function<void()>& wake) {
    worker_.on_finished(wake);
    if (measure_) measure_->on_news(wake);
  }

  const std::vector<Slider>& sliders() const { return sliders_; }
  double part_of(std::size_t slider) const;
  std::size_t selected() const { return selected_; }
  const comparison::Setup& setup() const { return comparison_.setup(); }
  // Of the newest point that was run; it may lag behind the sliders.
  const std::optional<comparison::Result>& result() const { return result_; }
  // Real times at that point, by strategy; empty where nothing is measured.
  const std::vector<MeasuredTime>& measured() const;
  bool is_behind() const { return wanted_ != shown_; }
  bool is_busy() const { return is_running_; }
  // Over the whole way of the first slider, as far as it is run.
  const std::vector<comparison::SweepPoint>& sweep() const { return sweep_; }
  const std::optional<comparison::BreakEven>& break_even() const { return break_even_; }
  const std::vector<comparison::FramesPoint>& policies() const { return policies_; }
  // There once the break-even is found.
  const std::optional<CompareQuestion>& question() const { return question_; }
  std::uint64_t pages_used() const { return chart_ ? chart_->pages_used() : 0; }
  const std::string& failure() const { return failure_; }
  // How long the newest point took to run, in seconds.
  double seconds() const { return seconds_; }

 private:
  CompareStudy(comparison::Comparison comparison, Measure);
  comparison::Point point() const;
  comparison::Axis axis() const;
  void start();
  void run_point();
  void run_sweep_point();
  void run_break_even();
  void run_policies();
  comparison::Interrupted until_hurry(std::shared_ptr<bool> was_cut) const;
  void choose_frames();
  bool wants_break_even() const;
  void forget_charts();
  void ask();
  void measure_if_at_rest();

  comparison::Comparison comparison_;
  std::vector<Slider> sliders_;
  std::size_t selected_ = 0;
  std::uint64_t wanted_ = 1, shown_ = 0;  // states of the sliders, by number
  std::uint64_t charts_ = 0;              // of the sliders that the charts depend on
  std::atomic<std::uint64_t> hurry_ = 0;  // times that something was wanted at once
  std::optional<comparison::Result> result_;
  std::vector<double> sweep_values_;
  std::vector<comparison::SweepPoint> sweep_;
  std::optional<comparison::BreakEven> break_even_;
  bool has_break_even_ = false;  // looked for
  std::optional<CompareQuestion> question_;
  std::shared_ptr<comparison::PolicyChart> chart_;  // a job keeps the one that it works for
  std::vector<std::uint64_t> chart_frames_;
  std::vector<comparison::FramesPoint> policies_;
  bool is_chart_done_ = false;  // the policies' chart, as far as it can be had
  std::string failure_;
  double seconds_ = 0;
  bool is_running_ = false;
  std::unique_ptr<MeasureStudy> measure_;  // may be null
  std::uint64_t measured_at_ = 0;          // the state of the sliders
  Worker worker_;                          // last: its jobs use the others
};

}  // namespace viz
