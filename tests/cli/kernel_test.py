#!/usr/bin/env python3
"""What the real kernel does of itself: in default mode each difference has a cause that was seen.

usage: kernel_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import os
import subprocess
import time

from command import PAGEWALK, Case, main

CAUSES = {"fault_around", "readahead", "large_folio", "no_pressure", "background_write_back"}

SEQUENTIAL = """\
import numpy as np
f = open("data.bin", "rb")
for i in range(4):
    x = f.read(1048576)
f.seek(100000)
a = np.fromfile(f, dtype="f8", count=1000)
f.close()
b = np.fromfile("data.bin", dtype="f8")
"""

SCAN = """\
import numpy as np
mm = np.memmap("data.bin", dtype="u1", mode="r+")
print(mm.sum())
mm[0] = 1
mm[2000000:2100000] = 2
mm.flush()
mm[5] = 4
p = np.memmap("data.bin", dtype="u1", mode="c")
p[::65536] = 3
print(p.sum())
"""

RANDOM = """\
import numpy as np
rng = np.random.default_rng(1)
mm = np.memmap("data.bin", dtype="u1", mode="r+")
for i in rng.integers(0, 4194304, 100):
    mm[i] += 1
mm.flush()
"""

FOLIOS = """\
import numpy as np
import os
f = open("new.bin", "wb")
f.write(b"x" * 1048576)
f.flush()
os.fsync(f.fileno())
mm = np.memmap("new.bin", dtype="u1", mode="r+")
mm[10] = 5
mm[20000] = 5
print(mm[::4096].sum())
mm[300000:400000:4096] = 4
mm.flush()
mm[300000:400000:4096] = 4
f.close()
"""

MEMORY = """\
import numpy as np
a = np.zeros(2000000)
print(a.sum())
a[:] = 3
b = np.empty(1000000)
b[::512] = 1
b.tofile("b.bin")
"""


class WithFile(Case):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        (self.folder / "in" / "data.bin").write_bytes(bytes(range(256)) * 16384)


class DefaultMode(WithFile):
    def run_default(self, text, *arguments):
        result = self.run_json(self.program(text), "--files", self.folder / "in", "--mode",
                               "default", *arguments)
        agreement = result["agreement"]
        self.assertEqual(agreement["unexplained"], [])
        notes = [n for c in result["computers"] for n in c["notes"]]
        causes = {e["cause"] for e in agreement["explained"]}
        if not notes:
            self.assertLessEqual(causes, CAUSES)
        for explained in agreement["explained"]:
            self.assertTrue(explained["evidence"], explained)
        return causes, notes

    def test_reading_a_file_from_its_beginning(self):
        self.run_default(SEQUENTIAL)

    def test_a_scan_of_a_map_and_stores_to_it(self):
        causes, notes = self.run_default(SCAN)
        if not notes:
            self.assertIn("fault_around", causes)
        self.run_default(SCAN, "--trace", "touches")

    def test_random_access(self):
        self.run_default(RANDOM)

    def test_a_file_written_by_one_call_lies_in_large_folios(self):
        causes, notes = self.run_default(FOLIOS)
        if not notes:
            self.assertIn("large_folio", causes)

    def test_memory(self):
        self.run_default(MEMORY)

    def test_what_only_the_simulated_computer_had_to_evict(self):
        causes, _ = self.run_default(SCAN, "--set", "frames=200")
        self.assertIn("no_pressure", causes)

SLOW = """\
import numpy as np
mm = np.memmap("slow.bin", dtype="u1", mode="w+", shape=8 * 4096)
mm[::4096] = 1
n = 0
for i in range(1500000):
    n += 1
mm[5] = 2
mm[4096 + 5] = 3
mm.flush()
mm[3 * 4096] = 4
"""


class Unasked(Case):
    """Somebody syncs the program's file while it runs: the kernel writes its pages, unasked."""

    def run_and_sync(self):
        scratch = self.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        done = subprocess.Popen(
            [PAGEWALK, "run", self.program(SLOW), "--json", "--trace", "touches"],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PAGEWALK_SCRATCH": str(scratch)})
        found = None
        while done.poll() is None and found is None:
            found = next((p for p in scratch.rglob("slow.bin") if p.stat().st_size == 8 * 4096), None)
            time.sleep(0.005)
        if found is not None:
            time.sleep(0.02)
            with open(found, "rb") as file:
                os.fsync(file.fileno())
        return json.loads(done.communicate(timeout=60)[0])

    def test_what_the_kernel_wrote_by_itself_happens_to_the_second_simulated_run_too(self):
        for _ in range(10):
            result = self.run_and_sync()
            self.assertEqual(result["agreement"]["unexplained"], [])
            sim, real = result["computers"]
            if real["totals"]["write_backs"] is None:
                self.skipTest("dirty pages are not known here")
            if real["totals"]["write_backs"]["background"] == 8:
                break  # the sync came while the loop ran
        else:
            self.skipTest("the sync never came at the right time")
        self.assertEqual(result["agreement"]["explained"], [])
        self.assertEqual(sim["totals"], {**real["totals"], "simulated_ns": sim["totals"]["simulated_ns"],
                                         "tlb_misses": sim["totals"]["tlb_misses"]})
        self.assertGreater(real["totals"]["faults"]["write_notify"], 2)


MIXED = """\
import numpy as np
f = open("data.bin", "rb")
b = np.fromfile(f, dtype="f8", count=4000)
mm = np.memmap("data.bin", dtype="u1", mode="r+")
mm[:2000000:8192] = 1
c = np.memmap("data.bin", dtype="u1", mode="c")
c[100:200000:4096] = 2
a = np.ones(6000)
b.tofile("o.bin")
z = np.zeros(8000)
z[:] = a.sum()
"""


class OutOfMemory(WithFile):
    """Where the simulated computer's memory runs out, the real program dies at the same touch."""

    def died(self, *arguments):
        result = self.run_json(self.program(MIXED), "--files", self.folder / "in", "--trace",
                               "touches", *arguments, status=137)
        self.assertEqual(result["agreement"]["unexplained"], [])
        sim, real = (c["ending"] for c in result["computers"])
        self.assertIn("memory ran out", sim["message"])
        self.assertIn("on the simulated computer", real["message"])
        self.assertEqual((sim["line"], sim["signal"]), (real["line"], real["signal"]))
        return sim["line"]

    def test_the_two_end_together_wherever_it_happens(self):
        lines = set()
        for frames, swap in [(4, 0), (8, 0), (5, 7), (12, 2), (36, 7), (60, 2), (60, 18)]:
            for mode in ["exact", "default"]:
                with self.subTest(frames=frames, swap=swap, mode=mode):
                    lines.add(self.died("--set", f"frames={frames}", "--set",
                                        f"swap_pages={swap}", "--mode", mode))
        self.assertLessEqual({3, 5, 7}, lines)  # a call, a shared map, private copies


if __name__ == "__main__":
    main()
