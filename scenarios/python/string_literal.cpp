// The inside of string literals.

#include "scenarios/python/string_literal.h"

#include "scenarios/python/utf8.h"

namespace python {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

[[noreturn]] void bad_escape(const Token& t, std::size_t from, std::size_t to,
                             const std::string& what) {
  fail_syntax(t.line, t.end_column,
              "(unicode error) 'unicodeescape' codec can't decode bytes in position " +
                  std::to_string(from) + "-" + std::to_string(to) + ": " + what);
}

class Unescaper {
 public:
  Unescaper(std::string_view body, bool is_bytes, const Token& t)
      : body_(body), is_bytes_(is_bytes), token_(t) {}

  std::string run() {
    while (at_ < body_.size()) {
      if (body_[at_] != '\\' || at_ + 1 >= body_.size()) {
        result_ += body_[at_++];
      } else {
        escape();
      }
    }
    return std::move(result_);
  }

 private:
  void escape() {
    const std::size_t start = at_;
    const char c = body_[at_ + 1];
    at_ += 2;
    switch (c) {
      case '\n': return;
      case '\r':
        if (at_ < body_.size() && body_[at_] == '\n') ++at_;
        return;
      case '\\': result_ += '\\'; return;
      case '\'': result_ += '\''; return;
      case '"': result_ += '"'; return;
      case 'a': result_ += '\a'; return;
      case 'b': result_ += '\b'; return;
      case 'f': result_ += '\f'; return;
      case 'n': result_ += '\n'; return;
      case 'r': result_ += '\r'; return;
      case 't': result_ += '\t'; return;
      case 'v': result_ += '\v'; return;
      case 'x': return hexadecimal(start, 2, "\\xXX");
      case 'u':
        if (!is_bytes_) return hexadecimal(start, 4, "\\uXXXX");
        break;
      case 'U':
        if (!is_bytes_) return hexadecimal(start, 8, "\\UXXXXXXXX");
        break;
      case 'N':
        if (!is_bytes_) {
          fail_unsupported(token_.line, token_.column, "\\N{...} in a string",
                           "\\u and the character's code");
        }
        break;
      default:
        if (c >= '0' && c <= '7') return octal(c);
    }
    // Unknown escapes stay as they are.
    result_ += '\\';
    result_ += c;
  }

  void octal(char first) {
    int value = first - '0';
    for (int i = 0; i < 2 && at_ < body_.size() && body_[at_] >= '0' && body_[at_] <= '7'; ++i) {
      value = value * 8 + (body_[at_++] - '0');
    }
    put(value & (is_bytes_ ? 0xFF : 0x1FF));
  }

  void hexadecimal(std::size_t start, std::size_t digits, const char* form) {
    std::int64_t value = 0;
    std::size_t n = 0;
    for (; n < digits && at_ < body_.size() && hex_digit(body_[at_]) >= 0; ++n) {
      value = value * 16 + hex_digit(body_[at_++]);
    }
    if (n < digits) {
      if (is_bytes_) {
        fail_syntax(token_.line, token_.end_column,
                    "(value error) invalid \\x escape at position " + std::to_string(start));
      }
      bad_escape(token_, start, at_ - 1, std::string("truncated ") + form + " escape");
    }
    if (value > 0x10FFFF) bad_escape(token_, start, at_ - 1, "illegal Unicode character");
    if (value >= 0xD800 && value < 0xE000) {
      fail_unsupported(token_.line, token_.column, "a lone surrogate in a string",
                       "the character itself");
    }
    put(value);
  }

  void put(std::int64_t value) {
    if (is_bytes_) {
      result_ += static_cast<char>(value);
    } else {
      append_code_point(result_, value);
    }
  }

  std::string_view body_;
  bool is_bytes_;
  const Token& token_;
  std::size_t at_ = 0;
  std::string result_;
};

// Finds where an f-string's expression ends: '}', ':', '!x' or '=' outside brackets and quotes.
class FieldScanner {
 public:
  FieldScanner(std::string_view body, std::size_t at, const Token& t)
      : body_(body), at_(at), token_(t) {}

  std::size_t find_end() {
    for (; at_ < body_.size(); ++at_) {
      const char c = body_[at_];
      if (c == '\\') fail("f-string expression part cannot include a backslash");
      if (c == '#') fail("f-string expression part cannot include '#'");
      if (!quote_.empty()) {
        skip_quoted();
        continue;
      }
      if (c == '\'' || c == '"') {
        const bool triple = body_.substr(at_).starts_with(std::string(3, c));
        quote_ = std::string(triple ? 3 : 1, c);
        at_ += quote_.size() - 1;
        continue;
      }
      if (c == '(' || c == '[' || c == '{') {
        brackets_ += c;
      } else if (!brackets_.empty() && (c == ')' || c == ']' || c == '}')) {
        close(c);
      } else if (ends_here(c)) {
        return at_;
      }
    }
    if (!quote_.empty()) fail("f-string: unterminated string");
    if (!brackets_.empty()) {
      fail(std::string("f-string: unmatched '") + brackets_.back() + "'");
    }
    fail("f-string: expecting '}'");
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    fail_syntax(token_.line, token_.end_column, message);
  }
  void skip_quoted() {
    if (!body_.substr(at_).starts_with(quote_)) return;
    at_ += quote_.size() - 1;
    quote_.clear();
  }
  void close(char c) {
    const char open = c == ')' ? '(' : c == ']' ? '[' : '{';
    if (brackets_.back() != open) {
      fail(std::string("f-string: closing parenthesis '") + c +
           "' does not match opening parenthesis '" + brackets_.back() + "'");
    }
    brackets_.pop_back();
  }
  bool ends_here(char c) {
    const char next = at_ + 1 < body_.size() ? body_[at_ + 1] : '\0';
    if (c == '}' || c == ':') return brackets_.empty();
    if (c == ')' || c == ']') fail(std::string("f-string: unmatched '") + c + "'");
    if (!brackets_.empty()) return false;
    if (c == '!') {
      if (next != '=') return true;
      ++at_;
      return false;
    }
    if (c == '<' || c == '>' || c == '=') {
      if (next == '=') {
        ++at_;
        return false;
      }
      return c == '=';
    }
    return false;
  }

  std::string_view body_;
  std::size_t at_;
  const Token& token_;
  std::string quote_;
  std::string brackets_;
};

// The end of a format spec: its closing brace, counting those of nested fields.
std::size_t find_spec_end(std::string_view body, std::size_t at, const Token& t) {
  int depth = 0;
  for (; at < body.size(); ++at) {
    if (body[at] == '{') ++depth;
    if (body[at] == '}' && depth-- == 0) return at;
  }
  fail_syntax(t.line, t.end_column, "f-string: expecting '}'");
}

}  // namespace

LiteralParts split_literal(std::string_view token) {
  LiteralParts parts;
  std::size_t i = 0;
  for (; token[i] != '"' && token[i] != '\''; ++i) {
    const char c = static_cast<char>(token[i] | 0x20);
    parts.is_raw = parts.is_raw || c == 'r';
    parts.is_bytes = parts.is_bytes || c == 'b';
    parts.is_formatted = parts.is_formatted || c == 'f';
  }
  const std::string_view quoted = token.substr(i);
  const bool triple = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0];
  const std::size_t quote = triple ? 3 : 1;
  parts.body = quoted.substr(quote, quoted.size() - 2 * quote);
  return parts;
}

std::string unescape(std::string_view body, bool is_bytes, const Token& t) {
  return Unescaper(body, is_bytes, t).run();
}

void check_ascii(std::string_view body, const Token& t) {
  for (const char c : body) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      fail_syntax(t.line, t.end_column, "bytes can only contain ASCII literal characters");
    }
  }
}

FieldParts split_field(std::string_view body, std::size_t at, const Token& t) {
  FieldParts parts;
  const std::size_t start = at + 1;
  std::size_t end = FieldScanner(body, start, t).find_end();
  parts.expression = body.substr(start, end - start);
  const auto expect_more = [&] {
    if (end >= body.size()) fail_syntax(t.line, t.end_column, "f-string: expecting '}'");
  };
  if (body[end] == '=') {
    ++end;
    while (end < body.size() && (body[end] == ' ' || body[end] == '\t')) ++end;
    parts.self_documenting = body.substr(start, end - start);
  }
  expect_more();
  if (body[end] == '!') {
    ++end;
    expect_more();
    parts.conversion = body[end];
    if (parts.conversion != 'r' && parts.conversion != 's' && parts.conversion != 'a') {
      fail_syntax(t.line, t.end_column,
                  "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    ++end;
    expect_more();
  }
  if (body[end] == ':') {
    const std::size_t close = find_spec_end(body, end + 1, t);
    parts.has_spec = true;
    parts.spec = body.substr(end + 1, close - end - 1);
    end = close;
  }
  if (body[end] != '}') fail_syntax(t.line, t.end_column, "f-string: expecting '}'");
  parts.end = end + 1;
  return parts;
}

}  // namespace python
