#!/usr/bin/env python3
"""A program on the simulated computer has a process of its own, which is sealed: what happens to it
is told, ends with status 2, and harms nothing.

usage: sealed_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import os
import pathlib
import signal
import unittest

from command import main
from watched import Watched

HOWS = [("run", "--on", "sim"), ("run",), ("exec", "--on", "sim")]


def status_of(process):
    """The fields of /proc/N/status."""
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def works(process):
    """It is sealed, and has worked for 0.05 s: it is in the program's loop."""
    worked = int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11])
    return status_of(process)["Seccomp"] == "2" and worked >= 5


class Sealed(Watched):
    def start(self, how=("run", "--on", "sim"), **options):
        return super().start(how, begun=lambda p: works(self.child_of(p)), **options)

    def test_its_seal(self):
        for how in HOWS:
            process = self.start(how)
            child = self.child_of(process)
            self.assertEqual(status_of(child)["NoNewPrivs"], "1")
            limits = pathlib.Path(f"/proc/{child}/limits").read_text()
            self.assertRegex(limits, r"Max processes +0 ")
            opened = {os.readlink(path) for path in pathlib.Path(f"/proc/{child}/fd").iterdir()}
            outside = {path for path in opened if path.startswith("/")}
            self.assertLessEqual(outside, {"/dev/null", "/memfd:pagewalk-files (deleted)",
                                           "/memfd:pagewalk page (deleted)"})
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 128 + signal.SIGINT)

    def test_a_crash_is_told_and_nothing_is_carried_back(self):
        for how in HOWS:
            for number in [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL]:
                (self.folder / "d.bin").write_bytes(b"old")
                process = self.start(how)
                child = self.child_of(process)
                said, status = self.ends_after(process, lambda: os.kill(child, number))
                self.assertIn("the process that ran the program ", said)
                self.assertIn("SIGKILL" if number == signal.SIGKILL else f"signal {number:d}", said)
                is_defect = number != signal.SIGKILL
                self.assertEqual("This is a defect of Pagewalk" in said, is_defect, said)
                self.assertEqual(status, 2)
                self.assertEqual((self.folder / "d.bin").read_bytes(), b"old")
                self.nothing_is_left(child)

    def test_a_crash_in_json(self):
        process = self.start(("run", "--json"))
        child = self.child_of(process)
        os.kill(child, signal.SIGSEGV)
        out, _ = process.communicate(timeout=60)
        result = json.loads(out)
        self.assertNotIn("agreement", result)
        [simulated] = result["computers"]
        self.assertEqual(simulated["ending"]["how"], "broken")
        self.assertEqual([s["line"] for s in simulated["steps"]][:2], [1, 2])

    def test_what_cannot_be_is_not_believed(self):
        shapes = [(0, b"\xff" * 8, "the counters of its ring"), (4096, b"\xfe" * (1 << 20), "")]
        for offset, scribbled, named in shapes:
            process = self.start()
            child = self.child_of(process)
            memory, start = self.ring_at_rest(process, child)
            memory.seek(start + offset)
            memory.write(scribbled)
            said, status = self.ends_after(process, lambda: process.send_signal(signal.SIGCONT))
            self.assertEqual(status, 2, said)
            self.assertIn(f"told what cannot be ({named}", said)
            self.nothing_is_left(child)


if __name__ == "__main__":
    main()
