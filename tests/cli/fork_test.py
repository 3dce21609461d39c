#!/usr/bin/env python3
"""Programs of two processes, from the command line: as CPython runs them, and alike on both computers.
usage: fork_test.py PAGEWALK
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PAGEWALK = sys.argv.pop(1)

# What CPython prints does not depend on which process is faster: each says when it waits.
AS_CPYTHON = {
    "the parent learns how its child left": """
import os
pid = os.fork()
if pid == 0:
    os._exit(7)
done, status = os.wait()
print(done == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), os.waitstatus_to_exitcode(status), os.WIFSIGNALED(status))
""",
    "what one process changes the other does not see": """
import os
seen = [1, {'a': 2}]
pid = os.fork()
if pid == 0:
    seen[1]['a'] = 3
    seen.append(4)
    print('child', seen, flush=True)
    os._exit(0)
os.waitpid(pid, 0)
print('parent', seen)
""",
    "three children, each waited for by number": """
import os
pids = []
for i in range(3):
    pid = os.fork()
    if pid == 0:
        os._exit(i + 1)
    pids.append(pid)
print([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in reversed(pids)])
""",
    "an exception ends a child with status 1": """
import os
pid = os.fork()
if pid == 0:
    raise ValueError('in the child')
print(os.waitstatus_to_exitcode(os.wait()[1]))
""",
    "a child leaves by the end of the program": """
import os
pid = os.fork()
if pid > 0:
    print(os.waitstatus_to_exitcode(os.wait()[1]))
""",
    "nobody to wait for": """
import os
try:
    os.wait()
except ChildProcessError as error:
    print(error)
""",
    "numbers of processes": """
import os
me = os.getpid()
pid = os.fork()
if pid == 0:
    os._exit(0 if os.getppid() == me and os.getpid() != me else 1)
print(os.wait() == (pid, 0), os.getpid() == me)
""",
    "a function and a loop go on in both": """
import os
def work(n):
    total = 0
    for i in range(n):
        if i == 2:
            pid = os.fork()
        total += i
    return pid, total
pid, total = work(5)
if pid == 0:
    os._exit(total)
print(total, os.waitstatus_to_exitcode(os.wait()[1]))
""",
    "descriptors share their position": """
import os
with open('data.bin', 'wb') as f:
    f.write(b'0123456789')
f = open('data.bin', 'r+b')
pid = os.fork()
if pid == 0:
    f.seek(4)
    os._exit(0)
os.wait()
print(f.read(2), os.getpid() > 0)
""",
}

TWO_COMPUTERS = {
    "a page each, and one frame until then": """
import os
import numpy as np
a = np.arange(1024, dtype=np.int64)
pid = os.fork()
if pid == 0:
    a[0] = 77
    os._exit(0)
os.wait()
print(a[0])
""",
    "one file for both": """
import os
import numpy as np
m = np.memmap('data.bin', dtype=np.int64, mode='w+', shape=(2048,))
m[:] = 1
c = np.memmap('data.bin', dtype=np.int64, mode='c', shape=(2048,))
c[0] = 2
pid = os.fork()
if pid == 0:
    m[1024] = 5
    c[0] += 1
    print(m[0], c[0], c[1024])
    m.flush()
    os._exit(0)
os.sched_yield()
c[0] += 10
m[0] = 9
os.wait()
print(m[0], m[1024], c[0])
""",
    "a child that reads beyond the end of its file": """
import os
import numpy as np
np.ones(3 * 4096, dtype=np.uint8).tofile('data.bin')
m = np.memmap('data.bin', dtype=np.uint8, mode='r+')
pid = os.fork()
if pid == 0:
    os.truncate('data.bin', 4096)
    print(m[8192])
print(os.wait()[1])
""",
    "files and arrays of a child's own": """
import os
import numpy as np
a = np.arange(3000, dtype=np.float64)
pid = os.fork()
if pid == 0:
    a.tofile('out.bin')
    b = np.fromfile('out.bin', dtype=np.float64, count=100, offset=800)
    m = np.memmap('out.bin', dtype=np.float64, mode='r+')
    m[:100] = b * 2
    print(m[:3].sum(), b.max())
    os._exit(0)
print(os.wait()[1], np.fromfile('out.bin')[0])
""",
}


class Case(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory(prefix="pagewalk-fork-")
        self.folder = pathlib.Path(self.held.name)
        self.addCleanup(self.held.cleanup)

    def write(self, text):
        path = self.folder / "program.py"
        path.write_text(text.lstrip())
        return path

    def run_both(self, text, *more):
        done = subprocess.run([PAGEWALK, "run", self.write(text), "--json", "--trace", "touches", *more],
                              capture_output=True, text=True, timeout=60)
        return done, json.loads(done.stdout)


class AsCpython(Case):
    def test_output_is_that_of_cpython(self):
        for name, text in AS_CPYTHON.items():
            with self.subTest(name):
                path = self.write(text)
                expected = subprocess.run([sys.executable, path], capture_output=True, text=True, cwd=self.folder)
                self.assertEqual(expected.returncode, 0, expected.stderr)
                for computer in ("sim", "real"):
                    got = subprocess.run([PAGEWALK, "exec", path, "--on", computer], capture_output=True, text=True,
                                         cwd=self.folder, timeout=60)
                    self.assertEqual(got.stdout, expected.stdout, got.stderr)
                    self.assertEqual(got.stderr.strip().split("\n")[-1], expected.stderr.strip().split("\n")[-1])

    def test_what_is_not_there_is_named(self):
        for text, words in {
            "import os\npid = os.fork()\nif pid == 0:\n    os.fork()\nos.wait()\n": "os.fork() in a forked process",
            "import os\nos.waitpid(-1, os.WNOHANG)\n": "WNOHANG",
        }.items():
            with self.subTest(text):
                got = subprocess.run([PAGEWALK, "exec", self.write(text)], capture_output=True, text=True, timeout=60)
                self.assertEqual(got.returncode, 2, got.stderr)
                self.assertIn(words, got.stderr)


class BothComputers(Case):
    def test_they_agree_touch_by_touch(self):
        for name, text in TWO_COMPUTERS.items():
            for frames in (4096, 6):
                with self.subTest(name, frames=frames):
                    done, result = self.run_both(text, "--set", f"frames={frames}")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(result["agreement"]["unexplained"], [])
                    simulated, real = result["computers"]
                    self.assertEqual(simulated["totals"]["syscalls"], real["totals"]["syscalls"])
                    self.assertEqual(simulated["totals"]["syscalls"]["fork"], 1)

    def test_both_refuse_the_same_fork_where_there_are_too_many(self):
        text = ("import os\nmade = 0\nfor i in range(20):\n    try:\n        pid = os.fork()\n    except BlockingIOError:\n"
                "        break\n    if pid == 0:\n        os.sched_yield()\n        os._exit(0)\n    os.sched_yield()\n    made += 1\n"
                "for i in range(made):\n    os.wait()\nprint(made)\n")
        done, result = self.run_both(text)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(result["agreement"]["unexplained"], [])

    def test_a_copy_is_made_by_whoever_stores_first(self):
        _, result = self.run_both(TWO_COMPUTERS["a page each, and one frame until then"])
        for computer in result["computers"]:
            kinds = [fault["kind"] for step in computer["steps"] if step["line"] > 3 for fault in step["fault_pages"]]
            self.assertEqual(kinds, ["minor cow" if computer["name"] == "sim" else "minor (cow)"])

    def test_shared_frames_count_once_and_in_both_processes(self):
        _, result = self.run_both("""
import os
import numpy as np
a = np.ones(100 * 512)
pid = os.fork()
if pid == 0:
    a[:10 * 512] = 2
    os._exit(0)
os.wait()
print(a[0])
""")
        self.assertEqual(result["agreement"]["unexplained"], [])
        for computer in result["computers"]:
            def at(line, process):
                return next(s for s in reversed(computer["steps"]) if s["line"] == line and s["process"] == process)

            def frames(step):
                return sum(int(last or first) - int(first) + 1
                           for first, _, last in (page.rsplit(":", 1)[1].partition("-") for page in step["resident"]))

            def anonymous(step):
                return {m["process"]: m["rss_anon"] for m in step["mapped_pages"]}

            forked, stored, waited = at(4, 1000), at(6, 1001), at(9, 1000)
            self.assertEqual([frames(s) for s in (forked, stored, waited)], [100, 110, 100])
            self.assertEqual(forked["shared"], ["a (child):0-99"])
            self.assertEqual(stored["shared"], ["a (child):10-99"])
            self.assertEqual([anonymous(s) for s in (forked, stored, waited)],
                             [{1000: 100, 1001: 100}, {1000: 100, 1001: 100}, {1000: 100}])

    def test_the_report_says_which_process_runs_a_line(self):
        done = subprocess.run([PAGEWALK, "run", self.write(TWO_COMPUTERS["a page each, and one frame until then"])],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("   6      a[0] = 77  (process 1001)\n", done.stdout)
        self.assertIn("   9  print(a[0])  (process 1000)\n", done.stdout)
        self.assertIn("  memory of 1001 ", done.stdout)

    def test_a_child_killed_by_its_touch_takes_nobody_along(self):
        done, result = self.run_both(TWO_COMPUTERS["a child that reads beyond the end of its file"])
        self.assertEqual(done.returncode, 0)
        self.assertEqual("".join(step["stdout"] for step in result["computers"][0]["steps"]), "7\n")

    def test_a_fork_by_another_spelling_is_refused_alike(self):
        for spelling in ('getattr(os, "fo" + "rk")', 'getattr(os, "krof"[::-1])'):
            (self.folder / "prog.py").write_text(f"import os\nf = {spelling}\nprint('made')\nf()\nprint('never')\n")
            for computer in ("sim", "real"):
                done = subprocess.run([PAGEWALK, "exec", "prog.py", "--on", computer], cwd=self.folder,
                                      capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stdout), (2, "made\n"), done.stderr)
                self.assertIn("prog.py:4:1: not supported: os.fork() by a name put together", done.stderr)
                self.assertIn("instead: os.fork()", done.stderr)

    def test_a_fork_by_a_name_that_is_written_works(self):
        for spelling in ('getattr(os, "fork")', 'getattr(os, "\\x66ork")', "[os.fork][0]"):
            text = f"import os\nf = {spelling}\npid = f()\nif pid == 0:\n    os._exit(3)\nprint(os.wait()[1])\n"
            (self.folder / "prog.py").write_text(text)
            for computer in ("sim", "real"):
                done = subprocess.run([PAGEWALK, "exec", "prog.py", "--on", computer], cwd=self.folder,
                                      capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stdout), (0, "768\n"), done.stderr)

    def test_killing_the_program_kills_both(self):
        text = ("import os\nimport numpy as np\nm = np.memmap('data.bin', dtype=np.uint8, mode='w+', shape=(8192,))\n"
                "pid = os.fork()\nif pid == 0:\n    m[0] = 5\n    m[4096] = 6\n    os._exit(0)\nos.wait()\n")
        done, result = self.run_both(text, "--kill", "7")
        self.assertEqual(done.returncode, 0, done.stderr)
        for computer in result["computers"]:
            self.assertEqual(computer["ending"]["how"], "killed")
            self.assertEqual(computer["survived"]["data.bin"]["hex"][:2], "05")
        left = subprocess.run(["pgrep", "-f", str(self.folder)], capture_output=True, text=True)
        self.assertEqual(left.stdout, "")


if __name__ == "__main__":
    unittest.main()
