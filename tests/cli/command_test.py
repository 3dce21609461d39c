#!/usr/bin/env python3
"""The command as a user types it: what it prints, its exit status, what it leaves behind.

usage: command_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from command import FILES, IS_SANITIZED, PAGEWALK, PROGRAMS, ROOT, Case, as_nobody, main


class ThreePrograms(Case):
    def both(self, name, **options):
        result = self.run_json(PROGRAMS / name, "--files", FILES, **options)
        self.assertEqual(result["agreement"]["unexplained"], [])
        self.assertEqual([c["name"] for c in result["computers"]], ["sim", "real"])
        return result

    def test_program_2_appends_and_says_so(self):
        for computer in self.both("program2.py")["computers"]:
            self.assertEqual(computer["files"]["data.bin"]["program_size"], 32)
            remarks = [r for step in computer["steps"] for r in step["remarks"]]
            self.assertEqual(remarks, ["line 5 appends: the file position is 16"])

    def test_program_2_with_seek_ends_in_16_bytes(self):
        for computer in self.both("program2_seek.py")["computers"]:
            file = computer["files"]["data.bin"]
            self.assertEqual(file["program_hex"], "00000000" "01000000" "00000000" "00000000")
            self.assertEqual([r for step in computer["steps"] for r in step["remarks"]], [])

    def test_program_3_touches_one_page_and_writes_back_one_page(self):
        for computer in self.both("program3.py")["computers"]:
            totals = computer["totals"]
            self.assertEqual(totals["faults"], {"major": 1, "minor": 0, "cow": 0, "write_notify": 0,
                                                "swap_in": 0})
            self.assertEqual(totals["write_backs"], {"flush": 1, "eviction": 0, "background": 0, "replacement": 0})
            self.assertEqual(totals["bytes_read"] + totals["bytes_written"], 0)
            file = computer["files"]["data.bin"]
            self.assertEqual(file["program_sha256"], file["cache_sha256"])
            if computer.get("device_pages_in") is not None:  # this computer's disk shows what it reads
                self.assertEqual(computer["device_pages_in"], 1)

    def test_a_power_cut_after_program_1_loses_the_bytes_on_the_simulated_disk(self):
        result = self.run_json(PROGRAMS / "program1.py")
        simulated, real = result["computers"]
        self.assertEqual(simulated["files"]["data.bin"]["durable_size"], 0)
        self.assertEqual(simulated["files"]["data.bin"]["program_size"], 16)
        file = real["files"]["data.bin"]
        if file["durable_size"] is None:
            self.assertTrue(file["durable_why_not"])
        else:
            self.assertEqual(file["durable_size"], 0)

    def test_the_computers_agree_as_an_unprivileged_user_too(self):
        user = as_nobody()
        if user is None:
            self.skipTest("this process cannot become another user")
        readable = self.folder / "readable"
        shutil.copytree(PROGRAMS, readable)
        command = self.folder / "pagewalk"
        shutil.copy(PAGEWALK, command)
        for path in [self.folder, readable, readable / "files", command]:
            path.chmod(0o755)
        for name in ["program1.py", "program2.py", "program2_seek.py", "program3.py"]:
            done = subprocess.run([*user, command, "run", readable / name, "--files", readable / "files",
                                   "--json"], capture_output=True, text=True, cwd="/", timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["agreement"]["unexplained"], [])

    def test_the_totals_are_the_steps_summed(self):
        for computer in self.both("program2.py")["computers"]:
            for figure in ["bytes_read", "bytes_written", "pages_in", "touches"]:
                self.assertEqual(computer["totals"][figure], sum(s[figure] for s in computer["steps"]))
            for kind in ["major", "minor", "cow", "write_notify"]:
                self.assertEqual(computer["totals"]["faults"][kind],
                                 sum(s["faults"][kind] for s in computer["steps"]))


class Lines(Case):
    def test_the_rest_of_a_line_after_a_call_counts_to_that_line(self):
        program = self.program("import numpy as np\n"
                               "mm = np.memmap('a.bin', dtype=np.uint8, mode='w+', shape=(8 * 4096,))\n"
                               "def first(k):\n"
                               "    mm[0] = k\n"
                               "    return 4096\n"
                               "for k in range(2):\n"
                               "    mm[first(k):] = first(k)\n")
        for on in ["sim", "real"]:
            [computer] = self.run_json(program, "--on", on)["computers"]
            steps = computer["steps"]
            touches = {line: sum(s["touches"] for s in steps if s["line"] == line) for line in [4, 5, 7]}
            self.assertEqual(touches, {4: 4, 5: 0, 7: 2 * 7 * 4096})
            self.assertEqual(sum(s["times"] for s in steps if s["line"] == 7), 2)
            self.assertEqual([s["times"] for s in steps if s["line"] == 7], [1, 0, 1, 0])


class Lessons(Case):
    def test_the_lesson_agrees_on_both_computers_and_answers_its_questions(self):
        lesson = self.run_json("three-programs")
        self.assertEqual([p["agreement"]["unexplained"] for p in lesson["programs"]], [[]] * 4)
        self.assertEqual([p["answer"] for p in lesson["predictions"]], [0, 32, 1, 1])

    def test_lessons_are_listed(self):
        self.assertIn("three-programs", self.pagewalk("lessons").stdout)

    def test_a_lesson_file_can_be_run(self):
        path = ROOT / "scenarios" / "lessons" / "three-programs.md"
        self.assertEqual(self.pagewalk("run", path, "--on", "sim").returncode, 0)

    def test_a_lesson_without_a_program_is_refused(self):
        text = '+++\ntitle = "T"\n+++\n# Nothing to run\n'
        self.refused("run", self.program(text, "empty.md"), status=2, says="no program")


class Documents(Case):
    def test_every_program_in_the_language_document_runs(self):
        text = (ROOT / "docs" / "language.md").read_text()
        blocks = re.findall(r"```python\n(.*?)```", text, re.S)
        self.assertGreaterEqual(len(blocks), 4)
        for block in blocks:
            done = self.pagewalk("exec", self.program(block))
            self.assertEqual(done.returncode, 0, block + done.stderr)


    def test_the_readme_shows_what_the_command_prints(self):
        shown = re.search(r"```\n( +simulated computer.*?)```", (ROOT / "README.md").read_text(), re.S).group(1)
        done = self.pagewalk("run", PROGRAMS / "program3.py", "--files", FILES)
        if "\nnote, " in done.stdout:
            self.skipTest("this computer shows less than the README's")
        self.assertEqual(done.stdout, shown)


class BadInput(Case):
    def test_missing_file(self):
        self.refused("run", "nothing.py", status=2, says="nothing.py")
        self.refused("exec", "nothing.py", status=2, says="no such file")

    def test_directory(self):
        self.refused("run", self.folder, status=2, says="folder")

    def test_binary_rubbish(self):
        path = self.folder / "rubbish.py"
        path.write_bytes(bytes(range(256)) * 16)
        self.refused("run", path, status=2, says="not text")

    def test_a_program_of_10_megabytes(self):
        self.refused("run", self.program("x = 1\n" * (10 << 20 >> 2)), status=2, says="too long")

    def test_unknown_flag_and_command(self):
        self.refused("run", "three-programs", "--frobnicate", status=2, says="frobnicate")
        self.refused("frobnicate", status=2, says="frobnicate")

    def test_unknown_setting(self):
        self.refused("run", "three-programs", "--set", "frame=3", status=2, says="frames")

    def test_no_frames(self):
        self.refused("run", "three-programs", "--set", "frames=0", status=2, says="frames")

    def test_page_size_not_a_power_of_two(self):
        self.refused("run", "three-programs", "--set", "page_size=1000", status=2, says="power of two")

    def test_page_size_of_another_machine_cannot_run_real(self):
        self.refused("run", "three-programs", "--set", "page_size=64", status=2, says="4096")
        self.assertEqual(self.pagewalk("run", "three-programs", "--set", "page_size=64",
                                       "--on", "sim").returncode, 0)

    def test_unknown_computer(self):
        self.refused("run", "three-programs", "--on", "paper", status=2, says="paper")

    def test_missing_files_folder_and_machine_file(self):
        self.refused("run", "three-programs", "--files", "nowhere", status=2, says="nowhere")
        self.refused("run", "three-programs", "--machine", "nowhere.toml", status=2, says="nowhere")

    def test_scratch_directory_not_writable(self):
        self.refused("run", "three-programs", status=2, says="PAGEWALK_SCRATCH",
                     env={"PAGEWALK_SCRATCH": "/proc/nowhere"})


class BadPrograms(Case):
    def test_syntax_error(self):
        done = self.refused("run", self.program("x = = 1\n"), status=1, says="SyntaxError: invalid syntax")
        self.assertIn("^", done.stderr)

    def test_an_unsupported_construct_names_place_and_alternative(self):
        done = self.refused("run", self.program("import numpy as np\nx = np.linalg.norm([1])\n"), status=2,
                            says=":2:")
        self.assertIn("^", done.stderr)

    def test_an_exception(self):
        done = self.pagewalk("run", self.program("x = [1]\nx[3]\n"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("IndexError", done.stdout + done.stderr)

    def test_an_endless_loop_ends_at_the_step_budget(self):
        done = self.pagewalk("run", self.program("while True:\n    pass\n"), "--set", "max_steps=100000")
        self.assertEqual(done.returncode, 1)
        self.assertIn("budget", done.stdout + done.stderr)
        self.assertIn("--set max_steps", done.stdout + done.stderr)

    def test_exec_takes_settings(self):
        program = self.program("for i in range(1000):\n    pass\nprint('done')\n")
        short = self.pagewalk("exec", program, "--set", "max_steps=1000")
        self.assertEqual((short.returncode, short.stdout), (1, ""))
        self.assertIn("budget of 1000 steps", short.stderr)
        long = self.pagewalk("exec", program, "--set", "max_steps=100000")
        self.assertEqual((long.returncode, long.stdout), (0, "done\n"))
        self.assertEqual(self.pagewalk("exec", program, "--set", "frames=0").returncode, 2)
        self.assertEqual(self.pagewalk("exec", program, "--on", "real", "--set", "page_size=16").returncode, 2)

    def test_an_endless_loop_ends_at_the_time_budget(self):
        started = time.monotonic()
        done = self.pagewalk("run", self.program("while True:\n    pass\n"), "--on", "sim",
                             "--set", "max_seconds=1", "--set", "max_steps=1000G")
        self.assertEqual(done.returncode, 1)
        self.assertIn("time budget", done.stdout + done.stderr)
        self.assertLess(time.monotonic() - started, 20)

    def test_endless_recursion(self):
        done = self.pagewalk("run", self.program("def f():\n    f()\nf()\n"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("RecursionError", done.stdout + done.stderr)

    @unittest.skipIf(IS_SANITIZED, "a sanitizer itself ends a process out of memory")
    def test_memory_without_end(self):
        for text in ["x = [0]\nwhile True:\n    x = x + x\n",
                     "import numpy as np\nx = []\nwhile True:\n    x.append(np.ones(1 << 22))\n",
                     "s = 'a'\nwhile True:\n    s += s\n"]:
            done = self.pagewalk("exec", self.program(text), "--on", "sim", timeout=180)
            self.assertIn(done.returncode, [1, 2, 137], done.stderr[-300:])
            self.assertTrue(done.stderr)

    def test_a_file_of_1_pebibyte(self):
        text = ("import numpy as np\nmm = np.memmap('huge.bin', dtype=np.uint8, mode='w+', shape=(1 << 50,))\n"
                "mm[1 << 49] = 7\nprint(mm[1 << 49])\n")
        for computer in ["sim", "real"]:
            done = self.pagewalk("exec", self.program(text), "--on", computer)
            self.assertNotIn("terminate", done.stderr)
            self.assertIn(done.returncode, [0, 1, 2], done.stderr)
            left = self.folder / "huge.bin"
            self.assertTrue(not left.exists() or left.stat().st_size == 0)

    def test_file_names_stay_in_the_scratch_directory(self):
        for name in ["/etc/passwd", "../x", "a/b", ".."]:
            done = self.pagewalk("exec", self.program(f"f = open({name!r}, 'rb')\n"))
            self.assertEqual(done.returncode, 2, name)
            self.assertIn("plain", done.stderr)


class Exec(Case):
    def exec_in_folder(self, text, on="sim", **options):
        return self.pagewalk("exec", self.program(text, "prog.py"), "--on", on, **options)

    def names(self):
        return sorted(p.name for p in self.folder.iterdir() if p.name != "prog.py")

    def test_files_of_the_current_directory_are_changed_made_and_removed(self):
        for on in ["sim", "real"]:
            (self.folder / "old.bin").write_bytes(b"old")
            (self.folder / "gone.bin").write_bytes(b"x")
            (self.folder / "other.bin").write_bytes(b"kept")
            done = self.exec_in_folder(
                "import os\nf = open('old.bin', 'rb+')\nprint(f.read())\nf.write(b'!')\nf.close()\n"
                "os.remove('gone.bin')\ng = open('new.bin', 'wb')\ng.write(b'new')\ng.close()\n", on)
            self.assertEqual((done.returncode, done.stdout), (0, "b'old'\n"), done.stderr)
            self.assertEqual(self.names(), ["new.bin", "old.bin", "other.bin"])
            self.assertEqual((self.folder / "old.bin").read_bytes(), b"old!")
            self.assertEqual((self.folder / "new.bin").read_bytes(), b"new")
            (self.folder / "new.bin").unlink()

    def test_files_that_are_not_open_are_seen(self):
        (self.folder / "there.bin").write_bytes(b"12345")
        text = ("import os\nprint(os.path.exists('there.bin'), os.path.getsize('there.bin'))\n"
                "print(os.stat('there.bin').st_size, os.path.isfile('there.bin'), os.listdir())\n"
                "print(os.path.exists('missing.bin'))\nos.rename('there.bin', 'then.bin')\n"
                "print(os.path.exists('there.bin'), os.path.getsize('then.bin'))\n")
        for on in ["sim", "real"]:
            done = self.exec_in_folder(text, on)
            self.assertEqual(done.stdout, "True 5\n5 True ['prog.py', 'there.bin']\nFalse\nFalse 5\n",
                             done.stderr)
            self.assertEqual(self.names(), ["then.bin"])
            (self.folder / "then.bin").rename(self.folder / "there.bin")

    def test_files_that_are_not_used_are_not_told(self):
        given = self.folder / "given"
        given.mkdir()
        program = self.program("import os\nf = open('used.bin', 'rb')\nx = f.read()\n"
                               "print(len(os.listdir()))\n")
        (given / "used.bin").write_bytes(bytes(5000))
        alone = self.pagewalk("run", program, "--files", given)
        for i in range(300):  # more than the descriptors that the limit below allows
            (given / f"other{i}.bin").write_bytes(b"x")
        many = self.pagewalk("run", program, "--files", given,
                             user=["prlimit", "--nofile=100:100"])
        self.assertEqual(many.returncode, 0, many.stderr)
        self.assertIn("301", many.stdout)
        self.assertNotIn("other1", many.stdout)
        self.assertIn("300 files that were there at the start were not used", many.stdout)
        self.assertLess(many.stdout.count("\n") - alone.stdout.count("\n"), 3)
        result = self.run_json(program, "--files", given)
        for run in result["computers"]:
            self.assertEqual(list(run["files"]), ["used.bin"])
            self.assertEqual({n for s in run["steps"] for n in s["files"]}, {"used.bin"})
        for how in [["--kill", "3"], ["--power-cut", "3"]]:
            self.assertNotIn("other1", self.pagewalk("run", program, "--files", given, *how).stdout)

    def test_run_leaves_the_given_files_alone(self):
        given = self.folder / "given"
        given.mkdir()
        (given / "data.bin").write_bytes(bytes(16))
        text = "f = open('data.bin', 'wb')\nf.write(b'x')\nf.close()\ng = open('more', 'wb')\ng.close()\n"
        self.assertEqual(self.pagewalk("run", self.program(text), "--files", given).returncode, 0)
        self.assertEqual([p.name for p in given.iterdir()], ["data.bin"])
        self.assertEqual((given / "data.bin").read_bytes(), bytes(16))
        self.assertEqual(self.names(), ["given"])

    def test_a_traceback_ends_as_pythons(self):
        done = self.exec_in_folder("x = 1\nprint(x)\nx = [1][5]\n")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "1\n")
        self.assertEqual(done.stderr.splitlines()[-1], "IndexError: list index out of range")
        self.assertIn('File "prog.py", line 3', done.stderr)

    def test_death_by_signal_still_carries_files_back(self):
        text = ("import numpy as np, os\nnp.zeros(8192, dtype=np.uint8).tofile('d.bin')\n"
                "mm = np.memmap('d.bin', dtype=np.uint8, mode='r+')\nos.truncate('d.bin', 0)\nmm[5000] = 1\n")
        for on in ["sim", "real"]:
            done = self.exec_in_folder(text, on)
            self.assertEqual(done.returncode, 128 + signal.SIGBUS, done.stderr)
            self.assertEqual((self.folder / "d.bin").stat().st_size, 0)
            (self.folder / "d.bin").unlink()

    def test_ctrl_c_ends_the_program_and_carries_files_back(self):
        path = self.program("f = open('made.bin', 'wb')\nf.write(b'x')\nf.close()\n"
                            "s = 'x' * 10000\nwhile True:\n    s.upper()\n")  # few steps, much time
        for on in ["sim", "real"]:
            child = subprocess.Popen([PAGEWALK, "exec", path, "--on", on], cwd=self.folder,
                                     stderr=subprocess.PIPE)
            time.sleep(1)
            child.send_signal(signal.SIGINT)
            _, stderr = child.communicate(timeout=20)
            self.assertEqual(child.returncode, 130, stderr)
            self.assertEqual(self.names(), ["made.bin"])
            (self.folder / "made.bin").unlink()


class Output(Case):
    def test_colour_only_on_a_terminal(self):
        self.assertNotIn("\x1b[", self.pagewalk("run", "three-programs", "--on", "sim").stdout)
        parent, child = pty.openpty()
        process = subprocess.Popen([PAGEWALK, "run", "three-programs", "--on", "sim"], stdout=child,
                                   env={**os.environ, "TERM": "xterm"})
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(parent)
        self.assertEqual(process.wait(), 0)
        self.assertIn(b"\x1b[", shown)

    def test_help_has_examples(self):
        for arguments in [["--help"], ["run", "--help"], ["exec", "--help"]]:
            done = self.pagewalk(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertIn("pagewalk run" if arguments[0] != "exec" else "pagewalk exec", done.stdout)

    def test_events_name_every_touch(self):
        self.run_json(PROGRAMS / "program3.py", "--files", FILES, "--on", "sim", "--events", "events.jsonl")
        events = [json.loads(line) for line in (self.folder / "events.jsonl").read_text().splitlines()]
        stores = [e for e in events if e["event"] == "access" and e["access"] == "write" and e["line"] == 3]
        self.assertEqual(sum(e["count"] for e in stores), 2)
        self.assertEqual({e["page"] for e in stores}, {"data.bin:0"})

    def test_a_long_loop_is_summed_by_line(self):
        text = "import numpy as np\na = np.zeros(4)\nfor i in range(3000):\n    a[i % 4] += 1\n"
        result = self.run_json(self.program(text), "--on", "sim")
        steps = result["computers"][0]["steps"]
        self.assertLess(len(steps), 1010)
        self.assertEqual(sum(s["times"] for s in steps if s["line"] == 4), 3000)

    def test_the_real_computer_evicts_what_the_simulated_one_evicted(self):
        text = ("import numpy as np\nnp.zeros(8 * 4096, dtype=np.uint8).tofile('d.bin')\n"
                "mm = np.memmap('d.bin', dtype=np.uint8, mode='r+')\n"
                "for i in range(0, 8 * 4096, 4096):\n    mm[i] = 1\nprint(mm.sum())\n")
        result = self.run_json(self.program(text), "--set", "frames=4")
        simulated, real = result["computers"]
        self.assertEqual(result["agreement"]["unexplained"], [])
        if not real["notes"]:
            self.assertGreater(simulated["totals"]["write_backs"]["eviction"], 0)
            self.assertEqual(result["agreement"]["explained"], [])
            self.assertEqual(real["totals"]["write_backs"], simulated["totals"]["write_backs"])


if __name__ == "__main__":
    main()
