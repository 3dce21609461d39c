#!/usr/bin/env python3
"""What the app answers to options that it cannot do: one line that names the option, and status 2.

usage: options_test.py PAGEWALK_GUI [unittest arguments]
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

GUI = os.path.abspath(sys.argv[1])


class Options(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="pagewalk-options-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def gui(self, *options, **more):
        return subprocess.run([GUI, "--simulated-only", *options], cwd=self.folder, timeout=120,
                              stderr=subprocess.PIPE, text=True,
                              **{"stdout": subprocess.DEVNULL, **more})

    def test_a_picture_of_any_size_that_can_be_asked_for_is_drawn(self):
        for size in ["6000x6000", "16384x400", "320x200"]:
            picture = self.folder / f"{size}.png"
            done = self.gui("--size", size, "--screenshot", picture)
            self.assertEqual(done.returncode, 0, size + done.stderr)
            width, height = (int(n) for n in size.split("x"))
            header = picture.read_bytes()[16:24]
            self.assertEqual((int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")),
                             (width, height))

    def test_a_size_that_is_none_is_refused(self):
        for size in ["0x0", "99999x99999", "6000", "6000x6000x1"]:
            done = self.gui("--size", size, "--screenshot", "a.png")
            self.assertEqual(done.returncode, 2, size)
            self.assertIn("--size " + size, done.stderr)

    def test_an_option_with_an_empty_text_is_refused(self):
        for option in ["--lesson", "--program", "--at", "--table", "--screenshot", "--state-file",
                       "--set", "--size"]:
            done = self.gui(option, "")
            self.assertEqual(done.returncode, 2, option)
            self.assertIn(option, done.stderr)
            self.assertIn("empty", done.stderr)

    def test_a_table_that_cannot_be_printed_is_no_success(self):
        with open("/dev/full", "w") as full:
            done = self.gui("--lesson", "three-programs", "--screen", "compare", "--table", "x",
                            stdout=full)
            self.assertEqual(done.returncode, 2)  # no such table: what is told needs no stdout
            done = self.gui("--help", stdout=full)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
