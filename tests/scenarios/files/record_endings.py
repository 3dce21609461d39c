#!/usr/bin/env python3
"""Records how short programs on files end under CPython and NumPy, for endings_test.

    python3 record_endings.py > endings.txt

Each line of ending_programs.txt is one program (" ; " stands for a new line), run in a fresh
directory that holds d.bin, four int32 0 1 2 3, after "import os" and "import numpy as np". Told are
what it printed, the last line of its traceback or the signal that killed it, and the sizes of the
files it leaves.
"""

import os
import signal
import struct
import subprocess
import sys
import tempfile

HEAD = "import os\nimport numpy as np\n"


def record(line):
    with tempfile.TemporaryDirectory() as directory:
        with open(os.path.join(directory, "d.bin"), "wb") as f:
            f.write(struct.pack("<4i", 0, 1, 2, 3))
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", HEAD + line.replace(" ; ", "\n")],
            cwd=directory, capture_output=True, text=True)
        for printed in done.stdout.splitlines():
            print(">", printed)
        if done.returncode < 0:
            print("!", signal.Signals(-done.returncode).name)
        elif done.returncode == 1 and done.stderr:
            print("!", done.stderr.splitlines()[-1])
        for name in sorted(os.listdir(directory)):
            size = os.path.getsize(os.path.join(directory, name))
            if (name, size) != ("d.bin", 16):
                print("=", name, size)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "ending_programs.txt")) as f:
        for line in f:
            print("==", line.rstrip("\n"))
            record(line.rstrip("\n"))


if __name__ == "__main__":
    main()
