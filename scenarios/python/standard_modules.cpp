// Modules of the standard library by name, and the nearest of several names.

#include "scenarios/python/standard_modules.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace python {

namespace {

constexpr std::string_view kModules[] = {
    "abc",          "argparse",    "array",     "ast",
    "asyncio",      "atexit",      "base64",    "bisect",
    "builtins",     "calendar",    "cmath",     "collections",
    "colorsys",     "contextlib",  "copy",      "csv",
    "ctypes",       "dataclasses", "datetime",  "decimal",
    "difflib",      "dis",         "enum",      "errno",
    "faulthandler", "fcntl",       "fileinput", "fnmatch",
    "fractions",    "functools",   "gc",        "getpass",
    "glob",         "gzip",        "hashlib",   "heapq",
    "html",         "http",        "importlib", "inspect",
    "io",           "ipaddress",   "itertools", "json",
    "keyword",      "linecache",   "locale",    "logging",
    "lzma",         "math",        "mmap",      "multiprocessing",
    "numbers",      "operator",    "os",        "pathlib",
    "pickle",       "platform",    "pprint",    "queue",
    "random",       "re",          "resource",  "secrets",
    "select",       "shelve",      "shlex",     "shutil",
    "signal",       "socket",      "sqlite3",   "stat",
    "statistics",   "string",      "struct",    "subprocess",
    "sys",          "tempfile",    "textwrap",  "threading",
    "time",         "timeit",      "tkinter",   "traceback",
    "types",        "typing",      "unittest",  "urllib",
    "uuid",         "warnings",    "weakref",   "xml",
    "zipfile",      "zlib",        "numpy",     "scipy",
    "pandas",       "matplotlib"};

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

bool is_standard_module(std::string_view name) {
  return std::find(std::begin(kModules), std::end(kModules), name) != std::end(kModules);
}

std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = SIZE_MAX;
  for (const std::string_view candidate : candidates) {
    const std::size_t d = distance(wrong, candidate);
    if (d >= best_distance) continue;
    best = candidate;
    best_distance = d;
  }
  return std::string(best);
}

}  // namespace python
