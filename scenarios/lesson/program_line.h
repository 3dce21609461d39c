// The line that opens a program in a lesson: ```python name=a after=b frames=8 power-cut=6.

#pragma once

#include <string_view>
#include <variant>

#include "scenarios/lesson/lesson.h"

namespace lesson {

// False: a code block that is only shown.
bool is_program_line(std::string_view info);

// Without the source. Requires: is_program_line(). `settings` are the lesson's.
std::variant<ProgramBlock, Problem> parse_program_line(std::string_view info,
                                                       const session::Settings& settings);

}  // namespace lesson
