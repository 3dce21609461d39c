#!/usr/bin/env python3
"""The array language beside CPython + NumPy, and the time from start to exit.

usage: language_bench.py PAGEWALK PYTHON      best of several runs each; ratios are the figures to read
"""
import pathlib
import subprocess
import sys
import tempfile
import time

PAGEWALK, PYTHON = map(str, sys.argv[1:3])
TURNS = 1_000_000
MAKE = f"import numpy as np\nnp.zeros({TURNS}, dtype=np.int32).tofile('loop.bin')\n"
LOOPS = {
    "memmap": "mm = np.memmap('loop.bin', dtype=np.int32, mode='r+')\n",
    "plain array": f"mm = np.zeros({TURNS}, dtype=np.int32)\n",
}
BODY = f"for i in range({TURNS}):\n    mm[i] += 1\n"


def best(command, folder, times=5):
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        seconds.append(time.perf_counter() - started)
        assert done.returncode == 0, (command, done.stderr.decode())
    return min(seconds)


def row(what, ours, theirs, wanted):
    print(f"{what:<44} {ours * 1000:9.1f} ms {theirs * 1000:9.1f} ms  x{theirs / ours:6.2f}  (goal {wanted})")


def main():
    pagewalk = str(pathlib.Path(PAGEWALK).resolve())
    print(f"{'':<44} {'pagewalk':>12} {'python3':>12}  ratio")
    with tempfile.TemporaryDirectory() as folder:
        imports = pathlib.Path(folder, "imports.py")
        imports.write_text("import numpy\n")
        python_import = best([PYTHON, str(imports)], folder)
        row("lesson three-programs on sim | import numpy",
            best([pagewalk, "run", "three-programs", "--on", "sim"], folder), python_import, "under 30 ms")
        for name, setup in LOOPS.items():
            program = pathlib.Path(folder, "loop.py")
            program.write_text(MAKE + setup + BODY)
            without = pathlib.Path(folder, "without.py")
            without.write_text(MAKE + setup)
            python_loop = best([PYTHON, str(program)], folder) - best([PYTHON, str(without)], folder)
            for mode in (["exec", "--on", "sim"], ["run", "--on", "sim"]):
                ours = best([pagewalk, *mode, str(program)], folder) - best([pagewalk, *mode, str(without)], folder)
                row(f"1,000,000 x mm[i] += 1, {name}, {mode[0]}", ours, python_loop, "x4")


if __name__ == "__main__":
    main()
