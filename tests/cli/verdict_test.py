#!/usr/bin/env python3
"""What the two computers' agreement says, and what the exit status makes of it.

usage: verdict_test.py PAGEWALK ROOT [unittest arguments]
"""
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
        done = self.refused("run", name, "--plant", "end_of_file", status=3, says="died of signal 7 in line 7")
        self.assertIn("not 135", done.stderr)
        self.assertIn("died of signal 7", done.stdout)

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


if __name__ == "__main__":
    main()
