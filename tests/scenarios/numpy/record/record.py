"""Runs each program of programs/*.txt with the real NumPy and writes what it printed.

A program begins with a line "== NAME". For each file X.txt the results go to X.expected: the same
headings, then stdout, then "!! LAST LINE" if it raised, then "?? Category: text" per warning.

    /usr/bin/python3 record/record.py        (NumPy 1.24, CPython 3.11)
"""

import contextlib
import io
import pathlib
import traceback
import warnings

import numpy

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "programs"


def programs(path):
    name, lines = None, []
    for line in path.read_text().splitlines():
        if line.startswith("== "):
            if name:
                yield name, "\n".join(lines)
            name, lines = line[3:], []
        else:
            lines.append(line)
    if name:
        yield name, "\n".join(lines)


def run(text):
    numpy.set_printoptions(**DEFAULT_OPTIONS)
    out = io.StringIO()
    tail = ""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(text, "prog.py", "exec"), {"np": numpy, "__name__": "__main__"})
            except Exception as error:
                last = "".join(traceback.format_exception_only(error)).strip()
                tail = "!! " + last + "\n"
        seen = []
        for w in caught:
            line = f"?? {w.category.__name__}: {w.message}"
            if line not in seen:
                seen.append(line)
    printed = out.getvalue()
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed + tail + "".join(line + "\n" for line in seen)


DEFAULT_OPTIONS = numpy.get_printoptions()

for path in sorted(FOLDER.glob("*.txt")):
    text = "".join(f"== {name}\n{run(program)}" for name, program in programs(path))
    path.with_suffix(".expected").write_text(text)
    print(path.stem)
