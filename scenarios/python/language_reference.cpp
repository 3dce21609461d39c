// What the language consists of.

#include "scenarios/python/language_reference.h"

#include "scenarios/python/builtins.h"
#include "scenarios/python/compiler.h"
#include "scenarios/python/exception_object.h"
#include "scenarios/python/method_table.h"

namespace python {

namespace {

using Group = ReferenceEntry::Group;

struct Construct {
  std::string_view name;
  std::string_view example;
};

constexpr Construct kStatements[] = {
    {"assignment", "a = b = 1\n"},
    {"assignment to several targets", "a, (b, *c) = 1, (2, 3, 4)\n"},
    {"assignment to items and attributes", "l = [1]\nl[0] = 2\n"},
    {"augmented assignment", "a = 1\na += 2\n"},
    {"annotated assignment (the annotation has no effect)", "a: int = 1\n"},
    {"del", "a = [1]\ndel a[0], a\n"},
    {"if, elif, else", "if 1:\n  pass\nelif 2:\n  pass\nelse:\n  pass\n"},
    {"while, else", "while 0:\n  pass\nelse:\n  pass\n"},
    {"for, else", "for a, b in [(1, 2)]:\n  pass\nelse:\n  pass\n"},
    {"break, continue, pass", "for i in [1]:\n  if i: continue\n  break\n"},
    {"def with positional-only, default, *args, keyword-only and **kwargs parameters",
     "def f(a, /, b=1, *c, d=2, **e):\n  return a\n"},
    {"return, global, nonlocal", "def f():\n  global g\n  g = 1\n  return g\n"},
    {"yield in a function", "def f():\n  yield 1\n"},
    {"class with one base", "class A:\n  def m(self): return 1\nclass B(A): pass\n"},
    {"with, several items",
     "class A:\n  def __enter__(self): pass\n"
     "  def __exit__(self, a, b, c): pass\nwith A() as a, A(): pass\n"},
    {"try, except, else, finally",
     "try:\n  pass\nexcept (ValueError, KeyError) as e:\n  pass\n"
     "else:\n  pass\nfinally:\n  pass\n"},
    {"raise, raise from", "try:\n  raise ValueError('x') from None\nexcept ValueError:\n  pass\n"},
    {"assert", "assert 1, 'text'\n"},
    {"import, from import", "from __future__ import annotations\n"},
};

constexpr Construct kExpressions[] = {
    {"literals: int, float, complex, str, bytes, None, True, False, ...",
     "x = [1, 0xff, 0b1, 1_000, 1.5e3, 2j, 's', b'b', None, True, ...]\n"},
    {"string prefixes r, b, f, u, triple quotes, escapes, implicit concatenation",
     "x = r'\\n' '''a''' u'\\u00e9'\n"},
    {"f-strings with conversions, format specs, nested fields and =",
     "x = 5\ny = f'{x!r:>{x}} {x=}'\n"},
    {"displays: list, tuple, dict, set, with * and **", "x = [*(1, 2)], {**{}}, {1}, ()\n"},
    {"comprehensions and generator expressions",
     "x = [a for b in [[1]] for a in b if a], {a: a for a in 'b'}, {a for a in 'b'}, (a for a in "
     "'b')\n"},
    {"operators: + - * / // % ** @ & | ^ << >> ~ and their comparisons", "x = -1 + 2 ** 3 // 4\n"},
    {"and, or, not, in, not in, is, is not, chained comparisons",
     "x = 1 < 2 < 3 and not 4 in [5]\n"},
    {"conditional expressions, lambda, :=", "x = (lambda a: a if (y := a) else 1)(2)\n"},
    {"calls with keywords, * and **", "x = dict(*[[]], **{'a': 1})\n"},
    {"attributes, items, slices, several axes", "x = 'abc'[::-1][0].upper()\n"},
};

constexpr Construct kLeftOut[] = {
    {"decorators", "@f\ndef g(): pass\n"},
    {"async and await", "async def f(): pass\n"},
    {"match", "match x:\n  case 1: pass\n"},
    {"yield from", "def f():\n  yield from g()\n"},
    {"except*", "try:\n  pass\nexcept* ValueError:\n  pass\n"},
    {"import *", "from os import *\n"},
    {"relative imports", "from . import x\n"},
    {"modules of the standard library that are not named above", "import math\n"},
    {"several base classes, metaclasses", "class A(metaclass=B): pass\n"},
    {"special methods beyond those listed", "class A:\n  def __hash__(self): return 1\n"},
    {"integers beyond 64 bits", "x = 100000000000000000000\n"},
    {"\\N{...} in a string", "x = '\\N{BULLET}'\n"},
};

void add(std::vector<ReferenceEntry>& into, Group group, std::span<const Construct> constructs) {
  for (const Construct& c : constructs) {
    into.push_back({group, std::string(c.name), std::string(c.example)});
  }
}

void add_methods(std::vector<ReferenceEntry>& into, const std::string& type,
                 const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    into.push_back({Group::method, type + "." + std::string(name), {}});
  }
}

}  // namespace

std::vector<ReferenceEntry> language_reference() {
  std::vector<ReferenceEntry> entries;
  add(entries, Group::statement, kStatements);
  add(entries, Group::expression, kExpressions);
  for (const auto& table : {builtin_functions(), iteration_functions()}) {
    for (const Builtin& b : table) {
      entries.push_back({Group::builtin_function, std::string(b.name), {}});
    }
  }
  for (const Builtin& b : builtin_types()) {
    entries.push_back({Group::builtin_type, std::string(b.name), {}});
  }
  for (const MethodTable* table :
       {&str_methods(), &bytes_methods(), &list_methods(), &tuple_methods(), &dict_methods(),
        &set_methods(), &range_methods()}) {
    add_methods(entries, std::string(table->type), table->names());
  }
  for (const std::string_view name : special_methods()) {
    entries.push_back({Group::method, "class." + std::string(name), {}});
  }
  for (const ExceptionKind& kind : exception_kinds()) {
    entries.push_back({Group::exception, std::string(kind.qualified_name), {}});
  }
  add(entries, Group::left_out, kLeftOut);
  return entries;
}

}  // namespace python
