// `pagewalk exec`: a program as python3 would run it.

#pragma once

#include <string>

#include "scenarios/cli/given_settings.h"

namespace cli {

struct ExecOptions {
  std::string program;
  std::string on = "sim";
  GivenSettings settings;
};

int execute(const ExecOptions&);

}  // namespace cli
