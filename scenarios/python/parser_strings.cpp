// Parses string and bytes literals: escapes, implicit concatenation, and the fields of f-strings.

#include <algorithm>

#include "scenarios/python/parser.h"
#include "scenarios/python/string_literal.h"
#include "scenarios/python/utf8.h"

namespace python {

namespace {

NodePtr text_node(std::string text, const Token& t) {
  auto node = std::make_unique<Node>();
  node->kind = NodeKind::constant;
  node->line = t.line;
  node->column = t.column;
  node->end_line = t.end_line;
  node->end_column = t.end_column;
  node->value = std::make_unique<Constant>();
  node->value->kind = Constant::Kind::text;
  node->value->text = std::move(text);
  return node;
}

}  // namespace

NodePtr Parser::strings() {
  const Token first = token();
  std::vector<NodePtr> parts;  // of an f-string
  std::string text;
  bool formatted = false;
  bool is_bytes = false;
  for (bool start = true; at_kind(TokenKind::string); start = false) {
    const Token t = take();
    const LiteralParts literal = split_literal(t.text);
    if (!start && literal.is_bytes != is_bytes) {
      fail(first, "cannot mix bytes and nonbytes literals");
    }
    is_bytes = literal.is_bytes;
    if (!literal.is_formatted) {
      text +=
          literal.is_raw ? std::string(literal.body) : unescape(literal.body, literal.is_bytes, t);
      if (is_bytes) check_ascii(literal.body, t);
      continue;
    }
    formatted = true;
    if (!text.empty()) parts.push_back(text_node(std::move(text), t));
    text.clear();
    f_string(literal.body, t, literal.is_raw, parts, 0);
  }
  if (formatted) {
    if (!text.empty()) parts.push_back(text_node(std::move(text), first));
    NodePtr node = make_node(NodeKind::joined, first);
    node->items = std::move(parts);
    return finish(std::move(node));
  }
  NodePtr node = text_node(std::move(text), first);
  if (is_bytes) node->value->kind = Constant::Kind::bytes;
  return finish(std::move(node));
}

// Splits the body into literal text and fields. nesting: 1 inside a format spec.
void Parser::f_string(std::string_view body, const Token& t, bool raw, std::vector<NodePtr>& parts,
                      int nesting) {
  std::string literal;
  const auto flush = [&] {
    if (literal.empty()) return;
    parts.push_back(text_node(raw ? literal : unescape(literal, false, t), t));
    literal.clear();
  };
  for (std::size_t i = 0; i < body.size();) {
    const char c = body[i];
    const bool doubled = i + 1 < body.size() && body[i + 1] == c && nesting == 0;
    if (c == '\\' && !raw && i + 1 < body.size()) {
      if (body[i + 1] == 'N' && i + 2 < body.size() && body[i + 2] == '{') {
        fail_unsupported(t.line, t.column, "\\N{...} in a string", "\\u and the character's code");
      }
      if (body[i + 1] == '{' || body[i + 1] == '}') {
        literal += "\\\\";  // an unknown escape keeps its backslash; the brace is a field's
        ++i;
        continue;
      }
      literal += body.substr(i, 2);
      i += 2;
    } else if ((c == '{' || c == '}') && doubled) {
      literal += c;
      i += 2;
    } else if (c == '}') {
      fail_syntax(t.line, t.end_column, "f-string: single '}' is not allowed");
    } else if (c == '{') {
      flush();
      i = replacement_field(body, i, t, raw, parts, nesting);
    } else {
      literal += c;
      ++i;
    }
  }
  flush();
}

// Reads the field whose brace is at `at`; returns where the text after it starts.
std::size_t Parser::replacement_field(std::string_view body, std::size_t at, const Token& t,
                                      bool raw, std::vector<NodePtr>& parts, int nesting) {
  if (nesting >= 2) fail_syntax(t.line, t.end_column, "f-string: expressions nested too deeply");
  const FieldParts field = split_field(body, at, t);
  NodePtr node = make_node(NodeKind::formatted, t);
  if (!field.self_documenting.empty()) {
    parts.push_back(text_node(std::string(field.self_documenting), t));
  }
  node->items.push_back(field_value(field.expression, t));
  node->op = field.conversion;
  const bool bare_debug =
      !field.self_documenting.empty() && field.conversion == '\0' && !field.has_spec;
  if (bare_debug) node->op = 'r';
  NodePtr spec;
  if (field.has_spec) {
    spec = make_node(NodeKind::joined, t);
    f_string(field.spec, t, raw, spec->items, nesting + 1);
    spec = finish(std::move(spec));
  }
  node->items.push_back(std::move(spec));
  parts.push_back(finish(std::move(node)));
  return field.end;
}

// The field is a piece of the token, which is a piece of the source: its column follows.
LexerStart Parser::position_of(std::string_view field, const Token& t) {
  const char* const begin = t.text.data();
  if (counted_to_ < begin || counted_to_ > field.data()) {
    counted_to_ = begin;
    counted_ = {.line = t.line, .column = t.column, .is_expression = true};
  }
  const std::string_view between(counted_to_, static_cast<std::size_t>(field.data() - counted_to_));
  const std::size_t last_line = between.rfind('\n');
  if (last_line == std::string_view::npos) {
    counted_.column += static_cast<std::uint32_t>(count_code_points(between));
  } else {
    counted_.line += static_cast<std::uint32_t>(std::ranges::count(between, '\n'));
    counted_.column =
        1 + static_cast<std::uint32_t>(count_code_points(between.substr(last_line + 1)));
  }
  counted_to_ = field.data();
  return counted_;
}

NodePtr Parser::field_value(std::string_view text, const Token& t) {
  if (text.find_first_not_of(" \t\n\r\f") == std::string_view::npos) {
    fail_syntax(t.line, t.end_column, "f-string: empty expression not allowed");
  }
  LexerStart start = position_of(text, t);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
    ++start.column;
  }
  const Nesting nesting(*this);
  Parser inner(text, start);
  inner.inside_f_string_ = inside_f_string_ + 1;
  inner.nesting_ = nesting_;
  return inner.field_expression();
}

}  // namespace python
