#!/usr/bin/env python3
"""Records which system calls CPython and NumPy make on a program's files, for system_calls_test.

    python3 record_system_calls.py > system_calls.txt

Needs strace, and the versions of CPython and NumPy that the language follows (3.11, 1.24). Each
program of programs.txt runs in a fresh directory. Of its calls on files there, those are kept that
move data, the file position, or a mapping:

    open NAME       close           seek POSITION (where it differs from the one before)
    read N          write N         truncate N      fsync
    mmap LENGTH shared|private r|rw OFFSET          msync LENGTH    munmap LENGTH

Duplicated descriptors count as the one they were made from, and closing a duplicate as nothing.
"""

import os
import re
import subprocess
import sys
import tempfile

TRACED = "openat,close,read,write,lseek,fcntl,ftruncate,fsync,mmap,munmap,msync"
CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\w+)(?: .*)?$")


def programs(path):
    name, lines = None, []
    with open(path) as f:
        for line in f:
            if line.startswith("== "):
                if name:
                    yield name, "".join(lines).strip("\n") + "\n"
                name, lines = line[3:].strip(), []
            else:
                lines.append(line)
    yield name, "".join(lines).strip("\n") + "\n"


class Recorder:
    def __init__(self, directory):
        self.directory = directory
        self.calls = []
        self.files = {}  # descriptor -> its open file
        self.maps = set()

    def number(self, argument):
        return int(argument.split("<")[0], 0)

    def take(self, line):
        match = CALL.match(line)
        if not match or match[3].startswith("-"):
            return
        call, result = match[1], match[3].split("<")[0]
        # Quoted data may hold anything; none of the numbers wanted stands before it.
        arguments = re.sub(r'"(?:[^"\\]|\\.)*"(\.\.\.)?', "DATA", match[2]).split(", ")
        getattr(self, call)(arguments, int(result, 0), match[2])

    def openat(self, arguments, result, text):
        name = re.search(r'"([^"]*)"', text)[1]
        path = os.path.normpath(os.path.join(self.directory, name))
        if os.path.dirname(path) != self.directory:
            return
        self.files[result] = {"position": 0, "first": result}
        self.calls.append("open " + os.path.basename(path))

    def close(self, arguments, result, text):
        descriptor = self.number(arguments[0])
        file = self.files.pop(descriptor, None)
        if file and file["first"] == descriptor:
            self.calls.append("close")

    def fcntl(self, arguments, result, text):
        descriptor = self.number(arguments[0])
        if descriptor in self.files and "DUPFD" in arguments[1]:
            self.files[result] = self.files[descriptor]

    def move(self, call, arguments, result):
        file = self.files.get(self.number(arguments[0]))
        if file:
            file["position"] += result
            self.calls.append(f"{call} {result}")

    def read(self, arguments, result, text):
        self.move("read", arguments, result)

    def write(self, arguments, result, text):
        self.move("write", arguments, result)

    def lseek(self, arguments, result, text):
        file = self.files.get(self.number(arguments[0]))
        if file and file["position"] != result:
            file["position"] = result
            self.calls.append(f"seek {result}")

    def ftruncate(self, arguments, result, text):
        if self.number(arguments[0]) in self.files:
            self.calls.append(f"truncate {int(arguments[1])}")

    def fsync(self, arguments, result, text):
        if self.number(arguments[0]) in self.files:
            self.calls.append("fsync")

    def mmap(self, arguments, result, text):
        if self.number(arguments[4]) not in self.files:
            return
        self.maps.add(result)
        sharing = "shared" if "MAP_SHARED" in arguments[3] else "private"
        access = "rw" if "WRITE" in arguments[2] else "r"
        self.calls.append(f"mmap {arguments[1]} {sharing} {access} {int(arguments[5], 0)}")

    def msync(self, arguments, result, text):
        self.calls.append(f"msync {arguments[1]}")

    def munmap(self, arguments, result, text):
        address = int(arguments[0], 0)
        if address in self.maps:
            self.maps.remove(address)
            self.calls.append(f"munmap {arguments[1]}")


def record(program):
    with tempfile.TemporaryDirectory() as outside:
        directory = os.path.realpath(os.path.join(outside, "run"))
        os.mkdir(directory)
        source, log = os.path.join(outside, "prog.py"), os.path.join(outside, "log")
        with open(source, "w") as f:
            f.write(program)
        done = subprocess.run(
            ["strace", "-s", "0", "-e", "trace=" + TRACED, "-o", log, sys.executable, source],
            cwd=directory, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        recorder = Recorder(directory)
        with open(log) as f:
            for line in f:
                recorder.take(line.rstrip("\n"))
        return recorder.calls, done.stdout


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    for name, program in programs(os.path.join(here, "programs.txt")):
        calls, printed = record(program)
        print("==", name)
        for call in calls:
            print(call)
        for line in printed.splitlines():
            print(">", line)


if __name__ == "__main__":
    main()
