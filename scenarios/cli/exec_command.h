// `pagewalk exec`: a program as python3 would run it.

#pragma once

#include <string>

namespace cli {

struct ExecOptions {
  std::string program;
  std::string on = "sim";
};

int execute(const ExecOptions&);

}  // namespace cli
