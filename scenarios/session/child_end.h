// How a child process ended, in words.

#pragma once

#include <string>

#include "real/child.h"

namespace session {

// "died of signal 11 (Segmentation fault)": of a child that did not tell its end itself.
std::string what_happened(const real::Ended&);

}  // namespace session
