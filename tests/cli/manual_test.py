#!/usr/bin/env python3
"""Man page and completion say what --help says: they are made of the same description.

usage: manual_test.py PAGEWALK ROOT [PAGEWALK-GUI]
"""
import os
import re
import shutil
import subprocess
import sys
import unittest

PROGRAMS = [os.path.abspath(p) for p in [sys.argv[1], *sys.argv[3:]] if os.path.exists(p)]


def printed(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout


def options_of(help_text):
    return set(re.findall(r"^\s+(?:-\w,)?(--[a-z-]+)", help_text, re.MULTILINE))


def commands_of(program):
    listed = printed(program, "--help").partition("Subcommands:")[2].partition("\n\n")[0]
    return re.findall(r"^  (\w+)", listed, re.MULTILINE)


class Manual(unittest.TestCase):
    def test_every_command_and_option_of_help_is_on_the_man_page(self):
        for program in PROGRAMS:
            page = printed(program, "--man").replace("\\-", "-")
            for words in [[], *([c] for c in commands_of(program))]:
                wanted = options_of(printed(program, *words, "--help"))
                self.assertTrue(wanted)
                section = page
                if words:
                    section = page.partition(f".SS {os.path.basename(program)} {words[0]}\n")[2].partition("\n.SS ")[0]
                for option in wanted:
                    self.assertRegex(section, rf"\\fB(-\w,)?{option}\\fR", (program, words))
        self.assertIn("run", commands_of(PROGRAMS[0]))

    def test_man_has_nothing_to_complain_of(self):
        if shutil.which("groff") is None:
            self.skipTest("groff is not here")
        for program in PROGRAMS:
            done = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=printed(program, "--man"),
                                  capture_output=True, text=True)
            self.assertEqual(done.stderr, "")

    def completed(self, program, words):
        name = os.path.basename(program)
        script = ('. /dev/stdin; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); "_${1//-/_}"; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        folder = os.path.dirname(PROGRAMS[0])
        done = subprocess.run(["bash", "-c", script, "-", "-", name, *words], input=printed(program, "--completion"),
                              capture_output=True, text=True, cwd="/", timeout=60,
                              env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
        self.assertEqual(done.stderr, "")
        return set(done.stdout.split())

    def test_bash_completes_commands_options_values_and_lessons(self):
        pagewalk = PROGRAMS[0]
        commands = commands_of(pagewalk)
        self.assertTrue(set(commands) <= self.completed(pagewalk, [""]))
        for command in commands:
            self.assertEqual(self.completed(pagewalk, [command, "--"]), options_of(printed(pagewalk, command, "--help")))
        self.assertEqual(self.completed(pagewalk, ["run", "--on", ""]), {"sim", "real", "both"})
        self.assertEqual(self.completed(pagewalk, ["run", "--on", "r"]), {"real"})
        lessons = {line.split()[0] for line in printed(pagewalk, "lessons").splitlines()}
        self.assertTrue(lessons)
        self.assertTrue(lessons <= self.completed(pagewalk, ["run", ""]))
        self.assertTrue({"bin", "usr"} <= self.completed(pagewalk, ["exec", ""]))
        for gui in PROGRAMS[1:]:
            self.assertEqual(self.completed(gui, ["--lesson", ""]), lessons)
            self.assertEqual(self.completed(gui, ["--theme", ""]), {"dark", "light"})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
