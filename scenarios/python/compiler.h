// Turns the syntax tree into bytecode: names resolved to slots, blocks to ranges of instructions.

#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/python/bytecode.h"
#include "scenarios/python/object.h"
#include "scenarios/python/scopes.h"
#include "scenarios/python/syntax_tree.h"

namespace python {

// What names a module the program may import has, for errors before the run.
struct ImportableModule {
  std::string name;
  std::vector<std::string_view> supported, real;
};

// The special methods that a class may define.
std::span<const std::string_view> special_methods();

class Compiler {
 public:
  enum class Part : std::uint8_t { program, prelude };

  Compiler(Code& code, const std::vector<ImportableModule>& modules, Part part)
      : code_(code), modules_(modules), is_prelude_(part == Part::prelude) {}

  // Compiles the module's statements. Throws CompileFailure.
  void program(const std::vector<NodePtr>& statements);

 private:
  using Label = std::vector<std::size_t>;  // jumps that wait for their target

  // What return, break and continue must undo on their way out.
  struct Block {
    enum class Kind : std::uint8_t { for_loop, while_loop, finally, with, handler, guard } kind;
    const Node* node = nullptr;
    std::uint32_t guard_start = 0;          // of `finally` and `with`
    std::uint32_t depth = 0;                // of the stack at its start
    std::uint32_t start = 0;                // loops: where continue goes
    std::vector<HandlerRange> closed = {};  // parts of its range that are complete
    Label breaks = {};                      // loops
    std::uint32_t line = 0;
  };
  struct Function {
    FunctionCode* code = nullptr;
    Scope* scope = nullptr;
    std::map<std::string, std::uint32_t, std::less<>> slots;
    std::vector<Block> blocks;
    std::vector<std::pair<std::uint32_t, HandlerRange>> ranges;  // with their nesting
    std::uint32_t depth = 0;
    std::uint32_t line = 0;  // of the instruction being emitted
    std::uint32_t column = 0;
    std::uint32_t traced_line = 0;  // the last `line` instruction in straight-line code
    std::string qualified_prefix;
    Function* outer = nullptr;
  };

  // compiler.cpp
  std::size_t emit(Op op, std::int32_t arg = 0, std::uint8_t small = 0, std::uint16_t extra = 0);
  std::size_t emit_jump(Op op, Label& label);
  void bind_label(Label& label);
  std::uint32_t here() const;
  void mark(const Node& node);
  void trace_line(const Node& node);
  std::int32_t constant(const Constant&);
  std::int32_t name_index(const std::string&);
  std::int32_t global_slot(const std::string&);
  std::int32_t local_slot(const std::string&);
  void load_name(const std::string&);
  void store_name(const std::string&);
  void delete_name(const std::string&);
  void load_constant(const Constant&);
  void load_none();
  void finish_function();
  Function begin_function(const Node* node, std::string name);

  // compiler_statements.cpp
  void statements(const std::vector<NodePtr>&);
  void statement(const Node&);
  void plain_statement(const Node&);
  void assign(const Node&);
  void store_target(const Node&);
  void augmented(const Node&);
  void augmented_item(const Node&);
  void delete_target(const Node&);
  void if_chain(const Node&);
  void raise(const Node&);
  void assertion(const Node&);
  void import(const Node&);
  void import_from(const Node&);
  void check_module(const Node&, const std::string& path);

  // compiler_blocks.cpp
  void while_loop(const Node&);
  void for_loop(const Node&);
  void leave_loop(const Node&);
  void return_value(const Node&);
  void unwind(std::size_t down_to, bool value_on_top);
  void unwind_block(const Block&, bool value_on_top);
  void push_block(Block block);
  Block pop_block();
  void close_guard(Block&);
  void add_ranges(const Block&, std::uint32_t handler);
  void with(const Node&, std::size_t item);
  void try_block(const Node&);
  void try_except(const Node&);
  void handlers(const Node&, Label& end);
  void one_handler(const Node&, Label& end);
  void try_finally(const Node&);

  // compiler_functions.cpp
  void function(const Node&);
  void lambda(const Node&);
  void make_function(const Node&, const std::string& name);
  void function_body(const Node&);
  void class_definition(const Node&);
  void comprehension(const Node&);
  void comprehension_clause(const Node&, std::size_t clause, std::size_t first, std::int32_t below);
  void comprehension_element(const Node&, std::int32_t below);
  void defaults(const Node&, FunctionCode&);
  void signature(const Node&, FunctionCode&);
  void captures(const Scope& inner);

  // compiler_expressions.cpp
  void expression(const Node&);
  void collection(const Node&);
  void dict(const Node&);
  void boolean(const Node&);
  void compare(const Node&);
  void condition(const Node&, Label& if_false);
  void conditional(const Node&);
  void call(const Node&);
  void unpacked_call(const Node&);
  void items_to_list(const std::vector<NodePtr>& items, std::size_t from);
  void attribute(const Node&);
  void slice(const Node&);
  void joined(const Node&);
  bool fold(const Node&, Constant& into) const;
  void check_attribute(const Node&);

  Code& code_;
  const std::vector<ImportableModule>& modules_;
  bool is_prelude_;
  std::unique_ptr<ScopeTable> scopes_;
  Function* function_ = nullptr;
  std::size_t emitted_ = 0;  // instructions so far
  std::map<std::string, std::int32_t> names_;
  std::map<std::string, std::int32_t> globals_;
  std::map<std::string, std::int32_t> constants_;  // by a key of kind and content
};

}  // namespace python
