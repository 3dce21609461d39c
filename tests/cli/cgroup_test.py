#!/usr/bin/env python3
"""A program under a real limit of memory: what the kernel gives up is counted, told beside the simulated computer's
policies, and nothing is left behind. Says why where this computer has no memory cgroup for it.

usage: cgroup_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import pathlib
import sys
import unittest

from command import Case, as_nobody, main

PAGES, FRAMES, TURNS = 3000, 2048, 3
LOOP = f"""import numpy as np
m = np.memmap('d.bin', dtype=np.uint8, mode='r')
for turn in range({TURNS}):
    m[::4096].sum()
"""
SIZE = ("--set", f"frames={FRAMES}")


class UnderALimit(Case):
    def setUp(self):
        super().setUp()
        files = self.folder / "files"
        files.mkdir()
        with open(files / "d.bin", "wb") as file:
            file.truncate(PAGES * 4096)
            for page in range(PAGES):
                file.seek(page * 4096)
                file.write(b"x")
        self.files = ("--files", files)

    def limited(self, text, *arguments):
        done = self.pagewalk("run", self.program(text), "--mode", "cgroup", *self.files, *arguments)
        if done.returncode == 2 and "cgroup" in done.stderr:
            print("not tried: " + done.stderr.strip(), file=sys.stderr)
            self.skipTest(done.stderr.strip())
        return done

    def nothing_is_left(self):
        self.assertEqual(list(pathlib.Path("/sys/fs/cgroup").rglob("pagewalk-*")), [])

    def test_a_loop_over_more_pages_than_there_are(self):
        done = self.limited(LOOP, *SIZE, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual([s["policy"] for s in told["simulated"]], ["lru", "clock", "fifo", "random"])
        lru, kernel = told["simulated"][0]["major"], told["kernel"]["major"]
        self.assertEqual(lru, PAGES * TURNS)
        # Every page must come once; who keeps any of them cannot need more than one that keeps none.
        self.assertGreater(kernel, PAGES + (PAGES - FRAMES))
        self.assertLess(kernel, PAGES * TURNS * 1.1)
        self.assertEqual(told["kernel"]["ending"]["how"], "finished")
        line = [l for l in told["lines"] if l["line"] == 4][0]
        self.assertEqual(line["simulated"]["major"], lru)
        self.assertEqual(line["kernel"]["major"], kernel)
        self.assertGreater(told["cgroup"]["own_pages"], 0)
        self.assertEqual(told["cgroup"]["limit_pages"], told["cgroup"]["own_pages"] + FRAMES)
        self.nothing_is_left()

    def test_the_text_calls_nothing_equal(self):
        text = self.limited(LOOP, *SIZE).stdout
        for part in ["under a real limit", "Nothing is mirrored", "the kernel", "lru", "apart", "9,000 major"]:
            self.assertIn(part, text)
        self.assertNotIn("agreement:", text)
        self.assertNotRegex(text, r"[=\u2260]\n")

    def test_frames_enough(self):
        text = self.limited(LOOP, "--set", "frames=65536").stdout
        self.assertIn("Nothing had to go", text)

    def test_memory_that_cannot_be_evicted(self):
        if len(pathlib.Path("/proc/swaps").read_text().splitlines()) > 1:
            self.skipTest("this computer has a swap area")
        done = self.limited(f"import numpy as np\na = np.ones({2 * FRAMES} * 512)\n", *SIZE)
        text = " ".join(done.stdout.split())  # however it was wrapped
        self.assertIn("killed the process for want of memory", text)
        self.assertIn("no swap area", text)
        self.assertIn("last faults are not in the figures", text)
        self.assertEqual(done.returncode, 128 + 9)
        self.nothing_is_left()

    def test_what_cannot_be_is_told(self):
        program = self.program(LOOP)
        for arguments, says in [((program, "--set", "frames=16"), "512 frames"),
                                (("three-programs",), "takes a program"),
                                ((program, "--on", "real"), "both computers"),
                                ((program, "--kill", "3"), "Leave --kill")]:
            self.refused("run", *arguments, "--mode", "cgroup", status=2, says=says)

    def test_an_unprivileged_user_is_told_how(self):
        user = as_nobody()
        if user is None:
            self.skipTest("this process cannot become another user")
        self.folder.chmod(0o755)
        self.refused("run", self.program(LOOP), "--mode", "cgroup", *SIZE, status=2, says="cgroup", user=user)


if __name__ == "__main__":
    main()
