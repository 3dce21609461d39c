// What can be assigned to or deleted, and how messages call what cannot.

#include "scenarios/python/parser.h"

namespace python {

std::string_view describe(const Node& node) {
  switch (node.kind) {
    case NodeKind::constant:
      switch (node.value->kind) {
        case Constant::Kind::none: return "None";
        case Constant::Kind::boolean: return node.value->integer != 0 ? "True" : "False";
        case Constant::Kind::ellipsis: return "ellipsis";
        default: return "literal";
      }
    case NodeKind::name: return "name";
    case NodeKind::tuple: return "tuple";
    case NodeKind::list: return "list";
    case NodeKind::set: return "set display";
    case NodeKind::dict: return "dict literal";
    case NodeKind::unary:
    case NodeKind::negation:
    case NodeKind::binary:
    case NodeKind::boolean: return "expression";
    case NodeKind::compare: return "comparison";
    case NodeKind::conditional: return "conditional expression";
    case NodeKind::lambda: return "lambda";
    case NodeKind::call: return "function call";
    case NodeKind::attribute: return "attribute";
    case NodeKind::subscript: return "subscript";
    case NodeKind::starred: return "starred";
    case NodeKind::joined:
    case NodeKind::formatted: return "f-string expression";
    case NodeKind::list_comprehension: return "list comprehension";
    case NodeKind::set_comprehension: return "set comprehension";
    case NodeKind::dict_comprehension: return "dict comprehension";
    case NodeKind::generator: return "generator expression";
    case NodeKind::walrus: return "named expression";
    case NodeKind::yield: return "yield expression";
    default: return "expression";
  }
}

namespace {

const Node* first_wrong_target(const Node& node) {
  switch (node.kind) {
    case NodeKind::name:
    case NodeKind::attribute:
    case NodeKind::subscript: return nullptr;
    case NodeKind::starred: return first_wrong_target(*node.items[0]);
    case NodeKind::tuple:
    case NodeKind::list:
      for (const NodePtr& item : node.items) {
        if (const Node* wrong = first_wrong_target(*item)) return wrong;
      }
      return nullptr;
    default: return &node;
  }
}

}  // namespace

namespace {

bool is_name_like_constant(const Node& node) {
  return node.kind == NodeKind::constant &&
         (node.value->kind == Constant::Kind::none || node.value->kind == Constant::Kind::boolean);
}

// Expressions that bind tighter than a comparison, which is where CPython looks for `a = b` that
// was meant as `a == b`.
bool is_operand(const Node& node) {
  switch (node.kind) {
    case NodeKind::tuple:
    case NodeKind::list:
    case NodeKind::generator:
    case NodeKind::starred: return false;
    case NodeKind::boolean:
    case NodeKind::compare:
    case NodeKind::negation:
    case NodeKind::conditional:
    case NodeKind::lambda: return node.in_parentheses;
    default: return !is_name_like_constant(node);
  }
}

}  // namespace

// if x = 3:
void Parser::check_assignment_in_condition(const Node& condition) {
  if (condition.kind == NodeKind::name) {
    fail(condition, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  }
  if (!is_operand(condition)) unexpected();
  fail(condition, "cannot assign to " + std::string(describe(condition)) +
                      " here. Maybe you meant '==' instead of '='?");
}

void Parser::check_target(const Node& node, Meant meant) const {
  const Node* wrong = first_wrong_target(node);
  if (wrong == nullptr) return;
  if (tokens_.failure) throw *tokens_.failure;
  std::string message = "cannot assign to " + std::string(describe(*wrong));
  if (meant == Meant::perhaps_comparison && wrong == &node && is_operand(node)) {
    message += " here. Maybe you meant '==' instead of '='?";
  }
  fail_syntax(wrong->line, wrong->column, message);
}

void Parser::check_delete_target(const Node& node) const {
  if (node.kind == NodeKind::starred) fail_syntax(node.line, node.column, "cannot delete starred");
  if (node.kind == NodeKind::tuple || node.kind == NodeKind::list) {
    for (const NodePtr& item : node.items) check_delete_target(*item);
    return;
  }
  if (first_wrong_target(node) == nullptr) return;
  if (tokens_.failure) throw *tokens_.failure;
  fail_syntax(node.line, node.column, "cannot delete " + std::string(describe(node)));
}

// (a b) asks for a comma when both sides are expressions.
void Parser::check_missing_comma() {
  if (tokens_.failure || !at_expression_start() || at_ == 0) return;
  const Token& before = tokens_.tokens[at_ - 1];
  const bool ends_expression =
      before.kind == TokenKind::number || before.kind == TokenKind::string ||
      (before.kind == TokenKind::name && (!is_keyword(before.text) || before.text == "None" ||
                                          before.text == "True" || before.text == "False")) ||
      (before.kind == TokenKind::op &&
       (before.text == ")" || before.text == "]" || before.text == "}"));
  if (!ends_expression || (before.kind == TokenKind::name && at_kind(TokenKind::string))) return;
  const std::size_t mark = at_;
  const Token start = before;
  try {
    disjunction();
  } catch (const CompileFailure&) {
    at_ = mark;
    return;
  }
  at_ = mark;
  if (tokens_.unclosed) unexpected();
  const char* prefix = inside_f_string_ > 0 ? "f-string: " : "";
  fail_syntax(start.line, start.column,
              std::string(prefix) + "invalid syntax. Perhaps you forgot a comma?");
}

}  // namespace python
