#!/usr/bin/env python3
"""Whether the two computers agree on other file systems than this machine's, and on kernels that can show less.

usage: everywhere.py PAGEWALK [--programs N] [--only NAME,...] [--kernels NAME,...] [--plants N] [--short]

Each file system is made in an image, loop-mounted, and the scratch directory put on it (root only; the mounts are
seen by this process alone and go with it). Each kernel is this one with features left out. A cell of the table says
how many lessons end with 0, how many generated programs (bench/agreement.py) differ, and how many of the planted rules
are noticed; those that are not have to be said to be out of sight. What cannot be made here is said.
"""
import argparse
import collections
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import agreement

FileSystem = collections.namedtuple("FileSystem", "name needs size make mount")

# name, the tool that makes it, MiB, how to make it in IMAGE, how to mount it
FILE_SYSTEMS = [
    FileSystem("ext4", "mkfs.ext4", 128, "mkfs.ext4 -q -F -b 4096 {image}", "mount -o loop {image} {at}"),
    FileSystem("ext4 1 KiB", "mkfs.ext4", 128, "mkfs.ext4 -q -F -b 1024 {image}", "mount -o loop {image} {at}"),
    FileSystem("xfs", "mkfs.xfs", 400, "mkfs.xfs -q -f {image}", "mount -o loop {image} {at}"),
    FileSystem("btrfs", "mkfs.btrfs", 400, "mkfs.btrfs -q -f {image}", "mount -o loop {image} {at}"),
    FileSystem("btrfs zstd", "mkfs.btrfs", 400, "mkfs.btrfs -q -f {image}", "mount -o loop,compress=zstd {image} {at}"),
    FileSystem("overlay", "mkfs.ext4", 128, "mkfs.ext4 -q -F -b 4096 {image}",
               "mount -o loop {image} {image}.disk && mkdir {image}.disk/lower {image}.disk/upper {image}.disk/work && "
               "mount -t overlay -o lowerdir={image}.disk/lower,upperdir={image}.disk/upper,workdir={image}.disk/work "
               "overlay {at}"),
    FileSystem("tmpfs", "mount", 0, "true", "mount -t tmpfs -o size=400m tmpfs {at}"),
]
KERNELS = {  # name: what --without leaves out
    "Linux 6.18": "",
    "as Linux 6.1": "uffd,cachestat,pagemap_scan",
    "as in Docker": "perf,uffd",
    "no smaps either": "uffd,smaps,pagemap_scan",
}


class Mounted:
    """One file system, mounted for as long as the `with` lasts; `why_not` where it cannot be."""

    def __init__(self, row, folder):
        self.row, self.image = row, folder / row.name.replace(" ", "-")
        self.at = folder / (self.image.name + ".mounted")
        self.why_not = None

    def __enter__(self):
        if shutil.which(self.row.needs) is None:
            self.why_not = f"there is no {self.row.needs}"
            return self
        self.at.mkdir()
        pathlib.Path(f"{self.image}.disk").mkdir()
        if self.row.size:
            with open(self.image, "wb") as image:
                image.truncate(self.row.size << 20)
        for step in (self.row.make, self.row.mount):
            command = step.format(image=self.image, at=self.at)
            done = subprocess.run(command, shell=True, capture_output=True, text=True)
            if done.returncode != 0:
                self.why_not = done.stderr.strip().replace("\n", " ") or command
                return self
        self.at.chmod(0o1777)
        os.environ["PAGEWALK_SCRATCH"] = str(self.at)
        return self

    def __exit__(self, *unused):
        os.environ.pop("PAGEWALK_SCRATCH", None)
        for place in (self.at, f"{self.image}.disk"):
            subprocess.run(["umount", "-q", place], capture_output=True)
        self.image.unlink(missing_ok=True)


def lessons_that_fail(pagewalk, without):
    names = [line.split()[0] for line in
             subprocess.run([pagewalk, "lessons"], capture_output=True, text=True, check=True).stdout.splitlines()]
    failed = []
    for name in names:
        done = subprocess.run([pagewalk, "run", name, *without], capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            differences = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ≠ ")]
            failed.append(f"{name} (exit status {done.returncode}): " + "; ".join(differences[:3] or [done.stderr.strip()]))
    return len(names), failed


def cell(pagewalk, without, options):
    """Prints what is found; returns the cell's text and whether all is well."""
    held = agreement.Agreement(pagewalk)
    held.plant = without
    users = [[], agreement.NOBODY] if held.can_switch else [[]]
    lessons, failed = lessons_that_fail(pagewalk, without)
    for lesson in failed:
        print(f"  lesson {lesson}")
    differ = explained = 0
    for index in range(options.programs):
        statements, settings, user = agreement.drawn(index, options.seed + index, users)
        result = held.run(statements, settings, user)
        found = agreement.differences(result)
        explained += len(result.get("agreement", {}).get("explained", []))
        if found:
            differ += 1
            print(f"  program {options.seed + index} {settings}: {len(found)}: " + "; ".join(found[:options.shown]), flush=True)
    held.plant = []
    wrong = []
    if options.plants:
        plants = agreement.Plants(held, options.seed, users, without)
        hidden = {rule: plants.out_of_sight.get(rule) for rule in agreement.RULES}
        noticed = [rule for rule in agreement.RULES if plants.needed(rule, options.plants)]
        wrong = [rule for rule in agreement.RULES if (rule in noticed) == bool(hidden[rule])]
        for rule in wrong:
            print(f"  {rule} off: " + (f"noticed, and said to be out of sight: {hidden[rule]}" if hidden[rule] else "not noticed"))
    held.close()
    text = f"{lessons - len(failed)}/{lessons}, {differ}/{options.programs}"
    if explained:
        text += f" ({explained} explained)"
    if options.plants:
        text += f", {len(noticed)}/{len(agreement.RULES)}"
        out_of_sight = sum(1 for why in hidden.values() if why)
        if out_of_sight:
            text += f" ({out_of_sight} said to be out of sight)"
    return text, not failed and differ == 0 and not wrong


def main():
    options = argparse.ArgumentParser()
    options.add_argument("pagewalk")
    options.add_argument("--programs", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--kernels", default="")
    options.add_argument("--plants", type=int, default=0, help="programs that may be needed to notice a rule; 0: none are planted")
    options.add_argument("--short", action="store_true", help="3 programs, on this kernel alone; on blocks of 1 KiB also as Linux 6.1")
    options.add_argument("--shown", type=int, default=3)
    options = options.parse_args()
    if options.short:
        options.programs = 3
    if os.getuid() != 0:
        print("file systems can be made and mounted by root only: none was tried")
        return 77
    if "PAGEWALK_MOUNTS" not in os.environ:  # mounts of this process alone
        os.environ["PAGEWALK_MOUNTS"] = "own"
        alone = ["unshare", "--mount", "--propagation", "private"]
        tried = subprocess.run([*alone, "true"], capture_output=True, text=True)
        if tried.returncode != 0:  # the root of a chroot is no mount point
            print(f"mounts that nobody else sees cannot be had here ({tried.stderr.strip()}): none was tried")
            return 77
        os.execvp("unshare", [*alone, sys.executable, *sys.argv])
    rows = [r for r in FILE_SYSTEMS if not options.only or r.name in options.only.split(",")]
    kernels = {k: w for k, w in KERNELS.items() if not options.kernels or k in options.kernels.split(",")}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pagewalk-everywhere-"))
    folder.chmod(0o755)
    table, well, began = [], True, time.time()
    for row in rows:
        with Mounted(row, folder) as mounted:
            if mounted.why_not:
                print(f"{row.name}: skipped: {mounted.why_not}", flush=True)
                continue
            cells = []
            for kernel, without in kernels.items():
                if options.short and without and (row.name, kernel) != ("ext4 1 KiB", "as Linux 6.1"):
                    cells.append("-")
                    continue
                print(f"{row.name}, {kernel}:", flush=True)
                text, is_well = cell(options.pagewalk, ["--without", without] if without else [], options)
                print(f"  {text}", flush=True)
                cells.append(text)
                well = well and is_well
            table.append((row.name, cells))
    shutil.rmtree(folder, ignore_errors=True)
    if not table:
        print("no file system could be made here")
        return 77
    print(f"\nLinux {platform.release()}: lessons that end with 0, programs that differ" + (", planted rules noticed" if options.plants else ""))
    print("| scratch on | " + " | ".join(kernels) + " |\n|---|" + "---|" * len(kernels))
    for name, cells in table:
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(f"{time.time() - began:.0f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
