#!/usr/bin/env python3
"""Style that a machine can check: include direction, lengths, headers, formatting.

usage: tidy_test.py ROOT
"""
import pathlib
import re
import shutil
import subprocess
import sys

# folder -> folders it may include (besides itself). The longest matching prefix decides.
MAY_INCLUDE = {
    "sim/core": [],
    "sim/hardware": ["sim/core"],
    "sim/storage": ["sim/core"],
    "sim/kernel": ["sim/core", "sim/hardware", "sim/storage"],
    "sim": ["sim"],
    "scenarios/python": ["sim/core"],
    "scenarios/numpy": ["sim/core", "scenarios/python"],
    "real": ["sim/core"],
    "scenarios/session": ["sim", "scenarios/python", "scenarios/numpy", "real"],
    "scenarios/lesson": ["sim", "scenarios/session", "real"],
    "scenarios/compare": ["sim", "scenarios/session", "scenarios/lesson", "scenarios/python", "real"],
    "scenarios/manual": [],
    "scenarios/cli": ["sim", "scenarios/session", "scenarios/lesson", "scenarios/compare", "scenarios/manual", "scenarios/python", "real"],
    "viz/model": ["sim", "scenarios/session", "scenarios/compare", "scenarios/lesson", "scenarios/compare", "scenarios/python", "real"],
    "viz/draw": [],
    "viz/panels": ["viz/draw", "viz/model"],
    "viz/platform": ["viz/draw", "viz/model"],
    "viz/app": ["viz/draw", "viz/model", "viz/panels", "viz/platform", "scenarios/lesson", "scenarios/manual", "scenarios/session"],
    "bench": ["sim", "scenarios", "real", "viz"],
    "tests": ["sim", "scenarios", "real", "viz", "tests"],
}
MOST_LINES, MOST_COLUMNS, MOST_FUNCTION = 400, 100, 60
PROJECT_FOLDERS = ("sim/", "scenarios/", "real/", "viz/", "tests/", "bench/")


def folder_of(path):
    return max((f for f in MAY_INCLUDE if path == f or path.startswith(f + "/")), key=len, default=None)


def include_problems(path, text):
    folder = folder_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'#include [<"]([^>"]+)[>"]', line)
        if not match or not match[1].startswith(PROJECT_FOLDERS):
            continue
        target = match[1]
        allowed = [folder] + MAY_INCLUDE[folder]
        if not any(target.startswith(a + "/") for a in allowed):
            yield f"{path}:{number}: {folder} may not include {target}"


def function_problems(path, text):
    """Functions at namespace or class level, by the indentation that clang-format gives their braces."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        match = re.match(r"( *)(?!namespace|class|struct|enum|union|extern|\}|//|#).*\) ?[^;={}]*\{$", line)
        if not match or len(match[1]) > 2:
            continue
        indent = match[1]
        for end in range(start + 1, len(lines)):
            if lines[end].startswith(indent + "}"):
                if end - start + 1 > MOST_FUNCTION:
                    yield f"{path}:{start + 1}: function of {end - start + 1} lines, at most {MOST_FUNCTION}"
                break


def problems(path, text):
    lines = text.splitlines()
    is_table = path.endswith(".inc")
    if not is_table and len(lines) > MOST_LINES:
        yield f"{path}: {len(lines)} lines, at most {MOST_LINES}"
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_COLUMNS and not is_table:
            yield f"{path}:{number}: {len(line)} columns, at most {MOST_COLUMNS}"
    if not lines or not lines[0].startswith("//"):
        yield f"{path}:1: the first line says what the file is for"
    if path.endswith(".h") and "#pragma once" not in text:
        yield f"{path}: no #pragma once"
    yield from include_problems(path, text)
    yield from function_problems(path, text)


def main():
    root = pathlib.Path(sys.argv[1])
    listed = subprocess.run(["git", "-C", root, "ls-files", "*.h", "*.cpp", "*.inc"],
                            capture_output=True, text=True, check=True).stdout.split()
    sources = [p for p in listed if (root / p).exists()]
    assert len(sources) > 20, "no sources found: run inside the git checkout"
    found = [problem for path in sources for problem in problems(path, (root / path).read_text())]
    if shutil.which("clang-format"):
        code = [str(root / p) for p in sources if not p.endswith(".inc")]
        check = subprocess.run(["clang-format", "--dry-run", "-Werror", *code], capture_output=True, text=True)
        found += sorted({line.replace(str(root) + "/", "") for line in check.stderr.splitlines() if ": error:" in line})
    else:
        found.append("clang-format is missing: apt-get install clang-format")
    print("\n".join(found))
    print(f"{len(sources)} files checked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
