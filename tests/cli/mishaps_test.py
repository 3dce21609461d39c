#!/usr/bin/env python3
"""What can happen to a real run from outside: its child killed, halted, or lost, its disk full, its
scratch directory removed. The command says so within a second and leaves nothing behind.

usage: mishaps_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import unittest

from command import PAGEWALK, Case, main
from watched import Watched


class Running(Watched):
    def test_a_killed_child(self):
        for how in [("run", "--on", "real"), ("exec", "--on", "real")]:
            process = self.start(how)
            child = self.child_of(process)
            said, status = self.ends_after(process, lambda: os.kill(child, signal.SIGKILL))
            self.assertIn("was killed (SIGKILL)", said)
            self.assertEqual(status, 128 + signal.SIGKILL)
            self.nothing_is_left(child)

    def test_a_child_ended_by_another_signal(self):
        process = self.start()
        child = self.child_of(process)
        said, status = self.ends_after(process, lambda: os.kill(child, signal.SIGTERM))
        self.assertIn("died of signal 15 (Terminated)", said)
        self.assertEqual(status, 128 + signal.SIGTERM)
        self.nothing_is_left(child)

    def test_a_halted_child(self):
        process = self.start()
        child = self.child_of(process)
        said, status = self.ends_after(process, lambda: os.kill(child, signal.SIGSTOP))
        self.assertIn("was halted from outside", said)
        self.assertEqual(status, 128 + signal.SIGSTOP)
        self.nothing_is_left(child)

    def test_a_child_of_a_command_that_was_started_deaf_to_children(self):
        process = self.start(preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
        child = self.child_of(process)
        said, status = self.ends_after(process, lambda: os.kill(child, signal.SIGKILL))
        self.assertIn("was killed (SIGKILL)", said)
        self.assertEqual(status, 128 + signal.SIGKILL)
        self.nothing_is_left(child)

    def test_a_child_that_tells_what_cannot_be(self):
        shapes = [(("run", "--on", "real"), 0, b"\xff" * 8, "the counters of its ring"),
                  (("exec", "--on", "real"), 0, b"\xff" * 8, "the counters of its ring"),
                  (("run", "--on", "real"), 4096, b"\xfe" * (1 << 20), "")]
        for how, offset, scribbled, named in shapes:
            (self.folder / "d.bin").write_bytes(b"old")
            process = self.start(how)
            child = self.child_of(process)
            memory, start = self.ring_at_rest(process, child)
            memory.seek(start + offset)
            memory.write(scribbled)
            said, status = self.ends_after(process, lambda: process.send_signal(signal.SIGCONT))
            self.assertEqual(status, 2, said)
            self.assertIn(f"told what cannot be ({named}", said)
            self.assertEqual((self.folder / "d.bin").read_bytes(), b"old")
            self.nothing_is_left(child)

    def test_what_happened_before_is_shown_and_nothing_is_compared(self):
        process = self.start(("run", "--on", "real", "--json"))
        child = self.child_of(process)
        os.kill(child, signal.SIGKILL)
        out, _ = process.communicate(timeout=60)
        result = json.loads(out)
        self.assertNotIn("agreement", result)
        [real] = result["computers"]
        self.assertEqual(real["ending"]["how"], "broken")
        self.assertIn(real["ending"]["line"], [3, 4])
        self.assertEqual([s["line"] for s in real["steps"]][:3], [1, 2, 3])

    def test_a_scratch_directory_removed_in_the_middle(self):
        process = self.start()
        child = self.child_of(process)
        [place] = self.scratch.iterdir()
        said, status = self.ends_after(process, lambda: shutil.rmtree(place))
        self.assertIn(f"{place} was removed or moved while the program ran", said)
        self.assertEqual(status, 2)
        self.nothing_is_left(child)

    def test_an_interrupted_command(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
            process = self.start()
            child = self.child_of(process)
            said, status = self.ends_after(process, lambda: process.send_signal(number))
            self.assertIn("interrupted", said)
            self.assertEqual(status, 128 + signal.SIGINT)
            self.nothing_is_left(child)


class Descriptors(Watched):
    """What a shell can do with a command's descriptors."""

    def shell(self, line, timeout=60):
        env = {**os.environ, "PAGEWALK_SCRATCH": str(self.scratch), "PAGEWALK": PAGEWALK}
        return subprocess.run(["bash", "-c", "set -o pipefail; " + line], cwd=self.folder, env=env,
                              capture_output=True, text=True, timeout=timeout)

    def test_a_reader_that_goes_away_ends_the_program_and_its_files_are_carried_back(self):
        self.program("f = open('seen.txt', 'w')\nf.write('kept')\nf.close()\n"
                     "while True:\n    print('line')\n")
        for on in ["sim", "real"]:
            done = self.shell(f'"$PAGEWALK" exec prog.py --on {on} | head -1')
            self.assertEqual((done.stdout, done.stderr), ("line\n", ""))
            self.assertEqual(done.returncode, 128 + signal.SIGPIPE)
            self.assertEqual((self.folder / "seen.txt").read_text(), "kept")
            (self.folder / "seen.txt").unlink()
            self.nothing_is_left()

    def test_a_report_that_is_not_read_to_its_end(self):
        self.program("for i in range(9999):\n    x = i\n")
        done = self.shell('"$PAGEWALK" run prog.py | head -1')
        self.assertEqual(done.stdout.count("\n"), 1)
        self.nothing_is_left()

    def test_closed_descriptors_are_nobody_elses(self):
        text = "f = open('d.bin', 'wb')\nf.write(b'bytes')\nf.close()\nprint('printed')\n"
        path = self.program(text)
        (self.folder / "files").mkdir()
        for closed in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"]:
            for command in ["exec prog.py --on sim", "exec prog.py --on real", "run prog.py",
                            "run prog.py --events events.json", "run prog.py --json"]:
                done = self.shell(f'"$PAGEWALK" {command} {closed}')
                with self.subTest(closed=closed, command=command):
                    self.assertEqual(done.stderr, "")
                    self.assertEqual(done.stdout == "", " >&-" in " " + closed)
                    self.assertEqual(done.returncode, 0)
                    if command.startswith("exec"):
                        self.assertEqual((self.folder / "d.bin").read_bytes(), b"bytes")
                    if "--events" in command:
                        events = (self.folder / "events.json").read_text().splitlines()
                        self.assertEqual([e for e in events if not e.startswith('{"computer":')], [])
                    self.nothing_is_left()
        self.assertEqual(pathlib.Path(path).read_text(), text)

    def test_a_limit_of_file_sizes_is_told_and_the_old_file_stays(self):
        (self.folder / "d.bin").write_bytes(b"old")
        self.program("f = open('d.bin', 'wb')\nf.write(b'x' * (1 << 20))\nf.close()\n")
        done = self.shell('ulimit -f 16; "$PAGEWALK" exec prog.py')
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("d.bin: cannot be carried back: File too large", done.stderr)
        self.assertEqual((self.folder / "d.bin").read_bytes(), b"old")


class FullDisk(Case):
    """On a small filesystem of its own, mounted where nobody else sees it."""

    def on_small_disk(self, text, *arguments):
        mkfs = shutil.which("mkfs.ext4", path="/sbin:/usr/sbin:/bin:/usr/bin")
        if os.getuid() != 0 or mkfs is None or not shutil.which("unshare"):
            self.skipTest("a small disk can be mounted by root only, with mkfs.ext4 and unshare")
        alone = subprocess.run(["unshare", "--mount", "--propagation", "private", "true"], capture_output=True, text=True)
        if alone.returncode != 0:  # the root of a chroot is no mount point
            self.skipTest("mounts that nobody else sees cannot be had here: " + alone.stderr.strip())
        image, place = self.folder / "image", self.folder / "disk"
        place.mkdir(exist_ok=True)
        with open(image, "wb") as file:
            file.truncate(8 << 20)
        subprocess.run([mkfs, "-q", "-b", "4096", "-O", "^has_journal", image], check=True)
        script = ('mount -o loop "$1" "$2" || exit 99; shift; export PAGEWALK_SCRATCH="$1"; shift; '
                  '"$@"; status=$?; rmdir "$PAGEWALK_SCRATCH/lost+found"; '
                  'echo "left: $(ls -A "$PAGEWALK_SCRATCH")" >&2; exit $status')
        done = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh",
                               image, place, PAGEWALK, *arguments[:1], self.program(text), *arguments[1:]],
                              capture_output=True, text=True, timeout=120, cwd=self.folder)
        if done.returncode == 99:
            self.skipTest("a loop device cannot be mounted here: " + done.stderr)
        self.assertIn("left: \n", done.stderr)
        return done

    def test_a_store_to_a_hole_dies_of_sigbus_and_the_full_disk_is_named(self):
        text = ("import numpy as np\n"
                "mm = np.memmap('d.bin', dtype=np.uint8, mode='w+', shape=(32 << 20,))\n"
                "for i in range(0, 32 << 20, 4096):\n    mm[i] = 1\n")
        done = self.on_small_disk(text, "exec", "--on", "real")
        self.assertEqual(done.returncode, 128 + signal.SIGBUS, done.stderr)
        self.assertIn("the disk of the scratch directory is full", done.stderr)

    def test_a_write_that_does_not_fit_raises_what_cpython_raises(self):
        text = "f = open('d.bin', 'wb')\nfor i in range(64):\n    f.write(b'x' * (1 << 20))\n    f.flush()\n"
        done = self.on_small_disk(text, "exec", "--on", "real")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("OSError: [Errno 28] No space left on device", done.stderr)

    def test_a_run_shows_it_in_json(self):
        text = ("import numpy as np\n"
                "mm = np.memmap('d.bin', dtype=np.uint8, mode='w+', shape=(32 << 20,))\n"
                "for i in range(0, 32 << 20, 4096):\n    mm[i] = 1\n")
        done = self.on_small_disk(text, "run", "--on", "real", "--json")
        [real] = json.loads(done.stdout)["computers"]
        self.assertEqual((real["ending"]["how"], real["ending"]["signal"]), ("died", signal.SIGBUS))
        self.assertIn("disk space", {n["about"] for n in real["notes"]})

    def test_a_file_that_does_not_fit_at_first_use_is_named(self):
        with open(self.folder / "big.bin", "wb") as file:
            file.write(b"x" * (16 << 20))
        done = self.on_small_disk("f = open('big.bin', 'rb')\n", "exec", "--on", "real")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("big.bin cannot be copied into the scratch directory: No space left", done.stderr)
        self.assertEqual((self.folder / "big.bin").stat().st_size, 16 << 20)


if __name__ == "__main__":
    main()
