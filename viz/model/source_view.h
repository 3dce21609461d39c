// The lesson's column: where it stands, the program with its figures, and what to do next.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace viz {

struct SourceCell {
  std::string text;  // "1", "?", or nothing
  bool is_zero = false;
};

struct SourceLineView {
  std::uint32_t number = 0;
  std::string text;
  std::string note;  // below it: "turn 2 of 30"
  std::vector<SourceCell> cells;
  bool is_current = false;
  bool is_ahead = false;  // not run yet
  bool is_wrong = false;  // the error is here
  std::string tip;
};

enum class Mark : std::uint8_t { none, major, minor, dirty, written, swapped };

struct ColumnView {
  std::string title;  // "faults"
  Mark mark = Mark::none;
};

struct ChoiceView {
  std::string figure;  // "4,096"
  std::string label;   // "your answer"
  bool is_chosen = false;
  bool is_answer = false;  // known by now
};

struct QuestionView {
  std::string question;
  std::vector<ChoiceView> choices;
  std::string because;  // once it is answered
  bool is_open = false;
};

struct LessonView {
  std::string above;  // "Program 3 of 4"
  std::string title;
  std::string prose;
  std::vector<ColumnView> columns;
  std::vector<SourceLineView> lines;
  std::string said;       // "You predicted 1 fault. It was 1."
  QuestionView question;  // empty text: none now
  std::string action;     // of the one solid button
  bool is_action_ready = true;
  std::string output;
};

}  // namespace viz
