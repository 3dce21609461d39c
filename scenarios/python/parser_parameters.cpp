// Parses the parameters of functions and lambdas.

#include "scenarios/python/parser.h"

namespace python {

// Default values become the function node's items, in order.
void Parser::parameters(Node& function, std::string_view closing) {
  extras(function);
  ParametersBefore before;
  while (!at(closing)) {
    if (at("/")) {
      const Token slash = take();
      NodeExtras& own = extras(function);
      if (own.parameters.empty()) fail(slash, "at least one argument must precede /");
      own.positional_only = own.parameters.size();
    } else {
      one_parameter(function, before, closing);
    }
    if (!accept(",")) break;
  }
}

void Parser::check_parameter_start(const NodeExtras& before, const ParametersBefore& seen) {
  using Kind = FunctionParameter::Kind;
  const bool after_double_star =
      !before.parameters.empty() && before.parameters.back().kind == Kind::double_star;
  if (after_double_star && !at_kind(TokenKind::newline) && !at(")") && !at(":")) {
    fail(token(), "arguments cannot follow var-keyword argument");
  }
  if (at("*") && seen.has_star) fail(token(), "* argument may appear only once");
  if (at("(")) fail(token(), "Function parameters cannot be parenthesized");
}

void Parser::one_parameter(Node& function, ParametersBefore& before, std::string_view closing) {
  NodeExtras& own = extras(function);
  FunctionParameter parameter;
  const Token start = token();
  check_parameter_start(own, before);
  if (accept("**")) {
    parameter.kind = FunctionParameter::Kind::double_star;
  } else if (accept("*")) {
    if (at(",")) {
      if (token(1).text == closing || token(1).text == "**")
        fail(start, "named arguments must follow bare *");
      before.keyword_only = true;
      return;
    }
    if (at(closing)) fail(start, "named arguments must follow bare *");
    parameter.kind = FunctionParameter::Kind::star;
  } else if (before.keyword_only) {
    parameter.kind = FunctionParameter::Kind::keyword_only;
  }
  if (!at_name()) unexpected();
  const Token name = take();
  parameter.name = std::string(name.text);
  if (!before.names.insert(parameter.name).second) {
    fail(name, "duplicate argument '" + parameter.name + "' in function definition");
  }
  if (closing == ")" && accept(":")) expression();  // an annotation has no effect
  const bool plain = parameter.kind == FunctionParameter::Kind::plain;
  const bool may_default = plain || parameter.kind == FunctionParameter::Kind::keyword_only;
  if (at("=")) {
    if (!may_default) {
      const bool star = parameter.kind == FunctionParameter::Kind::star;
      fail(token(), star ? "var-positional argument cannot have default value"
                         : "var-keyword argument cannot have default value");
    }
    const Token equals = take();
    if (at(closing) || at(",")) fail(equals, "expected default value expression");
    parameter.default_value = expression();
    if (plain) before.seen_default = true;
  } else if (plain && before.seen_default) {
    fail(name, "non-default argument follows default argument");
  }
  if (parameter.kind == FunctionParameter::Kind::star) before.has_star = before.keyword_only = true;
  own.parameters.push_back(std::move(parameter));
}

}  // namespace python
