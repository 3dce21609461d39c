// How the app says things: numbers, pages, elements, times. One home, so that all panels say the
// same.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scenarios/session/run.h"
#include "sim/inspection.h"
#include "viz/model/player.h"

namespace viz {

std::string with_commas(std::uint64_t);               // "262,144"
std::string counted(std::uint64_t, const char* one);  // "1 page", "2 pages"
std::string time_text(std::uint64_t ns);              // "50.8 µs"
std::string bytes_text(std::uint64_t);                // "64 MiB", "16 bytes"

std::string policy_text(sim::PolicyKind);  // "LRU"

std::string machine_text(const sim::MachineConfig&);  // "LRU, 64 frames"

// Where a player stands: "line 3 of 4, access 2 of 2".
std::string position_text(const Player&);

// Of a run under way: "running the program: 4,096 accesses so far".
std::string running_text(std::uint64_t accesses);

std::string with_capital(std::string sentence);

// What a person calls an object: "data.bin", "a".
std::string name_of_object(const session::Run&, std::uint32_t object);
std::string name_of_page(const session::Run&, sim::PageName);  // "page 0 of data.bin"

// The element of a variable that lies there, as source text: "mm[3]". Nothing where no variable's
// array is.
std::optional<std::string> element_at(const Film&, std::size_t visit, sim::VirtAddr);
// "store to mm[3]", "load from data.bin", "read() of data.bin".
std::string access_text(const Player&);
// The same for a small box: "store mm[3]".
std::string brief_access_text(const Player&);
// Where the access lies in its page: "page 0 of data.bin + 12".
std::string place_text(const Player&);

// The same in a small cell: "a3".
std::string short_name_of_page(const session::Run&, sim::PageName);

// By which a small cell names an object: its first letter, with a prime for what a forked process
// inherited.
std::string initial_of(const std::string& object_name);

}  // namespace viz
