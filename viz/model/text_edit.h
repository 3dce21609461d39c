// A program's text under the user's hands: a caret, and what can be done at it, and undone.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace viz {

// Columns and offsets count bytes; the caret never stands inside a character.
class TextEdit {
 public:
  TextEdit() = default;
  explicit TextEdit(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  std::size_t caret() const { return caret_; }
  std::size_t line() const;    // of the caret, from 0
  std::size_t column() const;  // of the caret, in characters from 0
  std::vector<std::string> lines() const;

  enum class Motion { left, right, up, down, line_begin, line_end, text_begin, text_end };
  void move(Motion);
  void place(std::size_t line, std::size_t column);  // the nearest place that there is

  void insert(std::string_view);
  // Begins the new line as deep as this one, and deeper after a colon.
  void new_line();
  void indent();
  void erase_before();  // to the last indent where only spaces are before it
  void erase_after();
  void undo();
  void redo();

 private:
  struct Snapshot {
    std::string text;
    std::size_t caret = 0;
  };
  void remember();
  std::size_t line_begin() const;
  std::size_t before(std::size_t at) const;  // the character that ends there
  std::size_t after(std::size_t at) const;

  std::string text_;
  std::size_t caret_ = 0;
  std::vector<Snapshot> past_, future_;
};

}  // namespace viz
