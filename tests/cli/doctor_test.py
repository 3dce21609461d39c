#!/usr/bin/env python3
"""`pagewalk doctor` and `pagewalk --version`: what they say is what a run finds, also where something is
forbidden for real by FORBID.

usage: doctor_test.py PAGEWALK ROOT FORBID [unittest arguments]
"""
import json
import os
import re
import subprocess
import sys
import unittest

from command import IS_SANITIZED, PAGEWALK, ROOT, Case, as_nobody

FORBID = sys.argv.pop(3)

# What is taken away -> what is missing then.
MISSING = {
    "perf": {"perf page-fault samples"},
    "uffd": {"userfaultfd write-protection"},
    "cachestat": set(),
    "smaps": {"dirty pages"},
    "pagemap": {"residency of anonymous memory", "PAGEMAP_SCAN"},
    "landlock": {"Landlock"},
    "seccomp": {"seccomp"},
}


class Doctor(Case):
    def report(self, *arguments, prefix=(), env=None):
        done = subprocess.run([*prefix, PAGEWALK, "doctor", "--json", *arguments], cwd=self.folder,
                              capture_output=True, text=True, timeout=60, env={**os.environ, **(env or {})})
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def missing(self, report):
        return {c["name"] for c in report["capabilities"] if not c["available"]}

    def test_what_is_forbidden_is_missing_with_its_reason_its_cost_and_a_way_out(self):
        here = self.missing(self.report())
        for what, names in MISSING.items():
            forced = [([FORBID, what], [])] if what != "smaps" else []  # see without_test.py
            if IS_SANITIZED and what == "pagemap":
                forced = []  # the sanitizer reads /proc/self/maps of a child, which is forbidden with it
            for prefix, arguments in [*forced, ([], ["--without", what])]:
                with self.subTest(what=what, forced=bool(prefix)):
                    report = self.report(*arguments, prefix=prefix)
                    self.assertEqual(self.missing(report), here | names)
                    for c in report["capabilities"]:
                        if c["name"] in names:
                            self.assertTrue(c["why_not"] and c["costs"] and c["remedy"], c)

    def test_a_run_notes_the_same(self):
        for what in ["perf,uffd", "landlock", "smaps,pagemap"]:
            noted = {n["about"]: n["note"] for n in
                     self.run_json("three-programs", "--without", what)["programs"][0]["computers"][1]["notes"]}
            for c in self.report("--without", what)["capabilities"]:
                if not c["available"]:
                    self.assertEqual(noted[c["name"]], f"not here ({c['why_not']}): {c['costs']}")
                else:
                    self.assertNotIn(c["name"], noted)

    def test_the_scratch_directory_is_the_one_that_runs_get(self):
        for folder in [str(self.folder), "/dev/shm"]:
            report = self.report(env={"PAGEWALK_SCRATCH": folder})
            self.assertEqual(report["scratch"]["folder"], folder)
            self.assertEqual(report["scratch"]["block_size"], os.statvfs(folder).f_bsize)
        self.assertIn("a disk filesystem", self.missing(report))
        self.assertEqual(os.listdir(self.folder), [])  # nothing is left

    def test_where_nothing_can_be_run_it_says_so_and_fails(self):
        nowhere = {"PAGEWALK_SCRATCH": str(self.folder / "nowhere")}
        for arguments in [["doctor"], ["doctor", "--json"]]:
            done = self.pagewalk(*arguments, env=nowhere)
            self.assertEqual(done.returncode, 2)
            self.assertIn("no program can be run on this computer", done.stderr)
            self.assertIn("nowhere", done.stderr)
        self.assertIs(json.loads(done.stdout)["can_run"], False)

    def test_the_text_has_all_that_json_has(self):
        everything = ",".join(MISSING)
        text = " ".join(self.pagewalk("doctor", "--without", everything).stdout.split())
        for c in self.report("--without", everything)["capabilities"]:
            for part in ["name", "why_not", "costs", "remedy"]:
                self.assertIn(" ".join(c.get(part, "").split()), text)

    def test_an_unprivileged_user_is_told_too(self):
        user = as_nobody()
        if user is None:
            self.skipTest("cannot switch users here")
        readable = self.folder / "scratch"
        readable.mkdir()
        self.folder.chmod(0o755)
        readable.chmod(0o777)
        report = self.report(prefix=user, env={"PAGEWALK_SCRATCH": str(readable)})
        self.assertTrue(report["can_run"])

    def test_what_does_not_exist_cannot_be_missed(self):
        self.refused("doctor", "--without", "perv", status=2, says="perf")

    def test_the_version_is_the_build_files_and_names_what_was_found(self):
        version = re.search(r"project\(pagewalk VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
        done = self.pagewalk("--version")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, rf"^Pagewalk {re.escape(version)}( \(commit [0-9a-f]+(-dirty)?\))?\nLinux ")
        for c in self.report()["capabilities"]:
            self.assertIn(c["name"], done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
