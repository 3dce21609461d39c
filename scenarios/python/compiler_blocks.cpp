// Compiles loops, with, try, and the ways out of them.

#include "scenarios/python/compile_failure.h"
#include "scenarios/python/compiler.h"

namespace python {

void Compiler::push_block(Block block) {
  block.guard_start = here();
  block.depth = function_->depth;
  function_->blocks.push_back(std::move(block));
}

Compiler::Block Compiler::pop_block() {
  Block block = std::move(function_->blocks.back());
  function_->blocks.pop_back();
  close_guard(block);
  return block;
}

// The guarded range so far is complete; it goes on (or not) at what is emitted next.
void Compiler::close_guard(Block& block) {
  if (block.guard_start < here()) {
    block.closed.push_back({.start = block.guard_start, .end = here(), .handler = 0, .depth = 0});
  }
  block.guard_start = here();
}

// The block's ranges lead to the handler. Requires: the block is popped, so that the number of
// those left is its nesting.
void Compiler::add_ranges(const Block& block, std::uint32_t handler) {
  const auto nesting = static_cast<std::uint32_t>(function_->blocks.size());
  for (HandlerRange range : block.closed) {
    range.handler = handler;
    range.depth = block.depth;
    function_->ranges.emplace_back(nesting, range);
  }
}

void Compiler::while_loop(const Node& node) {
  Label otherwise;
  push_block({.kind = Block::Kind::while_loop, .node = &node});
  // The first turn's line was traced with the statement; each other turn comes back here.
  Label enter;
  emit_jump(Op::jump, enter);
  function_->blocks.back().start = here();
  function_->traced_line = 0;
  trace_line(node);
  bind_label(enter);
  condition(*node.items[0], otherwise);
  statements(node.extras->body);
  emit(Op::jump, static_cast<std::int32_t>(function_->blocks.back().start));
  Block block = pop_block();
  bind_label(otherwise);
  function_->traced_line = 0;
  statements(node.extras->otherwise);
  bind_label(block.breaks);
  function_->traced_line = 0;
}

void Compiler::for_loop(const Node& node) {
  expression(*node.items[1]);
  mark(node);
  emit(Op::iterate);
  push_block({.kind = Block::Kind::for_loop, .node = &node});
  Label enter, end;
  emit_jump(Op::jump, enter);
  function_->blocks.back().start = here();
  function_->traced_line = 0;
  trace_line(node);
  bind_label(enter);
  emit_jump(Op::for_iter, end);
  function_->traced_line = node.line;  // a body on the header's line is no new line
  store_target(*node.items[0]);
  statements(node.extras->body);
  emit(Op::jump, static_cast<std::int32_t>(function_->blocks.back().start));
  Block block = pop_block();
  --function_->depth;  // for_iter pops the iterator at its end
  bind_label(end);
  function_->traced_line = 0;
  statements(node.extras->otherwise);
  bind_label(block.breaks);
  function_->traced_line = 0;
}

void Compiler::leave_loop(const Node& node) {
  std::size_t loop = function_->blocks.size();
  while (loop > 0) {
    const Block::Kind kind = function_->blocks[loop - 1].kind;
    if (kind == Block::Kind::for_loop || kind == Block::Kind::while_loop) break;
    --loop;
  }
  const bool is_break = node.kind == NodeKind::break_loop;
  if (loop == 0) {
    fail_syntax(node.line, node.column,
                is_break ? "'break' outside loop" : "'continue' not properly in loop");
  }
  const std::uint32_t depth = function_->depth;
  unwind(loop, false);
  Block& target = function_->blocks[loop - 1];
  if (!is_break) {
    emit(Op::jump, static_cast<std::int32_t>(target.start));
  } else {
    if (target.kind == Block::Kind::for_loop) emit(Op::pop);
    emit_jump(Op::jump, target.breaks);
  }
  function_->depth = depth;
}

void Compiler::return_value(const Node& node) {
  if (function_->scope->kind != Scope::Kind::function) {
    fail_syntax(node.line, node.column, "'return' outside function");
  }
  const std::uint32_t depth = function_->depth;
  if (node.items[0]) {
    expression(*node.items[0]);
  } else {
    load_none();
  }
  unwind(0, true);
  mark(node);
  emit(Op::return_value);
  function_->depth = depth;
}

// Emits what the blocks above `down_to` do when control leaves them, innermost first. What is
// emitted for a block is guarded by those around it only.
void Compiler::unwind(std::size_t down_to, bool value_on_top) {
  std::vector<Block>& blocks = function_->blocks;
  std::vector<Block> left;  // innermost first
  while (blocks.size() > down_to) {
    close_guard(blocks.back());
    left.push_back(std::move(blocks.back()));
    blocks.pop_back();
    unwind_block(left.back(), value_on_top);
  }
  for (; !left.empty(); left.pop_back()) {
    blocks.push_back(std::move(left.back()));
    blocks.back().guard_start = here();
  }
}

void Compiler::unwind_block(const Block& block, bool value_on_top) {
  const auto below_value = [&](Op op) {
    if (value_on_top) emit(Op::swap);
    emit(op);
  };
  switch (block.kind) {
    case Block::Kind::guard:
    case Block::Kind::while_loop: return;
    case Block::Kind::for_loop: below_value(Op::pop); return;
    case Block::Kind::finally:
      function_->traced_line = 0;
      statements(block.node->extras->finally);
      return;
    case Block::Kind::with:
      function_->line = block.line;
      emit(Op::line, static_cast<std::int32_t>(block.line));
      below_value(Op::leave_with);
      emit(Op::pop);
      return;
    case Block::Kind::handler:
      below_value(Op::end_handler);
      if (block.node != nullptr && !block.node->text.empty()) {
        load_none();
        store_name(block.node->text);
        delete_name(block.node->text);
      }
      return;
  }
}

void Compiler::with(const Node& node, std::size_t item) {
  expression(*node.items[item]);
  mark(node);
  emit(Op::enter_with);
  --function_->depth;  // the guard keeps the context, not what it gave
  Block block{.kind = Block::Kind::with, .node = &node};
  block.line = node.line;
  push_block(std::move(block));
  ++function_->depth;
  if (node.items[item + 1]) {
    store_target(*node.items[item + 1]);
  } else {
    emit(Op::pop);
  }
  if (item + 2 < node.items.size()) {
    with(node, item + 2);
  } else {
    statements(node.extras->body);
  }
  const Block guarded = pop_block();
  Label end, suppressed;
  mark(node);
  emit(Op::line, static_cast<std::int32_t>(node.line));
  emit(Op::leave_with);
  emit(Op::pop);
  emit_jump(Op::jump, end);

  function_->depth = guarded.depth + 1;
  add_ranges(guarded, here());
  emit(Op::line, static_cast<std::int32_t>(node.line));
  emit(Op::begin_handler);
  push_block({.kind = Block::Kind::handler});
  emit(Op::leave_with_raising);
  emit_jump(Op::jump_if_true, suppressed);
  emit(Op::reraise);
  const Block cleanup = pop_block();
  function_->depth = cleanup.depth + 1;
  add_ranges(cleanup, here());
  emit(Op::reraise_cleanup);
  function_->depth = cleanup.depth;
  bind_label(suppressed);
  emit(Op::end_handler);
  emit(Op::pop);
  bind_label(end);
  function_->traced_line = 0;
}

void Compiler::try_block(const Node& node) {
  if (node.extras->has_finally) {
    try_finally(node);
  } else {
    try_except(node);
  }
}

void Compiler::try_finally(const Node& node) {
  const std::uint32_t depth = function_->depth;
  push_block({.kind = Block::Kind::finally, .node = &node});
  if (node.items.empty()) {
    statements(node.extras->body);
  } else {
    try_except(node);
  }
  const Block guarded = pop_block();
  Label end;
  function_->traced_line = 0;
  statements(node.extras->finally);
  emit_jump(Op::jump, end);

  function_->depth = depth + 1;
  add_ranges(guarded, here());
  emit(Op::begin_handler);
  push_block({.kind = Block::Kind::handler});
  function_->traced_line = 0;
  statements(node.extras->finally);
  emit(Op::reraise);
  const Block cleanup = pop_block();
  function_->depth = depth + 2;
  add_ranges(cleanup, here());
  emit(Op::reraise_cleanup);
  function_->depth = depth;
  bind_label(end);
  function_->traced_line = 0;
}

void Compiler::try_except(const Node& node) {
  const std::uint32_t depth = function_->depth;
  // A plain guard: nothing to do when control leaves it.
  push_block({.kind = Block::Kind::guard});
  statements(node.extras->body);
  const Block guarded = pop_block();
  Label end;
  statements(node.extras->otherwise);
  emit_jump(Op::jump, end);
  function_->depth = depth + 1;
  add_ranges(guarded, here());
  handlers(node, end);
  function_->depth = depth;
  bind_label(end);
  function_->traced_line = 0;
}

void Compiler::handlers(const Node& node, Label& end) {
  emit(Op::begin_handler);
  push_block({.kind = Block::Kind::handler});
  for (const NodePtr& handler : node.items) one_handler(*handler, end);
  emit(Op::reraise);
  const Block cleanup = pop_block();
  function_->depth = cleanup.depth + 1;
  add_ranges(cleanup, here());
  emit(Op::reraise_cleanup);
}

void Compiler::one_handler(const Node& node, Label& end) {
  Label next;
  function_->traced_line = 0;
  trace_line(node);
  if (node.items[0]) {
    expression(*node.items[0]);
    mark(node);
    emit(Op::match_exception);
    emit_jump(Op::jump_if_false, next);
  }
  const bool named = !node.text.empty();
  if (named) {
    emit(Op::load_handled);
    store_name(node.text);
  }
  function_->blocks.back().node = &node;
  if (named) {
    // The name goes away however the body ends.
    push_block({.kind = Block::Kind::guard});
    statements(node.extras->body);
    const Block body = pop_block();
    const auto forget = [&] {
      load_none();
      store_name(node.text);
      delete_name(node.text);
    };
    const std::uint32_t depth = function_->depth;
    emit(Op::end_handler);
    forget();
    emit_jump(Op::jump, end);
    function_->depth = depth + 1;
    add_ranges(body, here());
    forget();
    emit(Op::raise_again);
    function_->depth = depth;
  } else {
    statements(node.extras->body);
    const std::uint32_t depth = function_->depth;
    emit(Op::end_handler);
    emit_jump(Op::jump, end);
    function_->depth = depth;
  }
  function_->blocks.back().node = nullptr;
  bind_label(next);
}

}  // namespace python
