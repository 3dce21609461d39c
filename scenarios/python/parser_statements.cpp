// Parses simple statements: those of one line.

#include <array>

#include "scenarios/python/object.h"
#include "scenarios/python/parser.h"

namespace python {

namespace {

struct AugmentedToken {
  std::string_view text;
  BinaryOp op;
};
constexpr std::array kAugmented = std::to_array<AugmentedToken>({
    {"+=", BinaryOp::add},
    {"-=", BinaryOp::subtract},
    {"*=", BinaryOp::multiply},
    {"/=", BinaryOp::true_divide},
    {"//=", BinaryOp::floor_divide},
    {"%=", BinaryOp::modulo},
    {"**=", BinaryOp::power},
    {"@=", BinaryOp::matmul},
    {"&=", BinaryOp::bit_and},
    {"|=", BinaryOp::bit_or},
    {"^=", BinaryOp::bit_xor},
    {"<<=", BinaryOp::shift_left},
    {">>=", BinaryOp::shift_right},
});

const AugmentedToken* find_augmented(const Token& t) {
  if (t.kind != TokenKind::op) return nullptr;
  for (const AugmentedToken& candidate : kAugmented) {
    if (candidate.text == t.text) return &candidate;
  }
  return nullptr;
}

}  // namespace

void Parser::statement(std::vector<NodePtr>& into) {
  const Nesting nesting(*this);
  if (at_kind(TokenKind::indent)) unexpected();
  if (at("@")) {
    fail_unsupported(token().line, token().column, "a decorator", "name = decorator(name)");
  }
  if (at_kind(TokenKind::name)) {
    refuse_foreign_statement();
    if (at("if")) return into.push_back(if_statement());
    if (at("while")) return into.push_back(while_statement());
    if (at("for")) return into.push_back(for_statement());
    if (at("with")) return into.push_back(with_statement());
    if (at("try")) return into.push_back(try_statement());
    if (at("def")) return into.push_back(function_statement());
    if (at("class")) return into.push_back(class_statement());
  }
  simple_line(into);
}

void Parser::refuse_foreign_statement() {
  const Token& t = token();
  if (t.text == "async") {
    fail_unsupported(t.line, t.column, "'async'", "plain functions and loops");
  }
  // `match` is a name unless a subject and a colon follow on the line.
  if (t.text != "match" || token(1).kind == TokenKind::op) return;
  for (std::size_t i = 1; token(i).kind != TokenKind::newline && token(i).kind != TokenKind::end;
       ++i) {
    if (token(i).kind == TokenKind::op && token(i).text == ":" && token(i).nesting == 0 &&
        token(i + 1).kind == TokenKind::newline) {
      fail_unsupported(t.line, t.column, "the match statement", "if and elif");
    }
  }
}

void Parser::simple_line(std::vector<NodePtr>& into) {
  for (;;) {
    into.push_back(simple_statement());
    if (!accept(";")) break;
    if (at_kind(TokenKind::newline) || at_kind(TokenKind::end)) break;
  }
  if (at_kind(TokenKind::newline)) {
    take();
    return;
  }
  if (!at_kind(TokenKind::end) || tokens_.failure || tokens_.unclosed) unexpected();
}

NodePtr Parser::simple_statement() {
  if (at_kind(TokenKind::name)) {
    if (at("pass")) return word_statement(NodeKind::pass);
    if (at("break")) return word_statement(NodeKind::break_loop);
    if (at("continue")) return word_statement(NodeKind::continue_loop);
    if (at("return")) return return_statement();
    if (at("raise")) return raise_statement();
    if (at("assert")) return assert_statement();
    if (at("del")) return delete_statement();
    if (at("import")) return import_statement();
    if (at("from")) return import_from_statement();
    if (at("global")) return names_statement(NodeKind::global_names);
    if (at("nonlocal")) return names_statement(NodeKind::nonlocal_names);
    const bool old_print = (at("print") || at("exec")) && token(1).kind != TokenKind::op &&
                           token(1).kind != TokenKind::newline && token(1).kind != TokenKind::end;
    if (old_print && !is_keyword(token(1).text)) {
      const std::string name(token().text);
      fail(token(),
           "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
    }
  }
  return expression_or_assignment();
}

NodePtr Parser::word_statement(NodeKind kind) { return finish(make_node(kind, take())); }

NodePtr Parser::expression_or_assignment() {
  const Token start = token();
  NodePtr first = at("yield") ? yield_expression() : expression_list();
  if (at("=")) return assignment_chain(std::move(first));
  if (find_augmented(token()) != nullptr) return augmented_assignment(std::move(first));
  if (at(":")) {
    const bool target = first->kind == NodeKind::name || first->kind == NodeKind::attribute ||
                        first->kind == NodeKind::subscript;
    if (target) return annotated_assignment(std::move(first));
    if (first->kind == NodeKind::tuple) {
      fail(*first, "only single target (not tuple) can be annotated");
    }
    if (first->kind == NodeKind::list) {
      fail(*first, "only single target (not list) can be annotated");
    }
    fail(*first, "illegal target for annotation");
  }
  if (first->kind == NodeKind::starred && at_kind(TokenKind::newline)) {
    fail(*first, "can't use starred expression here");
  }
  NodePtr node = make_node(NodeKind::expression_statement, start);
  node->items.push_back(std::move(first));
  return finish(std::move(node));
}

// Whether no other `=` follows on this line, outside brackets.
bool Parser::is_last_assignment() const {
  for (std::size_t i = 0;; ++i) {
    const Token& t = token(i);
    if (t.kind == TokenKind::newline || t.kind == TokenKind::end) return true;
    if (t.kind == TokenKind::op && t.text == "=" && t.nesting == token().nesting) return false;
  }
}

NodePtr Parser::assignment_chain(NodePtr first) {
  NodePtr node = make_node(NodeKind::assign, *first);
  node->items.push_back(std::move(first));
  while (accept("=")) {
    const Node& target = *node->items.back();
    if (target.kind == NodeKind::yield) {
      fail(target, "assignment to yield expression not possible");
    }
    const bool only = node->items.size() == 1 && is_last_assignment();
    check_target(target, only ? Meant::perhaps_comparison : Meant::assignment);
    if (target.kind == NodeKind::starred) {
      fail(target, "starred assignment target must be in a list or tuple");
    }
    node->items.push_back(at("yield") ? yield_expression() : expression_list());
  }
  if (node->items.back()->kind == NodeKind::starred) {
    fail(*node->items.back(), "can't use starred expression here");
  }
  if (find_augmented(token()) != nullptr) unexpected();
  return finish(std::move(node));
}

NodePtr Parser::augmented_assignment(NodePtr target) {
  const bool fits = target->kind == NodeKind::name || target->kind == NodeKind::attribute ||
                    target->kind == NodeKind::subscript;
  if (!fits) {
    fail(*target, "'" + std::string(describe(*target)) +
                      "' is an illegal expression for augmented assignment");
  }
  NodePtr node = make_node(NodeKind::augmented, *target);
  node->op = static_cast<char>(find_augmented(take())->op);
  node->items.push_back(std::move(target));
  node->items.push_back(at("yield") ? yield_expression() : expression_list());
  return finish(std::move(node));
}

NodePtr Parser::annotated_assignment(NodePtr target) {
  NodePtr node = make_node(NodeKind::annotated, *target);
  node->items.push_back(std::move(target));
  take();
  expression();  // the annotation has no effect
  node->items.push_back(accept("=") ? expression_list() : nullptr);
  return finish(std::move(node));
}

NodePtr Parser::delete_statement() {
  NodePtr node = make_node(NodeKind::del, take());
  do {
    if (!at_expression_start()) {
      if (node->items.empty()) unexpected();
      break;
    }
    node->items.push_back(starred_or_expression());
    check_delete_target(*node->items.back());
  } while (accept(","));
  return finish(std::move(node));
}

NodePtr Parser::return_statement() {
  NodePtr node = make_node(NodeKind::return_value, take());
  NodePtr value;
  if (at_expression_start() || at("*")) value = expression_list();
  if (at("yield")) value = yield_expression();
  node->items.push_back(std::move(value));
  return finish(std::move(node));
}

NodePtr Parser::raise_statement() {
  NodePtr node = make_node(NodeKind::raise, take());
  node->items.resize(2);
  if (at_expression_start()) {
    node->items[0] = expression();
    if (accept("from")) node->items[1] = expression();
  }
  return finish(std::move(node));
}

NodePtr Parser::assert_statement() {
  NodePtr node = make_node(NodeKind::assertion, take());
  node->items.push_back(named_expression());
  if (at("=")) check_target(*node->items[0], Meant::assignment);
  node->items.push_back(accept(",") ? expression() : nullptr);
  return finish(std::move(node));
}

std::string Parser::dotted_name() {
  if (!at_name()) unexpected();
  std::string name(take().text);
  while (accept(".")) {
    if (!at_name()) unexpected();
    name += "." + std::string(take().text);
  }
  return name;
}

ImportedName Parser::imported_name(bool dotted) {
  ImportedName imported;
  if (dotted) {
    imported.name = dotted_name();
  } else {
    if (!at_name()) unexpected();
    imported.name = std::string(take().text);
  }
  if (accept("as")) {
    if (!at_name()) unexpected();
    imported.as = std::string(take().text);
  }
  return imported;
}

NodePtr Parser::import_statement() {
  NodePtr node = make_node(NodeKind::import, take());
  do {
    extras(*node).names.push_back(imported_name(true));
  } while (accept(","));
  return finish(std::move(node));
}

NodePtr Parser::import_from_statement() {
  NodePtr node = make_node(NodeKind::import_from, take());
  if (at(".") || at("...")) {
    fail_unsupported(node->line, node->column, "a relative import", "a module's name");
  }
  node->text = dotted_name();
  expect("import");
  if (at("*")) {
    fail_unsupported(node->line, node->column, "import *",
                     "import " + node->text + " and its names with a dot");
  }
  const bool bracket = accept("(");
  for (;;) {
    extras(*node).names.push_back(imported_name(false));
    if (!accept(",")) break;
    if (bracket && at(")")) break;
    if (!bracket && at_kind(TokenKind::newline)) {
      fail(token(), "trailing comma not allowed without surrounding parentheses");
    }
  }
  if (bracket) expect(")");
  return finish(std::move(node));
}

NodePtr Parser::names_statement(NodeKind kind) {
  NodePtr node = make_node(kind, take());
  do {
    if (!at_name()) unexpected();
    extras(*node).names.push_back({std::string(take().text), {}});
  } while (accept(","));
  return finish(std::move(node));
}

}  // namespace python
