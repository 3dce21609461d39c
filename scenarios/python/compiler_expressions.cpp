// Compiles expressions.

#include <algorithm>

#include "scenarios/python/compile_failure.h"
#include "scenarios/python/compiler.h"
#include "scenarios/python/standard_modules.h"

namespace python {

void Compiler::expression(const Node& node) {
  Constant folded;
  if (fold(node, folded)) return load_constant(folded);
  const std::uint32_t line = function_->line, column = function_->column;
  mark(node);
  switch (node.kind) {
    case NodeKind::name: load_name(node.text); break;
    case NodeKind::tuple:
    case NodeKind::list:
    case NodeKind::set: collection(node); break;
    case NodeKind::dict: dict(node); break;
    case NodeKind::unary:
      expression(*node.items[0]);
      emit(Op::unary, 0, static_cast<std::uint8_t>(node.op));
      break;
    case NodeKind::negation:
      expression(*node.items[0]);
      emit(Op::negate);
      break;
    case NodeKind::binary:
      expression(*node.items[0]);
      expression(*node.items[1]);
      mark(node);
      emit(Op::binary, 0, static_cast<std::uint8_t>(node.op));
      break;
    case NodeKind::boolean: boolean(node); break;
    case NodeKind::compare: compare(node); break;
    case NodeKind::conditional: conditional(node); break;
    case NodeKind::lambda: lambda(node); break;
    case NodeKind::call: call(node); break;
    case NodeKind::attribute: attribute(node); break;
    case NodeKind::subscript:
      expression(*node.items[0]);
      expression(*node.items[1]);
      mark(node);
      emit(Op::load_item);
      break;
    case NodeKind::slice: slice(node); break;
    case NodeKind::joined:
    case NodeKind::formatted: joined(node); break;
    case NodeKind::list_comprehension:
    case NodeKind::set_comprehension:
    case NodeKind::dict_comprehension:
    case NodeKind::generator: comprehension(node); break;
    case NodeKind::walrus:
      expression(*node.items[0]);
      emit(Op::copy);
      store_name(node.text);
      break;
    case NodeKind::yield:
      node.items[0] ? expression(*node.items[0]) : load_none();
      emit(Op::yield_value);
      break;
    default: fail_syntax(node.line, node.column, "can't use starred expression here");
  }
  function_->line = line;
  function_->column = column;
}

// Constants, their negatives, and tuples of them are made at compile time.
bool Compiler::fold(const Node& node, Constant& into) const {
  if (node.kind == NodeKind::constant) {
    if (node.op != 0) {
      fail_unsupported(node.line, node.column, "integers beyond 64 bits", "a float such as 1e20");
    }
    into = *node.value;
    return true;
  }
  if (node.kind == NodeKind::unary && static_cast<UnaryOp>(node.op) == UnaryOp::negative &&
      node.items[0]->kind == NodeKind::constant) {
    const Constant& operand = *node.items[0]->value;
    if (operand.kind == Constant::Kind::real) {
      into = operand;
      into.real = -operand.real;
      return true;
    }
    if (operand.kind != Constant::Kind::integer) return false;
    into = operand;
    into.integer = static_cast<std::int64_t>(~static_cast<std::uint64_t>(operand.integer) + 1);
    return true;
  }
  if (node.kind != NodeKind::tuple) return false;
  Constant tuple;
  tuple.kind = Constant::Kind::tuple;
  for (const NodePtr& item : node.items) {
    tuple.items.emplace_back();
    if (!fold(*item, tuple.items.back())) return false;
  }
  into = std::move(tuple);
  return true;
}

void Compiler::collection(const Node& node) {
  const bool has_star = std::any_of(node.items.begin(), node.items.end(), [](const NodePtr& item) {
    return item->kind == NodeKind::starred;
  });

  if (has_star) {
    items_to_list(node.items, 0);
    if (node.kind != NodeKind::list) {
      emit(Op::list_to_tuple, 0, node.kind == NodeKind::set ? 1 : 0);
    }
    return;
  }
  for (const NodePtr& item : node.items) expression(*item);
  mark(node);
  const Op op = node.kind == NodeKind::tuple  ? Op::build_tuple
                : node.kind == NodeKind::list ? Op::build_list
                                              : Op::build_set;
  Constant ignored;
  const bool constants = node.items.size() > 2 &&
                         std::all_of(node.items.begin(), node.items.end(),
                                     [&](const NodePtr& item) { return fold(*item, ignored); });
  emit(op, static_cast<std::int32_t>(node.items.size()), constants ? 1 : 0);
}

void Compiler::items_to_list(const std::vector<NodePtr>& items, std::size_t from) {
  emit(Op::build_list, 0);
  for (std::size_t i = from; i < items.size(); ++i) {
    if (items[i]->kind == NodeKind::keyword) continue;
    const bool star = items[i]->kind == NodeKind::starred;
    expression(star ? *items[i]->items[0] : *items[i]);
    if (star) {
      emit(Op::iterate, 1);
      Label end;
      const std::uint32_t loop = here();
      emit_jump(Op::for_iter, end);
      emit(Op::list_append, 1);
      emit(Op::jump, static_cast<std::int32_t>(loop));
      bind_label(end);
      --function_->depth;
    } else {
      emit(Op::list_append, 0);
    }
  }
}

void Compiler::dict(const Node& node) {
  emit(Op::build_dict, 0);
  for (std::size_t i = 0; i < node.items.size(); i += 2) {
    if (!node.items[i]) {
      expression(*node.items[i + 1]);
      emit(Op::dict_update, 0);
      continue;
    }
    expression(*node.items[i]);
    expression(*node.items[i + 1]);
    emit(Op::dict_add, 0);
  }
}

void Compiler::boolean(const Node& node) {
  Label end;
  const Op op = node.op == 0 ? Op::jump_if_false_or_pop : Op::jump_if_true_or_pop;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    expression(*node.items[i]);
    if (i + 1 < node.items.size()) emit_jump(op, end);
  }
  bind_label(end);
}

void Compiler::compare(const Node& node) {
  expression(*node.items[0]);
  Label shortcut, end;
  const std::size_t count = node.text.size();
  for (std::size_t i = 0; i < count; ++i) {
    expression(*node.items[i + 1]);
    const bool last = i + 1 == count;
    if (!last) {
      emit(Op::copy);
      emit(Op::rotate_three);
    }
    mark(node);
    emit(Op::compare, 0, static_cast<std::uint8_t>(node.text[i]));
    if (!last) emit_jump(Op::jump_if_false_or_pop, shortcut);
  }
  if (shortcut.empty()) return;
  emit_jump(Op::jump, end);
  bind_label(shortcut);
  ++function_->depth;  // the operand kept for the next comparison lies under the result
  emit(Op::swap);
  emit(Op::pop);
  bind_label(end);
}

// Jumps to if_false when the condition does not hold; `not`, `and` and `or` become jumps.
void Compiler::condition(const Node& node, Label& if_false) {
  if (node.kind == NodeKind::boolean && node.op == 0) {
    for (const NodePtr& item : node.items) condition(*item, if_false);
    return;
  }
  if (node.kind == NodeKind::negation) {
    expression(*node.items[0]);
    emit_jump(Op::jump_if_true, if_false);
    return;
  }
  expression(node);
  emit_jump(Op::jump_if_false, if_false);
}

void Compiler::conditional(const Node& node) {
  Label otherwise, end;
  condition(*node.items[0], otherwise);
  expression(*node.items[1]);
  emit_jump(Op::jump, end);
  --function_->depth;
  bind_label(otherwise);
  expression(*node.items[2]);
  bind_label(end);
}

void Compiler::call(const Node& node) {
  const Node& callee = *node.items[0];
  std::size_t positional = 0;
  Constant keywords;
  keywords.kind = Constant::Kind::tuple;
  for (std::size_t i = 1; i < node.items.size(); ++i) {
    const Node& item = *node.items[i];
    const bool unpacks =
        item.kind == NodeKind::starred || (item.kind == NodeKind::keyword && item.text.empty());
    if (unpacks) return unpacked_call(node);
    if (item.kind != NodeKind::keyword) {
      ++positional;
      continue;
    }
    keywords.items.emplace_back();
    keywords.items.back().kind = Constant::Kind::text;
    keywords.items.back().text = item.text;
  }
  const std::size_t count = node.items.size() - 1;
  if (count > 255) return unpacked_call(node);
  const std::int32_t names = keywords.items.empty() ? 0 : constant(keywords) + 1;
  const bool method = callee.kind == NodeKind::attribute;
  if (method) check_attribute(callee);
  expression(method ? *callee.items[0] : callee);
  for (std::size_t i = 1; i < node.items.size(); ++i) {
    const Node& item = *node.items[i];
    if (item.kind != NodeKind::keyword) expression(item);
  }
  for (std::size_t i = 1; i < node.items.size(); ++i) {
    const Node& item = *node.items[i];
    if (item.kind == NodeKind::keyword) expression(*item.items[0]);
  }
  mark(method ? callee : node);
  if (names > 65535) {
    fail_unsupported(node.line, node.column, "a program with more than 65535 constants", "");
  }
  const auto extra = static_cast<std::uint16_t>(names);
  if (method) {
    emit(Op::call_method, name_index(callee.text), static_cast<std::uint8_t>(count), extra);
  } else {
    emit(Op::call, static_cast<std::int32_t>(count), 0, extra);
  }
}

void Compiler::unpacked_call(const Node& node) {
  expression(*node.items[0]);
  items_to_list(node.items, 1);
  bool has_keywords = false;
  for (std::size_t i = 1; i < node.items.size(); ++i) {
    const Node& item = *node.items[i];
    if (item.kind != NodeKind::keyword) continue;
    if (!has_keywords) emit(Op::build_dict, 0);
    has_keywords = true;
    if (!item.text.empty()) {
      Constant key;
      key.kind = Constant::Kind::text;
      key.text = item.text;
      load_constant(key);
      expression(*item.items[0]);
      emit(Op::dict_add, 0, 1);
    } else {
      expression(*item.items[0]);
      emit(Op::dict_update, 0, 1);
    }
  }
  mark(node);
  emit(Op::call_unpacked, 0, has_keywords ? 1 : 0);
}

void Compiler::attribute(const Node& node) {
  check_attribute(node);
  expression(*node.items[0]);
  mark(node);
  emit(Op::load_attribute, name_index(node.text));
}

void Compiler::slice(const Node& node) {
  for (const NodePtr& item : node.items) {
    if (item) {
      expression(*item);
    } else {
      load_none();
    }
  }
  emit(Op::build_slice);
}

void Compiler::joined(const Node& node) {
  if (node.kind == NodeKind::formatted) {
    expression(*node.items[0]);
    if (node.items[1]) joined(*node.items[1]);
    mark(node);
    emit(Op::format, 0, static_cast<std::uint8_t>(node.op), node.items[1] ? 1 : 0);
    return;
  }
  for (const NodePtr& item : node.items) expression(*item);
  emit(Op::build_string, static_cast<std::int32_t>(node.items.size()));
}

namespace {

// The dotted path of a chain of attributes from a name, with the name's own path; empty if the
// chain starts with anything else.
std::string dotted_path(const Node& node, const Scope& module) {
  if (node.kind == NodeKind::name) {
    const auto at = module.imported.find(node.text);
    return at == module.imported.end() || module.assigned.contains(node.text) ? "" : at->second;
  }
  if (node.kind != NodeKind::attribute) return {};
  const std::string object = dotted_path(*node.items[0], module);
  return object.empty() ? "" : object + "." + node.text;
}

}  // namespace

// np.fft: a name that NumPy has and the subset does not is an error before the run.
void Compiler::check_attribute(const Node& node) {
  const Scope& module = scopes_->of(nullptr);
  const Node* root = &node;
  while (root->kind == NodeKind::attribute) root = root->items[0].get();
  if (root->kind != NodeKind::name) return;
  if (function_->scope->place_of(root->text) != Place::global) return;
  const std::string path = dotted_path(node, module);
  for (const ImportableModule& candidate : modules_) {
    if (!path.starts_with(candidate.name + ".")) continue;
    const std::string name = path.substr(candidate.name.size() + 1);
    const auto listed = [&](const std::vector<std::string_view>& names) {
      return std::any_of(names.begin(), names.end(), [&](std::string_view known) {
        return known == name || known.starts_with(name + ".");
      });
    };
    if (listed(candidate.supported) || !listed(candidate.real)) continue;
    const std::string shown = root->text + "." + name;
    const std::string nearest = nearest_name(name, candidate.supported);
    fail_unsupported(node.line, node.column, shown + " is not supported",
                     nearest.empty() ? "" : root->text + "." + nearest);
  }
}

}  // namespace python
