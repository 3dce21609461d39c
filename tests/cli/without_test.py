#!/usr/bin/env python3
"""Where a kernel or a container forbids perf, userfaultfd, cachestat, smaps, pagemap or a layer of the seal:
every lesson still runs, and the output says what could not be seen. Each is taken away by the switch
--without, and for real by FORBID, which makes the calls fail around the whole command.

usage: without_test.py PAGEWALK ROOT FORBID [unittest arguments]
"""
import json
import subprocess
import sys
import unittest

from command import FILES, PAGEWALK, PROGRAMS, Case, as_nobody

FORBID = sys.argv.pop(3)

# What is taken away -> what the output must say about it. smaps is what a kernel without cachestat has for it.
NOTE_ABOUT = {
    "perf": "perf page-fault samples",
    "uffd": "userfaultfd write-protection",
    "smaps": "dirty pages",
    "pagemap": "residency of anonymous memory",
    "landlock": "Landlock",
    "seccomp": "seccomp",
}
ALL = ",".join(NOTE_ABOUT)


class Without(Case):
    def told(self, arguments, prefix=()):
        done = subprocess.run([*prefix, PAGEWALK, "run", *arguments, "--json"], cwd=self.folder,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout[-2000:])
        result = json.loads(done.stdout)
        return result.get("programs", [result])

    def ways(self, what):
        """The same lesson or program by the switch and by force. Of a process not yet there, nothing but all of
        its files in /proc can be forbidden, so that smaps alone goes by the switch only."""
        yield "switch", ["--without", what], []
        if what != "smaps":
            yield "force", [], [FORBID, what.replace("smaps", "cachestat")]

    def lessons(self):
        listed = self.pagewalk("lessons").stdout.splitlines()
        self.assertTrue(listed)
        return [line.split()[0] for line in listed]

    def test_every_lesson_runs_without_each_and_says_what_could_not_be_seen(self):
        for what in [*NOTE_ABOUT, ALL]:
            for way, arguments, prefix in self.ways(what):
                for lesson in self.lessons():
                    with self.subTest(what=what, way=way, lesson=lesson):
                        ran = self.told([lesson, *arguments], prefix)
                        both = [result for result in ran if len(result["computers"]) == 2]
                        self.assertTrue(both)
                        for result in both:
                            self.assertEqual(result["agreement"]["unexplained"], [])
                            topics = {n["about"] for n in result["computers"][1]["notes"]}
                            for missing in what.split(","):
                                self.assertIn(NOTE_ABOUT[missing], topics)

    def real_run(self, what, way):
        [(arguments, prefix)] = [(a, p) for w, a, p in self.ways(what) if w == way]
        program = self.program("import numpy as np\n"
                               "mm = np.memmap('d.bin', dtype=np.uint8, mode='w+', shape=(8192,))\n"
                               "mm[5] = 1\nmm.flush()\nx = np.ones(1000)\nx[1] = 2\n")
        return self.told([program, *arguments], prefix)[0]["computers"][1]

    def test_without_cachestat_smaps_shows_the_same(self):
        program = str(self.program("import numpy as np\n"
                                   "mm = np.memmap('d.bin', dtype=np.uint8, mode='w+', shape=(5 * 4096,))\n"
                                   "mm[5] = 1\nmm[9000] = 2\nmm.flush()\nmm[9001] = 3\n"))
        for way, arguments, prefix in self.ways("cachestat"):
            [result] = self.told([program, *arguments], prefix)
            simulated, real = result["computers"]
            self.assertEqual(real["notes"], [])
            self.assertEqual(result["agreement"]["unexplained"], [])
            self.assertEqual(real["steps"][-1]["dirty"], ["d.bin:2"])
            for figure in ["dirty", "resident", "write_back_pages"]:
                self.assertEqual([s[figure] for s in real["steps"]], [s[figure] for s in simulated["steps"]])

    def test_without_smaps_nothing_is_claimed_of_dirty_pages(self):
        real = self.real_run("smaps", "switch")
        self.assertIsNone(real["totals"]["write_backs"])
        for step in real["steps"]:
            for figure in ["dirty", "write_backs", "write_back_pages"]:
                self.assertIsNone(step[figure])
            self.assertIsNotNone(step["resident"])

    def test_without_pagemap_nothing_is_claimed_of_what_is_resident(self):
        for way in ["switch", "force"]:
            for step in self.real_run("pagemap", way)["steps"]:
                self.assertIsNone(step["resident"])
                self.assertIsNotNone(step["dirty"])

    def test_with_everything_nothing_is_missing(self):
        real = self.told([PROGRAMS / "program3.py", "--files", FILES])[0]["computers"][1]
        if real["notes"]:
            self.skipTest(f"this computer lacks something: {real['notes']}")
        for step in real["steps"]:
            for figure in ["dirty", "write_backs", "write_back_pages", "resident", "pages_in"]:
                self.assertIsNotNone(step[figure])

    def test_the_terminal_says_it_too(self):
        done = self.pagewalk("run", "three-programs", "--without", ALL)
        self.assertIn("not known", done.stdout)
        for about in NOTE_ABOUT.values():
            self.assertIn(f"note, {about}: not here (", done.stdout)

    def test_what_does_not_exist_cannot_be_missed(self):
        self.refused("run", "three-programs", "--without", "perv", status=2, says="perf")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
