// A place in a run, written LINE[#TURN][:TOUCH]: just before LINE's first (or TURN-th) execution
// or, with TOUCH, after that many of the touches which that execution makes itself.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace session {

struct Place {
  std::uint32_t line = 0;
  std::uint64_t turn = 1;
  std::optional<std::uint64_t> touch = {};
  friend bool operator==(const Place&, const Place&) = default;
};

// Or what is wrong with the text, and how a place is written.
std::variant<Place, std::string> parse_place(std::string_view text);

// As it is written, without what goes without saying: "4", "4#2", "4:7".
std::string name_of(const Place&);

// What happens there.
struct Stop {
  enum class How : std::uint8_t {
    killed,     // the process dies of SIGKILL; the kernel and its page cache live on
    power_cut,  // the computer dies; only what the disk holds is found afterwards
  } how = How::killed;
  Place place;
};

}  // namespace session
