// The one door to toml++, for every reader of TOML.
//
// Version 3.3.0 asserts that a key follows "[", before it looks, although the line after the
// assertion answers anything else with an error. Its assertions are off, so that a file which ends
// there is told as bad TOML and not as a crash. They are the same in every unit, as the library is
// all inline.

#pragma once

#ifdef TOMLPLUSPLUS_H
#error "toml++ is included through scenarios/session/toml_text.h"
#endif
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>
