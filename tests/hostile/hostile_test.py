#!/usr/bin/env python3
"""Programs of shapes that once broke the interpreter: each ends as its .expected says, and in time.

  hostile_test.py PAGEWALK [NAME...]           run them on the simulated computer
  hostile_test.py --record COMMAND NAME...     write NAME.expected from what COMMAND (python3) does

An expectation is the exit status, what was printed, and stderr without a traceback's entries. Most were recorded
from CPython 3.11; a program whose first lines say that CPython differs was recorded from pagewalk.
"""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

PROGRAMS = pathlib.Path(__file__).parent / "programs"
MOST_SECONDS = 120 if os.environ.get("PAGEWALK_SANITIZED") else 30


def outcome(command, program):
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        try:
            ran = subprocess.run([*command, str(program)], cwd=folder, stdin=subprocess.DEVNULL,
                                 capture_output=True, text=True, errors="replace", timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return f"no end within {MOST_SECONDS} seconds\n"
    told = [line for line in ran.stderr.splitlines() if line and not line.startswith(" ")]
    return "\n".join([f"exit {ran.returncode}", ran.stdout + "-----", *told]) + "\n"


def main():
    if sys.argv[1] == "--record":
        for name in sys.argv[3:]:
            program = PROGRAMS / f"{name}.py"
            program.with_suffix(".expected").write_text(outcome(shlex.split(sys.argv[2]), program))
        return 0
    command = [os.path.abspath(sys.argv[1]), "exec", "--on", "sim"]
    wanted = sys.argv[2:]
    programs = sorted(p for p in PROGRAMS.glob("*.py") if not wanted or p.stem in wanted)
    assert programs, "no programs found"
    failed = 0
    for program in programs:
        expected = program.with_suffix(".expected").read_text()
        got = outcome(command, program)
        if got == expected:
            continue
        failed += 1
        print(f"== {program.name}\nexpected:\n{expected[-2000:]}got:\n{got[-2000:]}")
    print(f"{len(programs)} programs, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
