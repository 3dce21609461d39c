// A lesson: Markdown with runnable programs, machine settings as TOML front matter between +++
// lines, and predictions whose answers are computed from the runs.
//
//   +++
//   title = "Three programs"
//   summary = "one line for `pagewalk lessons`"
//   [machine]
//   frames = 64
//   +++
//   prose ...
//   ```python name=program-3 after=program-1      a program; it starts on cold computers with the
//   files
//   ...                                           that program-1 left (without after=: with none)
//   ```
//   ```predict                                    a question, as TOML: question, choices
//   (optional),
//   ...                                           of (a program's name), answer (a JSON pointer,
//   RFC 6901,
//   ```                                           into that program's "pagewalk.run/1"), because
//   (optional)

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/session/settings.h"

namespace lesson {

enum class SpanStyle : std::uint8_t { plain, emphasis, strong, code };
struct Span {
  std::string text;
  SpanStyle style = SpanStyle::plain;
};

struct Heading {
  unsigned level = 1;
  std::vector<Span> spans;
};
struct Paragraph {
  std::vector<Span> spans;
};
struct ListItem {
  unsigned depth = 0;  // 0: outermost list
  std::string marker;  // "-" or "1."
  std::vector<Span> spans;
};
struct Listing {  // a code block that is not run
  std::string text;
};
struct ProgramBlock {
  std::string name;
  std::string after;  // empty: starts with no files
  std::string source;
};
struct Prediction {
  std::string question;
  std::vector<std::string> choices;
  std::string of;       // a program's name
  std::string answer;   // JSON pointer
  std::string because;  // why, in a sentence
};

using Block = std::variant<Heading, Paragraph, ListItem, Listing, ProgramBlock, Prediction>;

struct Lesson {
  std::string name;  // "three-programs"
  std::string title;
  std::string summary;
  session::Settings settings;
  std::vector<Block> blocks;

  const ProgramBlock* program(std::string_view name) const;  // null when there is none
};

struct Problem {
  std::string message;  // with the line where known
};

// Requires of the text: front matter with a title, at least one program, unique program names,
// `after` and `of` naming programs that stand earlier (for `of`: anywhere).
std::variant<Lesson, Problem> parse(std::string_view name, std::string_view text);

// The lessons compiled into the program, in order of their file names.
struct Shipped {
  std::string_view name;
  std::string_view text;
};
std::vector<Shipped> shipped_lessons();

}  // namespace lesson
