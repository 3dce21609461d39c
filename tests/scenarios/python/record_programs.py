#!/usr/bin/env python3
"""Records what CPython prints for every program in programs/ and says about every text in syntax_cases.py.

Run with CPython 3.11. Writes programs/NAME.expected (standard output, a line of dashes, standard error) and
syntax_errors.json. Lines of carets, which the language does not print, are left out of tracebacks.
"""
import json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def record_programs():
    folder = os.path.join(HERE, "programs")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".py"):
            continue
        path = os.path.join(folder, name)
        env = {"PYTHONHASHSEED": "0", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        run = subprocess.run([sys.executable, "-W", "ignore", path], capture_output=True, text=True, env=env)
        errors = "".join(line + "\n" for line in run.stderr.splitlines() if not re.fullmatch(r" *[~^][~^ ]*", line))
        with open(path[:-3] + ".expected", "w") as f:
            f.write(run.stdout + "-----\n" + errors.replace(path, name))


def record_syntax():
    with open(os.path.join(HERE, "syntax_cases.json")) as f:
        cases = json.load(f)
    recorded = []
    for source in cases:
        answer = {"source": source, "type": "", "message": "", "line": 0, "column": 0}
        try:
            compile(source, "prog.py", "exec")
        except SyntaxError as e:
            answer.update(type=type(e).__name__, message=e.msg, line=e.lineno, column=e.offset)
        recorded.append(answer)
    with open(os.path.join(HERE, "syntax_errors.json"), "w") as f:
        json.dump(recorded, f, indent=1, ensure_ascii=False)
        f.write("\n")


if __name__ == "__main__":
    assert sys.version_info[:2] == (3, 11), "record with CPython 3.11"
    record_programs()
    record_syntax()
