// `pagewalk doctor`: what of this computer Pagewalk can use, what each lack costs, and how to get
// it.

#pragma once

#include <string>

namespace cli {

struct DoctorOptions {
  std::string without;  // as of `pagewalk run`
  bool json = false;
};

// Ends with 0 when programs can be run on this computer.
int doctor(const DoctorOptions&);

// For --version: version, commit, kernel, and what a run could use of it.
std::string version_text();

}  // namespace cli
