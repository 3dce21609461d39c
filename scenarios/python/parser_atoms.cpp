// Parses names, literals, displays, calls, subscripts, comprehensions and parameters.

#include "scenarios/python/numbers.h"
#include "scenarios/python/parser.h"

namespace python {

NodePtr Parser::primary() {
  NodePtr node = atom();
  for (;;) {
    if (at("(")) {
      node = call(std::move(node));
    } else if (at("[")) {
      node = subscript(std::move(node));
    } else if (at(".")) {
      take();
      if (!at_name()) unexpected();
      NodePtr attribute = make_node(NodeKind::attribute, *node);
      attribute->text = std::string(take().text);
      attribute->items.push_back(std::move(node));
      node = finish(std::move(attribute));
    } else {
      return node;
    }
  }
}

NodePtr Parser::atom() {
  switch (token().kind) {
    case TokenKind::name: return name_or_keyword();
    case TokenKind::number: return number();
    case TokenKind::string: return strings();
    case TokenKind::op: break;
    case TokenKind::newline:
    case TokenKind::indent:
    case TokenKind::dedent:
    case TokenKind::end: unexpected();
  }
  if (at("(")) return parenthesised();
  if (at("[")) return list_display();
  if (at("{")) return brace_display();
  if (at("...")) {
    NodePtr node = make_node(NodeKind::constant, take());
    node->value = std::make_unique<Constant>();
    node->value->kind = Constant::Kind::ellipsis;
    return finish(std::move(node));
  }
  unexpected();
}

NodePtr Parser::name_or_keyword() {
  const std::string_view text = token().text;
  if (text == "await" || text == "async") {
    fail_unsupported(token().line, token().column, "'" + std::string(text) + "'",
                     "plain functions");
  }
  if (!is_keyword(text)) {
    NodePtr node = make_node(NodeKind::name, take());
    node->text = std::string(text);
    return finish(std::move(node));
  }
  if (text != "None" && text != "True" && text != "False") unexpected();
  NodePtr node = make_node(NodeKind::constant, take());
  node->value = std::make_unique<Constant>();
  if (text != "None") {
    node->value->kind = Constant::Kind::boolean;
    node->value->integer = text == "True" ? 1 : 0;
  }
  return finish(std::move(node));
}

NodePtr Parser::number() {
  const Token t = take();
  NodePtr node = make_node(NodeKind::constant, t);
  node->value = std::make_unique<Constant>();
  std::string text;
  for (const char c : t.text) {
    if (c != '_') text += c;
  }
  const bool prefixed = text.size() > 1 && text[0] == '0' && std::isalpha(text[1]) != 0 &&
                        (text[1] | 0x20) != 'e' && (text[1] | 0x20) != 'j';
  if (!prefixed && (text.back() == 'j' || text.back() == 'J')) {
    text.pop_back();
    node->value->kind = Constant::Kind::imaginary;
    node->value->real = *parse_float(text);
    return finish(std::move(node));
  }
  if (!prefixed && text.find_first_of(".eE") != std::string::npos) {
    node->value->kind = Constant::Kind::real;
    node->value->real = *parse_float(text);
    return finish(std::move(node));
  }
  node->value->kind = Constant::Kind::integer;
  std::uint64_t n = 0;
  const unsigned base = !prefixed                 ? 10
                        : (text[1] | 0x20) == 'x' ? 16
                        : (text[1] | 0x20) == 'o' ? 8
                                                  : 2;
  for (const char c : std::string_view(text).substr(prefixed ? 2 : 0)) {
    const unsigned digit =
        c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a' + 10);
    std::uint64_t next = 0;
    if (__builtin_mul_overflow(n, std::uint64_t{base}, &next) ||
        __builtin_add_overflow(next, std::uint64_t{digit}, &next)) {
      next = UINT64_MAX;
    }
    n = next;
    if (n > std::uint64_t{1} << 63) {
      fail_unsupported(t.line, t.column, "integers beyond 64 bits", "a float such as 1e20");
    }
  }
  // 2**63 itself may only stand after a minus sign, which the compiler sees.
  node->value->integer = static_cast<std::int64_t>(n);
  if (n == std::uint64_t{1} << 63) node->op = 1;
  return finish(std::move(node));
}

NodePtr Parser::parenthesised() {
  const Nesting nesting(*this);
  const Token start = take();
  if (accept(")")) return finish(make_node(NodeKind::tuple, start));
  if (at("yield")) {
    NodePtr inner = yield_expression();
    expect(")");
    return inner;
  }
  NodePtr first = starred_or_expression();
  if (at_comprehension()) {
    std::vector<NodePtr> elements;
    elements.push_back(std::move(first));
    NodePtr node = comprehension(NodeKind::generator, make_node(NodeKind::generator, start),
                                 std::move(elements));
    expect(")");
    return finish(std::move(node));
  }
  if (at(",")) {
    NodePtr tuple = make_node(NodeKind::tuple, start);
    tuple->items.push_back(std::move(first));
    while (accept(",")) {
      if (at(")")) break;
      tuple->items.push_back(starred_or_expression());
    }
    check_missing_comma();
    expect(")");
    tuple->in_parentheses = true;
    return finish(std::move(tuple));
  }
  check_missing_comma();
  if (first->kind == NodeKind::starred && at(")")) {
    fail(*first, "cannot use starred expression here");
  }
  expect(")");
  first->in_parentheses = true;
  return first;
}

NodePtr Parser::list_display() {
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::list, take());
  if (accept("]")) return finish(std::move(node));
  NodePtr first = starred_or_expression();
  if (at_comprehension()) {
    std::vector<NodePtr> elements;
    elements.push_back(std::move(first));
    node->kind = NodeKind::list_comprehension;
    node = comprehension(NodeKind::list_comprehension, std::move(node), std::move(elements));
    expect("]");
    return finish(std::move(node));
  }
  node->items.push_back(std::move(first));
  while (accept(",")) {
    if (at("]")) break;
    node->items.push_back(starred_or_expression());
  }
  check_missing_comma();
  expect("]");
  return finish(std::move(node));
}

NodePtr Parser::brace_display() {
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::dict, take());
  if (accept("}")) return finish(std::move(node));
  if (at("**")) return dict_display(std::move(node), nullptr);
  NodePtr first = starred_or_expression();
  if (at(":")) return dict_display(std::move(node), std::move(first));
  if (at_comprehension()) {
    std::vector<NodePtr> elements;
    elements.push_back(std::move(first));
    node = comprehension(NodeKind::set_comprehension, std::move(node), std::move(elements));
    expect("}");
    return finish(std::move(node));
  }
  node->kind = NodeKind::set;
  node->items.push_back(std::move(first));
  while (accept(",")) {
    if (at("}")) break;
    node->items.push_back(starred_or_expression());
  }
  check_missing_comma();
  expect("}");
  return finish(std::move(node));
}

// After the first key, or before a first `**`.
NodePtr Parser::dict_display(NodePtr node, NodePtr key) {
  for (bool first = true;; first = false) {
    if (!first || !key) {
      if (!first && at("}")) break;
      if (accept("**")) {
        node->items.push_back(nullptr);
        node->items.push_back(binary(0));
        if (!accept(",")) break;
        continue;
      }
      key = expression();
    }
    if (!at(":")) {
      if (tokens_.failure || (tokens_.unclosed && at_kind(TokenKind::end))) unexpected();
      fail_syntax(key->end_line, key->end_column - 1, "':' expected after dictionary key");
    }
    const Token colon = take();
    if (at("}") || at(",")) fail(colon, "expression expected after dictionary key and ':'");
    node->items.push_back(std::move(key));
    node->items.push_back(expression());
    if (first && at_comprehension()) {
      std::vector<NodePtr> elements = std::move(node->items);
      node = comprehension(NodeKind::dict_comprehension, std::move(node), std::move(elements));
      expect("}");
      return finish(std::move(node));
    }
    if (!accept(",")) break;
  }
  check_missing_comma();
  expect("}");
  return finish(std::move(node));
}

bool Parser::at_comprehension() const {
  if (at("async")) {
    fail_unsupported(token().line, token().column, "'async'", "a plain comprehension");
  }
  return at("for");
}

NodePtr Parser::comprehension(NodeKind kind, NodePtr node, std::vector<NodePtr> elements) {
  node->kind = kind;
  node->items = std::move(elements);
  if (node->items[0] && node->items[0]->kind == NodeKind::starred) {
    fail(*node->items[0], "iterable unpacking cannot be used in comprehension");
  }
  while (at_comprehension()) {
    NodePtr clause = make_node(NodeKind::clause, take());
    clause->items.push_back(target_list());
    check_target(*clause->items[0], Meant::assignment);
    expect("in");
    clause->items.push_back(disjunction());
    while (accept("if")) clause->items.push_back(disjunction());
    node->items.push_back(finish(std::move(clause)));
  }
  return finish(std::move(node));
}

NodePtr Parser::target_list() {
  const Token start = token();
  const auto one = [&] {
    if (!at("*")) return binary(0);
    NodePtr star = make_node(NodeKind::starred, take());
    star->items.push_back(binary(0));
    return finish(std::move(star));
  };
  NodePtr first = one();
  if (!at(",")) return first;
  NodePtr tuple = make_node(NodeKind::tuple, start);
  tuple->items.push_back(std::move(first));
  while (accept(",")) {
    if (at("in")) break;
    tuple->items.push_back(one());
  }
  return finish(std::move(tuple));
}

NodePtr Parser::call(NodePtr callee) {
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::call, *callee);
  node->items.push_back(std::move(callee));
  const Token open = take();
  ArgumentsBefore before;
  while (!at(")")) {
    NodePtr given = argument();
    check_argument_order(before, *given);
    if (at_comprehension()) {
      std::vector<NodePtr> elements;
      elements.push_back(std::move(given));
      NodePtr start = make_node(NodeKind::generator, open);
      given = comprehension(NodeKind::generator, std::move(start), std::move(elements));
      const bool alone = node->items.size() == 1 && at(")");
      if (!alone) fail(*given->items[0], "Generator expression must be parenthesized");
    }
    node->items.push_back(std::move(given));
    if (!accept(",")) break;
  }
  check_missing_comma();
  expect(")");
  return finish(std::move(node));
}

NodePtr Parser::argument() {
  if (at("*")) {
    NodePtr star = make_node(NodeKind::starred, take());
    star->items.push_back(expression());
    return finish(std::move(star));
  }
  if (at("**")) {
    NodePtr node = make_node(NodeKind::keyword, take());
    node->items.push_back(expression());
    return finish(std::move(node));
  }
  if (at_kind(TokenKind::name) && token(1).kind == TokenKind::op && token(1).text == "=") {
    const Token name = token();
    if (name.text == "True" || name.text == "False" || name.text == "None") {
      fail(name, "cannot assign to " + std::string(name.text));
    }
    if (!at_name()) unexpected();
    NodePtr node = make_node(NodeKind::keyword, take());
    node->text = std::string(name.text);
    take();
    node->items.push_back(expression());
    return finish(std::move(node));
  }
  NodePtr value = named_expression();
  if (at("=")) {
    fail(*value, "expression cannot contain assignment, perhaps you meant \"==\"?");
  }
  return value;
}

void Parser::check_argument_order(ArgumentsBefore& before, const Node& given) {
  if (given.kind == NodeKind::keyword) {
    if (given.text.empty()) {
      before.unpacks = true;
    } else if (!before.keywords.insert(given.text).second) {
      fail(given, "keyword argument repeated: " + given.text);
    }
    return;
  }
  if (given.kind == NodeKind::starred) {
    if (before.unpacks) {
      fail(given, "iterable argument unpacking follows keyword argument unpacking");
    }
    return;
  }
  if (before.unpacks) fail(given, "positional argument follows keyword argument unpacking");
  if (!before.keywords.empty()) {
    fail(token(), "positional argument follows keyword argument");
  }
}

NodePtr Parser::subscript(NodePtr object) {
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::subscript, *object);
  node->items.push_back(std::move(object));
  take();
  const Token start = token();
  NodePtr index = subscript_item();
  if (at(",")) {
    NodePtr tuple = make_node(NodeKind::tuple, start);
    tuple->items.push_back(std::move(index));
    while (accept(",")) {
      if (at("]")) break;
      tuple->items.push_back(subscript_item());
    }
    index = finish(std::move(tuple));
  }
  check_missing_comma();
  expect("]");
  node->items.push_back(std::move(index));
  return finish(std::move(node));
}

NodePtr Parser::subscript_item() {
  const Token start = token();
  const auto at_end = [&] { return at(":") || at(",") || at("]"); };
  NodePtr first;
  if (!at(":")) first = starred_or_expression();
  if (!at(":")) return first;
  NodePtr slice = make_node(NodeKind::slice, start);
  slice->items.push_back(std::move(first));
  take();
  slice->items.push_back(at_end() ? nullptr : expression());
  slice->items.push_back(nullptr);
  if (accept(":") && !at_end()) slice->items[2] = expression();
  return finish(std::move(slice));
}

}  // namespace python
