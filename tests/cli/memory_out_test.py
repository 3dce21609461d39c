#!/usr/bin/env python3
"""Memory runs out at a touch, in every kind of system call that needs a frame, in one process or in two: both computers
tell the same.

usage: memory_out_test.py PAGEWALK ROOT [unittest arguments]
"""
import json
import unittest

from command import Case, main

# Each with the settings (frames, pages of swap) in which a death was told differently once.
PROGRAMS = {
    "the buffer of a write() comes back from swap": ("""
a = np.ones(5 * 512)
b = np.ones(3 * 512)
with open('x.bin', 'wb') as f:
    a.tofile(f)
    b.tofile(f)
""", [(3, 6), (5, 4), (6, 3), (7, 2), (8, 1)]),
    "of two processes both die": ("""
import os
a = np.ones(4 * 512)
pid = os.fork()
if pid == 0:
    a += 1
    b = np.ones(4 * 512)
    os._exit(0)
os.waitpid(pid, 0)
b = np.ones(6 * 512)
print(int(b.sum()))
""", [(2, 2), (3, 6), (4, 0), (4, 6), (5, 5), (8, 1)]),
    "a write() that starts beyond the end": ("""
a = np.ones(4 * 512)
with open('x.bin', 'wb') as f:
    f.write(b'x' * 100)
    f.flush()
    b = np.ones(4 * 512)
    f.seek(20000)
    a[:600].tofile(f)
""", [(3, 6), (4, 6), (5, 4), (5, 5), (6, 3), (6, 4)]),
    "ftruncate() of a page that was evicted": ("""
import os
np.ones(3 * 500).tofile('x.bin')
a = np.ones(6 * 512)
os.truncate('x.bin', 5000)
print('alive')
""", [(2, 2), (2, 4), (4, 2), (5, 1), (6, 0)]),
    "a read() into fresh memory": ("""
np.ones(3 * 500).tofile('x.bin')
a = np.ones(4 * 512)
b = np.fromfile('x.bin')
print(b.sum())
""", [(2, 2), (2, 4), (4, 2), (6, 0)]),
    "a write() from private copies": ("""
np.ones(6 * 512).tofile('x.bin')
m = np.memmap('x.bin', mode='c')
m[::4096] = 1
with open('y.bin', 'wb') as f:
    m.tofile(f)
""", [(3, 4), (4, 2), (5, 2), (6, 1)]),
    "a file that is written as it goes": ("""
np.save('a.npy', np.arange(8192, dtype=np.int32))
""", [(6, 2), (4, 4), (7, 1)]),
}


class MemoryRunsOut(Case):
    def test_alike_on_both_computers(self):
        for name, (text, settings) in PROGRAMS.items():
            program = self.program("import numpy as np" + text)
            for frames, swap in settings:
                with self.subTest(name, frames=frames, swap=swap):
                    done = self.pagewalk("run", program, "--json", "--set", f"frames={frames}",
                                         "--set", f"swap_pages={swap}")
                    told = json.loads(done.stdout)
                    self.assertEqual(told["agreement"]["unexplained"], [])
                    self.assertEqual([c["ending"]["how"] for c in told["computers"]], ["died"] * 2)


if __name__ == "__main__":
    main()
