// Emits instructions, keeps track of the stack's depth, and resolves names.

#include "scenarios/python/compiler.h"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "scenarios/python/block_nesting.h"
#include "scenarios/python/compile_failure.h"
#include "sim/core/check.h"

namespace python {

namespace {

// How an instruction that does not jump changes the stack's depth.
std::int32_t effect(Op op, std::int32_t arg, std::uint8_t small, std::uint16_t extra) {
  switch (op) {
    case Op::load_constant:
    case Op::load_local:
    case Op::load_global:
    case Op::load_cell:
    case Op::load_class_local:
    case Op::load_closure:
    case Op::load_handled:
    case Op::copy:
    case Op::enter_with:
    case Op::import_module:
    case Op::import_name:
    case Op::leave_with_raising:
    case Op::end_class: return 1;
    case Op::copy_two: return 2;
    case Op::store_local:
    case Op::store_global:
    case Op::store_cell:
    case Op::pop:
    case Op::binary:
    case Op::in_place:
    case Op::compare:
    case Op::load_item:
    case Op::list_append:
    case Op::set_add:
    case Op::dict_update:
    case Op::delete_attribute:
    case Op::jump_if_false:
    case Op::jump_if_true:
    case Op::jump_if_false_or_pop:
    case Op::jump_if_true_or_pop:
    case Op::return_value:
    case Op::end_handler: return -1;
    case Op::store_item:
    case Op::augment_item: return -3;
    case Op::delete_item:
    case Op::store_attribute:
    case Op::dict_add:
    case Op::build_slice:
    case Op::reraise_cleanup: return -2;
    case Op::build_tuple:
    case Op::build_list:
    case Op::build_set:
    case Op::build_string: return 1 - arg;
    case Op::build_dict: return 1 - 2 * arg;
    case Op::format: return -static_cast<std::int32_t>(extra);
    case Op::call: return -arg;
    case Op::call_method: return -static_cast<std::int32_t>(small);
    case Op::call_unpacked: return small != 0 ? -2 : -1;
    case Op::unpack: return arg - 1;
    case Op::unpack_star: return small + extra;
    case Op::raise:
    case Op::raise_assertion: return -arg;
    case Op::build_class: return -arg;
    case Op::for_iter: return 1;
    default: return 0;
  }
}

std::string constant_key(const Constant& c) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(c.kind)));
  key += std::to_string(c.integer) + "/" + std::to_string(std::bit_cast<std::uint64_t>(c.real)) +
         "/" + std::to_string(c.text.size()) + ":" + c.text + "(";
  for (const Constant& item : c.items) key += constant_key(item) + ",";
  return key + ")";
}

}  // namespace

void Compiler::program(const std::vector<NodePtr>& body) {
  check_block_nesting(body);
  scopes_ = std::make_unique<ScopeTable>(body);
  for (std::size_t i = 0; i < code_.global_names.size(); ++i) {
    globals_[code_.global_names[i]] = static_cast<std::int32_t>(i);
  }
  for (std::size_t i = 0; i < code_.constants.size(); ++i) {
    constants_[constant_key(code_.constants[i])] = static_cast<std::int32_t>(i);
  }
  for (std::size_t i = 0; i < code_.names.size(); ++i) {
    names_[code_.names[i]] = static_cast<std::int32_t>(i);
  }
  Function module = begin_function(nullptr, "<module>");
  function_ = &module;
  if (!is_prelude_) {
    for (const std::string& name : module.scope->bound) global_slot(name);
  }
  statements(body);
  load_none();
  emit(Op::return_value);
  finish_function();
  function_ = nullptr;
}

Compiler::Function Compiler::begin_function(const Node* node, std::string name) {
  code_.functions.push_back(std::make_unique<FunctionCode>());
  Function function;
  function.code = code_.functions.back().get();
  function.code->name = std::move(name);
  function.code->is_hidden = is_prelude_;
  function.scope = &scopes_->of(node);
  function.outer = function_;
  function.code->is_class_body = function.scope->kind == Scope::Kind::class_body;
  std::string prefix;
  if (function_ != nullptr && function_->outer != nullptr) {
    prefix = function_->code->qualified + (function_->code->is_class_body ? "." : ".<locals>.");
  }
  function.code->qualified = prefix + function.code->name;
  function.code->is_generator = function.scope->has_yield;
  return function;
}

void Compiler::finish_function() {
  std::stable_sort(function_->ranges.begin(), function_->ranges.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [nesting, range] : function_->ranges) {
    function_->code->handlers.push_back(range);
  }
  for (const auto& [name, slot] : function_->slots) {
    auto& names = function_->code->local_names;
    if (names.size() <= slot) names.resize(slot + 1);
    names[slot] = name;
  }
}

std::uint32_t Compiler::here() const {
  return static_cast<std::uint32_t>(function_->code->instructions.size());
}

std::size_t Compiler::emit(Op op, std::int32_t arg, std::uint8_t small, std::uint16_t extra) {
  // A `finally` is compiled once for each way into it, so that a short text can have many.
  constexpr std::size_t kMostInstructions = std::size_t{1} << 21;  // beyond any text of 1 MiB
  if (++emitted_ > kMostInstructions) {
    fail_unsupported(function_->line, function_->column,
                     "a program of more than 2,097,152 instructions",
                     "fewer try statements in the finally blocks of others");
  }
  FunctionCode& code = *function_->code;
  code.instructions.push_back({.op = op, .small = small, .extra = extra, .arg = arg});
  code.lines.push_back(function_->line);
  code.columns.push_back(function_->column);
  const std::int64_t depth =
      static_cast<std::int64_t>(function_->depth) + effect(op, arg, small, extra);
  function_->depth = static_cast<std::uint32_t>(std::max<std::int64_t>(depth, 0));
  // One above the top: an exception is pushed on the way to its handler.
  code.max_stack = std::max(code.max_stack, function_->depth + 2);
  return code.instructions.size() - 1;
}

std::size_t Compiler::emit_jump(Op op, Label& label) {
  const std::size_t at = emit(op);
  label.push_back(at);
  return at;
}

void Compiler::bind_label(Label& label) {
  for (const std::size_t at : label) {
    function_->code->instructions[at].arg = static_cast<std::int32_t>(here());
  }
  label.clear();
}

// Where the instructions that follow stand in the text.
void Compiler::mark(const Node& node) {
  function_->line = node.line;
  function_->column = node.column;
}

// Statements that follow another on the same line are not a new line for a tracer.
void Compiler::trace_line(const Node& node) {
  mark(node);
  if (function_->traced_line == node.line || is_prelude_) return;
  function_->traced_line = node.line;
  emit(Op::line, static_cast<std::int32_t>(node.line));
}

std::int32_t Compiler::constant(const Constant& value) {
  const auto [at, is_new] = constants_.try_emplace(
      constant_key(value), static_cast<std::int32_t>(code_.constants.size()));
  if (is_new) code_.constants.push_back(value);
  return at->second;
}

std::int32_t Compiler::name_index(const std::string& name) {
  const auto [at, is_new] = names_.try_emplace(name, static_cast<std::int32_t>(code_.names.size()));
  if (is_new) code_.names.push_back(name);
  return at->second;
}

std::int32_t Compiler::global_slot(const std::string& name) {
  const std::string key = is_prelude_ ? "." + name : name;
  const auto [at, is_new] =
      globals_.try_emplace(key, static_cast<std::int32_t>(code_.global_names.size()));
  if (is_new) code_.global_names.push_back(key);
  return at->second;
}

std::int32_t Compiler::local_slot(const std::string& name) {
  const auto [at, is_new] =
      function_->slots.try_emplace(name, static_cast<std::uint32_t>(function_->slots.size()));
  (void)is_new;
  return static_cast<std::int32_t>(at->second);
}

void Compiler::load_name(const std::string& name) {
  const Scope& scope = *function_->scope;
  switch (scope.place_of(name)) {
    case Place::global: emit(Op::load_global, global_slot(name)); return;
    case Place::cell: emit(Op::load_cell, local_slot(name)); return;
    case Place::local: break;
  }
  if (scope.kind == Scope::Kind::class_body) {
    emit(Op::load_class_local, local_slot(name), 0, static_cast<std::uint16_t>(global_slot(name)));
  } else {
    emit(Op::load_local, local_slot(name));
  }
}

void Compiler::store_name(const std::string& name) {
  switch (function_->scope->place_of(name)) {
    case Place::global: emit(Op::store_global, global_slot(name)); return;
    case Place::cell: emit(Op::store_cell, local_slot(name)); return;
    case Place::local: emit(Op::store_local, local_slot(name)); return;
  }
}

void Compiler::delete_name(const std::string& name) {
  switch (function_->scope->place_of(name)) {
    case Place::global: emit(Op::delete_global, global_slot(name)); return;
    case Place::cell: emit(Op::delete_cell, local_slot(name)); return;
    case Place::local: emit(Op::delete_local, local_slot(name)); return;
  }
}

void Compiler::load_constant(const Constant& value) { emit(Op::load_constant, constant(value)); }

void Compiler::load_none() { load_constant(Constant{}); }

}  // namespace python
