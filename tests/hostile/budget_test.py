#!/usr/bin/env python3
"""What is performed natively is bounded too: one instruction over a large container, or a few of them.

usage: budget_test.py PAGEWALK [NAME...]

Each shape is run with a time budget of a second and must end within twice that and what its set-up takes; some are
ended by Ctrl-C; some cost more steps than there are. A shape that raises at once may do so.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

PAGEWALK = os.path.abspath(sys.argv[1])
SLOWER = 6 if os.environ.get("PAGEWALK_SANITIZED") else 1
DOUBLED = "x = y = 1\nfor i in range(60):\n    x = [x, x]\n    y = [y, y]\n"
DOUBLED_TUPLES = DOUBLED.replace("[", "(").replace("]", ")")
LIST = "x = [0] * 2**23\nfor i in range(10**6):\n    "
# AddressSanitizer looks at all of a text each time that something is looked for in its rest.
TEXT = f"x = 'a ' * 2**{22 if SLOWER == 1 else 15}\nfor i in range(10**6):\n    "

SHAPES = {
    "doubled ==": DOUBLED + "x == y", "doubled <": DOUBLED + "x < y", "doubled in": DOUBLED + "x in [y]",
    "doubled sort": DOUBLED + "[x, y].sort()", "doubled hash": DOUBLED_TUPLES + "hash(x)",
    "doubled repr": DOUBLED + "repr(x)", "doubled key": DOUBLED_TUPLES + "{x: 1}",
    "doubled isinstance": DOUBLED_TUPLES.replace("= 1", "= str") + "isinstance(1, x)",
    "count": LIST + "x.count(1)", "index": LIST + "if 1 in x: pass", "del": LIST + "del x[0]",
    "pop": LIST + "x.pop(0)", "remove": LIST + "x.remove(0)", "insert": LIST + "x.insert(0, 0)",
    "copy": LIST + "x.copy()", "slice": LIST + "x[1:]", "set slice": LIST + "x[0:0] = [1]",
    "del slice": LIST + "del x[::2**22]", "+": LIST + "x + [1]", "reverse": LIST + "x.reverse()",
    "list": LIST + "list(x)", "tuple": LIST + "tuple(x)", "sorted": LIST + "sorted(x)", "unpack": LIST + "a, *b = x",
    "list ==": "y = [0] * 2**23\n" + LIST + "x == y", "star": "def f(*a): pass\n" + LIST + "f(*x)",
    "join": "x = [''] * 2**23\nfor i in range(10**6): ''.join(x)", "replace": TEXT + "x.replace('a', 'b')",
    "split": TEXT + "x.split()", "split by": TEXT + "x.split(' ')", "find": TEXT + "x.find('b')",
    "find long": "x = 'a' * 2**22\ny = 'a' * 2**21 + 'b'\nfor i in range(10**6): x.find(y)",
    "upper": TEXT + "x.upper()", "str +": TEXT + "x + 'b'", "repr": TEXT + "repr(x)", "hash": TEXT + "hash(x + '')",
    "encode": TEXT + "x.encode()", "float": "x = '1' * 2**23\nfor i in range(10**6): float(x)",
    "bytes": "x = b'a' * 2**23\nfor i in range(10**6): x + b'b'", "zeros": "for i in range(10**6): bytes(2**26)",
    "map": "5.5 in map(abs, range(10**13))", "filter": "5.5 in filter(None, range(10**13))",
    "enumerate": "(1,) in enumerate(range(10**13))", "sum": "sum(range(10**13))", "max": "max(map(abs, range(10**13)))",
    "percent": "for i in range(10**6): '%.9999999f' % 1.5", "too many digits": "'%.999999999f' % 1.5",
    "too wide": "f'{1:999999999}'", "wide": "for i in range(10**6): f'{1:99999999}'",
    "ljust": "for i in range(10**6): 'a'.ljust(10**8)", "zfill": "for i in range(10**6): 'a'.zfill(10**8)",
    "dict ==": "x = dict.fromkeys(range(2**20))\ny = dict(x)\nfor i in range(10**6): x == y",
    "dict copy": "x = dict.fromkeys(range(2**20))\nfor i in range(10**6): dict(x)",
    "sets": "x = set(range(2**20))\ny = set(x)\nfor i in range(10**6): x & y",
    "keywords": "def f(**k): pass\nx = dict.fromkeys(map(str, range(2**18)))\nfor i in range(10**6): f(**x)",
    "doubling": "x = [0]\nfor i in range(60): x = x + x", "text doubling": "x = 'a'\nfor i in range(60): x = f'{x}{x}'",
    "print array": "import numpy as np\nnp.set_printoptions(threshold=10**9)\nx = np.zeros(2**20)\n"
                   "for i in range(10**6): str(x)",
    "nested array": "import numpy as np\nx = 1\nfor i in range(31): x = [x, x]\nnp.array(x)",
    "nonzero": "import numpy as np\nnp.nonzero(np.broadcast_to(0.0, (2**40,)))",
    "write": "f = open('a', 'wb')\nx = b'a' * 2**20\nfor i in range(10**6):\n    f.seek(0)\n    f.write(x)",
    "lines": "f = open('a', 'w')\nf.write('a\\n' * 2**20)\nf.close()\nfor i in range(10**6): open('a').readlines()",
}
BY_CTRL_C = ["doubled ==", "doubled repr", "count", "copy", "replace", "map", "filter", "nonzero"]
# With the budget of steps that a run has by itself.
BEYOND_THE_STEPS = {
    "fromfile": "import numpy as np\nf = open('a', 'wb')\nf.truncate(2**35)\nf.close()\nnp.fromfile('a', np.uint8)",
}


def run(text, *settings, interrupt_after=None):
    """The exit status, how long it took, and its last two lines."""
    with tempfile.TemporaryDirectory(prefix="budget-") as folder:
        program = pathlib.Path(folder) / "prog.py"
        program.write_text(text + "\n")
        start = time.monotonic()
        running = subprocess.Popen([PAGEWALK, "exec", "--on", "sim", program, *settings], cwd=folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   text=True)
        try:
            if interrupt_after:
                time.sleep(interrupt_after)
                running.send_signal(signal.SIGINT)
            errors = running.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            running.kill()
            errors = running.communicate()[1] + "no end within 60 seconds"
        return running.returncode, time.monotonic() - start, errors.strip().splitlines()[-2:]


def main():
    wanted = sys.argv[2:]
    failed = []

    def check(name, ended, most, *texts):
        status, seconds, said = ended
        good = seconds <= most * SLOWER and any(text in " ".join(said) for text in texts)
        if not good:
            failed.append(name)
            print(f"{name}: status {status} after {seconds:.1f} s: {said}")

    # A second, as much again, and a second for what it takes to make the container and free it.
    budget = ("--set", "max_seconds=1", "--set", "max_steps=1000G")
    shapes = {name: text for name, text in SHAPES.items() if not wanted or name in wanted}
    for name, text in shapes.items():
        check(name, run(text, *budget), 3, "time budget of 1 s is spent", "MemoryError", "budget of 1000000000000 steps")
    for name in BY_CTRL_C if not wanted else []:
        check(f"{name}, Ctrl-C", run(SHAPES[name], *budget[2:], interrupt_after=1), 2.5, "interrupted",
              "budget of 1000000000000 steps")
    for name, text in BEYOND_THE_STEPS.items() if not wanted else []:
        check(name, run(text), 15, "steps is spent")
    print(f"{len(shapes)} shapes, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
