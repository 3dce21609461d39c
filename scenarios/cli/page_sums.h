// Pages of many turns: how often something happened to them, and which they are, each range once.

#pragma once

#include <string>
#include <vector>

#include "scenarios/session/run.h"

namespace cli {

// No list names more ranges than this; "..." stands for the others.
inline constexpr std::size_t kMostRangesShown = 6;

// " data.bin:0-15 a:3 ...", each page once, in ascending order.
std::string names_of(const session::Run&, std::vector<session::PageRun>);

// "16 major data.bin:0-15, 240 minor zero_page a:0-239": by kind and object. A page that faulted
// three times counts three times.
std::string sums_of(const session::Run&, const std::vector<session::FaultRun>&);
// "48 pages by eviction: data.bin:0-15"
std::string sums_of(const session::Run&, const std::vector<session::WriteBackRun>&);
// "16 pages: data.bin:0-15"; "48 times, 16 pages: data.bin:0-15"
std::string sums_of(const session::Run&, const std::vector<session::PageRun>&);

}  // namespace cli
