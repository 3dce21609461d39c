// A lesson as text: its prose, each program with what happened, each prediction with its computed
// answer.

#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/cli/text_report.h"
#include "scenarios/lesson/lesson.h"

namespace cli {

class LessonReport {
 public:
  LessonReport(const lesson::Lesson& lesson, const Page& page) : lesson_(lesson), page_(page) {}

  // A program has run: its report and its "pagewalk.run/1".
  void ran(const std::string& program, std::string report, nlohmann::ordered_json run);

  // A program that runs on the simulated computer only, where that was not asked for.
  void left_out(const std::string& program);

  std::string text() const;
  nlohmann::ordered_json predictions() const;

 private:
  nlohmann::ordered_json answer(const lesson::Prediction&) const;

  const lesson::Lesson& lesson_;
  const Page& page_;
  std::map<std::string, std::string> reports_;
  std::map<std::string, nlohmann::ordered_json> runs_;
};

}  // namespace cli
