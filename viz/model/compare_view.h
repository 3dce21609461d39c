// The comparison's screen as plain data.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/model/compare_study.h"
#include "viz/model/table.h"

namespace viz {

struct SliderView {
  std::string label, value, note;
  float part = 0;
  std::optional<float> target;  // where a question wants it
  std::string target_value;     // "20 %"
};
struct StrategyRow {
  std::string letter, label;
  std::vector<std::string> cells;  // faults, read, written, copied, memory
  std::string time;                // simulated, ms
  std::string measured;            // on this computer, ms; or why not
  bool is_measured = false;
  std::string measured_tip;
  std::string remark;  // "fastest", or why it is out of the race
  bool is_selected = false, is_fastest = false, is_right = true;
  // Parts of the longest time: read, faults, copies and calls, write.
  float parts[4] = {0, 0, 0, 0};
  std::string tip;
};
struct ChartPoint {
  float x = 0, y = 0;  // 0 to 1, y upwards
};
struct ChartLine {
  std::string label;
  std::vector<ChartPoint> points;
  bool is_strong = false;
  std::size_t label_at = 0;  // the point that the label would like to stand at
};
struct ChartView {
  std::string title, note;
  std::vector<ChartLine> lines;
  std::vector<std::pair<float, std::string>> x_marks, y_marks;
  std::optional<float> now;
  std::string now_label;  // "now 5.0 %"
  std::optional<ChartPoint> crossing;
  std::string crossing_label, before, beyond;  // "equal at 8.9 %", "C is faster", "A is faster"
  std::string why_none;                        // in place of the lines
};
// "Drag the share to 20 %": which will be the fastest there.
struct CompareQuestionView {
  std::string task, question;
  struct Choice {
    std::string letter, label;  // label: "your answer", "it was this"
    bool is_chosen = false, is_answer = false;
  };
  std::vector<Choice> choices;
  bool is_open = false;  // a choice can be made
};
struct CompareView {
  std::string title, prose;
  std::vector<SliderView> sliders;
  std::string code_title;
  std::vector<std::string> code;
  std::vector<StrategyRow> rows;
  ChartView break_even, policies;
  std::optional<CompareQuestionView> question;
  std::string failure;
  bool is_behind = false;
};

CompareView compare_view(const CompareStudy&, const lesson::Lesson&);
// The strategies, and both charts as far as they are computed.
std::vector<Table> tables_of(const CompareStudy&);

}  // namespace viz
