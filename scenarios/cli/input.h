// What the user named on the command line, read and checked: a program or a lesson.

#pragma once

#include <string>
#include <variant>

#include "scenarios/lesson/lesson.h"
#include "scenarios/session/play.h"

namespace cli {

struct ProgramText {
  std::string file_name;  // as tracebacks show it
  std::string text;
};

// The text of a file: regular, at most 4 MiB, without NUL bytes, UTF-8.
std::variant<std::string, session::Failure> read_text(const std::string& path);

// FILE.py, LESSON.md, or a shipped lesson's name.
using Input = std::variant<ProgramText, lesson::Lesson>;
std::variant<Input, session::Failure> read_input(const std::string& what);

// "line 3, column 7", the source line, a caret, and what to write instead; or CPython's own text
// for what CPython refuses too.
std::string text_of(const python::CompileProblem&, const std::string& file_name);

}  // namespace cli
