#!/usr/bin/env python3
"""Generated programs on both computers, held against each other touch by touch: no difference may be left.

usage: agreement.py PAGEWALK [--programs N] [--seed S] [--plants] [--one-process] [--default] [--sync]

Each program mixes maps of every mode, anonymous arrays, read and write, flush, truncation, growth, replaced and
removed files, under each policy with few frames; as root, half of them run as an unprivileged user. A program
that differs is shrunk and printed with its seed. With `--plants`, rules of the simulated kernel are turned off one
by one first: programs from the same seeds must find each of them out. With `--default` the kernel is left its readahead,
fault-around and large folios: each difference has to have a cause then. With `--sync` somebody syncs the file system
20 times a second beside the runs.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PAGE = 4096
RULES = ["major_faults", "zero_page", "write_notify", "clean_again", "copy_on_write", "pinned_source", "swap_in_fault",
         "swapped_unchanged", "partial_write", "old_end", "end_of_file", "replacement", "fork_protects"]  # sim/core/config.h
MOST_FOR_A_RULE = 200
FOR_A_HIDDEN_RULE = 10
POLICIES = ["lru", "fifo", "clock", "random"]
FRAMES = [4, 5, 6, 8, 12, 16, 24, 48, 4096]
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"]


class Program:
    may_fork = True

    """Statements drawn at random; each can go without making another a syntax error."""

    def __init__(self, rng):
        self.rng = rng
        self.pages = rng.randrange(4, 21)
        self.maps, self.arrays, self.files = [], [], []
        self.statements = [f"np.arange({self.pages * PAGE}, dtype=np.uint8).tofile('d.bin')"]
        for _ in range(2):
            self.new_map()
        self.new_array()
        for _ in range(rng.randrange(15, 35)):
            self.statement()
        if rng.random() < 0.15:
            self.die()

    def add(self, text):
        self.statements.append(text)

    def name(self, kind):
        names = {"m": self.maps, "a": self.arrays, "f": self.files}[kind]
        names.append(f"{kind}{len(names)}")
        return names[-1]

    def place(self, name):
        """A slice of the map or array; its own length bounds it."""
        start = self.rng.randrange(self.pages * PAGE)
        length = self.rng.choice([1, 8, 300, PAGE, 2 * PAGE + 5])
        step = self.rng.choice(["", "", ":7", f":{PAGE}", ":-3"])
        return f"{name}[{start + length}:{start}{step}]" if "-" in step else f"{name}[{start}:{start + length}{step}]"

    def some(self):
        return self.rng.choice(self.maps + self.arrays)

    def new_map(self):
        rng = self.rng
        mode = rng.choice(["r", "r+", "r+", "r+", "c", "c"])
        offset = rng.choice(["", "", f", offset={PAGE * rng.randrange(1, 3)}", ", offset=100"])
        self.add(f"{self.name('m')} = np.memmap('d.bin', dtype=np.uint8, mode='{mode}'{offset})")

    def new_table(self):
        rows = self.rng.randrange(2, self.pages)
        mode = self.rng.choice(["r+", "c"])
        table = self.name("m")
        self.add(f"{table} = np.memmap('d.bin', dtype=np.int32, mode='{mode}', shape=({rows}, 1024))\n"
                 f"{table}[:, {self.rng.randrange(1024)}] += 1\n"
                 f"print(int({table}[{self.rng.randrange(rows)}].sum()))")

    def new_array(self):
        n = self.rng.choice([10, PAGE, 3 * PAGE, 5 * PAGE + 1])
        maker = self.rng.choice(["np.zeros", "np.ones", "np.empty", "np.arange"])
        fill = f"; {{0}}[:] = {self.rng.randrange(200)}" if maker == "np.empty" else ""
        array = self.name("a")
        self.add(f"{array} = {maker}({n}, dtype=np.uint8)" + fill.format(array))

    def grow(self):
        size = self.pages * PAGE + self.rng.randrange(3 * PAGE)
        grown = self.name("m")
        self.add(f"{grown} = np.memmap('d.bin', dtype=np.uint8, mode='r+', shape=({size},))\n{grown}[-1] = 9")

    def use_file(self):
        rng = self.rng
        where = rng.randrange(self.pages * PAGE + PAGE)
        do = rng.choice([
            f"f.seek({where}); print(len(f.read({rng.randrange(3 * PAGE)})))",
            f"f.seek({where}); print(f.write(bytes({rng.randrange(1, 2 * PAGE)})))",
            f"f.seek({where}); {self.some()}[:{rng.randrange(1, 2 * PAGE)}].tofile(f)",
            f"f.seek({where}); f.write(b'xyz' * {rng.randrange(1, 900)}); f.flush(); os.fsync(f.fileno())",
            f"f.truncate({where})",
        ])
        self.add(f"with open('d.bin', 'r+b') as f:\n    {do}")

    def arrays_and_files(self):
        rng = self.rng
        name = f"x{rng.randrange(3)}.bin"
        if rng.random() < 0.5:
            self.add(f"{self.place(self.some())}.tofile('{name}')")
        else:
            source = rng.choice(["d.bin", name])
            array = self.name("a")
            self.add(f"{array} = np.fromfile('{source}', dtype=np.uint8, count={rng.randrange(1, 4 * PAGE)}, "
                     f"offset={rng.randrange(2 * PAGE)})\nprint(int({array}.sum()))")

    def names_change(self):
        rng = self.rng
        x = f"x{rng.randrange(3)}.bin"
        self.add(rng.choice([
            f"os.truncate('d.bin', {rng.randrange(self.pages * PAGE * 3 // 2)})",
            f"os.truncate('d.bin', {PAGE * self.pages})",
            f"os.rename('{x}', 'd.bin')",
            f"os.remove('{x}')",
            f"np.zeros({self.pages * PAGE}, dtype=np.uint8).tofile('new.bin')\nos.replace('new.bin', 'd.bin')",
            f"os.remove('d.bin')\nnp.ones({self.pages * PAGE}, dtype=np.uint8).tofile('d.bin')",
        ]))

    def compute(self):
        rng = self.rng
        a, b = self.some(), self.some()
        n = rng.choice([100, PAGE, 2 * PAGE])
        i, j = rng.randrange(self.pages * PAGE), rng.randrange(self.pages * PAGE)
        self.add(rng.choice([
            f"print(int({self.place(a)}.sum()))",
            f"{self.place(a)} += 1",
            f"{self.place(a)} = {rng.randrange(256)}",
            f"{a}[:{n}] = {b}[:{n}]",
            f"{a}[:{n}] += {b}[:{n}]",
            f"print(int(({a}[:{n}] * 2 + {b}[:{n}]).max()))",
            f"{a}[{i}] = {b}[{j}]",
            f"for i in range(0, len({a}), {rng.choice([511, PAGE, 3000])}):\n    {a}[i] = {rng.randrange(256)}",
            f"for i in range(len({a}) - 1, -1, -{rng.choice([700, PAGE])}):\n    {a}[i] += 1",
        ]))

    def drawn_statements(self, count):
        """Statements that are not the program's own: for a process of it, a line each."""
        before = len(self.statements)
        for _ in range(count):
            self.rng.choice([self.compute, self.compute, self.compute, self.use_file, self.arrays_and_files, self.new_map])()
        drawn = self.statements[before:]
        del self.statements[before:]
        return [line for statement in drawn for line in statement.split("\n")]

    def fork(self):
        """A second process works between the first one's statements, and its end is waited for."""
        rng = self.rng
        names = (list(self.maps), list(self.arrays))
        child = [f"        {line}" for line in self.drawn_statements(rng.randrange(1, 6))]
        if rng.random() < 0.4:
            child.insert(rng.choice([0, len(child)]), "        os.sched_yield()")
        self.maps, self.arrays = names
        parent = self.drawn_statements(rng.randrange(3))
        if rng.random() < 0.5:
            parent.insert(0, "os.sched_yield()")
        self.add("\n".join(["pid = os.fork()", "if pid == 0:", "    try:", *child, "    finally:",
                            f"        os._exit({rng.randrange(9)})", "try:", *(f"    {line}" for line in parent),
                            "    pass", "finally:", "    print(os.wait()[1])"]))

    def statement(self):
        choice = self.rng.random()
        if choice < 0.04 and self.may_fork:
            self.fork()
        elif choice < 0.55:
            self.compute()
        elif choice < 0.62:
            self.add(f"{self.rng.choice(self.maps)}.flush()")
        elif choice < 0.70:
            self.use_file()
        elif choice < 0.77:
            self.arrays_and_files()
        elif choice < 0.83:
            self.names_change()
        elif choice < 0.88:
            self.new_map()
        elif choice < 0.91:
            self.new_table()
        elif choice < 0.95:
            self.new_array()
        elif choice < 0.97:
            self.grow()
        else:
            self.add(f"del {self.some()}")

    def die(self):
        """Touches a map behind the end of its file: SIGBUS."""
        self.add("last = np.memmap('d.bin', dtype=np.uint8, mode='r+')\nos.truncate('d.bin', 5000)\n"
                 "print(int(last[4096]))\nprint(int(last[8192]))")


def text_of(statements):
    """A statement that raises says so and the next one goes on, on both computers alike."""
    text = "import numpy as np\nimport os\n"
    for statement in statements:
        body = "".join(f"    {line}\n" for line in statement.split("\n"))
        text += f"try:\n{body}except Exception as error:\n    print(type(error).__name__)\n"
    return text


def lacking(real):
    """The notes on what this computer cannot show. That a forked process's faults have no addresses lacks nothing."""
    return [note for note in real["notes"] if not note["note"].startswith("the faults of a forked process")]


def sync_on(folder, stop):
    """The whole file system that the runs have their files on, as anybody may."""
    while not stop.wait(0.05):
        subprocess.run(["sync", "-f", folder], check=False)


class Agreement:
    def __init__(self, pagewalk):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pagewalk-agreement-"))
        self.folder.chmod(0o755)
        self.pagewalk = self.folder / "pagewalk"
        shutil.copy(pagewalk, self.pagewalk)
        self.pagewalk.chmod(0o755)
        self.plant = []
        self.modes = []
        self.may_explain = False  # what the kernel did of itself has causes of its own
        self.can_switch = os.getuid() == 0 and shutil.which("setpriv") is not None

    def run(self, statements, settings, user):
        path = self.folder / "program.py"
        path.write_text(text_of(statements))
        path.chmod(0o644)
        sets = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        done = subprocess.run([*user, self.pagewalk, "run", path, "--json", "--trace", "touches", *sets, *self.modes, *self.plant],
                              capture_output=True, text=True, cwd="/", timeout=600)
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError:
            return {"broken": done.stderr + f" (exit status {done.returncode})"}

    def problems(self, result):
        """Everything that should not be there; a computer that shows less may explain what it lacks."""
        if "broken" in result:
            return [result["broken"]]
        agreement, real = result["agreement"], result["computers"][1]
        shows_less = lacking(real)
        found = [f"line {d['line']}: {d['figure']}: sim {d['sim']}, real {d['real']}" for d in agreement["unexplained"]]
        if not shows_less and not self.may_explain:
            found += [f"explained by {d['cause']}: line {d['line']}: {d['figure']}" for d in agreement["explained"]]
        elif shows_less:
            found += [f"note: {n['about']}: {n['note']}" for n in real["notes"] if "evict" in n["note"]]
        for computer in result["computers"]:
            if computer["ending"]["how"] in ("broken", "unsupported", "budget"):  # it ran to its end, or proves little
                found.append(computer["ending"]["message"])
        return found

    def shrink(self, statements, settings, user):
        """Leaves out what the difference does not need: halves first, then single statements."""
        size = max(1, len(statements) // 2)
        while True:
            at = 0
            while at < len(statements):
                fewer = statements[:at] + statements[at + size:]
                if fewer and self.problems(self.run(fewer, settings, user)):
                    statements = fewer
                else:
                    at += size
            if size == 1:
                return statements
            size //= 2

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def differences(result):
    """What the computers differ in, and why a run proves nothing. What is explained is not among it."""
    if "broken" in result:
        return [result["broken"]]
    found = [f"line {d['line']}: {d['figure']}: sim {d['sim']}, real {d['real']}" for d in result["agreement"]["unexplained"]]
    return found + [computer["ending"]["message"] for computer in result["computers"]
                    if computer["ending"]["how"] in ("broken", "unsupported", "budget")]


def settings_of(index, rng):
    return {"policy": POLICIES[index % 4], "frames": rng.choice(FRAMES), "seed": index + 1}


def drawn(index, seed, users):
    rng = random.Random(seed)
    return Program(rng).statements, settings_of(index, rng), users[index // 4 % len(users)]


class Plants:
    """Rules of the simulated kernel turned off one by one. Only a program that agrees with all of them in force shows
    that one is not. What cannot be noticed on this computer it says itself (`out_of_sight`)."""

    def __init__(self, agreement, seed, users, without=()):
        self.held, self.seed, self.users, self.without = agreement, seed, users, list(without)
        self.agrees = {}
        self.out_of_sight = self.run(0).get("agreement", {}).get("out_of_sight", {})

    def run(self, n, *plant):
        self.held.plant = [*self.without, *plant]
        return self.held.run(*drawn(n, self.seed + n, self.users))

    def notices(self, rule, n):
        if not differences(self.run(n, "--plant", rule)):
            return False
        if n not in self.agrees:
            self.agrees[n] = not differences(self.run(n))
        return self.agrees[n]

    def needed(self, rule, most):
        """The number of programs until one notices; None: none of so many does."""
        return next((n + 1 for n in range(most) if self.notices(rule, n)), None)


def find_plants(agreement, seed, users):
    """Rules that no program found to be off, though they are in sight; and those found that are said not to be."""
    plants = Plants(agreement, seed, users)
    missed = []
    for rule in RULES:
        hidden = plants.out_of_sight.get(rule)
        needed = plants.needed(rule, FOR_A_HIDDEN_RULE if hidden else MOST_FOR_A_RULE)
        print(f"{rule} off: " + ("not noticed" if needed is None else f"noticed by program {needed}") +
              (f"; out of sight here: {hidden}" if hidden else ""), flush=True)
        if (needed is None) != bool(hidden):
            missed.append(rule)
    agreement.plant = []
    return missed


def main():
    options = argparse.ArgumentParser()
    options.add_argument("pagewalk")
    options.add_argument("--programs", type=int, default=80)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--plants", action="store_true")
    options.add_argument("--one-process", action="store_true")
    options.add_argument("--default", action="store_true")
    options.add_argument("--sync", action="store_true")
    options = options.parse_args()
    if options.one_process:
        Program.may_fork = False
        RULES.remove("fork_protects")
    agreement = Agreement(options.pagewalk)
    if options.default:
        agreement.modes = ["--mode", "default"]
    agreement.may_explain = options.default or options.sync
    stop = threading.Event()
    syncer = threading.Thread(target=sync_on, args=(agreement.folder, stop), daemon=True)
    if options.sync:
        syncer.start()
    users = [[], NOBODY] if agreement.can_switch else [[]]
    missed = find_plants(agreement, options.seed, users) if options.plants else []
    touches = differing = showing_less = 0
    counts = dict.fromkeys(["major", "minor", "cow", "write_notify", "swapped_in", "swapped_out", "evicted"], 0)
    began = time.time()
    for index in range(options.programs):
        statements, settings, user = drawn(index, options.seed + index, users)
        result = agreement.run(statements, settings, user)
        if "broken" not in result:
            simulated, real = result["computers"]
            touches += simulated["totals"]["touches"]
            showing_less += bool(lacking(real))
            figures = {**simulated["totals"]["faults"], **simulated["totals"]}
            figures["evicted"] = sum(len(step["evicted"]) for step in simulated["steps"])
            for figure in counts:
                counts[figure] += figures[figure]
        problems = agreement.problems(result)
        if not problems:
            continue
        differing += 1
        print("\n".join(problems[:8]))
        small = agreement.shrink(statements, settings, user)
        print(f"seed {options.seed + index}, {settings}, {'nobody' if user else 'this user'}:\n{text_of(small)}")
        print("\n".join(agreement.problems(agreement.run(small, settings, user))[:8]), flush=True)
    stop.set()
    agreement.close()
    print(f"{options.programs} programs, {touches} touches, {counts}: {differing} programs differ, "
          f"{showing_less} were held against a computer that shows less; {time.time() - began:.0f} s, {len(users)} users")
    sys.exit(1 if differing or missed else 0)


if __name__ == "__main__":
    main()
