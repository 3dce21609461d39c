// `pagewalk run`: a program or a lesson, on one computer or both, told as text or JSON.

#pragma once

#include <string>

#include "scenarios/cli/given_settings.h"

namespace cli {

struct RunOptions {
  std::string what;  // FILE.py, LESSON.md or the name of a shipped lesson
  std::string on = "both";
  GivenSettings settings;
  std::string mode = "exact";
  std::string trace;
  std::string plant;  // hidden: for the test that shows what would be noticed
  std::string files;
  std::string events;
  std::string without;
  bool json = false;
  bool each_turn = false;  // of a loop is told
  std::string kill;        // a place; empty: nowhere
  std::string power_cut;   // the same
  std::vector<std::string> inject;
};

int run(const RunOptions&);

// `pagewalk lessons`
int list_lessons();

}  // namespace cli
