// Compiles simple statements, if chains and imports.

#include <algorithm>

#include "scenarios/python/compile_failure.h"
#include "scenarios/python/compiler.h"
#include "scenarios/python/standard_modules.h"

namespace python {

void Compiler::statements(const std::vector<NodePtr>& body) {
  for (const NodePtr& node : body) statement(*node);
}

void Compiler::statement(const Node& node) {
  trace_line(node);
  switch (node.kind) {
    case NodeKind::if_chain: if_chain(node); return;
    case NodeKind::while_loop: while_loop(node); return;
    case NodeKind::for_loop: for_loop(node); return;
    case NodeKind::with: with(node, 0); return;
    case NodeKind::try_block: try_block(node); return;
    case NodeKind::function: function(node); return;
    case NodeKind::class_def: class_definition(node); return;
    case NodeKind::break_loop:
    case NodeKind::continue_loop: leave_loop(node); return;
    case NodeKind::return_value: return_value(node); return;
    default: plain_statement(node); return;
  }
}

void Compiler::plain_statement(const Node& node) {
  switch (node.kind) {
    case NodeKind::expression_statement:
      if (node.items[0]->kind == NodeKind::constant) return;
      expression(*node.items[0]);
      emit(Op::pop);
      return;
    case NodeKind::assign: assign(node); return;
    case NodeKind::augmented: augmented(node); return;
    case NodeKind::annotated:
      if (node.items[1]) {
        expression(*node.items[1]);
        store_target(*node.items[0]);
      }
      return;
    case NodeKind::del:
      for (const NodePtr& target : node.items) delete_target(*target);
      return;
    case NodeKind::raise: raise(node); return;
    case NodeKind::assertion: assertion(node); return;
    case NodeKind::import: import(node); return;
    case NodeKind::import_from: import_from(node); return;
    default: return;  // pass, global and nonlocal do nothing when run
  }
}

void Compiler::assign(const Node& node) {
  expression(*node.items.back());
  const std::size_t targets = node.items.size() - 1;
  for (std::size_t i = 0; i < targets; ++i) {
    if (i + 1 < targets) emit(Op::copy);
    store_target(*node.items[i]);
  }
}

void Compiler::store_target(const Node& node) {
  switch (node.kind) {
    case NodeKind::name: store_name(node.text); return;
    case NodeKind::attribute:
      expression(*node.items[0]);
      mark(node);
      emit(Op::store_attribute, name_index(node.text));
      return;
    case NodeKind::subscript:
      expression(*node.items[0]);
      expression(*node.items[1]);
      mark(node);
      emit(Op::store_item);
      return;
    default: break;
  }
  const auto is_star = [](const NodePtr& item) { return item->kind == NodeKind::starred; };
  const auto star = std::find_if(node.items.begin(), node.items.end(), is_star);
  if (std::count_if(node.items.begin(), node.items.end(), is_star) > 1) {
    fail_syntax(node.line, node.column, "multiple starred expressions in assignment");
  }
  if (star == node.items.end()) {
    emit(Op::unpack, static_cast<std::int32_t>(node.items.size()));
  } else {
    const auto before = static_cast<std::size_t>(star - node.items.begin());
    const std::size_t after = node.items.size() - before - 1;
    if (before > 255) {
      fail_unsupported(node.line, node.column, "more than 255 targets before a star",
                       "slices of the list");
    }
    emit(Op::unpack_star, 0, static_cast<std::uint8_t>(before), static_cast<std::uint16_t>(after));
  }
  for (const NodePtr& item : node.items) store_target(is_star(item) ? *item->items[0] : *item);
}

void Compiler::augmented(const Node& node) {
  const Node& target = *node.items[0];
  const auto op = static_cast<std::uint8_t>(node.op);
  if (target.kind == NodeKind::subscript) return augmented_item(node);
  if (target.kind == NodeKind::attribute) {
    expression(*target.items[0]);
    emit(Op::copy);
    emit(Op::load_attribute, name_index(target.text));
    expression(*node.items[1]);
    emit(Op::in_place, 0, op);
    emit(Op::swap);
    emit(Op::store_attribute, name_index(target.text));
    return;
  }
  load_name(target.text);
  expression(*node.items[1]);
  mark(node);
  emit(Op::in_place, 0, op);
  store_name(target.text);
}

void Compiler::augmented_item(const Node& node) {
  const Node& target = *node.items[0];
  const auto op = static_cast<std::uint8_t>(node.op);
  expression(*target.items[0]);
  expression(*target.items[1]);
  // Nothing can happen between reading the item and evaluating a constant.
  Constant other;
  if (fold(*node.items[1], other)) {
    load_constant(other);
    mark(node);
    emit(Op::augment_item, 0, op);
    return;
  }
  emit(Op::copy_two);
  emit(Op::load_item);
  expression(*node.items[1]);
  mark(node);
  emit(Op::in_place, 0, op);
  emit(Op::rotate_three);
  emit(Op::store_item);
}

void Compiler::delete_target(const Node& node) {
  switch (node.kind) {
    case NodeKind::name: delete_name(node.text); return;
    case NodeKind::attribute:
      expression(*node.items[0]);
      emit(Op::delete_attribute, name_index(node.text));
      return;
    case NodeKind::subscript:
      expression(*node.items[0]);
      expression(*node.items[1]);
      emit(Op::delete_item);
      return;
    default:
      for (const NodePtr& item : node.items) delete_target(*item);
  }
}

void Compiler::if_chain(const Node& node) {
  Label end;
  const bool has_else = !node.extras->otherwise.empty();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& branch = *node.items[i];
    if (i > 0) trace_line(branch);
    Label next;
    condition(*branch.items[0], next);
    statements(branch.extras->body);
    if (i + 1 < node.items.size() || has_else) emit_jump(Op::jump, end);
    bind_label(next);
    function_->traced_line = 0;
  }
  statements(node.extras->otherwise);
  bind_label(end);
  function_->traced_line = 0;
}

void Compiler::raise(const Node& node) {
  std::int32_t count = 0;
  for (const NodePtr& item : node.items) {
    if (!item) continue;
    expression(*item);
    ++count;
  }
  mark(node);
  emit(Op::raise, count);
}

void Compiler::assertion(const Node& node) {
  Label done;
  expression(*node.items[0]);
  emit_jump(Op::jump_if_true, done);
  if (node.items[1]) expression(*node.items[1]);
  mark(node);
  emit(Op::raise_assertion, node.items[1] ? 1 : 0);
  bind_label(done);
}

void Compiler::check_module(const Node& node, const std::string& path) {
  const std::string top = path.substr(0, path.find('.'));
  for (const ImportableModule& module : modules_) {
    if (module.name == top || module.name == path) return;
  }
  if (is_standard_module(top)) {
    std::string known;
    for (const ImportableModule& module : modules_) {
      if (module.name != "builtins") known += (known.empty() ? "" : ", ") + module.name;
    }
    fail_unsupported(node.line, node.column, "import " + path,
                     known.empty() ? "" : "one of " + known);
  }
}

void Compiler::import(const Node& node) {
  for (const ImportedName& imported : node.extras->names) {
    check_module(node, imported.name);
    const bool dotted = imported.name.find('.') != std::string::npos;
    const bool top = imported.as.empty() && dotted;
    emit(Op::import_module, name_index(imported.name), top ? 1 : 0);
    const std::string bound =
        imported.as.empty() ? imported.name.substr(0, imported.name.find('.')) : imported.as;
    store_name(bound);
  }
}

void Compiler::import_from(const Node& node) {
  if (node.text == "__future__") return;
  check_module(node, node.text);
  emit(Op::import_module, name_index(node.text));
  for (const ImportedName& imported : node.extras->names) {
    for (const ImportableModule& module : modules_) {
      if (module.name != node.text) continue;
      const auto has = [&](const std::vector<std::string_view>& names) {
        return std::find(names.begin(), names.end(), imported.name) != names.end();
      };
      if (has(module.real) && !has(module.supported)) {
        fail_unsupported(node.line, node.column, node.text + "." + imported.name,
                         nearest_name(imported.name, module.supported));
      }
    }
    emit(Op::import_name, name_index(imported.name));
    store_name(imported.as.empty() ? imported.name : imported.as);
  }
  emit(Op::pop);
}

}  // namespace python
