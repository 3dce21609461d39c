// The syntax tree: one kind of node for everything, with the layout of each kind beside its name.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace python {

// A literal as plain data; every evaluator makes its own value of it.
struct Constant {
  enum class Kind : std::uint8_t {
    none,
    boolean,
    integer,
    real,
    imaginary,
    text,
    bytes,
    ellipsis,
    tuple,
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;  // of a bool too
  double real = 0.0;         // of an imaginary too
  std::string text;
  std::vector<Constant> items;  // tuple
  friend bool operator==(const Constant&, const Constant&) = default;
};

enum class NodeKind : std::uint8_t {
  // Expressions.
  constant,     // value
  name,         // text
  tuple,        // items
  list,         // items
  set,          // items
  dict,         // items: key, value, key, value...; a null key before a `**` value
  unary,        // op: UnaryOp; items: operand
  negation,     // `not`; items: operand
  binary,       // op: BinaryOp; items: left, right
  boolean,      // op: 0 and, 1 or; items
  compare,      // text: one Comparison per char; items: one more
  conditional,  // items: test, then, otherwise
  lambda,       // function; items: body
  call,         // items: callee, arguments (also starred and keyword nodes)
  keyword,      // text: name, empty for **; items: value
  attribute,    // items: object; text
  subscript,    // items: object, index
  slice,        // items: start, stop, step, each may be null
  starred,      // items: value
  joined,       // an f-string; items: constants and formatted
  formatted,    // op: conversion ('r', 's', 'a' or 0); items: value, and a joined format or null
  list_comprehension,  // items: element, clauses
  set_comprehension,   // items: element, clauses
  dict_comprehension,  // items: key, value, clauses
  generator,           // items: element, clauses
  clause,              // items: target, iterable, conditions
  walrus,              // text: name; items: value
  yield,               // items: value or null
  // Statements.
  expression_statement,  // items: value
  assign,                // items: targets, value
  augmented,             // op: BinaryOp; items: target, value
  annotated,             // items: target, value (or null)
  del,                   // items: targets
  if_chain,              // items: `branch` nodes; otherwise
  branch,                // items: test; body
  while_loop,            // items: test; body, otherwise
  for_loop,              // items: target, iterable; body, otherwise
  with,                  // items: context, target (or null), ...; body
  try_block,             // items: handlers; body, otherwise, finally
  handler,               // items: type (or null); text: name; body
  raise,                 // items: exception, cause (each may be null)
  assertion,             // items: test, message (or null)
  pass,
  break_loop,
  continue_loop,
  return_value,   // items: value (or null)
  function,       // text: name; function; body; items: default values in order
  class_def,      // text: name; items: bases; body
  import,         // names
  import_from,    // text: module; names
  global_names,   // names
  nonlocal_names  // names
};

// What a chained comparison can ask: CompareOp first, in its order.
enum class Comparison : char {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  is,
  is_not,
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct FunctionParameter {
  std::string name;
  NodePtr default_value;
  enum class Kind : std::uint8_t { plain, star, keyword_only, double_star } kind = Kind::plain;
};

struct ImportedName {
  std::string name;  // dotted for `import a.b`
  std::string as;    // empty: none
};

// The parts that few nodes have.
struct NodeExtras {
  std::vector<NodePtr> body, otherwise, finally;
  bool has_finally = false;
  std::vector<FunctionParameter> parameters;
  std::size_t positional_only = 0;
  std::vector<ImportedName> names;
};

struct Node {
  NodeKind kind = NodeKind::pass;
  char op = 0;
  bool in_parentheses = false;
  std::uint16_t depth = 1;  // of the tree below, checked so that walking it cannot overflow
  std::uint32_t line = 0, column = 0, end_line = 0,
                end_column = 0;  // from 1; columns in code points
  std::string text;
  std::unique_ptr<Constant> value;
  std::vector<NodePtr> items;
  std::unique_ptr<NodeExtras> extras;
};

}  // namespace python
