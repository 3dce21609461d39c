#!/usr/bin/env python3
"""A loop is told in proportion to its lines: each figure once, with the turns it comes up in.

usage: loops_test.py PAGEWALK ROOT [unittest arguments]
"""
import random
import re
import unittest

from command import ROOT, Case, main

STORES = ("import numpy as np\n"
          "mm = np.memmap('data.bin', dtype=np.uint8, mode='w+', shape=(64 * 4096,))\n"
          "for i in range(256):\n"
          "    mm[i * 1024] = 1\n"
          "mm.flush()\n")


class Loops(Case):
    def told(self, text, *more):
        done = self.pagewalk("run", self.program(text), *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def block(self, text, line):
        """The rows of a line, as one text each, by label."""
        lines = text.split("\n")
        at = next(i for i, l in enumerate(lines) if l.startswith(f"{line:>4}  "))
        rows, label = {"": lines[at]}, ""
        for l in lines[at + 1:]:
            if not l.startswith("  ") or re.match(r" *\d+  ", l) or l.startswith("exit"):
                break
            label = l[2:19].strip() or label
            rows[label] = (rows.get(label, "") + " " + l[19:]).strip()
        return {k: re.sub(r" +", " ", v) for k, v in rows.items()}

    def test_stores_to_pages(self):
        told = self.told(STORES, "--on", "sim")
        rows = self.block(told, 4)
        self.assertIn("(256 turns)", rows[""])
        self.assertEqual(rows["page faults"], "63 major data.bin:0-62, 1 minor data.bin:63; "
                         "major: 1 in each of 63 turns, #1 to #249; minor: all in turn #253")
        self.assertEqual(rows["resident now"], "64 pages: data.bin:0-63; 2 to 64 over the turns")
        self.assertLess(told.count("\n"), 60)

    def test_both_computers_stand_side_by_side(self):
        told = self.told(STORES)
        self.assertLess(told.count("\n"), 90)
        self.assertNotIn("≠", told)

    def test_the_readme_shows_a_loop_as_it_is_told(self):
        told = self.told("import numpy as np\na = np.zeros(64 * 512)\nfor i in range(256):\n    a[i * 128] = 1\n")
        if "\nnote, " in told:
            self.skipTest("this computer shows less than the README's")
        shown = re.search(r"```\n( +3  for i.*?)```", (ROOT / "README.md").read_text(), re.S).group(1)
        self.assertIn(shown, told)

    def test_each_turn_on_request(self):
        told = self.told(STORES, "--on", "sim", "--turns")
        self.assertEqual(told.count("mm[i * 1024] = 1"), 256)
        self.assertNotIn("turns)", told)

    def test_what_happens_in_some_turns_only(self):
        rows = self.block(self.told("import numpy as np\n"
                                    "np.zeros(4 * 4096, dtype=np.uint8).tofile('d.bin')\n"
                                    "mm = np.memmap('d.bin', dtype=np.uint8, mode='r+')\n"
                                    "for i in range(20):\n"
                                    "    mm[i // 10 * 4096:] += 1\n", "--on", "sim"), 5)
        self.assertIn("all in turn #1", rows["page faults"])

    def test_functions_nested_loops_and_what_goes_on_after_a_call(self):
        told = self.told("import numpy as np\n"
                         "a = np.zeros(16 * 512)\n"
                         "def put(i, j):\n"
                         "    a[i * 512 + j] = 1\n"
                         "    return 1\n"
                         "for i in range(16):\n"
                         "    for j in range(32):\n"
                         "        a[0] += put(i, j)\n", "--on", "sim")
        self.assertIn("(512 turns)", self.block(told, 8)[""])
        self.assertIn("(512 turns)", self.block(told, 4)[""])
        self.assertIn("(17 turns)", self.block(told, 6)[""])
        self.assertEqual(self.block(told, 4)["page faults"].split(";")[1], " 1 in each of 16 turns, #1 to #481")
        self.assertNotIn("goes on", told)
        self.assertLess(told.count("\n"), 60)

    def test_a_long_loop_counts_beyond_the_steps_that_are_kept_apart(self):
        rows = self.block(self.told("import numpy as np\n"
                                    "a = np.zeros(3000 * 512)\n"
                                    "for i in range(3000):\n"
                                    "    a[i * 512] = 1\n", "--on", "sim"), 4)
        self.assertIn("(3000 turns)", rows[""])
        self.assertEqual(rows["page faults"], "3000 minor a:0-2999; 1 a turn")

    def test_all_that_is_printed_is_shown_in_order(self):
        told = self.told("print('first')\nfor i in range(1500):\n    print('a', i)\n    print('b', i)\n", "--on", "sim")
        wanted = "".join(f"  a {i}\n  b {i}\n" for i in range(1500))
        self.assertIn("in order\n  first\n" + wanted, told)
        self.assertIn("prints 1500 lines", told)

    def test_output_is_as_long_as_the_program_not_as_its_run(self):
        chance = random.Random(11)
        for _ in range(6):
            body = [f"    mm[({chance.randrange(9999)} * i + {chance.randrange(99)}) % mm.size] {op} 1"
                    for op in chance.choices(["=", "+="], k=5)] + ["    mm.flush()"]
            program = ("import numpy as np\n"
                       "mm = np.memmap('data.bin', dtype=np.uint8, mode='w+', shape=(64 * 4096,))\n"
                       "for i in range({}):\n") + "\n".join(chance.sample(body, k=6)) + "\n"
            lengths = [self.told(program.format(n), "--on", "sim", "--set", "frames=16").count("\n")
                       for n in (300, 2000)]
            self.assertLess(max(lengths), 10 * 20)
            self.assertLess(abs(lengths[0] - lengths[1]), 20)

    def test_the_sums_are_those_of_the_steps(self):
        program = self.program(STORES.replace("range(256)", "range(2500)").replace("i * 1024", "i * 97"))
        told = self.pagewalk("run", program, "--on", "sim", "--set", "frames=16").stdout
        steps = self.run_json(program, "--on", "sim", "--set", "frames=16")["computers"][0]["steps"]
        faults = {k: sum(s["faults"][k] for s in steps if s["line"] == 4) for k in ("major", "minor")}
        words = self.block(told, 4)["page faults"]
        self.assertEqual(sum(int(n) for n in re.findall(r"(\d+) minor", words)), faults["minor"], words)
        self.assertEqual(sum(int(n) for n in re.findall(r"(\d+) major", words)), faults["major"], words)


class LongNames(Case):
    def test_a_long_name_does_not_run_into_its_value(self):
        name = "a_rather_long_name_of_a_file_that_somebody_chose.bin"
        done = self.pagewalk("run", self.program(f"f = open('{name}', 'wb')\nf.write(b'x')\n"))
        self.assertIn(f"  {name}\n", done.stdout)
        self.assertIn("0 bytes, position 0", done.stdout)
        for line in done.stdout.split("\n"):
            self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    main()
