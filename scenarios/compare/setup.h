// What is compared: strategies, and what they start from.

#pragma once

#include <string>
#include <variant>
#include <vector>

#include "scenarios/compare/parameter.h"
#include "scenarios/lesson/lesson.h"
#include "scenarios/session/play.h"

namespace comparison {

struct ProgramText {
  std::string name;  // of its file, as tracebacks show it
  std::string source;
};

// A program under a machine.
struct Strategy {
  std::string label;
  ProgramText program;
  session::Settings settings;
};

struct Setup {
  std::string title;
  session::Files files;             // there at first
  std::vector<ProgramText> makers;  // run in turn before each strategy, under its settings
  std::vector<Strategy> strategies;
  std::vector<std::string> answer_files;  // that have to be the same; none: all that there are
};

// The strategies of a lesson. They start after the same program.
std::variant<Setup, session::Failure> setup_of(const lesson::Lesson&);

// Each strategy under each of these settings of one key, "policy=lru,clock".
std::variant<Setup, session::Failure> under_each(const Setup&, std::string_view key_and_values);

// The parameters of all programs, by first appearance. A name that programs describe differently
// is a failure.
std::variant<std::vector<Parameter>, session::Failure> parameters_of(const Setup&);

}  // namespace comparison
