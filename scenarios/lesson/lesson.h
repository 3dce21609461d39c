// A lesson: Markdown with runnable programs, machine settings as TOML front matter between +++
// lines, and predictions whose answers are computed from the runs.
//
//   +++
//   title = "Three programs"
//   summary = "one line for `pagewalk lessons`"
//   [machine]
//   frames = 64
//   [[strategy]]                 programs to be compared, in this order (`pagewalk compare`)
//   program = "whole"
//   label = "fromfile, tofile"
//   +++
//   prose ...
//   ```python name=program-3 after=program-1 frames=8
//   a program. It starts on cold computers with the files that program-1 left (without after=: with
//   none). The other words: on=sim (not on the real computer), kill=PLACE, power-cut=PLACE, and
//   settings of this program's machine.
//   ```
//   ```predict
//   a question, as TOML: question, choices (optional), of (a program's name), answer (a JSON
//   pointer, RFC 6901, into that program's "pagewalk.run/1"), because (optional)
//   ```

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/session/place.h"
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
  session::Settings settings;  // the lesson's, and what its own line sets
  enum class Computers : std::uint8_t { both, simulated } on = Computers::both;
  std::optional<session::Stop> stop;  // where the run is cut short
};
struct Prediction {
  std::string question;
  std::vector<std::string> choices;
  std::string of;       // a program's name
  std::string answer;   // JSON pointer
  std::string because;  // why, in a sentence
};

using Block = std::variant<Heading, Paragraph, ListItem, Listing, ProgramBlock, Prediction>;

// A program that is compared with others: the same answer by other means.
struct Strategy {
  std::string program;  // a program's name
  std::string label;    // "seek, read, write"
};

struct Lesson {
  std::string name;  // "three-programs"
  std::string title;
  std::string summary;
  session::Settings settings;
  std::vector<Block> blocks;
  std::vector<Strategy> strategies;  // empty: nothing to compare

  const ProgramBlock* program(std::string_view name) const;  // null when there is none
};

struct Problem {
  std::string message;  // with the line where known
};

// Requires of the text: front matter with a title, at least one program, unique program names,
// `after` and `of` naming programs that stand earlier (for `of` and strategies: anywhere).
std::variant<Lesson, Problem> parse(std::string_view name, std::string_view text);

// The lessons compiled into the program, in the order in which a class takes them.
struct Shipped {
  std::string_view name;
  std::string_view text;
};
std::vector<Shipped> shipped_lessons();

}  // namespace lesson
