// The turns of a line in words: in which of them something happened, and how much in one.

#pragma once

#include <string>

#include "scenarios/session/turns.h"

namespace cli {

// "1 a turn", "1 to 3 a turn", "1 in each of 16 turns, #1 to #241", "all in turn #5".
// Empty where nothing happened.
std::string in_words(const session::Spread&, std::uint64_t turns);

// "1 to 16 over the turns"; empty where it was the same after every one.
std::string in_words(const session::Range&);

}  // namespace cli
