// Recursive descent over the tokens of a program: the syntax tree, or CPython's words for what is
// wrong with it.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/lexer.h"
#include "scenarios/python/syntax_tree.h"

namespace python {

// The statements of a program. Throws CompileFailure.
std::vector<NodePtr> parse_program(std::string_view source);

class Parser {
 public:
  Parser(std::string_view source, LexerStart start);

  std::vector<NodePtr> program();
  // The one expression of an f-string's field, up to its end.
  NodePtr field_expression();

 private:
  // parser.cpp: tokens, nodes and errors.
  const Token& token(std::size_t ahead = 0) const;
  bool at(std::string_view text) const;  // an operator or a keyword
  bool at_kind(TokenKind kind) const { return token().kind == kind; }
  bool at_name() const;  // an identifier, not a keyword
  bool at_expression_start() const;
  Token take();
  bool accept(std::string_view text);
  void expect(std::string_view text);
  [[noreturn]] void unexpected();
  [[noreturn]] void fail(const Token&, std::string message);
  [[noreturn]] void fail(const Node&, std::string message);
  void check_missing_comma();
  NodePtr make_node(NodeKind, const Token& start) const;
  NodePtr make_node(NodeKind, const Node& start) const;
  NodePtr finish(NodePtr) const;  // sets the end and the depth
  static NodeExtras& extras(Node&);

  // parser_statements.cpp, parser_blocks.cpp
  void statement(std::vector<NodePtr>& into);
  void simple_line(std::vector<NodePtr>& into);
  NodePtr simple_statement();
  NodePtr expression_or_assignment();
  NodePtr assignment_chain(NodePtr first);
  bool is_last_assignment() const;
  NodePtr augmented_assignment(NodePtr target);
  NodePtr annotated_assignment(NodePtr target);
  NodePtr delete_statement();
  NodePtr return_statement();
  NodePtr raise_statement();
  NodePtr assert_statement();
  NodePtr import_statement();
  NodePtr import_from_statement();
  NodePtr names_statement(NodeKind);
  NodePtr word_statement(NodeKind);
  std::string dotted_name();
  ImportedName imported_name(bool dotted);
  NodePtr if_statement();
  NodePtr while_statement();
  NodePtr for_statement();
  NodePtr with_statement();
  void with_items(Node&);
  bool parenthesised_with_items(Node&);
  NodePtr try_statement();
  NodePtr except_clause();
  NodePtr function_statement();
  NodePtr class_statement();
  void refuse_foreign_statement();
  std::vector<NodePtr> block(const std::string& after, const Token& start);
  void otherwise(Node&);
  void colon(const char* rule, const Node* condition = nullptr);
  void check_assignment_in_condition(const Node&);

  // parser_expressions.cpp
  NodePtr expression_list();  // a, b, *c
  NodePtr starred_or_expression();
  NodePtr expression();        // with lambda, conditional
  NodePtr named_expression();  // with :=
  NodePtr disjunction();
  NodePtr conjunction();
  NodePtr inversion();
  NodePtr comparison();
  NodePtr binary(int level);
  NodePtr factor();
  NodePtr power();
  NodePtr lambda();
  NodePtr yield_expression();

  // parser_atoms.cpp
  NodePtr primary();
  NodePtr atom();
  NodePtr number();
  NodePtr name_or_keyword();
  NodePtr parenthesised();
  NodePtr list_display();
  NodePtr brace_display();
  NodePtr dict_display(NodePtr start, NodePtr key);
  NodePtr call(NodePtr callee);
  NodePtr argument();
  // What a call's arguments so far allow to follow.
  struct ArgumentsBefore {
    std::set<std::string, std::less<>> keywords;
    bool unpacks = false;
  };
  void check_argument_order(ArgumentsBefore&, const Node& argument);
  NodePtr subscript(NodePtr object);
  NodePtr subscript_item();
  bool at_comprehension() const;
  void clauses(Node&);
  NodePtr comprehension(NodeKind, NodePtr start, std::vector<NodePtr> elements);
  NodePtr target_list();  // of for
  void parameters(Node& function, std::string_view closing);
  // The parameters of a function so far.
  struct ParametersBefore {
    std::set<std::string, std::less<>> names;
    bool has_star = false;
    bool seen_default = false;
    bool keyword_only = false;
  };
  void check_parameter_start(const NodeExtras& before, const ParametersBefore&);
  void one_parameter(Node& function, ParametersBefore&, std::string_view closing);

  // parser_strings.cpp
  NodePtr strings();
  void f_string(std::string_view body, const Token&, bool raw, std::vector<NodePtr>& parts,
                int nesting);
  std::size_t replacement_field(std::string_view body, std::size_t at, const Token&, bool raw,
                                std::vector<NodePtr>& parts, int nesting);
  NodePtr field_value(std::string_view text, const Token&);
  LexerStart position_of(std::string_view field, const Token&);

  // parser_targets.cpp
  enum class Meant : std::uint8_t { assignment, perhaps_comparison };
  void check_target(const Node&, Meant) const;
  void check_delete_target(const Node&) const;

  // Counts nested rules: far fewer than what the C++ stack holds.
  class Nesting {
   public:
    explicit Nesting(Parser&);
    ~Nesting() { --parser_.nesting_; }

   private:
    Parser& parser_;
  };

  std::string_view source_;
  Tokens tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  int inside_f_string_ = 0;
  // Where the f-string's last field began: the next one is looked for from there.
  const char* counted_to_ = nullptr;
  LexerStart counted_;
};

// How an error message calls an expression: "literal", "function call".
std::string_view describe(const Node&);

bool is_keyword(std::string_view);

}  // namespace python
