// Cuts a program's text into tokens.

#include "scenarios/python/lexer.h"

#include "scenarios/python/operator_tokens.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

constexpr std::size_t kDeepestIndentation = 100;  // CPython's MAXINDENT
constexpr std::size_t kDeepestBrackets = 200;     // CPython's MAXLEVEL
constexpr std::size_t kTab = 8;

class Lexer {
 public:
  Lexer(std::string_view source, LexerStart start)
      : source_(source),
        line_(start.line),
        column_(start.column),
        expression_(start.is_expression) {}

  Tokens run() {
    try {
      if (!expression_) start_line();
      while (at_ < source_.size()) next_token();
      finish();
    } catch (CompileFailure& failure) {
      result_.failure = std::move(failure);
      push(TokenKind::end, at_, line_, column_);
    }
    return std::move(result_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  void advance() {
    if ((static_cast<unsigned char>(source_[at_]) & 0xC0) != 0x80) ++column_;
    ++at_;
  }
  void advance(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) advance();
  }
  // Requires: at a line end ("\n", "\r\n" or "\r").
  void advance_line() {
    if (peek() == '\r' && peek(1) == '\n') ++at_;
    ++at_;
    ++line_;
    column_ = 1;
  }
  bool at_line_end() const { return peek() == '\n' || peek() == '\r'; }

  void push(TokenKind kind, std::size_t from, std::uint32_t line, std::uint32_t column) {
    result_.tokens.push_back({.kind = kind,
                              .text = source_.substr(from, at_ - from),
                              .line = line,
                              .column = column,
                              .end_line = line_,
                              .end_column = column_,
                              .nesting = static_cast<std::uint32_t>(brackets_.size())});
  }

  void skip_comment() {
    while (at_ < source_.size() && !at_line_end()) advance();
  }

  // Measures the indentation of the line that starts here; blank lines change nothing.
  void start_line() {
    for (;;) {
      std::size_t width = 0, alternative = 0;  // alternative: with tabs as one column
      while (peek() == ' ' || peek() == '\t' || peek() == '\f') {
        if (peek() == ' ') {
          ++width;
          ++alternative;
        } else if (peek() == '\t') {
          width = (width / kTab + 1) * kTab;
          ++alternative;
        } else {
          width = alternative = 0;
        }
        advance();
      }
      if (at_ >= source_.size()) return;
      if (peek() == '#') skip_comment();
      if (at_ >= source_.size()) return;
      if (at_line_end()) {
        advance_line();
        continue;
      }
      if (peek() == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
        advance();
        advance_line();
        continue;
      }
      set_indentation(width, alternative);
      return;
    }
  }

  void set_indentation(std::size_t width, std::size_t alternative) {
    if (width == indents_.back().width) {
      if (alternative != indents_.back().alternative) inconsistent_tabs();
      return;
    }
    if (width > indents_.back().width) {
      if (alternative <= indents_.back().alternative) inconsistent_tabs();
      if (indents_.size() >= kDeepestIndentation) {
        fail_indentation(line_, column_, "too many levels of indentation");
      }
      indents_.push_back({width, alternative});
      push(TokenKind::indent, at_, line_, column_);
      return;
    }
    while (indents_.size() > 1 && width < indents_.back().width) {
      indents_.pop_back();
      push(TokenKind::dedent, at_, line_, column_);
    }
    if (width != indents_.back().width) {
      while (at_ < source_.size() && !at_line_end()) advance();  // reported at the line's end
      fail_indentation(line_, column_, "unindent does not match any outer indentation level");
    }
    if (alternative != indents_.back().alternative) inconsistent_tabs();
  }

  [[noreturn]] void inconsistent_tabs() const {
    throw CompileFailure{.is_unsupported = false,
                         .type = "TabError",
                         .message = "inconsistent use of tabs and spaces in indentation",
                         .instead = {},
                         .line = line_,
                         .column = column_};
  }

  void next_token() {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\f') return advance();
    if (c == '#') return skip_comment();
    if (at_line_end()) return end_line();
    if (c == '\\') return continuation();
    if (is_name_start(c)) return name_or_string();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '"' || c == '\'') return string(at_, line_, column_);
    op();
  }

  void end_line() {
    if (!brackets_.empty() || expression_) return advance_line();
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    advance_line();
    result_.tokens.push_back({.kind = TokenKind::newline,
                              .text = source_.substr(from, 0),
                              .line = line,
                              .column = column,
                              .end_line = line,
                              .end_column = column + 1,
                              .nesting = 0});
    start_line();
  }

  void continuation() {
    const std::uint32_t column = column_;
    advance();
    if (at_ >= source_.size()) fail_syntax(line_, column, "unexpected EOF while parsing");
    if (!at_line_end()) {
      fail_syntax(line_, column_, "unexpected character after line continuation character");
    }
    advance_line();
    if (at_ >= source_.size()) fail_syntax(line_ - 1, column, "unexpected EOF while parsing");
  }

  void name_or_string() {
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    while (is_name_part(peek())) advance();
    const std::string_view name = source_.substr(from, at_ - from);
    const bool quote = peek() == '"' || peek() == '\'';
    if (quote && name.size() <= 2 && name.find_first_not_of("rRbBuUfF") == std::string_view::npos) {
      return string(from, line, column);
    }
    push(TokenKind::name, from, line, column);
  }

  void digits(std::string_view allowed) {
    const auto is_allowed = [&](char c) { return allowed.find(c) != std::string_view::npos; };
    while (is_allowed(peek()) || (peek() == '_' && is_allowed(peek(1)))) advance();
  }

  void number() {
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    const char second = static_cast<char>(peek(1) | 0x20);
    const char* kind = "decimal";
    if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
      kind = second == 'x' ? "hexadecimal" : second == 'o' ? "octal" : "binary";
      advance(2);
      if (peek() == '_') advance();
      const std::size_t first = at_;
      digits(second == 'x' ? "0123456789abcdefABCDEF" : second == 'o' ? "01234567" : "01");
      if (second != 'x' && is_digit(peek())) {
        fail_syntax(line_, column_,
                    std::string("invalid digit '") + peek() + "' in " + kind + " literal");
      }
      if (at_ == first) {
        fail_syntax(line_, column_ - 1, std::string("invalid ") + kind + " literal");
      }
    } else {
      decimal(from, line, column);
    }
    if (is_name_start(peek()) && !follows_as_keyword()) {
      fail_syntax(line_, column_ - 1, std::string("invalid ") + kind + " literal");
    }
    push(TokenKind::number, from, line, column);
  }

  // CPython lets `1if x else y` pass: a keyword may follow a number directly.
  bool follows_as_keyword() const {
    for (const std::string_view word : {"and", "else", "for", "if", "in", "is", "not", "or"}) {
      if (source_.substr(at_).starts_with(word)) return true;
    }
    return false;
  }

  void decimal(std::size_t from, std::uint32_t line, std::uint32_t column) {
    constexpr std::string_view kDigits = "0123456789";
    digits(kDigits);
    const std::string_view whole = source_.substr(from, at_ - from);
    bool real = false;
    if (peek() == '.') {
      advance();
      digits(kDigits);
      real = true;
    }
    const bool exponent =
        (peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && is_digit(peek(2))));
    if (exponent) {
      advance(2);
      digits(kDigits);
      real = true;
    }
    if (peek() == 'j' || peek() == 'J') {
      advance();
      return;
    }
    if (!real && whole.size() > 1 && whole[0] == '0' &&
        whole.find_first_not_of("0_") != std::string_view::npos) {
      fail_syntax(line, column,
                  "leading zeros in decimal integer literals are not permitted; use an 0o prefix "
                  "for octal integers");
    }
    if (peek() == '_') fail_syntax(line_, column_, "invalid decimal literal");
  }

  void string(std::size_t from, std::uint32_t line, std::uint32_t column) {
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    advance(triple ? 3 : 1);
    for (;;) {
      if (at_ >= source_.size() || (!triple && at_line_end())) {
        fail_syntax(line, column,
                    std::string(triple ? "unterminated triple-quoted string literal"
                                       : "unterminated string literal") +
                        " (detected at line " + std::to_string(last_line()) + ")");
      }
      if (peek() == quote && (!triple || (peek(1) == quote && peek(2) == quote))) break;
      if (peek() == '\\' && at_ + 1 < source_.size()) advance();
      if (at_line_end()) {
        advance_line();
      } else {
        advance();
      }
    }
    advance(triple ? 3 : 1);
    push(TokenKind::string, from, line, column);
  }

  // A text that ends with a line end does not have a line after it.
  std::uint32_t last_line() const {
    const bool after_end = at_ >= source_.size() && column_ == 1 && line_ > 1;
    return after_end ? line_ - 1 : line_;
  }

  void op() {
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    const char c = peek();
    if (c == '(' || c == '[' || c == '{') return open(c);
    if (c == ')' || c == ']' || c == '}') return close(c);
    const std::size_t length = operator_length(source_.substr(at_));
    if (length == 0) refuse_character(c);
    advance(length);
    push(TokenKind::op, from, line, column);
  }

  [[noreturn]] void refuse_character(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const std::string code{'0', '0', kHex[byte >> 4], kHex[byte & 15]};
      fail_syntax(line_, column_, "invalid non-printable character U+" + code);
    }
    fail_syntax(line_, column_, "invalid syntax");
  }

  void open(char c) {
    if (brackets_.size() >= kDeepestBrackets) {
      fail_syntax(line_, column_, "too many nested parentheses");
    }
    brackets_.push_back({c, line_, column_});
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    advance();
    push(TokenKind::op, from, line, column);
  }

  void close(char c) {
    if (brackets_.empty()) {
      fail_syntax(line_, column_, std::string("unmatched '") + c + "'");
    }
    const OpenBracket open = brackets_.back();
    const char wanted = open.bracket == '(' ? ')' : open.bracket == '[' ? ']' : '}';
    if (c != wanted) {
      std::string message = std::string("closing parenthesis '") + c +
                            "' does not match opening parenthesis '" + open.bracket + "'";
      if (open.line != line_) message += " on line " + std::to_string(open.line);
      fail_syntax(line_, column_, message);
    }
    const std::size_t from = at_;
    const std::uint32_t line = line_, column = column_;
    advance();
    push(TokenKind::op, from, line, column);
    brackets_.pop_back();
  }

  void finish() {
    if (!brackets_.empty()) result_.unclosed = brackets_.back();
    end_at_last_line();
    if (!expression_ && brackets_.empty()) {
      const bool open_line = !result_.tokens.empty() &&
                             result_.tokens.back().kind != TokenKind::newline &&
                             result_.tokens.back().kind != TokenKind::dedent;
      if (open_line) push(TokenKind::newline, at_, line_, column_);
      for (; indents_.size() > 1; indents_.pop_back()) {
        push(TokenKind::dedent, at_, line_, column_);
      }
    }
    push(TokenKind::end, at_, line_, column_);
  }

  // What ends the program stands at the end of its last line, not on a line after it.
  void end_at_last_line() {
    if (expression_ || column_ != 1 || result_.tokens.empty()) return;
    const Token& last = result_.tokens.back();
    if (last.kind != TokenKind::newline && last.kind != TokenKind::dedent) return;
    line_ = last.line;
    column_ = last.column;
  }

  struct Indentation {
    std::size_t width = 0, alternative = 0;
  };

  std::string_view source_;
  std::size_t at_ = 0;
  std::uint32_t line_, column_;
  bool expression_;
  std::vector<Indentation> indents_{{}};
  std::vector<OpenBracket> brackets_;
  Tokens result_;
};

}  // namespace

Tokens tokenize(std::string_view source, LexerStart start) { return Lexer(source, start).run(); }

}  // namespace python
