#!/usr/bin/env python3
"""Runs that stop at a place, a disk that fails, and a kernel that writes on its own.

usage: stops_test.py PAGEWALK ROOT [unittest arguments]
"""
import json

from command import Case, main

PLACES = """\
import numpy as np
mm = np.memmap("data.bin", dtype=np.int32, mode="w+", shape=4 * 1024)
for i in range(3):
    mm[::1024] = i + 1
mm.flush()
mm[5] = 7
mm[2000] = 9
with open("new.bin", "wb") as f:
    f.write(b"hello")
    f.flush()
    a = np.arange(3000, dtype=np.int64)
    a.tofile(f)
print("over")
"""


class Stops(Case):
    """--kill and --power-cut at a place LINE[#TURN][:TOUCH]."""

    def test_a_killed_program_leaves_on_both_computers_what_the_simulated_one_said(self):
        name = self.program(PLACES)
        for place in ["2", "4", "4#3", "4#2:3", "5:0", "6", "7:1", "9", "11:1500", "12:3", "12:8", "13"]:
            with self.subTest(place):
                result = self.run_json(name, "--kill", place)
                self.assertEqual(result["agreement"]["unexplained"], [])
                sim, real = result["computers"]
                self.assertEqual(sim["ending"]["how"], "killed")
                self.assertEqual(sim["survived"], real["survived"])
                self.assertEqual(sim["ending"], real["ending"])
        self.assertEqual(result["agreement"]["compared"]["survived"], 2)
        self.assertEqual(sim["survived"]["new.bin"]["size"], 5 + 8 * 3000)

    def test_the_page_cache_survives_a_kill_and_the_disk_is_behind(self):
        result = self.run_json(self.program(PLACES), "--kill", "7:1", "--on", "sim")
        (sim,) = result["computers"]
        self.assertEqual(sim["survived"]["data.bin"]["sha256"],
                         sim["files"]["data.bin"]["cache_sha256"])
        self.assertNotEqual(sim["survived"]["data.bin"]["sha256"],
                            sim["files"]["data.bin"]["durable_sha256"])

    def test_a_power_cut_leaves_any_subset_of_the_unsynced_pages(self):
        name = self.program(PLACES)
        before = self.run_json(name, "--power-cut", "6")["computers"][0]["power_cut"]
        self.assertEqual(before["images"], "1")
        cut = self.run_json(name, "--power-cut", "7:1")["computers"][0]["power_cut"]
        self.assertEqual(cut["images"], "4")
        (file,) = cut["names"]["data.bin"]["files"]
        self.assertEqual(file["certain_bytes"], 16384 - 2)  # one byte differs in each page
        self.assertEqual(file["open_pages"], [{"pages": "0-1", "holds": ["disk", "cache"]}])
        self.assertEqual(len(cut["drawn"]), 3)

    def test_a_file_that_was_never_synced_may_be_absent_or_of_any_size(self):
        cut = self.run_json(self.program("""\
f = open("a", "wb")
f.write(b"12345678")
f.close()
pass
"""), "--power-cut", "4")["computers"][0]["power_cut"]
        self.assertTrue(cut["names"]["a"]["may_be_absent"])
        (file,) = cut["names"]["a"]["files"]
        self.assertEqual((file["smallest_size"], file["largest_size"]), (0, 8))
        # Absent, empty, or 1 to 8 bytes that are either zeros or the letters.
        self.assertEqual(cut["images"], str(1 + 1 + 2 * 8))

    def test_replacing_a_file_by_rename_loses_neither(self):
        (self.folder / "data").mkdir()
        (self.folder / "data" / "a").write_text("old")
        cut = self.run_json(self.program("""\
import os
f = open("b", "wb")
f.write(b"new!")
f.flush()
os.fsync(f.fileno())
f.close()
os.rename("b", "a")
pass
"""), "--files", self.folder / "data", "--power-cut", "8")["computers"][0]["power_cut"]
        self.assertEqual(cut["images"], "2")
        self.assertFalse(cut["names"]["a"]["may_be_absent"])
        self.assertEqual([f["certain_bytes"] for f in cut["names"]["a"]["files"]], [3, 4])
        self.assertTrue(cut["names"]["b"]["may_be_absent"])

    def test_the_same_seed_draws_the_same_images(self):
        name = self.program(PLACES)
        once, again, other = (self.run_json(name, "--power-cut", "12", "--set", f"seed={s}")
                              ["computers"][0]["power_cut"]["drawn"] for s in (1, 1, 77))
        self.assertEqual(once, again)
        self.assertNotEqual(once, other)

    def test_a_place_that_cannot_be_is_refused_and_one_not_reached_is_told(self):
        name = self.program(PLACES)
        self.refused("run", name, "--kill", "x", status=2, says="LINE[#TURN][:TOUCH]")
        self.refused("run", name, "--power-cut", "4:", status=2, says="a number of touches")
        self.refused("run", name, "--power-cut", "4", "--on", "real", status=2, says="--on sim")
        self.refused("run", name, "--kill", "4", "--power-cut", "4", status=2, says="ends once")
        self.refused("run", "three-programs", "--kill", "4", status=2, says="takes a program")
        self.refused("run", name, "--kill", "4#9", "--on", "sim", status=2,
                     says="the program ended after 3 executions of line 4")
        self.refused("run", name, "--kill", "6:2", status=2, says="makes only 1 touches")

    def test_each_step_tells_the_three_truths(self):
        steps = self.run_json(self.program(PLACES))["computers"]
        for name, computer in zip(["sim", "real"], steps):
            at = {s["line"]: s["files"].get("data.bin") for s in computer["steps"]}
            self.assertEqual(at[5]["cache_sha256"], at[5]["durable_sha256"], name)
            self.assertNotEqual(at[6]["cache_sha256"], at[5]["cache_sha256"])
            self.assertEqual(at[6]["program_sha256"], at[6]["cache_sha256"])
        self.assertNotEqual(steps[0]["steps"][-1]["files"]["data.bin"]["durable_sha256"],
                            steps[0]["steps"][-1]["files"]["data.bin"]["cache_sha256"])
        self.assertIsNone(at[6]["durable_sha256"])
        self.assertIn("looking would write it", at[6]["durable_why_not"])


class Faults(Case):
    """--inject: a simulated disk that fails."""

    def outcome(self, text, *faults):
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "data" / "data.bin").write_bytes(bytes(8192))
        options = [word for fault in faults for word in ("--inject", fault)]
        done = self.pagewalk("run", self.program(text), "--files", self.folder / "data", "--json",
                             *options)
        return done.returncode, json.loads(done.stdout)["computers"][0]

    def test_a_page_that_cannot_be_read_is_an_oserror_or_a_sigbus(self):
        status, sim = self.outcome("""\
try:
    open("data.bin", "rb").read()
except OSError as error:
    print(repr(error))
""", "read-error=data.bin:0")
        self.assertEqual(status, 0)
        printed = "".join(step["stdout"] for step in sim["steps"])
        self.assertEqual(printed, "OSError(5, 'Input/output error')\n")
        status, sim = self.outcome("""\
import numpy as np
print(np.memmap("data.bin", dtype=np.uint8, mode="r")[4096])
""", "read-error=data.bin:1")
        self.assertEqual((status, sim["ending"]["how"]), (128 + 7, "died"))

    def test_a_write_that_fails_is_reported_by_flush_once(self):
        status, sim = self.outcome("""\
import numpy as np
mm = np.memmap("data.bin", dtype=np.uint8, mode="r+")
mm[0] = 1
try:
    mm.flush()
except OSError as error:
    print(error)
mm.flush()
print("the second time all seems well")
""", "write-error=data.bin:0-1")
        self.assertEqual(status, 0)
        printed = "".join(step["stdout"] for step in sim["steps"])
        self.assertEqual(printed, "[Errno 5] Input/output error\n"
                                  "the second time all seems well\n")
        file = sim["files"]["data.bin"]
        self.assertTrue(file["cache_hex"].startswith("01"))
        self.assertTrue(file["durable_hex"].startswith("00"))
        self.assertEqual(sim["machine"]["inject"], ["write-error=data.bin:0-1"])

    def test_a_full_disk_is_an_oserror(self):
        status, sim = self.outcome("""\
try:
    with open("new.bin", "wb") as f:
        f.write(bytes(20000))
except OSError as error:
    print(error)
""", "disk-full=2")
        self.assertEqual(status, 0)
        printed = "".join(step["stdout"] for step in sim["steps"])
        self.assertEqual(printed, "[Errno 28] No space left on device\n")
        self.assertEqual(sim["files"]["new.bin"]["cache_size"], 8192)

    def test_what_cannot_be_injected_is_refused(self):
        name = self.program("pass")
        self.refused("run", name, "--inject", "fire", status=2, says="read-error=FILE:PAGES")
        self.refused("run", name, "--inject", "disk-full=1", "--on", "both", status=2,
                     says="--on sim")


class Background(Case):
    def test_dirty_pages_are_written_by_themselves_if_asked(self):
        name = self.program(PLACES.replace("mm.flush()", "s = np.arange(100000).sum()"))
        (sim,) = self.run_json(name, "--on", "sim", "--set", "dirty_ratio=1", "--set",
                               "frames=300")["computers"]
        self.assertGreater(sim["totals"]["write_backs"]["background"], 0)
        (sim,) = self.run_json(name, "--on", "sim")["computers"]
        self.assertEqual(sim["totals"]["write_backs"]["background"], 0)
        self.refused("run", name, "--set", "dirty_ratio=1", "--mode", "default", status=2,
                     says="--on sim")
        self.refused("run", name, "--set", "dirty_ratio=1", "--on", "real", status=2,
                     says="simulated computer that decides")
        self.refused("run", name, "--on", "sim", "--set", "dirty_ratio=101", status=2,
                     says="dirty_ratio")

    def test_the_real_computer_writes_what_the_simulated_one_wrote_of_itself(self):
        name = self.program(
            PLACES.replace("mm.flush()", "for k in range(9): s = np.arange(100000).sum()"))
        for setting in ["dirty_ratio=1", "dirty_expire_ms=1"]:
            with self.subTest(setting):
                result = self.run_json(name, "--set", setting, "--set", "frames=300")
                agreement = result["agreement"]
                self.assertEqual((agreement["unexplained"], agreement["explained"]), ([], []))
                sim, real = result["computers"]
                self.assertGreater(sim["totals"]["write_backs"]["background"], 0)
                if real["totals"]["write_backs"] is not None:
                    self.assertEqual(real["totals"]["write_backs"], sim["totals"]["write_backs"])


if __name__ == "__main__":
    main()
