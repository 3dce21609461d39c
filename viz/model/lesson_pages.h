// A lesson as the app shows it: one page a program, with the prose that leads to it and the
// questions about it.

#pragma once

#include <string>
#include <vector>

#include "scenarios/lesson/lesson.h"

namespace viz {

struct LessonPage {
  std::string title;
  std::string prose;  // before the program
  std::string after;  // what is said when it has run
  lesson::ProgramBlock program;
  std::vector<lesson::Prediction> questions;
};

std::vector<LessonPage> pages_of(const lesson::Lesson&);

}  // namespace viz
