#!/usr/bin/env python3
"""What the two computers' agreement says, and what the exit status makes of it.

usage: verdict_test.py PAGEWALK ROOT [unittest arguments]
"""
import hashlib
import json
import signal

from command import Case, main

# With the rule `end_of_file` off, the simulated computer does not send the SIGBUS of line 7.
BEHIND_THE_END = """\
import numpy as np
import os
np.zeros(8192, dtype=np.uint8).tofile('d.bin')
last = np.memmap('d.bin', dtype=np.uint8, mode='r+')
os.truncate('d.bin', 100)
print(int(last[50]))
print(int(last[4096]))
"""
# With the rule `zero_page` off, the simulated computer's load takes a frame: line 3's fault has another kind.
RAISES = """\
import numpy as np
a = np.zeros(4096)
print(a.sum())
{}
"""


class ExitStatus(Case):
    """Unexplained differences are told by status 3 however the program ended, and both are told."""

    def test_a_difference_is_not_hidden_by_a_signal(self):
        name = self.program(BEHIND_THE_END)
        plain = self.pagewalk("run", name)
        self.assertEqual(plain.returncode, 128 + signal.SIGBUS)
        done = self.refused("run", name, "--plant", "end_of_file", status=3, says="died of SIGBUS in line 7")
        self.assertIn("not 135", done.stderr)
        self.assertIn("died of SIGBUS", done.stdout)

    def test_a_difference_is_not_hidden_by_an_exception_or_a_budget(self):
        for last, says in [("a[5000]", "raised IndexError"), ("for i in range(20000): pass", "budget of")]:
            name = self.program(RAISES.format(last))
            with self.subTest(last):
                self.assertEqual(self.pagewalk("run", name, "--set", "max_steps=9K").returncode, 1)
                self.refused("run", name, "--set", "max_steps=9K", "--plant", "zero_page", status=3, says=says)

    def test_a_difference_is_not_hidden_by_a_place_that_is_not_reached(self):
        name = self.program(RAISES.format("pass"))
        self.refused("run", name, "--kill", "4#2", status=2, says="not reached")
        self.refused("run", name, "--kill", "4#2", "--plant", "zero_page", status=3, says="not reached")

    def test_a_difference_in_one_program_of_a_lesson_is_not_hidden_by_another(self):
        text = '+++\ntitle = "Programs"\nsummary = "They run."\n+++\n'
        for name, last in [("one", "a[5000]"), ("two", "pass"), ("three", "a[5000]")]:
            text += f"\n```python name={name}\n{RAISES.format(last)}```\n"
        name = self.program(text, "programs.md")
        self.assertEqual(self.pagewalk("run", name).returncode, 1)
        self.refused("run", name, "--plant", "zero_page", status=3, says="IndexError")

    def test_runs_that_the_clock_ended_are_not_held_against_each_other(self):
        name = self.program("n = 0\nwhile True:\n    n += 1\n")
        done = self.pagewalk("run", name, "--json", "--set", "max_seconds=1", "--set", "max_steps=1000G")
        self.assertEqual(done.returncode, 1, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual([c["ending"]["how"] for c in result["computers"]], ["out_of_time"] * 2)
        self.assertIn("time budget", result["agreement"]["why_not"])
        self.assertEqual(result["agreement"]["compared"], {})


class Looks(Case):
    """What a line left is looked at when it ends, whether or not a page fault came with it."""

    def test_a_store_without_a_fault_changes_the_bytes_that_are_told(self):
        name = self.program("""\
import numpy as np
c = np.memmap("c.bin", dtype="u1", mode="w+", shape=4096)
c[0] = 1
c[0] = 2
x = 5
c[0] = 3
""")
        for mode in ["exact", "default"]:
            for computer in self.run_json(name, "--mode", mode)["computers"]:
                told = {s["line"]: (s["files"]["c.bin"]["program_sha256"], s["looked"])
                        for s in computer["steps"] if s["line"] > 2}
                expected = {line: (hashlib.sha256(bytes([n]) + bytes(4095)).hexdigest(), line != 5)
                            for line, n in [(3, 1), (4, 2), (5, 2), (6, 3)]}
                self.assertEqual({line: told[line] for line in expected}, expected, computer["name"])

    def test_turns_of_a_loop_that_fault_on_one_computer_only_are_looked_at_on_both(self):
        (self.folder / "in").mkdir()
        (self.folder / "in" / "data.bin").write_bytes(bytes(range(256)) * 256)
        name = self.program("""\
import numpy as np
m = np.memmap("data.bin", dtype="u1", mode="r+")
for i in range(1200):
    m[i * 37] += 1
m.flush()
""")
        result = self.run_json(name, "--files", self.folder / "in", "--mode", "default")
        self.assertEqual(result["agreement"]["unexplained"], [])
        sim, real = ([s["looked"] for s in c["steps"]] for c in result["computers"])
        self.assertEqual(sim, real)

    def test_a_removed_file_is_gone_though_its_page_is_in_a_frame(self):
        name = self.program("""\
import numpy as np
import os
np.zeros(4096, dtype=np.uint8).tofile("a.bin")
m = np.memmap("a.bin", dtype=np.uint8, mode="r+")
m[0] = 1
os.remove("a.bin")
m[0] = 2
np.ones(8, dtype=np.uint8).tofile("a.bin")
""")
        for computer in self.run_json(name)["computers"]:
            steps = {s["line"]: s for s in computer["steps"]}
            self.assertEqual((steps[6]["files"], steps[7]["files"]), ({}, {}))
            self.assertEqual(steps[8]["files"]["a.bin"]["size"], 8)
            self.assertEqual(steps[8]["resident"], ["a.bin (old):0", "a.bin:0"])


class Mirrored(Case):
    """What this computer takes from the simulated one is not called equal, nor a fault of its kernel."""

    PRESSED = """\
import numpy as np
a = np.zeros(16 * 4096, dtype=np.uint8)
for i in range(3):
    a += 1
print(a.sum())
"""

    def test_swap_ins_are_no_major_faults_of_this_computer(self):
        result = self.run_json(self.program(self.PRESSED), "--set", "frames=8")
        sim, real = (c["totals"] for c in result["computers"])
        self.assertGreater(real["swapped_in"], 40)
        self.assertEqual((sim["faults"]["major"], sim["faults"]["swap_in"]), (sim["swapped_in"],) * 2)
        self.assertEqual((real["faults"]["major"], real["faults"]["swap_in"]), (0, real["swapped_in"]))
        self.assertEqual(sim["faults"]["minor"], real["faults"]["minor"] - real["swapped_in"])
        kinds = {f["kind"] for s in result["computers"][1]["steps"] for f in s["fault_pages"]}
        self.assertIn("minor (swap_in)", kinds)
        self.assertFalse([k for k in kinds if "major" in k], kinds)

    def test_mirrored_figures_are_marked_and_not_counted(self):
        agreement = self.run_json(self.program(self.PRESSED), "--set", "frames=8")["agreement"]
        for figure in ["evicted", "swapped_in", "swapped_out", "faults.swap_in", "fault_labels"]:
            self.assertGreater(agreement["mirrored"][figure], 0)
        self.assertEqual(agreement["equal"], sum(agreement["compared"].values()))
        self.assertLess(agreement["of_nothing"], agreement["equal"])
        text = self.pagewalk("run", self.program(self.PRESSED), "--set", "frames=8").stdout
        rows = [line for line in text.splitlines() if line.startswith(("  evicted", "  swapped"))]
        self.assertGreater(len(rows), 4)
        for row in rows:
            self.assertTrue(row.endswith(("←",)), row)
        self.assertIn("not which page is evicted", " ".join(text.split()))


if __name__ == "__main__":
    main()
