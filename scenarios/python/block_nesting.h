// Refuses blocks inside each other beyond CPython's limit, before any of them is compiled.

#pragma once

#include <vector>

#include "scenarios/python/syntax_tree.h"

namespace python {

// Throws CompileFailure: "too many statically nested blocks".
void check_block_nesting(const std::vector<NodePtr>& program);

}  // namespace python
