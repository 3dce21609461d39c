#!/usr/bin/env python3
"""What a program leaves with: `exec` ends with its status, `run` fails and tells it, on both computers.

usage: exit_test.py PAGEWALK ROOT [unittest arguments]
"""
import unittest

from command import Case, main

LEAVING = {"raise SystemExit(3)": 3, "import os\nos._exit(7)": 7, "raise SystemExit('gone')": 1,
           "raise SystemExit(256 + 4)": 4, "raise SystemExit": 0, "import os\nos._exit(-1)": 255}


class Exit(Case):
    def test_exec_ends_with_the_status_of_the_program(self):
        for text, status in LEAVING.items():
            for computer in ("sim", "real"):
                done = self.pagewalk("exec", "--on", computer, self.program(text))
                self.assertEqual(done.returncode, status, (text, computer))
                self.assertEqual(done.stderr, "gone\n" if "gone" in text else "")

    def test_run_says_that_the_program_failed_and_with_which_status(self):
        for text, status in LEAVING.items():
            program = self.program(text)
            told = self.run_json(program, status=1 if status else 0)
            self.assertEqual(told["agreement"]["unexplained"], [])
            for computer in told["computers"]:
                ending = computer["ending"]
                self.assertEqual((ending["how"], ending["status"], ending["line"]),
                                 ("finished", status, len(text.splitlines())))
            shown = self.pagewalk("run", program).stdout
            self.assertEqual(f"left with status {status} in line" in shown, status != 0)

    def test_a_strategy_that_fails_has_no_answer(self):
        done = self.pagewalk("compare", self.program("print(1)", "good.py"),
                             self.program("print(1)\nraise SystemExit(5)", "bad.py"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("left with status 5", done.stdout)


if __name__ == "__main__":
    main()
