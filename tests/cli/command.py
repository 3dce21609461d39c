"""What the tests of the command share: running it, in a folder of its own.

A test program is started as: NAME_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PAGEWALK, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
PROGRAMS = ROOT / "scenarios" / "programs"
FILES = str(PROGRAMS / "files")
IS_SANITIZED = "PAGEWALK_SANITIZED" in os.environ


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pagewalk-command-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def program(self, text, name="prog.py"):
        path = self.folder / name
        path.write_text(text)
        return str(path)

    def pagewalk(self, *arguments, cwd=None, env=None, user=None, timeout=120):
        prefix = user or []
        return subprocess.run([*prefix, PAGEWALK, *map(str, arguments)], cwd=cwd or self.folder,
                              capture_output=True, text=True, timeout=timeout,
                              env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL)

    def run_json(self, *arguments, status=0, **options):
        done = self.pagewalk("run", *arguments, "--json", **options)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def refused(self, *arguments, status, says, **options):
        done = self.pagewalk(*arguments, **options)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        return done


def as_nobody():
    """How to run as an unprivileged user: a prefix, or None when this process cannot switch users."""
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return None
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"]


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
