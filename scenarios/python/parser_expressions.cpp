// Parses operators, from the loosest to the tightest.

#include <array>
#include <span>

#include "scenarios/python/object.h"
#include "scenarios/python/parser.h"

namespace python {

namespace {

struct BinaryToken {
  std::string_view text;
  BinaryOp op;
};
constexpr std::array kOr = std::to_array<BinaryToken>({{"|", BinaryOp::bit_or}});
constexpr std::array kXor = std::to_array<BinaryToken>({{"^", BinaryOp::bit_xor}});
constexpr std::array kAnd = std::to_array<BinaryToken>({{"&", BinaryOp::bit_and}});
constexpr std::array kShift =
    std::to_array<BinaryToken>({{"<<", BinaryOp::shift_left}, {">>", BinaryOp::shift_right}});
constexpr std::array kSum =
    std::to_array<BinaryToken>({{"+", BinaryOp::add}, {"-", BinaryOp::subtract}});
constexpr std::array kTerm = std::to_array<BinaryToken>({{"*", BinaryOp::multiply},
                                                         {"/", BinaryOp::true_divide},
                                                         {"//", BinaryOp::floor_divide},
                                                         {"%", BinaryOp::modulo},
                                                         {"@", BinaryOp::matmul}});
constexpr std::array<std::span<const BinaryToken>, 6> kLevels = {kOr,    kXor, kAnd,
                                                                 kShift, kSum, kTerm};

}  // namespace

NodePtr Parser::expression_list() {
  const Token start = token();
  NodePtr first = starred_or_expression();
  if (!at(",")) return first;
  NodePtr tuple = make_node(NodeKind::tuple, start);
  tuple->items.push_back(std::move(first));
  while (accept(",")) {
    if (!at_expression_start() && !at("*")) break;
    tuple->items.push_back(starred_or_expression());
  }
  return finish(std::move(tuple));
}

NodePtr Parser::starred_or_expression() {
  if (!at("*")) return named_expression();
  NodePtr star = make_node(NodeKind::starred, take());
  star->items.push_back(binary(0));
  return finish(std::move(star));
}

NodePtr Parser::named_expression() {
  if (at_name() && token(1).kind == TokenKind::op && token(1).text == ":=") {
    NodePtr node = make_node(NodeKind::walrus, token());
    node->text = std::string(take().text);
    take();
    node->items.push_back(expression());
    return finish(std::move(node));
  }
  return expression();
}

NodePtr Parser::expression() {
  const Nesting nesting(*this);
  if (at("lambda")) return lambda();
  const Token start = token();
  NodePtr then = disjunction();
  if (!at("if")) return then;
  take();
  NodePtr node = make_node(NodeKind::conditional, start);
  NodePtr test = disjunction();
  if (!at("else")) {
    if (tokens_.failure || tokens_.unclosed || at(":")) unexpected();
    fail(start, "expected 'else' after 'if' expression");
  }
  take();
  node->items.push_back(std::move(test));
  node->items.push_back(std::move(then));
  node->items.push_back(expression());
  return finish(std::move(node));
}

NodePtr Parser::lambda() {
  NodePtr node = make_node(NodeKind::lambda, take());
  parameters(*node, ":");
  expect(":");
  node->items.insert(node->items.begin(), expression());
  return finish(std::move(node));
}

NodePtr Parser::disjunction() {
  const Token start = token();
  NodePtr first = conjunction();
  if (!at("or")) return first;
  NodePtr node = make_node(NodeKind::boolean, start);
  node->op = 1;
  node->items.push_back(std::move(first));
  while (accept("or")) node->items.push_back(conjunction());
  return finish(std::move(node));
}

NodePtr Parser::conjunction() {
  const Token start = token();
  NodePtr first = inversion();
  if (!at("and")) return first;
  NodePtr node = make_node(NodeKind::boolean, start);
  node->op = 0;
  node->items.push_back(std::move(first));
  while (accept("and")) node->items.push_back(inversion());
  return finish(std::move(node));
}

NodePtr Parser::inversion() {
  if (!at("not")) return comparison();
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::negation, take());
  node->items.push_back(inversion());
  return finish(std::move(node));
}

NodePtr Parser::comparison() {
  const Token start = token();
  NodePtr first = binary(0);
  NodePtr node;
  for (;;) {
    Comparison op;
    if (accept("==")) {
      op = Comparison::equal;
    } else if (accept("!=")) {
      op = Comparison::not_equal;
    } else if (accept("<=")) {
      op = Comparison::less_equal;
    } else if (accept("<")) {
      op = Comparison::less;
    } else if (accept(">=")) {
      op = Comparison::greater_equal;
    } else if (accept(">")) {
      op = Comparison::greater;
    } else if (accept("in")) {
      op = Comparison::in;
    } else if (accept("is")) {
      op = accept("not") ? Comparison::is_not : Comparison::is;
    } else if (at("not") && token(1).text == "in") {
      take();
      take();
      op = Comparison::not_in;
    } else {
      if (accept("not")) unexpected();
      break;
    }
    if (!node) {
      node = make_node(NodeKind::compare, start);
      node->items.push_back(std::move(first));
    }
    node->text += static_cast<char>(op);
    node->items.push_back(binary(0));
  }
  return node ? finish(std::move(node)) : std::move(first);
}

NodePtr Parser::binary(int level) {
  if (level == static_cast<int>(kLevels.size())) return factor();
  const Token start = token();
  NodePtr left = binary(level + 1);
  for (;;) {
    const BinaryToken* found = nullptr;
    if (at_kind(TokenKind::op)) {
      for (const BinaryToken& candidate : kLevels[static_cast<std::size_t>(level)]) {
        if (candidate.text == token().text) found = &candidate;
      }
    }
    if (found == nullptr) return left;
    take();
    NodePtr node = make_node(NodeKind::binary, start);
    node->op = static_cast<char>(found->op);
    node->items.push_back(std::move(left));
    node->items.push_back(binary(level + 1));
    left = finish(std::move(node));
  }
}

NodePtr Parser::factor() {
  const bool sign =
      at_kind(TokenKind::op) && (token().text == "-" || token().text == "+" || token().text == "~");
  if (!sign) return power();
  const Nesting nesting(*this);
  NodePtr node = make_node(NodeKind::unary, token());
  const char c = take().text[0];
  node->op = static_cast<char>(c == '-'   ? UnaryOp::negative
                               : c == '+' ? UnaryOp::positive
                                          : UnaryOp::invert);
  node->items.push_back(factor());
  return finish(std::move(node));
}

NodePtr Parser::power() {
  const Token start = token();
  NodePtr base = primary();
  if (!at("**")) return base;
  const Nesting nesting(*this);
  take();
  NodePtr node = make_node(NodeKind::binary, start);
  node->op = static_cast<char>(BinaryOp::power);
  node->items.push_back(std::move(base));
  node->items.push_back(factor());
  return finish(std::move(node));
}

NodePtr Parser::yield_expression() {
  NodePtr node = make_node(NodeKind::yield, take());
  if (at("from")) {
    fail_unsupported(node->line, node->column, "yield from", "a loop with yield");
  }
  NodePtr value;
  if (at_expression_start() || at("*")) value = expression_list();
  node->items.push_back(std::move(value));
  return finish(std::move(node));
}

}  // namespace python
