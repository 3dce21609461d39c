"""Commands in the middle of an endless program, to which something happens from outside."""
import os
import pathlib
import signal
import subprocess
import time

from command import PAGEWALK, Case

ENDLESS = ("import numpy as np\n"
           "mm = np.memmap('d.bin', dtype=np.uint8, mode='w+', shape=(8192,))\n"
           "while True:\n    mm[5] += 1\n")


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.005)
    raise AssertionError("it did not come about")


class Watched(Case):
    """Commands whose scratch directory is looked at."""

    def setUp(self):
        super().setUp()
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()

    def start(self, how=("run", "--on", "real"), begun=None, **options):
        """A command in the middle of its endless program, of which `begun` tells."""
        verb, *rest = how
        process = subprocess.Popen(
            [PAGEWALK, verb, self.program(ENDLESS), *rest, "--set", "max_steps=1000G"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PAGEWALK_SCRATCH": str(self.scratch)}, **options)
        self.addCleanup(process.kill)
        wait_until(lambda: begun(process) if begun else self.has_stored())
        return process

    def has_stored(self):
        """The program is in its loop: its first store shows in the file."""
        return any(any(path.read_bytes()) for path in self.scratch.glob("pagewalk-*/d.bin"))

    def child_of(self, process):
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        return int(wait_until(lambda: children.read_text().split())[0])

    def ends_after(self, process, mishap):
        """Everything it said, and its status; it has to end within a second of the mishap."""
        mishap()
        started = time.monotonic()
        out, err = process.communicate(timeout=60)
        self.assertLess(time.monotonic() - started, 1.0)
        return out + err, process.returncode

    def nothing_is_left(self, child=None):
        self.assertEqual(list(self.scratch.iterdir()), [])
        if child is not None:
            self.assertFalse(pathlib.Path(f"/proc/{child}").exists())

    def ring_of(self, child):
        """The memory that a child shares with its parent (real/ring.h), open at its start."""
        maps = pathlib.Path(f"/proc/{child}/maps").read_text().splitlines()
        [ring] = [line for line in maps if " rw-s " in line and "/dev/zero" in line]
        memory = open(f"/proc/{child}/mem", "r+b", buffering=0)
        self.addCleanup(memory.close)
        return memory, int(ring.split("-")[0], 16)

    def ring_at_rest(self, process, child):
        """The parent sleeps, and so does the child: the ring is full, or nothing is told."""
        memory, start = self.ring_of(child)
        process.send_signal(signal.SIGSTOP)
        written = []

        def stands_still():
            memory.seek(start)
            written.append(memory.read(8))
            time.sleep(0.05)
            return len(written) > 2 and len(set(written[-3:])) == 1
        wait_until(stands_still)
        return memory, start
