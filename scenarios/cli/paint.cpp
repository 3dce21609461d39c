// ANSI escape sequences (ECMA-48), chosen to read on dark and light backgrounds.

#include "scenarios/cli/paint.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace cli {

Paint Paint::for_stream(int file_descriptor) {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool coloured = isatty(file_descriptor) == 1 && !dumb && std::getenv("NO_COLOR") == nullptr;
  return Paint(coloured ? Mode::colour : Mode::plain);
}

std::string Paint::operator()(Ink ink, std::string_view text) const {
  if (mode_ == Mode::plain || ink == Ink::plain) return std::string(text);
  const char* code = "";
  switch (ink) {
    case Ink::plain: break;
    case Ink::bold: code = "1"; break;
    case Ink::dim: code = "2"; break;
    case Ink::fault: code = "31"; break;
    case Ink::dirty: code = "33"; break;
    case Ink::good: code = "32"; break;
    case Ink::bad: code = "1;31"; break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

unsigned terminal_width(int file_descriptor) {
  winsize size{};
  if (ioctl(file_descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::max<unsigned>(size.ws_col, 40);
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace cli
