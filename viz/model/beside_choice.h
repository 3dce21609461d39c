// What can stand beside the run that is open: another program of its lesson, or the same program on
// another machine.

#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "viz/model/lesson_pages.h"

namespace viz {

struct BesideChoice {
  std::string name;   // a program's, or a setting: "frames=9"
  std::string title;  // "Column by column", "With 9 frames"
};

// One of the lesson's programs by its name, else a setting that makes another machine.
bool is_setting(const std::string& choice);
std::string title_of(const std::string& choice, const std::vector<LessonPage>&);

// Of the page that is open: the other programs first, then machines.
std::vector<BesideChoice> beside_choices(const std::vector<LessonPage>&, std::size_t page);
// The program that follows, else the one before; where there is no other, a larger machine.
std::string beside_default(const std::vector<LessonPage>&, std::size_t page);
// The page's machine with that setting; what is wrong with it.
std::variant<session::Settings, std::string> with_setting(const session::Settings&,
                                                          const std::string& assignment);

}  // namespace viz
