// What the command's exit status says.

#pragma once

#include "scenarios/session/run.h"

namespace cli {

enum ExitStatus : int {
  kOk = 0,
  // The program raised (SyntaxError too), left with a status that is not 0, or its budget ended.
  kProgramFailed = 1,
  kBadInput = 2,      // bad input, setting or unsupported construct
  kDisagreement = 3,  // the computers differ and nothing explains it
  kSignalBase = 128,  // + N: the program died of signal N
};

int status_of(const session::Ending&);

// Of two, the one to end with: unexplained differences are never hidden, else the first that is
// not 0.
int worse(int first, int second);

}  // namespace cli
