// Counts blocks as CPython's compiler pushes them: one for a loop, a `with` item, a `try`, two for
// the body of an except clause.

#include "scenarios/python/block_nesting.h"

#include "scenarios/python/compile_failure.h"

namespace python {

namespace {

void check(const std::vector<NodePtr>& statements, std::size_t blocks);

// The statements are in `more` blocks of the node's, which is in `blocks` itself.
void check_inside(const Node& node, const std::vector<NodePtr>& statements, std::size_t blocks,
                  std::size_t more) {
  constexpr std::size_t kMostBlocks = 20;  // CO_MAXBLOCKS of CPython
  if (blocks + more > kMostBlocks) {
    fail_syntax(node.line, node.column, "too many statically nested blocks");
  }
  check(statements, blocks + more);
}

void check_try(const Node& node, std::size_t blocks) {
  const std::size_t own = node.extras->has_finally ? 1 : 0;
  const std::size_t guarded = node.items.empty() ? 0 : 1;
  check_inside(node, node.extras->body, blocks, own + guarded);
  for (const NodePtr& handler : node.items) {
    check_inside(*handler, handler->extras->body, blocks, own + 2);
  }
  check_inside(node, node.extras->otherwise, blocks, own);
  check_inside(node, node.extras->finally, blocks, own);
}

void check_statement(const Node& node, std::size_t blocks) {
  switch (node.kind) {
    case NodeKind::if_chain:
      for (const NodePtr& branch : node.items) check(branch->extras->body, blocks);
      check(node.extras->otherwise, blocks);
      return;
    case NodeKind::while_loop:
    case NodeKind::for_loop:
      check_inside(node, node.extras->body, blocks, 1);
      check(node.extras->otherwise, blocks);
      return;
    case NodeKind::with:
      check_inside(node, node.extras->body, blocks, node.items.size() / 2);
      return;
    case NodeKind::try_block: check_try(node, blocks); return;
    case NodeKind::function:
    case NodeKind::class_def: check(node.extras->body, 0); return;
    default: return;
  }
}

void check(const std::vector<NodePtr>& statements, std::size_t blocks) {
  for (const NodePtr& statement : statements) check_statement(*statement, blocks);
}

}  // namespace

void check_block_nesting(const std::vector<NodePtr>& program) { check(program, 0); }

}  // namespace python
