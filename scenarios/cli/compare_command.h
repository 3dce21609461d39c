// `pagewalk compare`: strategies held against each other, told as text or JSON.

#pragma once

#include <string>
#include <vector>

#include "scenarios/cli/given_settings.h"

namespace cli {

struct CompareOptions {
  std::vector<std::string> what;  // programs, or one lesson that has strategies
  std::string on = "sim";         // both: measured on this computer too
  GivenSettings settings;
  std::string each;                 // KEY=VALUE,VALUE: every strategy under each
  std::vector<std::string> values;  // PARAMETER=VALUE each
  std::string over;                 // NAME=FIRST..LAST[:POINTS]
  bool policies = false;
  std::vector<std::string> answer;  // names of the files that have to be the same
  std::string files;
  bool json = false;
};

int compare(const CompareOptions&);

}  // namespace cli
