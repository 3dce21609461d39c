// The names and the text constants of a program's bytecode.

#include "scenarios/python/mentions.h"

#include <algorithm>

#include "scenarios/python/bytecode.h"
#include "scenarios/python/evaluator.h"

namespace python {

namespace {

bool is_in(const Constant& constant, std::string_view name) {
  if (constant.kind == Constant::Kind::text) return constant.text == name;
  return std::ranges::any_of(constant.items, [&](const Constant& c) { return is_in(c, name); });
}

}  // namespace

bool mentions(const Code& code, std::string_view name) {
  return std::ranges::find(code.names, name) != code.names.end() ||
         std::ranges::any_of(code.constants, [&](const Constant& c) { return is_in(c, name); });
}

bool mentions(const Program& program, std::string_view name) {
  return mentions(*program.code, name);
}

}  // namespace python
