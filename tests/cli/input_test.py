#!/usr/bin/env python3
"""Input that cannot be used and output that cannot be written: a line on stderr that says what, where
and how to put it right, status 2, and nothing else.

usage: input_test.py PAGEWALK ROOT [unittest arguments]
"""
import os
import pathlib
import random
import subprocess
import unittest

from command import IS_SANITIZED, PAGEWALK, Case, main

LESSON = ("+++\ntitle = 'T'\n{front}\n+++\n```python name=a\nprint(1)\n```\n"
          "```predict\nquestion = 'Q'\nof = 'a'\nanswer = '{answer}'\n{more}\n```\n")


class Toml(Case):
    def answer(self, text):
        path = self.folder / "machine.toml"
        path.write_bytes(text)
        done = self.pagewalk("run", self.program("x = 1\n"), "--on", "sim", "--machine", path)
        self.assertIn(done.returncode, [0, 2], text + done.stderr.encode())
        if done.returncode == 2:
            self.assertIn("machine.toml", done.stderr)
        return done

    def test_a_bracket_at_the_end_of_a_line(self):
        for text in [b"[", b"[\n", b"[[\n", b"frames = 4\n[\n", b"frames = 4\n[#\n", b"a.[\n", b"[a.\n", b"[]"]:
            done = self.answer(text)
            self.assertEqual(done.returncode, 2, text)
            self.assertIn("line", done.stderr)

    def test_rubbish_of_toml_s_own_signs(self):
        signs = [b"[", b"]", b"=", b".", b'"', b"'", b"#", b"\n", b" ", b"a", b"1", b"{", b"}", b",", b"\\", b"frames"]
        chance = random.Random(5)
        for _ in range(60):
            self.answer(b"".join(chance.choices(signs, k=chance.randrange(12))))

    def test_in_a_lesson(self):
        for lesson in [LESSON.format(front="[", answer="/a", more=""), LESSON.format(front="", answer="/a", more="[")]:
            self.refused("run", self.program(lesson, "l.md"), status=2, says="not TOML")


class Predictions(Case):
    def lesson(self, answer):
        return self.program(LESSON.format(front="", answer=answer, more=""), "l.md")

    def test_an_answer_that_is_no_pointer(self):
        for answer in ["/~9", "/~", "/a/~2/b"]:
            self.refused("run", self.lesson(answer), "--on", "sim", status=2, says=answer)

    def test_an_element_that_no_list_has(self):
        for index in [2**64 - 1, 2**64, 10**30]:
            self.refused("run", self.lesson(f"/computers/{index}"), "--on", "sim", status=2, says=str(index))

    def test_a_pointer_that_leads_nowhere_has_no_answer(self):
        for answer in ["/computers/7", "/computers/", "/computers/01", "/nothing", "/computers/0/steps/x/y"]:
            done = self.pagewalk("run", self.lesson(answer), "--on", "sim")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("not run here", done.stdout)


class Files(Case):
    def given(self, **files):
        folder = self.folder / "given"
        folder.mkdir(exist_ok=True)
        return folder

    def test_a_name_that_is_not_utf_8(self):
        folder = self.given()
        pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/a\xff.bin")).write_bytes(b"x")
        for more in [["--json"], []]:
            done = subprocess.run([PAGEWALK, "run", self.program("x = 1\n"), "--files", folder, *more],
                                  capture_output=True)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(b"a\xff.bin: the name of this file is not UTF-8. Rename it", done.stderr)
            self.assertEqual(done.stdout, b"")

    def test_a_program_of_such_a_name_or_with_such_a_text(self):
        path = os.fsencode(self.folder) + b"/p\xff.py"
        pathlib.Path(os.fsdecode(path)).write_text("x = 1\n")
        done = subprocess.run([PAGEWALK, "run", path, "--json"], capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)
        self.assertIn(b"not UTF-8", done.stderr)
        text = self.folder / "p.py"
        for rubbish in [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"]:
            text.write_bytes(b"x = '" + rubbish + b"'\n")
            self.refused("run", text, "--json", "--on", "sim", status=2, says="not text (UTF-8)")

    def test_more_bytes_than_are_copied_in(self):
        folder = self.given()
        with open(folder / "big.bin", "wb") as file:
            file.truncate(1000 << 20)
        for command in [["run"], ["compare", self.program("y = 1\n", "other.py")]]:
            done = self.refused(*command, self.program("x = 1\n"), "--files", folder, status=2, says="big.bin")
            self.assertIn("536870912 bytes", done.stderr)

    def test_a_file_that_cannot_be_read(self):
        # /proc/self/attr holds "files" alone, some of which answer with EINVAL or EPERM.
        self.refused("run", self.program("x = 1\n"), "--files", "/proc/self", status=2, says="cannot be read")

    @unittest.skipIf(IS_SANITIZED, "a sanitizer's shadow memory alone is more than that")
    def test_memory_that_is_too_small_is_told(self):
        folder = self.given()
        (folder / "big.bin").write_bytes(bytes(64 << 20))
        done = subprocess.run(["sh", "-c", f"ulimit -d 100000; exec {PAGEWALK} run {self.program('x = 1')} "
                               f"--on sim --files {folder}"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("out of memory", done.stderr)


class EmptyTexts(Case):
    def test_an_option_with_an_empty_text_is_refused(self):
        program = self.program("x = 1\n")
        for command, options in [("run", ["--kill", "--power-cut", "--files", "--events", "--trace", "--without",
                                          "--set", "--machine", "--on", "--mode", "--inject"]),
                                 ("exec", ["--on", "--set", "--machine"]),
                                 ("compare", ["--param", "--over", "--each", "--answer", "--files"])]:
            for option in options:
                done = self.refused(command, program, option, "", status=2, says=option)
                self.assertEqual(done.stdout, "")
        self.refused("run", "", status=2, says="program")


class FullDevice(Case):
    def status_on_a_full_device(self, *arguments):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PAGEWALK, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, text=True,
                                  cwd=self.folder)
        self.assertIn("standard output", done.stderr)
        return done.returncode

    def test_what_cannot_be_printed_is_no_success(self):
        program = self.program("print(1)\n")
        for arguments in [("run", program, "--on", "sim"), ("run", program, "--on", "sim", "--json"),
                          ("exec", program), ("lessons",), ("--help",), ("run", "--help"),
                          ("compare", program, program), ("run", "three-programs", "--on", "sim")]:
            self.assertEqual(self.status_on_a_full_device(*arguments), 2, arguments)
        self.assertEqual(self.status_on_a_full_device("exec", self.program("print(1)\nx = [][0]\n")), 1)

    def test_events_that_cannot_be_written_are_no_success(self):
        for path in ["/dev/full", self.folder / "nowhere" / "events"]:
            done = self.refused("run", self.program("print(1)\n"), "--on", "sim", "--events", path, status=2,
                                says=str(path))
            self.assertIn("--events", done.stderr)


if __name__ == "__main__":
    main()
