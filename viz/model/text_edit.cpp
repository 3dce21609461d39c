// One string; snapshots for undo, since programs are short.

#include "viz/model/text_edit.h"

#include <algorithm>

namespace viz {
namespace {

constexpr std::size_t kIndent = 4;
constexpr std::size_t kMostSnapshots = 500;

bool is_inside(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_inside(c); }));
}

}  // namespace

std::size_t TextEdit::before(std::size_t at) const {
  while (at > 0 && is_inside(text_[--at])) {
  }
  return at;
}

std::size_t TextEdit::after(std::size_t at) const {
  if (at < text_.size()) ++at;
  while (at < text_.size() && is_inside(text_[at])) ++at;
  return at;
}

std::size_t TextEdit::line_begin() const {
  if (caret_ == 0) return 0;
  const std::size_t newline = text_.rfind('\n', caret_ - 1);
  return newline == std::string::npos ? 0 : newline + 1;
}

std::size_t TextEdit::line() const {
  return static_cast<std::size_t>(
      std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(caret_), '\n'));
}

std::size_t TextEdit::column() const {
  const std::size_t begin = line_begin();
  return characters(std::string_view(text_).substr(begin, caret_ - begin));
}

std::vector<std::string> TextEdit::lines() const {
  std::vector<std::string> lines(1);
  for (const char c : text_) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

void TextEdit::place(std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (; line > 0; --line) {
    const std::size_t newline = text_.find('\n', at);
    if (newline == std::string::npos) break;
    at = newline + 1;
  }
  while (column-- > 0 && at < text_.size() && text_[at] != '\n') at = after(at);
  caret_ = at;
}

void TextEdit::move(Motion motion) {
  switch (motion) {
    case Motion::left: caret_ = before(caret_); break;
    case Motion::right: caret_ = after(caret_); break;
    case Motion::up:
      if (line() > 0) {
        place(line() - 1, column());
      } else {
        caret_ = 0;
      }
      break;
    case Motion::down: place(line() + 1, column()); break;
    case Motion::line_begin: caret_ = line_begin(); break;
    case Motion::line_end: caret_ = std::min(text_.find('\n', caret_), text_.size()); break;
    case Motion::text_begin: caret_ = 0; break;
    case Motion::text_end: caret_ = text_.size(); break;
  }
}

void TextEdit::remember() {
  past_.push_back({text_, caret_});
  if (past_.size() > kMostSnapshots) past_.erase(past_.begin());
  future_.clear();
}

void TextEdit::insert(std::string_view what) {
  if (what.empty()) return;
  remember();
  text_.insert(caret_, what);
  caret_ += what.size();
}

void TextEdit::new_line() {
  const std::size_t begin = line_begin();
  std::size_t depth = 0;
  while (begin + depth < caret_ && text_[begin + depth] == ' ') ++depth;
  if (caret_ > begin && text_[caret_ - 1] == ':') depth += kIndent;
  insert("\n" + std::string(depth, ' '));
}

void TextEdit::indent() { insert(std::string(kIndent - column() % kIndent, ' ')); }

void TextEdit::erase_before() {
  if (caret_ == 0) return;
  remember();
  const std::size_t begin = line_begin();
  std::size_t from = before(caret_);
  const bool only_spaces = caret_ > begin && text_.find_first_not_of(' ', begin) >= caret_;
  if (only_spaces) from = begin + (caret_ - begin - 1) / kIndent * kIndent;
  text_.erase(from, caret_ - from);
  caret_ = from;
}

void TextEdit::erase_after() {
  if (caret_ == text_.size()) return;
  remember();
  text_.erase(caret_, after(caret_) - caret_);
}

void TextEdit::undo() {
  if (past_.empty()) return;
  future_.push_back({text_, caret_});
  text_ = past_.back().text;
  caret_ = past_.back().caret;
  past_.pop_back();
}

void TextEdit::redo() {
  if (future_.empty()) return;
  past_.push_back({text_, caret_});
  text_ = future_.back().text;
  caret_ = future_.back().caret;
  future_.pop_back();
}

}  // namespace viz
