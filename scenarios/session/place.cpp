// Numbers between '#' and ':'.

#include "scenarios/session/place.h"

#include <fmt/format.h>

#include <limits>

#include "scenarios/session/whole_number.h"

namespace session {
namespace {

std::string wrong(std::string_view text, std::string_view why) {
  return fmt::format(
      "'{}' is no place: {}. A place is LINE[#TURN][:TOUCH]: 4 is just before line 4 is first "
      "executed, 4#3 before its third time, 4:2 after two of its touches",
      text, why);
}

}  // namespace

std::variant<Place, std::string> parse_place(std::string_view text) {
  std::string_view rest = text;
  Place place;
  if (const auto colon = rest.find(':'); colon != std::string_view::npos) {
    place.touch = whole_number(rest.substr(colon + 1));
    if (!place.touch) return wrong(text, "what follows ':' must be a number of touches");
    rest = rest.substr(0, colon);
  }
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    const auto turn = whole_number(rest.substr(hash + 1));
    if (!turn || *turn == 0) {
      return wrong(text, "what follows '#' must say which execution, from 1 on");
    }
    place.turn = *turn;
    rest = rest.substr(0, hash);
  }
  const auto line = whole_number(rest);
  if (!line || *line == 0 || *line > std::numeric_limits<std::uint32_t>::max()) {
    return wrong(text, "it must begin with a line of the program, from 1 on");
  }
  place.line = static_cast<std::uint32_t>(*line);
  return place;
}

std::string name_of(const Place& place) {
  std::string text = std::to_string(place.line);
  if (place.turn != 1) text += fmt::format("#{}", place.turn);
  if (place.touch) text += fmt::format(":{}", *place.touch);
  return text;
}

}  // namespace session
