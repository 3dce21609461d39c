#!/usr/bin/env python3
"""The text of `pagewalk run` for shipped lessons and programs, held against the files beside this script.

usage: golden_test.py PAGEWALK ROOT [--update]      with --update the files are written anew
"""
import difflib
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
CASES = {
    "three-programs.sim.txt": ["three-programs", "--on", "sim"],
    "visible-is-not-durable.sim.txt": ["visible-is-not-durable", "--on", "sim"],
    "program2.sim.txt": ["scenarios/programs/program2.py", "--files", "scenarios/programs/files", "--on", "sim"],
}


def main():
    pagewalk, root = sys.argv[1:3]
    failed = 0
    for name, arguments in CASES.items():
        run = subprocess.run([pagewalk, "run", *arguments], cwd=root, capture_output=True, text=True)
        golden = HERE / name
        if "--update" in sys.argv:
            golden.write_text(run.stdout)
        want = golden.read_text()
        same = run.stdout == want and run.returncode == 0
        print("passed" if same else "FAILED", name, run.stderr)
        if not same:
            failed += 1
            sys.stdout.writelines(difflib.unified_diff(
                want.splitlines(True), run.stdout.splitlines(True), f"golden/{name}", "now"))
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
