#!/usr/bin/env python3
"""Every shipped lesson runs, on both computers where its programs may, without an unexplained difference; the answer of
each prediction is one of its choices.

usage: lessons_test.py PAGEWALK
"""
import json
import subprocess
import sys


def problems_of(lesson, told):
    for run in told["programs"]:
        if unexplained := run.get("agreement", {}).get("unexplained"):
            yield f"{run['program']}: unexplained {unexplained[0]}"
        for computer in run["computers"]:
            if computer["ending"]["how"] not in ("finished", "killed", "power_cut"):
                yield f"{run['program']}: {computer['name']} {computer['ending']}"
    if not any("agreement" in run for run in told["programs"]):
        yield "no program was held against the real computer"
    for p in told["predictions"]:
        if len(p["choices"]) < 2 or len(set(p["choices"])) < len(p["choices"]):
            yield f"{p['question']}: nothing to choose from in {p['choices']}"
        if str(p["answer"]) not in p["choices"]:
            yield f"{p['question']}: {p['answer']} is not in {p['choices']}"


def main():
    pagewalk = sys.argv[1]
    listed = subprocess.run([pagewalk, "lessons"], capture_output=True, text=True, check=True).stdout
    lessons = [line.split()[0] for line in listed.splitlines()]
    failed = 0
    for lesson in lessons:
        run = subprocess.run([pagewalk, "run", lesson, "--json"], capture_output=True, text=True)
        problems = [f"exit status {run.returncode}"] if run.returncode else []
        problems += problems_of(lesson, json.loads(run.stdout)) if run.stdout else [run.stderr]
        print("FAILED" if problems else "passed", lesson, *problems, sep="\n  " if problems else " ")
        failed += bool(problems)
    print(f"{len(lessons) - failed} passed, {failed} failed")
    return 1 if failed or len(lessons) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
