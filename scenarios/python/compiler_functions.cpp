// Compiles functions, classes and comprehensions.

#include "scenarios/python/compile_failure.h"
#include "scenarios/python/compiler.h"

namespace python {

namespace {

constexpr std::string_view kSpecialMethods[] = {
    "__init__",    "__call__",     "__getitem__",  "__setitem__", "__delitem__", "__enter__",
    "__exit__",    "__iter__",     "__next__",     "__add__",     "__sub__",     "__mul__",
    "__truediv__", "__floordiv__", "__mod__",      "__pow__",     "__matmul__",  "__radd__",
    "__rsub__",    "__rmul__",     "__rtruediv__", "__neg__",     "__pos__",     "__eq__",
    "__ne__",      "__lt__",       "__le__",       "__gt__",      "__ge__",      "__len__",
    "__str__",     "__repr__"};

}  // namespace

std::span<const std::string_view> special_methods() { return kSpecialMethods; }

void Compiler::function(const Node& node) {
  make_function(node, node.text);
  mark(node);
  store_name(node.text);
}

void Compiler::lambda(const Node& node) { make_function(node, "<lambda>"); }

// Default values are evaluated where the function is defined.
void Compiler::defaults(const Node& node, FunctionCode& code) {
  for (const FunctionParameter& parameter : node.extras->parameters) {
    const bool plain = parameter.kind == FunctionParameter::Kind::plain;
    if (!plain || !parameter.default_value) continue;
    expression(*parameter.default_value);
    ++code.defaults;
  }
  for (const FunctionParameter& parameter : node.extras->parameters) {
    if (parameter.kind != FunctionParameter::Kind::keyword_only) continue;
    code.keyword_defaults.push_back(parameter.default_value != nullptr);
    if (parameter.default_value) expression(*parameter.default_value);
  }
}

// Slots of the parameters: positional, keyword-only, *args, **kwargs.
void Compiler::signature(const Node& node, FunctionCode& code) {
  using Kind = FunctionParameter::Kind;
  for (const Kind kind : {Kind::plain, Kind::keyword_only, Kind::star, Kind::double_star}) {
    for (const FunctionParameter& parameter : node.extras->parameters) {
      if (parameter.kind != kind) continue;
      local_slot(parameter.name);
      if (kind == Kind::plain) ++code.positional;
      if (kind == Kind::keyword_only) ++code.keyword_only;
      if (kind == Kind::star) code.has_star = true;
      if (kind == Kind::double_star) code.has_double_star = true;
    }
  }
  code.positional_only = static_cast<std::uint32_t>(node.extras->positional_only);
}

void Compiler::captures(const Scope& inner) {
  for (const std::string& name : inner.free) emit(Op::load_closure, local_slot(name));
}

void Compiler::make_function(const Node& node, const std::string& name) {
  const std::uint32_t depth = function_->depth;
  const auto index = static_cast<std::int32_t>(code_.functions.size());
  Function made = begin_function(&node, name);
  defaults(node, *made.code);
  captures(*made.scope);
  Function* outer = function_;
  function_ = &made;
  signature(node, *made.code);
  function_body(node);
  function_ = outer;
  emit(Op::make_function, index);
  function_->depth = depth + 1;
}

void Compiler::function_body(const Node& node) {
  FunctionCode& code = *function_->code;
  for (const std::string& name : function_->scope->free) {
    code.free_slots.push_back(static_cast<std::uint32_t>(local_slot(name)));
  }
  mark(node);
  for (const std::string& name : function_->scope->bound) {
    if (function_->scope->cells.contains(name)) emit(Op::make_cell, local_slot(name));
  }
  if (node.kind == NodeKind::lambda) {
    trace_line(*node.items[0]);
    expression(*node.items[0]);
  } else {
    statements(node.extras->body);
    load_none();
  }
  emit(Op::return_value);
  finish_function();
}

void Compiler::class_definition(const Node& node) {
  const std::uint32_t depth = function_->depth;
  for (const NodePtr& base : node.items) {
    if (base->kind == NodeKind::keyword || base->kind == NodeKind::starred) {
      fail_unsupported(base->line, base->column, "class keyword arguments", "plain base classes");
    }
    expression(*base);
  }
  for (const NodePtr& member : node.extras->body) {
    if (member->kind != NodeKind::function) continue;
    const std::string& name = member->text;
    if (!name.starts_with("__") || !name.ends_with("__")) continue;
    if (std::find(std::begin(kSpecialMethods), std::end(kSpecialMethods), name) ==
        std::end(kSpecialMethods)) {
      fail_unsupported(member->line, member->column, "the special method " + name,
                       "a method with a plain name");
    }
  }
  const auto index = static_cast<std::int32_t>(code_.functions.size());
  Function made = begin_function(&node, node.text);
  captures(*made.scope);
  Function* outer = function_;
  function_ = &made;
  for (const std::string& name : made.scope->free) {
    made.code->free_slots.push_back(static_cast<std::uint32_t>(local_slot(name)));
  }
  statements(node.extras->body);
  mark(node);
  emit(Op::end_class);
  emit(Op::return_value);
  finish_function();
  function_ = outer;
  mark(node);
  emit(Op::make_function, index);
  function_->depth = depth + static_cast<std::uint32_t>(node.items.size()) + 1;
  emit(Op::build_class, static_cast<std::int32_t>(node.items.size()));
  function_->depth = depth + 1;
  store_name(node.text);
}

// A comprehension is a function of its first iterator, as in CPython 3.11.
void Compiler::comprehension(const Node& node) {
  std::size_t first = 0;
  while (node.items[first]->kind != NodeKind::clause) ++first;
  const char* name = node.kind == NodeKind::list_comprehension   ? "<listcomp>"
                     : node.kind == NodeKind::set_comprehension  ? "<setcomp>"
                     : node.kind == NodeKind::dict_comprehension ? "<dictcomp>"
                                                                 : "<genexpr>";
  const std::uint32_t depth = function_->depth;
  const auto index = static_cast<std::int32_t>(code_.functions.size());
  Function made = begin_function(&node, name);
  captures(*made.scope);
  Function* outer = function_;
  function_ = &made;
  made.code->positional = 1;
  local_slot(".0");
  for (const std::string& free : made.scope->free) {
    made.code->free_slots.push_back(static_cast<std::uint32_t>(local_slot(free)));
  }
  mark(node);
  for (const std::string& bound : made.scope->bound) {
    if (made.scope->cells.contains(bound)) emit(Op::make_cell, local_slot(bound));
  }
  if (node.kind != NodeKind::generator) {
    emit(node.kind == NodeKind::list_comprehension  ? Op::build_list
         : node.kind == NodeKind::set_comprehension ? Op::build_set
                                                    : Op::build_dict,
         0);
  }
  emit(Op::load_local, local_slot(".0"));
  comprehension_clause(node, first, first, 1);
  if (node.kind == NodeKind::generator) load_none();
  emit(Op::return_value);
  finish_function();
  function_ = outer;
  emit(Op::make_function, index);
  function_->depth = depth + 1;
  expression(*node.items[first]->items[1]);
  mark(node);
  emit(Op::iterate);
  emit(Op::call, 1);
}

// Requires: the clause's iterator is on top. below: how far under the element the result lies.
void Compiler::comprehension_clause(const Node& node, std::size_t clause, std::size_t first,
                                    std::int32_t below) {
  const Node& own = *node.items[clause];
  Label end;
  const std::uint32_t loop = here();
  emit_jump(Op::for_iter, end);
  store_target(*own.items[0]);
  Label next;
  for (std::size_t i = 2; i < own.items.size(); ++i) condition(*own.items[i], next);
  if (clause + 1 < node.items.size()) {
    expression(*node.items[clause + 1]->items[1]);
    emit(Op::iterate);
    comprehension_clause(node, clause + 1, first, below + 1);
  } else {
    comprehension_element(node, below);
  }
  bind_label(next);
  emit(Op::jump, static_cast<std::int32_t>(loop));
  bind_label(end);
  --function_->depth;
}

void Compiler::comprehension_element(const Node& node, std::int32_t below) {
  expression(*node.items[0]);
  switch (node.kind) {
    case NodeKind::list_comprehension: emit(Op::list_append, below); return;
    case NodeKind::set_comprehension: emit(Op::set_add, below); return;
    case NodeKind::dict_comprehension:
      expression(*node.items[1]);
      emit(Op::dict_add, below);
      return;
    default: emit(Op::yield_value); emit(Op::pop);
  }
}

}  // namespace python
