// What the compiler makes and the virtual machine runs.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/python/syntax_tree.h"

namespace python {

// Operands: `arg`, and where two are needed `small` or `extra` too. "->" shows the stack's top.
enum class Op : std::uint8_t {
  line,              // a statement's first line (arg) begins
  load_constant,     // -> constants[arg]
  load_local,        // -> locals[arg]
  load_global,       // -> globals[arg], or the built-in of that name
  load_cell,         // -> content of the cell in locals[arg]
  load_class_local,  // -> locals[arg], or globals[extra] (extra == 0xFFFF: a name error)
  store_local,       // x ->
  store_global,      // x ->
  store_cell,        // x ->
  delete_local,
  delete_global,
  delete_cell,
  pop,               // x ->
  copy,              // x -> x x
  copy_two,          // x y -> x y x y
  swap,              // x y -> y x
  rotate_three,      // x y z -> z x y
  unary,             // small: UnaryOp
  negate,            // not x
  binary,            // small: BinaryOp
  in_place,          // small: BinaryOp
  compare,           // small: Comparison
  load_item,         // object key -> object[key]
  store_item,        // value object key ->
  delete_item,       // object key ->
  augment_item,      // object key other -> ; object[key] op= other; small: BinaryOp
  load_attribute,    // object -> object.names[arg]
  store_attribute,   // value object ->
  delete_attribute,  // object ->
  build_tuple,       // arg items -> tuple
  build_list,
  build_set,
  build_dict,    // arg pairs -> dict
  build_slice,   // start stop step -> slice
  build_string,  // arg strings -> one
  format,        // value [spec] -> str; small: conversion; extra: 1 with spec
  list_append,   // x -> ; to the list arg below

  list_to_tuple,  // list -> tuple; small 1: set
  set_add,        // x ->
  dict_add,       // key value -> ; to the dict arg below
  dict_update,    // mapping -> ; to the dict arg below; small 1: of a call's **
  call,           // callee args... -> result; arg: number, extra: keyword names constant + 1
  call_method,    // object args... -> result; arg: name, small: number, extra: keywords + 1
  call_unpacked,  // callee list [dict] -> result; small: 1 with dict
  jump,           // to arg
  jump_if_false,  // x ->
  jump_if_true,   // x ->
  jump_if_false_or_pop,
  jump_if_true_or_pop,
  iterate,             // x -> iterator
  for_iter,            // iterator -> iterator item, or -> and jump to arg
  unpack,              // x -> arg items, the first on top
  unpack_star,         // x -> small items, list, extra items
  make_function,       // defaults... cells... -> function; arg: code
  make_cell,           // locals[arg] becomes a cell with what was in it
  load_closure,        // -> the cell itself in locals[arg]
  return_value,        // x ->
  yield_value,         // x -> (and None when resumed)
  raise,               // [exception [cause]] -> ; arg: how many
  begin_handler,       // exception -> previous; it is now the handled one
  load_handled,        // -> the handled exception
  match_exception,     // type -> bool
  end_handler,         // previous ->
  reraise,             // raises the handled one again
  raise_again,         // exception -> ; goes on raising it
  reraise_cleanup,     // previous exception -> ; restores and goes on raising
  enter_with,          // context -> context entered
  leave_with,          // context ->
  leave_with_raising,  // context exception -> ; leaves, then goes on raising
  import_module,       // -> module names[arg]; small 1: its top-level package
  import_name,         // module -> module value of names[arg]
  build_class,         // bases... function -> class; arg: number of bases, extra: name constant
  raise_assertion,     // [message] -> ; arg: 0 or 1
  end_class,           // ends a class body: -> the class
};
inline constexpr int kOps = static_cast<int>(Op::end_class) + 1;

struct Instruction {
  Op op = Op::line;
  std::uint8_t small = 0;
  std::uint16_t extra = 0;
  std::int32_t arg = 0;
};
static_assert(sizeof(Instruction) == 8);

// Instructions [start, end) are guarded: an exception cuts the stack to `depth` above the frame's
// locals, pushes the exception and goes to the handler. Inner ranges come first.
struct HandlerRange {
  std::uint32_t start = 0, end = 0, handler = 0, depth = 0;
};

struct FunctionCode {
  std::string name;       // "<module>", "<lambda>", "f"
  std::string qualified;  // "f", "A.f", "f.<locals>.g"
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> lines;    // of each instruction
  std::vector<std::uint32_t> columns;  // from 1, in code points
  std::vector<HandlerRange> handlers;
  std::uint32_t max_stack = 0;

  std::vector<std::string> local_names;  // parameters first
  std::uint32_t positional = 0;          // parameters that may be given by position
  std::uint32_t positional_only = 0;
  std::uint32_t keyword_only = 0;         // after them
  bool has_star = false;                  // then *args
  bool has_double_star = false;           // then **kwargs
  std::uint32_t defaults = 0;             // of the last positional parameters
  std::vector<bool> keyword_defaults;     // of each keyword-only parameter: has one
  std::vector<std::uint32_t> free_slots;  // locals that take the closure's cells, in order
  bool is_generator = false;
  bool is_hidden = false;  // part of the prelude: no line in a traceback
  bool is_class_body = false;
};

class Code {
 public:
  std::vector<std::unique_ptr<FunctionCode>> functions;  // 0: the module
  std::vector<Constant> constants;
  std::vector<std::string> names;         // attributes, keywords, modules
  std::vector<std::string> global_names;  // by slot; those of the prelude start with a dot
  std::uint32_t prelude = 0;              // the function that defines the prelude's
};

}  // namespace python
