// What accounts for the differences of two runs, cause by cause: how many figures differ for it, in
// which lines, and of how many pages it is. As long as the program, not as its touches.

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "scenarios/session/page_sets.h"

namespace session {

// The causes a difference can have. Each is looked for in the runs themselves.
namespace cause {
inline constexpr const char* background_write_back = "background_write_back";
// Default mode: each by what the kernel did to the very pages.
inline constexpr const char* fault_around = "fault_around";
inline constexpr const char* readahead = "readahead";
inline constexpr const char* large_folio = "large_folio";
inline constexpr const char* no_pressure = "no_pressure";
}  // namespace cause

struct Account {
  std::uint64_t figures = 0;  // that differ, most of all for this cause
  PageSet pages;              // that the cause was about
  std::set<std::uint32_t> lines;
  std::string evidence;  // of the first difference
};

// "fault-around mapped 240 pages that the textbook machine would have faulted on"
std::string sentence_of(const std::string& cause, const Account&);
// "3-5, 9", of many lines the first.
std::string in_words(const std::set<std::uint32_t>& lines);

}  // namespace session
