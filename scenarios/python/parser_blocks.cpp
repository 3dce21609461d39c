// Parses compound statements: those with a block.

#include "scenarios/python/parser.h"

namespace python {

// CPython's two ways to miss a colon: some statements say so only at the end of the line.
void Parser::colon(const char* rule, const Node* condition) {
  if (accept(":")) return;
  const bool always = rule != nullptr;
  if (at("=") && condition != nullptr) check_assignment_in_condition(*condition);
  if (tokens_.failure || tokens_.unclosed) unexpected();
  if (always || at_kind(TokenKind::newline)) fail(token(), "expected ':'");
  unexpected();
}

std::vector<NodePtr> Parser::block(const std::string& after, const Token& start) {
  std::vector<NodePtr> body;
  if (!at_kind(TokenKind::newline)) {
    const bool compound =
        at("if") || at("while") || at("for") || at("with") || at("try") || at("def") || at("class");
    if (compound) unexpected();
    simple_line(body);
    return body;
  }
  take();
  if (!at_kind(TokenKind::indent)) {
    if (tokens_.failure) throw *tokens_.failure;
    fail_indentation(
        token().line, token().column,
        "expected an indented block after " + after + " on line " + std::to_string(start.line));
  }
  take();
  while (!at_kind(TokenKind::dedent) && !at_kind(TokenKind::end)) statement(body);
  if (at_kind(TokenKind::end)) {
    unexpected();
  }
  take();
  return body;
}

NodePtr Parser::if_statement() {
  NodePtr chain = make_node(NodeKind::if_chain, token());
  std::string name = "'if' statement";
  do {
    const Token start = take();
    NodePtr branch = make_node(NodeKind::branch, start);
    branch->items.push_back(named_expression());
    colon(nullptr, branch->items[0].get());
    extras(*branch).body = block(name, start);
    chain->items.push_back(finish(std::move(branch)));
    name = "'elif' statement";
  } while (at("elif"));
  otherwise(*chain);
  return finish(std::move(chain));
}

void Parser::otherwise(Node& node) {
  extras(node);
  if (!at("else")) return;
  const Token start = take();
  colon("else");
  node.extras->otherwise = block("'else' statement", start);
}

NodePtr Parser::while_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::while_loop, start);
  node->items.push_back(named_expression());
  colon(nullptr, node->items[0].get());
  extras(*node).body = block("'while' statement", start);
  otherwise(*node);
  return finish(std::move(node));
}

NodePtr Parser::for_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::for_loop, start);
  node->items.push_back(target_list());
  check_target(*node->items[0], Meant::assignment);
  expect("in");
  if (!at_expression_start() && !at("*")) unexpected();
  node->items.push_back(expression_list());
  colon("for");
  extras(*node).body = block("'for' statement", start);
  otherwise(*node);
  return finish(std::move(node));
}

NodePtr Parser::with_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::with, start);
  if (!parenthesised_with_items(*node)) with_items(*node);
  colon(nullptr);
  extras(*node).body = block("'with' statement", start);
  return finish(std::move(node));
}

void Parser::with_items(Node& node) {
  do {
    node.items.push_back(expression());
    NodePtr target;
    if (accept("as")) {
      target = at("(") || at("[") ? atom() : primary();
      if (!at(",") && !at(":") && !at(")")) unexpected();
      check_target(*target, Meant::assignment);
    }
    node.items.push_back(std::move(target));
  } while (accept(",") && !at(")"));
}

// with (a as b, c as d): tried first, given up where the bracket turns out to be an expression's.
bool Parser::parenthesised_with_items(Node& node) {
  if (!at("(")) return false;
  const std::size_t mark = at_;
  std::size_t depth = 0, close = at_;
  for (; close < tokens_.tokens.size(); ++close) {
    const Token& t = tokens_.tokens[close];
    if (t.kind != TokenKind::op) continue;
    if (t.text == "(" || t.text == "[" || t.text == "{") ++depth;
    if ((t.text == ")" || t.text == "]" || t.text == "}") && --depth == 0) break;
  }
  const bool ends_header =
      close + 1 < tokens_.tokens.size() && tokens_.tokens[close + 1].text == ":";
  if (!ends_header) return false;
  try {
    take();
    with_items(node);
    expect(")");
    return true;
  } catch (const CompileFailure&) {
    at_ = mark;
    node.items.clear();
    return false;
  }
}

NodePtr Parser::try_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::try_block, start);
  colon("try");
  extras(*node).body = block("'try' statement", start);
  while (at("except")) {
    if (!node->items.empty() && !node->items.back()->items[0]) {
      fail(*node->items.back(), "default 'except:' must be last");
    }
    node->items.push_back(except_clause());
  }
  if (!node->items.empty()) otherwise(*node);
  if (at("finally")) {
    const Token finally = take();
    colon("finally");
    extras(*node).finally = block("'finally' statement", finally);
    node->extras->has_finally = true;
  }
  if (node->items.empty() && !node->extras->has_finally) {
    fail(token(), "expected 'except' or 'finally' block");
  }
  return finish(std::move(node));
}

NodePtr Parser::except_clause() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::handler, start);
  if (at("*")) fail_unsupported(start.line, start.column, "except*", "except");
  NodePtr type;
  if (!at(":") && !at_kind(TokenKind::newline)) {
    type = expression();
    if (at(",")) fail(*type, "multiple exception types must be parenthesized");
    if (accept("as")) {
      if (!at_name()) unexpected();
      node->text = std::string(take().text);
    }
  }
  node->items.push_back(std::move(type));
  colon(nullptr);
  extras(*node).body = block("'except' statement", start);
  return finish(std::move(node));
}

NodePtr Parser::function_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::function, start);
  if (!at_name()) unexpected();
  node->text = std::string(take().text);
  if (!at("(")) {
    if (tokens_.failure) throw *tokens_.failure;
    fail(token(), "expected '('");
  }
  take();
  parameters(*node, ")");
  expect(")");
  if (accept("->")) expression();  // the annotation has no effect
  colon("def");
  extras(*node).body = block("function definition", start);
  return finish(std::move(node));
}

NodePtr Parser::class_statement() {
  const Token start = take();
  NodePtr node = make_node(NodeKind::class_def, start);
  if (!at_name()) unexpected();
  node->text = std::string(take().text);
  if (accept("(")) {
    while (!at(")")) {
      node->items.push_back(argument());
      if (!accept(",")) break;
    }
    expect(")");
  }
  colon(nullptr);
  extras(*node).body = block("class definition", start);
  return finish(std::move(node));
}

}  // namespace python
