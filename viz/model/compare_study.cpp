// One job at a time on the worker; what comes next is decided when it is done.

#include "viz/model/compare_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace viz {
namespace {

constexpr unsigned kSweepPoints = 13;
constexpr std::size_t kPolicyPoints = 9;

double value_at(const Slider& slider, double part) {
  const comparison::Parameter& p = slider.parameter;
  part = std::clamp(part, 0.0, 1.0);
  const double value = p.scale == comparison::Scale::logarithmic
                           ? p.least * std::pow(p.most / p.least, part)
                           : p.least + (p.most - p.least) * part;
  if (slider.of == Slider::Of::page_size) return std::exp2(std::round(std::log2(value)));
  return comparison::rounded(p.kind, value);
}

// The machine's settings, after what the programs vary. Pages no smaller than this computer's: a
// comparison at any point of the way must be quick.
std::vector<Slider> machine_sliders(const sim::MachineConfig& machine) {
  using comparison::NumberKind;
  using comparison::Scale;
  const auto frames = static_cast<double>(machine.frames.count);
  const auto page = static_cast<double>(machine.page_size.count);
  const auto policy = static_cast<double>(machine.policy);
  return {{{"frames", frames, 16, std::max(4096.0, frames), Scale::logarithmic, NumberKind::whole,
            "frames of memory"},
           Slider::Of::frames,
           frames},
          {{"page_size", page, std::min(4096.0, page), std::max(65536.0, page), Scale::logarithmic,
            NumberKind::whole, "page size"},
           Slider::Of::page_size,
           page},
          {{"policy", policy, 0, 3, Scale::linear, NumberKind::whole, "eviction policy"},
           Slider::Of::policy,
           policy}};
}

// As `pagewalk compare --set` takes it.
std::string assignment_of(const Slider& slider) {
  std::string value = comparison::text_of(slider.parameter.kind, slider.value);
  if (slider.of == Slider::Of::policy) value = sim::name_of(policy_at(slider));
  return slider.parameter.name + "=" + value;
}

// So near to where a question is asked, a drag ends there.
constexpr double kCatch = 0.012;

}  // namespace

sim::PolicyKind policy_at(const Slider& slider) {
  return static_cast<sim::PolicyKind>(std::lround(slider.value));
}

std::variant<std::unique_ptr<CompareStudy>, std::string> CompareStudy::make(
    const lesson::Lesson& lesson, Measure measure) {
  auto setup = comparison::setup_of(lesson);
  if (const auto* bad = std::get_if<session::Failure>(&setup)) return bad->message;
  auto made = comparison::Comparison::make(std::get<comparison::Setup>(std::move(setup)));
  if (const auto* bad = std::get_if<session::Failure>(&made)) return bad->message;
  return std::unique_ptr<CompareStudy>(
      new CompareStudy(std::get<comparison::Comparison>(std::move(made)), measure));
}

// What the programs vary comes first, the last of them foremost: makers have theirs at the front.
CompareStudy::CompareStudy(comparison::Comparison comparison, Measure measure)
    : comparison_(std::move(comparison)) {
  if (measure == Measure::this_computer) measure_ = std::make_unique<MeasureStudy>(comparison_);
  for (const comparison::Parameter& p : comparison_.parameters()) {
    sliders_.insert(sliders_.begin(), Slider{p, Slider::Of::program, p.value});
  }
  for (Slider& slider : machine_sliders(setup().strategies.front().settings.machine)) {
    sliders_.push_back(std::move(slider));
  }
  start();
}

double CompareStudy::part_of(std::size_t slider) const {
  return part_at(sliders_[slider].parameter, sliders_[slider].value);
}

void CompareStudy::drag(std::size_t slider, double part) {
  Slider& moved = sliders_[slider];
  const bool is_there = slider == 0 && question_ &&
                        std::abs(part - part_at(moved.parameter, question_->value)) < kCatch;
  const double value = is_there ? question_->value : value_at(moved, part);
  if (value == moved.value) return;
  moved.value = value;
  ++wanted_;
  ++hurry_;
  if (measure_) measure_->forget();
  if (slider != 0) forget_charts();
  start();
}

void CompareStudy::nudge(std::size_t slider, int steps) {
  const double before = sliders_[slider].value;
  for (int more = 0; more < 50 && sliders_[slider].value == before; ++more) {
    drag(slider, part_of(slider) + (steps + (steps > 0 ? more : -more)) / 50.0);
  }
}

void CompareStudy::select(std::size_t strategy) {
  if (strategy >= setup().strategies.size() || strategy == selected_) return;
  selected_ = strategy;
  ++charts_;
  ++hurry_;
  chart_.reset();
  policies_.clear();
  chart_frames_.clear();
  is_chart_done_ = false;
  start();
}

void CompareStudy::forget_charts() {
  ++charts_;
  sweep_.clear();
  sweep_values_.clear();
  break_even_.reset();
  has_break_even_ = false;
  question_.reset();
  policies_.clear();
  chart_frames_.clear();
  is_chart_done_ = false;
}

comparison::Point CompareStudy::point() const {
  comparison::Point point;
  for (const Slider& slider : sliders_) {
    if (slider.of == Slider::Of::program) {
      point.values[slider.parameter.name] = slider.value;
    } else if (slider.of == Slider::Of::frames || slider.value != slider.parameter.value) {
      point.sets.push_back(assignment_of(slider));
    }
  }
  return point;
}

comparison::Axis CompareStudy::axis() const {
  comparison::Axis axis = comparison::axis_of(sliders_.front().parameter);
  axis.steps = kSweepPoints;
  return axis;
}

bool CompareStudy::poll() {
  const bool is_new = worker_.take_finished() > 0;
  start();
  return (measure_ && measure_->poll()) || is_new;
}

const std::vector<MeasuredTime>& CompareStudy::measured() const {
  static const std::vector<MeasuredTime> kNone;
  return measure_ ? measure_->times() : kNone;
}

// Real runs would be disturbed by the charts, and the charts by them.
void CompareStudy::measure_if_at_rest() {
  const bool is_at_rest = !is_running_ && failure_.empty() && wanted_ == shown_;
  if (!measure_ || !is_at_rest || measured_at_ == wanted_) return;
  measured_at_ = wanted_;
  measure_->want(point());
}

void CompareStudy::wait() {
  start();
  while (is_running_ || (measure_ && measure_->is_busy())) {
    if (!poll()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

bool CompareStudy::wants_break_even() const {
  return !has_break_even_ && sweep_.size() == kSweepPoints;
}

void CompareStudy::start() {
  if (is_running_ || !failure_.empty()) return;
  if (wanted_ != shown_) return run_point();
  const bool has_parameter = sliders_.front().of == Slider::Of::program;
  if (has_parameter && (sweep_values_.empty() || sweep_.size() < sweep_values_.size())) {
    return run_sweep_point();
  }
  if (has_parameter && wants_break_even()) run_break_even();
  if (is_running_) return;  // else there is none
  if (!is_chart_done_) return run_policies();
  measure_if_at_rest();
}

void CompareStudy::run_point() {
  struct Done {
    std::optional<comparison::Result> result;
    std::string failure;
    double seconds = 0;
  };
  is_running_ = true;
  auto done = std::make_shared<Done>();
  worker_.submit(
      [this, done, point = point()](const Worker::Unwanted& unwanted) {
        const auto begin = std::chrono::steady_clock::now();
        auto result = comparison_.at(point, unwanted);
        done->seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (const auto* bad = std::get_if<session::Failure>(&result)) {
          done->failure = bad->message;
        } else {
          done->result = std::get<comparison::Result>(std::move(result));
        }
      },
      [this, done, number = wanted_, value = sliders_.front().value] {
        is_running_ = false;
        shown_ = number;
        failure_ = done->failure;
        seconds_ = done->seconds;
        if (done->result) result_ = std::move(done->result);
        if (result_ && question_ && question_->value == value) question_->answer = result_->fastest;
      });
}

// Of a job for a chart: a slider that moves meanwhile ends it, and it is done again later.
comparison::Interrupted CompareStudy::until_hurry(std::shared_ptr<bool> was_cut) const {
  return [this, was_cut = std::move(was_cut), hurry = hurry_.load()] {
    if (hurry != hurry_) *was_cut = true;
    return *was_cut;
  };
}

void CompareStudy::run_sweep_point() {
  if (sweep_values_.empty()) sweep_values_ = comparison::values_of(axis());
  is_running_ = true;
  auto done = std::make_shared<std::optional<comparison::SweepPoint>>();
  const auto was_cut = std::make_shared<bool>(false);
  const double value = sweep_values_[sweep_.size()];
  worker_.submit(
      [this, done, value, hurried = until_hurry(was_cut),
       at = comparison::point_on(axis(), value, point())](const Worker::Unwanted& unwanted) {
        auto result = comparison_.at(at, [&] { return hurried() || unwanted(); });
        if (auto* good = std::get_if<comparison::Result>(&result)) {
          *done = comparison::SweepPoint{value, std::move(*good)};
        }
      },
      [this, done, was_cut, charts = charts_] {
        is_running_ = false;
        if (charts != charts_ || *was_cut) return;
        if (*done) {
          sweep_.push_back(std::move(**done));
        } else {
          sweep_values_.resize(sweep_.size());  // no chart beyond what could be run
        }
      });
}

void CompareStudy::run_break_even() {
  has_break_even_ = true;
  for (std::size_t i = 1; i < sweep_.size(); ++i) {
    if (sweep_[i - 1].result.fastest == sweep_[i].result.fastest) continue;
    is_running_ = true;
    auto done = std::make_shared<std::optional<comparison::BreakEven>>();
    const auto was_cut = std::make_shared<bool>(false);
    worker_.submit(
        [this, done, base = point(), hurried = until_hurry(was_cut),
         from = comparison::BreakEven{sweep_[i - 1], sweep_[i]}](const Worker::Unwanted& unwanted) {
          const comparison::Axis over = axis();
          const auto is_over = [&] { return hurried() || unwanted(); };
          auto found = comparison::narrowed(comparison_, {over, base, is_over}, from);
          if (auto* good = std::get_if<comparison::BreakEven>(&found)) *done = std::move(*good);
        },
        [this, done, was_cut, charts = charts_] {
          is_running_ = false;
          if (charts != charts_) return;
          has_break_even_ = !*was_cut;
          if (*was_cut) return;
          break_even_ = std::move(*done);
          ask();
        });
    return;
  }
}

void CompareStudy::ask() {
  if (!break_even_ || question_) return;
  const Slider& slider = sliders_.front();
  if (const auto value = value_to_ask(slider.parameter, *break_even_, slider.value)) {
    question_ = CompareQuestion{*value, {}, {}};
  }
}

void CompareStudy::guess(std::size_t strategy) {
  const bool is_open = question_ && !question_->guess && !question_->answer;
  if (is_open && strategy < setup().strategies.size()) question_->guess = strategy;
}

// Up to where the whole program fits, and a little beyond.
void CompareStudy::choose_frames() {
  const std::uint64_t used = std::max<std::uint64_t>(pages_used(), 8);
  for (std::size_t i = 1; i < kPolicyPoints; ++i) {
    chart_frames_.push_back(std::max<std::uint64_t>(4, used * i / (kPolicyPoints - 1)));
  }
  chart_frames_.push_back(used + used / 8);
}

void CompareStudy::run_policies() {
  struct Done {
    std::shared_ptr<comparison::PolicyChart> chart;
    std::optional<comparison::FramesPoint> at;
  };
  is_running_ = true;
  auto done = std::make_shared<Done>();
  const auto was_cut = std::make_shared<bool>(false);
  const bool is_first = chart_frames_.empty();
  const std::uint64_t frames = is_first ? 0 : chart_frames_[policies_.size()];
  worker_.submit(
      [this, done, is_first, frames, point = point(), chart = chart_, strategy = selected_,
       hurried = until_hurry(was_cut)](const Worker::Unwanted& unwanted) {
        if (is_first) {
          auto made = comparison::PolicyChart::make(comparison_, strategy, point);
          if (auto* good = std::get_if<comparison::PolicyChart>(&made)) {
            done->chart = std::make_shared<comparison::PolicyChart>(std::move(*good));
          }
          return;
        }
        auto at = chart->at(frames, [&] { return hurried() || unwanted(); });
        if (auto* good = std::get_if<comparison::FramesPoint>(&at)) done->at = std::move(*good);
      },
      [this, done, was_cut, is_first, charts = charts_] {
        is_running_ = false;
        if (charts != charts_ || *was_cut) return;
        if (is_first) {
          chart_ = std::move(done->chart);
          is_chart_done_ = !chart_;
          choose_frames();
          return;
        }
        if (done->at) policies_.push_back(std::move(*done->at));
        is_chart_done_ = !done->at || policies_.size() == chart_frames_.size();
      });
}

}  // namespace viz
