// The parser's tokens, nodes and errors.

#include "scenarios/python/parser.h"

#include <algorithm>
#include <array>

namespace python {

namespace {

constexpr int kDeepestRules = 150;            // nested expressions and blocks
constexpr std::uint16_t kDeepestTree = 1000;  // long chains such as a + b + c ...

constexpr std::array<std::string_view, 35> kKeywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

}  // namespace

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

std::vector<NodePtr> parse_program(std::string_view source) { return Parser(source, {}).program(); }

Parser::Parser(std::string_view source, LexerStart start)
    : source_(source), tokens_(tokenize(source, start)) {}

std::vector<NodePtr> Parser::program() {
  std::vector<NodePtr> statements;
  while (!at_kind(TokenKind::end)) {
    if (at_kind(TokenKind::newline)) {
      take();
      continue;
    }
    statement(statements);
  }
  if (tokens_.failure) throw *tokens_.failure;
  if (tokens_.unclosed) unexpected();
  return statements;
}

NodePtr Parser::field_expression() {
  NodePtr value = at("yield") ? yield_expression() : expression_list();
  check_missing_comma();
  if (!at_kind(TokenKind::end) || tokens_.failure || tokens_.unclosed) unexpected();
  return value;
}

const Token& Parser::token(std::size_t ahead) const {
  return tokens_.tokens[std::min(at_ + ahead, tokens_.tokens.size() - 1)];
}

bool Parser::at(std::string_view text) const {
  const Token& t = token();
  return (t.kind == TokenKind::op || t.kind == TokenKind::name) && t.text == text;
}

bool Parser::at_name() const { return at_kind(TokenKind::name) && !is_keyword(token().text); }

bool Parser::at_expression_start() const {
  const Token& t = token();
  switch (t.kind) {
    case TokenKind::number:
    case TokenKind::string: return true;
    case TokenKind::name:
      return !is_keyword(t.text) || t.text == "None" || t.text == "True" || t.text == "False" ||
             t.text == "not" || t.text == "lambda" || t.text == "await";
    case TokenKind::op:
      return t.text == "(" || t.text == "[" || t.text == "{" || t.text == "-" || t.text == "+" ||
             t.text == "~" || t.text == "...";
    case TokenKind::newline:
    case TokenKind::indent:
    case TokenKind::dedent:
    case TokenKind::end: return false;
  }
  return false;
}

Token Parser::take() {
  const Token t = token();
  if (at_ + 1 < tokens_.tokens.size()) ++at_;
  return t;
}

bool Parser::accept(std::string_view text) {
  if (!at(text)) return false;
  take();
  return true;
}

void Parser::expect(std::string_view text) {
  if (!accept(text)) unexpected();
}

// Which error CPython reports when no rule fits: the lexer's own first, then an unclosed bracket
// that starts on an earlier line, then the likely causes.
void Parser::unexpected() {
  if (tokens_.failure) throw *tokens_.failure;
  const Token& t = token();
  if (tokens_.unclosed && (t.kind == TokenKind::end || t.line > tokens_.unclosed->line)) {
    fail_syntax(tokens_.unclosed->line, tokens_.unclosed->column,
                std::string("'") + tokens_.unclosed->bracket + "' was never closed");
  }
  if (inside_f_string_ > 0) fail_syntax(t.line, t.column, "f-string: invalid syntax");
  if (t.kind == TokenKind::indent) fail_indentation(t.line, t.column - 1, "unexpected indent");
  if (t.kind == TokenKind::dedent) fail_indentation(t.line, t.column, "unexpected unindent");
  fail_syntax(t.line, t.column, "invalid syntax");
}

void Parser::fail(const Token& t, std::string message) {
  if (tokens_.failure) throw *tokens_.failure;
  fail_syntax(t.line, t.column, std::move(message));
}

void Parser::fail(const Node& n, std::string message) {
  if (tokens_.failure) throw *tokens_.failure;
  fail_syntax(n.line, n.column, std::move(message));
}

NodePtr Parser::make_node(NodeKind kind, const Token& start) const {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->line = start.line;
  node->column = start.column;
  return node;
}

NodePtr Parser::make_node(NodeKind kind, const Node& start) const {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->line = start.line;
  node->column = start.column;
  return node;
}

NodePtr Parser::finish(NodePtr node) const {
  if (at_ > 0) {
    const Token& last = tokens_.tokens[at_ - 1];
    node->end_line = last.end_line;
    node->end_column = last.end_column;
  }
  for (const NodePtr& item : node->items) {
    if (item) node->depth = std::max<std::uint16_t>(node->depth, item->depth + 1);
  }
  if (node->depth > kDeepestTree) {
    fail_unsupported(node->line, node->column, "an expression of more than 1000 nested operations",
                     "several shorter expressions");
  }
  return node;
}

NodeExtras& Parser::extras(Node& node) {
  if (!node.extras) node.extras = std::make_unique<NodeExtras>();
  return *node.extras;
}

Parser::Nesting::Nesting(Parser& parser) : parser_(parser) {
  if (++parser_.nesting_ > kDeepestRules) {
    const Token& t = parser_.token();
    --parser_.nesting_;
    fail_unsupported(t.line, t.column, "nesting deeper than 150 levels",
                     "parts of the expression in variables");
  }
}

}  // namespace python
