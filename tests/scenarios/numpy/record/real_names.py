"""Prints scenarios/numpy/real_names.cpp from dir(numpy) of the NumPy that runs this."""

import numpy

HEAD = '''// dir(numpy) of NumPy {version}: which names exist there, for hints and for telling "not supported"
// from "no such name". Made by tests/scenarios/numpy/record/real_names.py.

#include "scenarios/numpy/real_names.h"

#include <array>

namespace numpy {{
namespace {{

// clang-format off
constexpr auto kNames = std::to_array<std::string_view>({{'''
TAIL = '''}});
// clang-format on

}}  // namespace

std::span<const std::string_view> real_names() {{
  return kNames;
}}

}}  // namespace numpy'''

print(HEAD.format(version=numpy.__version__))
line = "   "
for name in sorted(dir(numpy)):
    item = f' "{name}",'
    if len(line) + len(item) > 98:
        print(line)
        line = "   "
    line += item
print(line)
print(TAIL.format())
