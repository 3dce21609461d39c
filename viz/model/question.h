// A question of a lesson: when it is asked, when its answer shows, and what the answer is. All from
// the run.

#pragma once

#include <string>

#include "scenarios/lesson/lesson.h"
#include "viz/model/film.h"

namespace viz {

struct Asked {
  Tick at = 0;         // the run stands still here until an answer is chosen
  Tick reveal = 0;     // from here on the answer is seen
  std::string answer;  // as the run's JSON has it
};

// A figure that the run adds up is asked for before the first line that changes it, and told when
// the last one has; anything else before the program's last line.
Asked ask(const lesson::Prediction&, const Film&);

}  // namespace viz
