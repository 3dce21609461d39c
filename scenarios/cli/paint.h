// Colour and emphasis for a terminal; nothing where the output is not one.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

enum class Ink : std::uint8_t { plain, bold, dim, fault, dirty, good, bad };

class Paint {
 public:
  // On: when the stream is a terminal, NO_COLOR is not set (no-color.org) and TERM is not "dumb".
  static Paint for_stream(int file_descriptor);
  static Paint off() { return Paint(Mode::plain); }

  std::string operator()(Ink, std::string_view text) const;

 private:
  enum class Mode : std::uint8_t { plain, colour };
  explicit Paint(Mode mode) : mode_(mode) {}
  Mode mode_;
};

// Columns of the terminal, or 80.
unsigned terminal_width(int file_descriptor);

// How many columns a UTF-8 text takes, counting one per code point.
std::size_t columns(std::string_view text);
std::string padded(std::string_view text, std::size_t width);

}  // namespace cli
