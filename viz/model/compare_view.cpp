// Figures into rows, bars and charts.

#include "viz/model/compare_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "scenarios/compare/verdict.h"
#include "viz/model/words.h"

namespace viz {
namespace {

std::string letter_of_strategy(std::size_t i) { return std::string(1, static_cast<char>('A' + i)); }

std::string mib(sim::Bytes bytes) {
  return fmt::format("{:.1f}", static_cast<double>(bytes.count) / (1 << 20));
}

std::string ms(std::uint64_t ns) {
  const double t = static_cast<double>(ns) / 1e6;
  return fmt::format("{:.{}f}", t, t < 10 ? 2 : 1);
}

bool is_share(const Slider& slider) {
  return slider.parameter.most <= 1 && slider.of == Slider::Of::program;
}

std::string value_text(const Slider& slider) {
  if (is_share(slider)) return fmt::format("{:.1f} %", slider.value * 100);
  if (slider.of == Slider::Of::policy) return policy_text(policy_at(slider));
  if (slider.of == Slider::Of::page_size) {
    return bytes_text(static_cast<std::uint64_t>(slider.value));
  }
  return with_commas(static_cast<std::uint64_t>(slider.value));
}

// "20 %", "500".
std::string round_text(const Slider& slider, double value) {
  return is_share(slider) ? fmt::format("{:g} %", value * 100)
                          : with_commas(static_cast<std::uint64_t>(value));
}

// By which the programs count: this computer's, whatever the machine has.
constexpr std::uint64_t kProgramsPage = 4096;

std::uint64_t page_size_of(const CompareStudy& study) {
  for (const Slider& slider : study.sliders()) {
    if (slider.of == Slider::Of::page_size) return static_cast<std::uint64_t>(slider.value);
  }
  return kProgramsPage;
}

// What a value comes to: of a share of pages how many, of pages how many bytes.
std::string slider_note(const CompareStudy& study, const Slider& slider) {
  const std::uint64_t page = page_size_of(study);
  const auto value = static_cast<std::uint64_t>(slider.value);
  if (slider.of == Slider::Of::page_size || slider.of == Slider::Of::policy) return "";
  if (slider.of == Slider::Of::frames) {
    std::string note = fmt::format("{} of memory", bytes_text(value * page));
    if (study.pages_used() > 0) {
      note += value >= study.pages_used()
                  ? ": everything fits"
                  : fmt::format(" for {}", counted(study.pages_used(), "page"));
    }
    return note;
  }
  if (slider.parameter.name == "pages") {
    return fmt::format("{}: {} numbers of 8 bytes", bytes_text(value * kProgramsPage),
                       with_commas(value * kProgramsPage / 8));
  }
  const auto pages = std::find_if(study.sliders().begin(), study.sliders().end(),
                                  [](const Slider& s) { return s.parameter.name == "pages"; });
  if (!is_share(slider) || pages == study.sliders().end()) return "";
  return fmt::format("{} of {}",
                     with_commas(static_cast<std::uint64_t>(slider.value * pages->value)),
                     counted(static_cast<std::uint64_t>(pages->value), "page"));
}

SliderView slider_view(const CompareStudy& study, std::size_t i) {
  const Slider& slider = study.sliders()[i];
  SliderView view{
      with_capital(slider.parameter.label), value_text(slider), slider_note(study, slider),
      static_cast<float>(study.part_of(i)), std::nullopt,       ""};
  const auto& question = study.question();
  if (i == 0 && question && !question->answer) {
    view.target = static_cast<float>(part_at(slider.parameter, question->value));
    view.target_value = round_text(slider, question->value);
  }
  return view;
}

// Beside the simulated time, and never mixed with it.
void add_measured(const CompareStudy& study, std::size_t i, StrategyRow& row) {
  if (i >= study.measured().size()) {
    row.measured = "not run here";
    row.measured_tip = "The app was started to run nothing on this computer.";
    return;
  }
  const MeasuredTime& time = study.measured()[i];
  if (time.measured) {
    row.is_measured = true;
    row.measured = ms(time.measured->median_ns());
    row.measured_tip = fmt::format(
        "median of {} real runs on this computer, cold, Pagewalk's interpreter included{}",
        time.measured->runs_ns.size(),
        time.measured->leaves_the_same ? "" : "; it left other files than simulated");
  } else {
    row.measured = time.why_not.empty()                   ? "not yet"
                   : page_size_of(study) != kProgramsPage ? "not here"
                                                          : "failed";
    row.measured_tip =
        time.why_not.empty() ? "not measured yet: when nothing else is computed" : time.why_not;
  }
}

StrategyRow row_view(const CompareStudy& study, std::size_t i, std::uint64_t longest) {
  const comparison::Outcome& outcome = study.result()->outcomes[i];
  const comparison::Figures& f = outcome.figures;
  StrategyRow row;
  row.letter = letter_of_strategy(i);
  row.label = study.setup().strategies[i].label;
  row.cells = {with_commas(f.faults()), mib(f.read_from_disk()), mib(f.written_to_disk()),
               mib(sim::Bytes{f.copied_by_calls().count + f.copied_on_write().count}),
               mib(sim::Bytes{f.peak.all * f.page_size.count})};
  row.tip = fmt::format(
      "peak memory: {} anonymous, {} of files; {}", bytes_text(f.peak.own * f.page_size.count),
      bytes_text(f.peak.file * f.page_size.count), counted(f.system_calls(), "system call"));
  row.time = ms(f.time.total());
  add_measured(study, i, row);
  row.is_selected = i == study.selected();
  std::vector<std::optional<comparison::Measured>> measured;
  for (const MeasuredTime& time : study.measured()) measured.push_back(time.measured);
  const comparison::Verdict verdict = comparison::verdict_of(*study.result(), measured);
  row.is_fastest = verdict.fastest == i;
  row.is_right = outcome.is_right();
  if (row.is_fastest) row.remark = "fastest";
  if (!verdict.why_not.empty() && study.result()->fastest == i) {
    row.remark = "undecided";
    row.tip = "no fastest is named: " + verdict.why_not;
  }
  if (outcome.difference) {
    row.remark = "another answer";
    row.tip = outcome.difference->why;
  }
  if (!outcome.ending.has_succeeded()) {
    row.remark = "not finished";
    row.tip =
        outcome.ending.error_line.empty() ? outcome.ending.message : outcome.ending.error_line;
  }
  const std::uint64_t parts[] = {f.time.disk_read_ns, f.time.fault_ns, f.time.copy_and_call_ns,
                                 f.time.disk_write_ns};
  for (int p = 0; p < 4; ++p) {
    row.parts[p] = static_cast<float>(static_cast<double>(parts[p]) / static_cast<double>(longest));
  }
  return row;
}

// Of a logarithmic range of times.
struct Decades {
  double low = 1, high = 10;
  float y_of(double v) const {
    return static_cast<float>(std::log(std::max(v, low) / low) / std::log(high / low));
  }
};

// At powers of ten of a logarithmic range; else at its beginning.
template <class F>
void add_x_marks(const comparison::Parameter& p, F x_of, ChartView& chart) {
  const bool is_share = p.most <= 1;
  for (double v = p.least; v <= p.most * 1.001; v *= 10) {
    chart.x_marks.emplace_back(x_of(v),
                               is_share ? fmt::format("{:g} %", v * 100) : fmt::format("{:g}", v));
    if (p.scale != comparison::Scale::logarithmic || p.least <= 0) break;
  }
}

ChartView break_even_chart(const CompareStudy& study) {
  ChartView chart;
  const Slider& slider = study.sliders().front();
  chart.title = "Break-even";
  chart.note = "simulated time in ms, over " + slider.parameter.label;
  if (study.sweep().size() < 2) {
    chart.why_none = "being computed …";
    return chart;
  }
  double least = 1e300, most = 0;
  for (const auto& point : study.sweep()) {
    for (const auto& outcome : point.result.outcomes) {
      const double t = static_cast<double>(outcome.time_ns()) / 1e6;
      least = std::min(least, t);
      most = std::max(most, t);
    }
  }
  const Decades scale{std::pow(10, std::floor(std::log10(std::max(least, 1e-3)))),
                      std::pow(10, std::ceil(std::log10(std::max(most, 1e-2))))};
  for (double v = scale.low; v <= scale.high * 1.001; v *= 10) {
    chart.y_marks.emplace_back(scale.y_of(v), fmt::format("{:g}", v));
  }
  const auto x_of = [&](double value) {
    const comparison::Parameter& p = slider.parameter;
    return static_cast<float>(p.scale == comparison::Scale::logarithmic
                                  ? std::log(value / p.least) / std::log(p.most / p.least)
                                  : (value - p.least) / (p.most - p.least));
  };
  add_x_marks(slider.parameter, x_of, chart);
  for (std::size_t s = 0; s < study.setup().strategies.size(); ++s) {
    ChartLine line{letter_of_strategy(s), {}, s == study.selected(), 1 + 2 * s};
    for (const auto& point : study.sweep()) {
      line.points.push_back(
          {x_of(point.value),
           scale.y_of(static_cast<double>(point.result.outcomes[s].time_ns()) / 1e6)});
    }
    chart.lines.push_back(std::move(line));
  }
  chart.now = static_cast<float>(study.part_of(0));
  chart.now_label = "now " + value_text(slider);
  if (const auto& even = study.break_even(); even && even->above.result.fastest) {
    const auto time = [](const comparison::SweepPoint& p) {
      return static_cast<double>(p.result.outcomes[*p.result.fastest].time_ns()) / 1e6;
    };
    chart.crossing = ChartPoint{x_of(even->above.value), scale.y_of(time(even->above))};
    chart.crossing_label =
        "equal at " + (is_share(slider) ? fmt::format("{:.1f} %", even->above.value * 100)
                                        : fmt::format("{:g}", even->above.value));
    if (even->below.result.fastest) {
      const auto is_faster = [](const comparison::SweepPoint& p) {
        return letter_of_strategy(*p.result.fastest) + " is faster";
      };
      chart.before = is_faster(even->below);
      chart.beyond = is_faster(even->above);
    }
  }
  return chart;
}

ChartView policy_chart(const CompareStudy& study) {
  ChartView chart;
  chart.title = "Pages brought in, over frames";
  chart.note = "strategy " + letter_of_strategy(study.selected());
  if (study.policies().size() < 2) {
    chart.why_none = "being computed …";
    return chart;
  }
  double most = 1;
  for (const auto& point : study.policies()) {
    for (const auto& [policy, taken] : point.taken) {
      most = std::max(most, static_cast<double>(taken.value_or(0)));
    }
  }
  const double frames = static_cast<double>(study.policies().back().frames);
  const double whole = std::max(frames, static_cast<double>(study.pages_used()) * 1.125);
  const auto place = [&](std::uint64_t f, std::uint64_t n) {
    return ChartPoint{static_cast<float>(static_cast<double>(f) / whole),
                      static_cast<float>(static_cast<double>(n) / most)};
  };
  for (const auto policy : {sim::PolicyKind::lru, sim::PolicyKind::fifo, sim::PolicyKind::clock,
                            sim::PolicyKind::random}) {
    // RANDOM leaves the others' line in the middle.
    const auto number = std::min<std::size_t>(2, static_cast<std::size_t>(policy));
    ChartLine line{policy_text(policy), {}, policy == sim::PolicyKind::lru, 2 * number};
    for (const auto& point : study.policies()) {
      const auto found = point.taken.find(policy);
      if (found == point.taken.end() || !found->second) continue;
      line.points.push_back(place(point.frames, *found->second));
    }
    // The same as another's: one label for both.
    const auto same = std::find_if(chart.lines.begin(), chart.lines.end(), [&](const ChartLine& l) {
      return l.points.size() == line.points.size() &&
             std::equal(l.points.begin(), l.points.end(), line.points.begin(),
                        [](ChartPoint a, ChartPoint b) { return a.y == b.y; });
    });
    if (same != chart.lines.end()) {
      same->label += " = " + line.label;
    } else {
      chart.lines.push_back(std::move(line));
    }
  }
  ChartLine best{"best possible", {}, false, 1};
  for (const auto& point : study.policies()) {
    if (point.best_possible) best.points.push_back(place(point.frames, *point.best_possible));
  }
  chart.lines.push_back(std::move(best));
  chart.x_marks = {{0, "0"}, {place(study.pages_used(), 0).x, with_commas(study.pages_used())}};
  chart.y_marks = {{0, "0"}, {1, with_commas(static_cast<std::uint64_t>(most))}};
  return chart;
}

std::optional<CompareQuestionView> question_view(const CompareStudy& study) {
  const auto& q = study.question();
  if (!q) return std::nullopt;
  const Slider& slider = study.sliders().front();
  const std::string value = round_text(slider, q->value);
  CompareQuestionView view;
  view.task = fmt::format("Drag the {} to {}", slider.parameter.name, value);
  view.question = "Which strategy will be fastest?";
  view.is_open = !q->guess && !q->answer;
  if (q->answer) {
    const std::string fastest = study.setup().strategies[*q->answer].label;
    view.task = fmt::format("At {} the fastest is {}", value, letter_of_strategy(*q->answer));
    view.question = !q->guess ? fastest
                    : q->guess == q->answer
                        ? fastest + ": as you said"
                        : fmt::format("{}; you said {}", fastest, letter_of_strategy(*q->guess));
  } else if (q->guess) {
    view.question =
        fmt::format("You say {}. Move the slider and see.", letter_of_strategy(*q->guess));
  }
  for (std::size_t s = 0; s < study.setup().strategies.size(); ++s) {
    view.choices.push_back({letter_of_strategy(s), "", q->guess == s, q->answer == s});
    if (q->guess == s) view.choices.back().label = "your answer";
    if (q->answer == s && q->guess != s) view.choices.back().label = "it was this";
  }
  return view;
}

}  // namespace

CompareView compare_view(const CompareStudy& study, const lesson::Lesson& lesson) {
  CompareView view;
  view.title = lesson.title;
  view.prose = lesson.summary + ".";
  view.failure = study.failure();
  view.is_behind = study.is_behind();
  for (std::size_t i = 0; i < study.sliders().size(); ++i)
    view.sliders.push_back(slider_view(study, i));
  const comparison::Strategy& shown = study.setup().strategies[study.selected()];
  view.code_title = letter_of_strategy(study.selected()) + "  " + shown.label;
  std::istringstream source(shown.program.source);
  for (std::string line; std::getline(source, line);) {
    const bool is_setup =
        line.rfind("import", 0) == 0 || line.find("# parameter") != std::string::npos;
    if (!is_setup) view.code.push_back(line);
  }
  if (study.result()) {
    std::uint64_t longest = 1;
    for (const auto& outcome : study.result()->outcomes)
      longest = std::max(longest, outcome.time_ns());
    for (std::size_t i = 0; i < study.result()->outcomes.size(); ++i) {
      view.rows.push_back(row_view(study, i, longest));
    }
  }
  view.question = question_view(study);
  view.break_even = break_even_chart(study);
  view.policies = policy_chart(study);
  return view;
}

}  // namespace viz
