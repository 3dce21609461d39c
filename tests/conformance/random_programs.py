#!/usr/bin/env python3
"""Random programs over files and arrays, run by real Python + NumPy and by any other command.

  random_programs.py --python /usr/bin/python3 --runner "pagewalk exec {prog}" [--programs 200] [--seed 1] [--keep DIR]

The same seed makes the same programs. Compared as by run_corpus.py: stdout, the last line of the traceback and its line,
death by signal, every file left. A program that differs is printed, cut down to the statements that matter.
Exit status 0 when all agree. Needs the NumPy that the language copies (1.24).
"""
import argparse
import os
import random
import sys
import tempfile
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run_corpus

FILES = ["a.bin", "b.bin", "c.bin"]
DTYPES = ["np.int32", "np.uint8", "np.float64", "'<i2'", "'>i4'", "np.float32", "bool", "np.int64", "'u2'"]


class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.arrays, self.handles = [], []

    def pick(self, *options):
        return self.rng.choice(options)

    def number(self, low, high):
        return self.rng.randint(low, high)

    def file(self):
        return repr(self.rng.choices(FILES, [4, 2, 1])[0])

    def array(self):
        return self.rng.choice(self.arrays) if self.arrays else "np.arange(6)"

    def handle(self):
        return self.rng.choice(self.handles) if self.handles else "open('a.bin', 'wb+')"

    def new(self, names, prefix):
        name = f"{prefix}{self.number(0, 3)}"
        if name not in names:
            names.append(name)
        return name

    def slice1(self):
        part = lambda: self.pick("", str(self.number(-9, 12)))
        return f"{part()}:{part()}" + self.pick("", "", f":{self.pick(1, 2, 3, -1, -2)}")

    def index(self):
        return self.pick(str(self.number(-8, 9)), self.slice1(), f":, {self.number(-3, 4)}",
                         f"{self.number(-3, 4)}, {self.slice1()}", f"{self.slice1()}, {self.slice1()}",
                         f"{self.slice1()}, {self.number(0, 3)}", "...", "[0, 2, 1]", f"..., {self.number(0, 2)}",
                         f"{self.array()} > {self.number(0, 50)}", "None, 1:3", "")or ":"

    def value(self):
        return self.pick(str(self.number(-300, 300)), f"{self.number(0, 99)}.5", "True", f"rng.integers(0, {self.number(1, 200)})",
                         f"{self.array()}[:1]", f"[{self.number(0, 9)}, {self.number(0, 9)}]", f"np.arange({self.number(1, 5)})",
                         "rng.random()")

    def shape(self):
        return self.pick("(4, 6)", "(3, 4)", "(2, 3)", "(12,)", "24", "(5, 1)", "(2, 2, 3)", "(0,)", "(7,)", "6", "(1024, 3)")

    def statement(self):
        kinds = [self.memmap] * 4 + [self.fromfile] * 3 + [self.opened] * 3 + [self.handle_call] * 5 + [self.os_call] * 4
        kinds += [self.store] * 6 + [self.show] * 8 + [self.made] * 4 + [self.tofile] * 2 + [self.drawn] * 3
        return self.rng.choice(kinds)()

    def memmap(self):
        arguments = [self.file()]
        if self.number(0, 5):
            arguments.append("dtype=" + self.pick(*DTYPES))
        if self.number(0, 6):
            arguments.append("mode=" + repr(self.pick("r", "r+", "r+", "w+", "w+", "c", "c", "rw")))
        if not self.number(0, 2):
            arguments.append(f"offset={self.pick(0, 4, 8, 16, 3, 4096, 1000, -4)}")
        if self.number(0, 3):
            arguments.append("shape=" + self.shape())
        if not self.number(0, 6):
            arguments.append("order='F'")
        source = f"np.memmap({', '.join(arguments)})"
        return f"{self.new(self.arrays, 'm')} = {source}"

    def fromfile(self):
        arguments = [self.pick(self.file(), self.file(), self.handle())]
        arguments.append("dtype=" + self.pick(*DTYPES))
        if self.number(0, 1):
            arguments.append(f"count={self.number(-2, 12)}")
        if not self.number(0, 2):
            arguments.append(f"offset={self.pick(0, 1, 4, 6, 8, 64, 5000, -3)}")
        return f"{self.new(self.arrays, 'x')} = np.fromfile({', '.join(arguments)})"

    def opened(self):
        mode = self.pick("rb", "rb+", "wb", "wb+", "ab", "ab+", "r+b", "xb")
        return f"{self.new(self.handles, 'f')} = open({self.file()}, {mode!r})"

    def handle_call(self):
        f = self.handle()
        return self.pick(
            f"print({f}.read({self.pick('', self.number(0, 40))}))", f"print({f}.seek({self.number(-3, 60)}))",
            f"print({f}.seek({self.number(-20, 20)}, {self.pick(0, 1, 2)}))", f"print({f}.tell())",
            f"print({f}.write(bytes([{self.number(0, 255)}] * {self.number(0, 50)})))", f"{f}.flush()",
            f"print({f}.truncate())", f"print({f}.truncate({self.number(-1, 70)}))", f"print({f}.close())",
            f"print(os.fsync({f}))", f"print(os.fsync({f}.fileno()))", f"{self.array()}.tofile({f})",
            f"print({f}.closed, {f}.name, {f}.mode)", f"print({f}.readable(), {f}.writable(), {f}.seekable())",
            f"print({f}.read({self.number(1, 9)}), {f}.tell())", f"print({f}.write({self.array()}.tobytes()))",
            f"print({f}.write({self.array()}[:2]))", f"print({f}.readline())", f"os.truncate({f}.fileno(), {self.number(0, 40)})")

    def os_call(self):
        a, b = self.file(), self.file()
        return self.pick(f"os.truncate({a}, {self.pick(0, 4, 7, 16, 40, 100, 4096, 9000, -1)})", f"os.remove({a})",
                         f"os.rename({a}, {b})", f"os.replace({a}, {b})", f"print(os.path.getsize({a}))",
                         f"print(os.path.exists({a}), os.path.isfile({a}))", "print(sorted(os.listdir('.')))",
                         f"print(os.stat({a}).st_size)", f"os.unlink({a})")

    def store(self):
        a = self.array()
        return self.pick(f"{a}[{self.index()}] = {self.value()}", f"{a}[{self.index()}] = {self.value()}",
                         f"{a}[{self.index()}] {self.pick('+', '-', '*', '//', '&')}= {self.value()}", f"{a}.flush()",
                         f"{a}.fill({self.value()})", f"{a} += 1", f"{a}[...] = {self.array()}", f"{a}.sort()",
                         f"{a}.T[{self.index()}] = {self.value()}", f"del {a}", f"rng.shuffle({a}.reshape(-1))")

    def show(self):
        a = self.array()
        return self.pick(f"print({a}[{self.index()}])", f"print({a}[{self.index()}].tolist())", f"print({a}.tolist()[:5])",
                         f"print(int({a}[{self.number(0, 5)}]))", f"print(int({a}.sum()))", f"print(int({a}[{self.index()}]))",
                         f"print({a}.shape, {a}.dtype, {a}.strides, {a}.nbytes)", f"print(repr({a}))", f"print({a})",
                         f"print({a}[:, {self.number(-2, 3)}].sum(), {a}[:, 1:3].mean())", f"print(type({a}), type({a}[{self.index()}]))",
                         f"print({a}.mode, {a}.offset)", f"print({a}.max(axis={self.number(-2, 1)}))",
                         f"print(float({a}[{self.number(0, 3)}]), bool({a}.any()))", f"print({a}.tobytes()[:20])",
                         f"print({a}.reshape(-1)[:7], {a}.flags.writeable, {a}.flags.owndata)", f"print({a}[0].tolist())",
                         f"print(({a} == {self.value()}).sum())", f"print(np.array_equal({a}, {self.array()}))",
                         f"print([int(v) for v in {a}[:3]])", f"print({a}.item({self.number(-1, 7)}), len({a}))")

    def made(self):
        dtype = self.pick(*DTYPES)
        source = self.pick(f"np.arange({self.number(0, 40)}, dtype={dtype})", f"np.zeros({self.shape()}, dtype={dtype})",
                           f"np.arange(24).reshape(4, 6)", f"{self.array()}[{self.index()}]", f"{self.array()}.astype({dtype})",
                           f"{self.array()}.copy()", f"np.full({self.shape()}, {self.number(0, 99)}, dtype={dtype})",
                           f"{self.array()} * 2", f"np.array({self.array()})")
        return f"{self.new(self.arrays, 'x')} = {source}"

    def tofile(self):
        return f"{self.array()}{self.pick('', '', '[::2]', '[:, 1]', '.T')}.tofile({self.pick(self.file(), self.handle())})"

    def drawn(self):
        size = self.pick("", f", size={self.number(0, 9)}", ", size=(2, 3)")
        dtype = self.pick("", "", f", dtype={self.pick('np.int32', 'np.uint8', 'np.int16', 'bool', 'np.uint64', 'int')}")
        source = self.pick(f"rng.integers({self.number(-5, 9)}, {self.number(0, 300)}{size}{dtype})", f"rng.random({self.pick('', '3', '(2, 2)')})",
                           f"rng.permutation({self.number(0, 9)})", f"rng.choice({self.array()}{size})",
                           f"np.random.default_rng({self.number(0, 99)}).integers({self.number(1, 99)}{size})")
        return self.pick(f"{self.new(self.arrays, 'x')} = np.asarray({source})", f"print({source})")


def make(seed, length):
    """The statements of a program; most are guarded, so that an error is printed and the program goes on."""
    maker = Maker(seed)
    statements = []
    for k in range(length):
        text = maker.statement()
        if maker.number(0, 40):
            text = f"try:\n    {text}\nexcept Exception as e:\n    print({k}, type(e).__name__, e)"
        statements.append(text)
    return statements


def text_of(statements, seed):
    start = f"import os\nimport numpy as np\n\nrng = np.random.default_rng({seed})\nnp.arange(24, dtype=np.int32).tofile('a.bin')\n"
    return start + "\n".join(statements) + "\n"


OPTIONS = types.SimpleNamespace(strict_hints=False, no_lineno=False, check_warnings=False)


def difference(statements, seed, a):
    with tempfile.TemporaryDirectory(prefix="random-program-") as folder:
        path = os.path.join(folder, "prog.py")
        with open(path, "w") as f:
            f.write(text_of(statements, seed))
        rc, out, err, files = run_corpus.run_one(a.python + " {prog}", path, a.timeout)
        line, lineno = run_corpus.error_block(err, "prog.py")
        failed = rc != 0 and not (isinstance(rc, int) and rc < 0)
        expected = {"stdout": out, "files": files, "error": {"line": line, "lineno": lineno} if failed else None,
                    "signal": run_corpus.signal.Signals(-rc).name if isinstance(rc, int) and rc < 0 else None}
        if rc == "timeout" or failed and line is None:
            return []
        got = run_corpus.run_one(a.runner, path, a.timeout)
        # What the subset refuses, saying so, is no difference.
        if got[0] == 2 and "not supported" in got[2]:
            return None
        return run_corpus.compare(expected, *got, OPTIONS)


def shrink(statements, seed, a):
    k = 0
    while k < len(statements):
        fewer = statements[:k] + statements[k + 1:]
        if difference(fewer, seed, a):
            statements = fewer
        else:
            k += 1
    return statements


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--python", default=sys.executable)
    ap.add_argument("--runner", required=True)
    ap.add_argument("--programs", type=int, default=200)
    ap.add_argument("--statements", type=int, default=30)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--timeout", type=float, default=30)
    ap.add_argument("--keep", help="folder for the cut down programs that differ")
    a = ap.parse_args()
    equal = different = refused = 0
    for seed in range(a.seed, a.seed + a.programs):
        statements = make(seed, a.statements)
        found = difference(statements, seed, a)
        if found is None:
            refused += 1
        elif not found:
            equal += 1
        else:
            different += 1
            statements = shrink(statements, seed, a)
            print(f"--- seed {seed}: " + "; ".join(difference(statements, seed, a)) + "\n" + text_of(statements, seed), flush=True)
            if a.keep:
                with open(os.path.join(a.keep, f"seed{seed}.py"), "w") as f:
                    f.write(text_of(statements, seed))
    print(f"{equal} equal, {different} different, {refused} refused by the subset")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
