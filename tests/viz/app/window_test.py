"""Drives the real window under Xvfb with xdotool, and looks at what it says in its state file."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

GUI = os.path.abspath(sys.argv[1])
SECONDS = 20  # that a change may take on a busy machine


class Failed(Exception):
    pass


def check(holds, claim):
    if not holds:
        raise Failed(claim)


class App:
    """One start of the app on a display, in a folder of its own."""

    def __init__(self, display, folder, *options):
        self.env = {**os.environ, "DISPLAY": display, "HOME": folder,
                    "XDG_CONFIG_HOME": os.path.join(folder, "config"), "WAYLAND_DISPLAY": ""}
        self.folder = folder
        self.state_file = os.path.join(folder, "state.json")
        if os.path.exists(self.state_file):
            os.remove(self.state_file)
        begin = time.monotonic()
        self.process = subprocess.Popen([GUI, "--state-file", self.state_file, *options],
                                        cwd=folder, env=self.env)
        self.until(lambda s: True, "it shows something")
        self.first_picture = time.monotonic() - begin
        self.until(lambda s: "tick" in s and not s["busy"], "the first program has run")

    def state(self):
        try:
            with open(self.state_file) as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def until(self, holds, claim):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            state = self.state()
            if state is not None and holds(state):
                return state
            if self.process.poll() is not None:
                raise Failed(f"{claim}: the app ended with {self.process.returncode}")
            time.sleep(0.01)
        raise Failed(f"{claim}: it does not come; the state is {json.dumps(self.state())[:1500]}")

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True)

    def key(self, name):
        self.xdotool("key", name)

    def point_at(self, control, part=0.5):
        x, y, width, height = self.state()["controls"][control]
        self.xdotool("mousemove", int(x + width * part), int(y + height / 2))

    def click(self, control):
        self.point_at(control)
        self.xdotool("click", 1)

    def quit(self):
        self.key("ctrl+q")
        check(self.process.wait(SECONDS) == 0, "Ctrl+Q ends the app with 0")

    def cpu_ticks(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])


def steps(app):
    app.key("Right")
    app.until(lambda s: s["tick"] == 1, "Right goes one access on")
    app.key("Left")
    app.until(lambda s: s["tick"] == 0, "Left goes back")
    app.key("Down")
    line = app.until(lambda s: s["tick"] > 0, "Down goes a line on")["line"]
    check(line == 1, "the first line has run")
    app.key("End")
    end = app.until(lambda s: s["tick"] == s["ticks"], "End goes to the end")
    check(end["ticks"] > 1, "the run has moments")
    app.key("Home")
    app.until(lambda s: s["tick"] == 0, "Home goes to the beginning")


def looks(app):
    app.key("t")
    app.until(lambda s: s["theme"] == "light", "T makes it light")
    app.key("End")
    app.until(lambda s: s["tick"] == s["ticks"], "End goes to the end")
    app.key("p")
    app.until(lambda s: s["screen"] == "plug", "P pulls the plug")
    app.key("Escape")
    app.until(lambda s: s["screen"] == "main", "Escape leads back")
    app.key("ctrl+s")
    app.until(lambda s: s["message"].startswith("saved"), "Ctrl+S tells that it saved")
    pictures = [name for name in os.listdir(app.folder) if name.endswith(".png")]
    check(len(pictures) == 1, "Ctrl+S saves one picture in the current folder")
    with open(os.path.join(app.folder, pictures[0]), "rb") as file:
        check(file.read(8) == b"\x89PNG\r\n\x1a\n", "the picture is a PNG")


def saved(app, ending):
    """The newest file that the app says it saved."""
    name = app.until(lambda s: s["message"].startswith("saved") and s["message"].endswith(ending),
                     "it tells what it saved")["message"].split()[1]
    return os.path.join(app.folder, name)


def exports(app):
    app.click("save")
    app.until(lambda s: "save.svg.timeline" in s["controls"], "the menu lists the panels")
    app.click("save.svg.timeline")
    root = xml.etree.ElementTree.parse(saved(app, ".svg")).getroot()
    words = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    check("Timeline" in words, f"the drawing has its words as text: {words}")
    app.key("ctrl+j")
    with open(saved(app, ".json")) as file:
        table = json.load(file)
    check(table["table"] == "program" and table["rows"], "Ctrl+J saves the program's table")
    app.key("ctrl+c")
    app.until(lambda s: s["message"].startswith("copied"), "Ctrl+C tells what it copied")
    app.click("edit")
    app.until(lambda s: s["screen"] == "editor", "Edit opens the editor")
    app.key("ctrl+v")
    app.until(lambda s: s["edited"], "what was copied can be pasted")
    app.key("ctrl+z")
    app.until(lambda s: not s["edited"], "and undone")
    app.key("Escape")
    app.until(lambda s: s["screen"] == "main", "Escape leaves the editor")


def drag(app, control, begin, end):
    app.point_at(control, begin)
    app.xdotool("mousedown", 1)
    for n in range(1, 6):
        app.point_at(control, begin + (end - begin) * n / 5)
        time.sleep(0.05)
    app.xdotool("mouseup", 1)


def learns(app):
    """The first program by its one button, its question, and the answer."""
    app.key("Home")
    app.until(lambda s: s["tick"] == 0, "Home goes to the beginning")
    while not app.state()["question"]:
        before = app.state()["tick"]
        app.click("next")
        app.until(lambda s: s["tick"] > before, "the button runs on")
    check(not app.state()["action_ready"], "a question waits for an answer")
    app.click("answer.0")
    app.until(lambda s: s["action_ready"] and s["choices"][0]["chosen"], "a click chooses")
    app.click("next")
    end = app.until(lambda s: s["tick"] == s["ticks"], "the button finds out")
    check([c["figure"] for c in end["choices"] if c["answer"]] == ["0"], "the answer is shown")
    check(end["agreement"].endswith("equal"), "both computers agree: " + end["agreement"])
    drag(app, "timeline", 0.99, 0.4)
    app.until(lambda s: 0 < s["tick"] < s["ticks"], "dragging the timeline goes back")
    app.click("why")
    app.until(lambda s: s["screen"] == "steps" and "step.1" in s["controls"], "Why? takes it apart")
    app.click("why")
    app.until(lambda s: s["screen"] == "main", "and leads back")


def zooms(app):
    """The timeline closer and farther by wheel and keys; a step leads it along."""
    def in_view(state):
        return state["timeline"][1] - state["timeline"][0]

    app.key("Home")
    app.until(lambda s: s["tick"] == 0, "Home goes to the beginning")
    app.point_at("timeline", 0.9)
    app.xdotool("click", "--repeat", 3, "--delay", 50, 4)
    closer = app.until(lambda s: in_view(s) < 0.6, "the wheel zooms in")
    left, right = closer["timeline"]
    check(abs((0.9 - left) / (right - left) - 0.9) < 0.02, f"around the mouse: {left}, {right}")
    app.until(lambda s: "overview" in s["controls"], "the whole run is shown beside")
    app.key("plus")
    app.until(lambda s: in_view(s) < in_view(closer) - 0.01, "+ over the timeline zooms in")
    app.key("0")
    app.until(lambda s: in_view(s) == 1, "0 over the timeline shows all of it")
    app.xdotool("click", 4)
    app.until(lambda s: in_view(s) < 1, "the wheel zooms in again")
    app.xdotool("click", "--repeat", 2, "--delay", 60, 1)
    app.until(lambda s: in_view(s) == 1, "a double click shows all of it")
    app.key("Home")
    app.xdotool("mousemove", 5, 790)
    app.key("Prior")
    app.key("Prior")
    closer = app.until(lambda s: in_view(s) < 0.7, "Page Up zooms to the moment that is shown")
    check(closer["timeline"][0] == 0, "which is the beginning")
    app.key("End")
    end = app.until(lambda s: s["tick"] == s["ticks"], "End goes to the end")
    check(end["timeline"][1] == 1, "and the timeline goes along")
    app.key("Next")
    app.key("Next")
    app.until(lambda s: in_view(s) == 1, "Page Down zooms out")


def maps(app):
    app.key("a")
    app.until(lambda s: s["screen"] == "pages" and "area.0" in s["controls"], "A shows all pages")
    left, top, _, _ = app.state()["controls"]["map"]
    app.xdotool("mousemove", int(left) + 12, int(top) + 44)  # the first cell, under its heading
    app.xdotool("click", 1)
    app.until(lambda s: "follow" in s["controls"], "a click on the map holds a page")
    app.click("follow")
    app.until(lambda s: "follow" not in s["controls"], "and is undone")
    app.key("Left")
    app.until(lambda s: s["tick"] == s["ticks"] - 1, "steps go on there")
    app.key("Escape")
    app.until(lambda s: s["screen"] == "main", "Escape leads back")
    app.key("End")
    app.until(lambda s: "frame.0" in s["controls"], "a frame is in use")
    app.click("frame.0")
    app.until(lambda s: s["screen"] == "pages" and "follow" in s["controls"],
              "a click on a frame looks at its page")
    app.click("follow")
    app.until(lambda s: "follow" not in s["controls"], "and no longer")
    app.key("Escape")
    app.until(lambda s: s["screen"] == "main", "Escape leads back")


def enlarges(app):
    """Ctrl + beyond what fits: tabs for the two computers, a button for the lesson."""
    before = app.state()["scale"]
    for _ in range(7):
        app.key("ctrl+plus")
    large = app.until(lambda s: s["scale"] > before * 1.3 and "tab.both" in s["controls"],
                      "Ctrl + enlarges, and the computers become tabs")
    check("edit" in large["controls"], "the lesson is still there")
    app.click("tab.real")
    app.until(lambda s: s["tab"] == "real", "a click shows this computer")
    app.click("tab.both")
    both = app.until(lambda s: s["tab"] == "both" and "edit" not in s["controls"],
                     "both fold the lesson")
    check("next" in both["controls"], "but for its button")
    width, height = 1280, 800
    for name, (x, y, w, h) in both["controls"].items():
        check(x >= 0 and y >= 0 and x + w <= width + 1 and y + h <= height + 1,
              f"{name} is within the window: {x}, {y}, {w}, {h}")
    app.click("tab.simulated")
    app.until(lambda s: s["tab"] == "simulated" and "edit" in s["controls"], "the lesson comes back")
    app.key("ctrl+0")
    app.until(lambda s: s["scale"] == before and "tab.both" not in s["controls"],
              "Ctrl 0 fits it again")


def edits(app):
    app.click("edit")
    app.until(lambda s: s["screen"] == "editor", "Edit opens the editor")
    app.key("Next")  # Page Down: the end of the text
    app.xdotool("type", "x = (1")
    app.key("ctrl+Return")
    wrong = app.until(lambda s: "error" in s, "a mistake is told")
    check(wrong["error"]["line"] == 5, f"with its line: {wrong['error']}")
    app.xdotool("type", ")")
    app.key("ctrl+Return")
    app.until(lambda s: s["screen"] == "main" and "error" not in s and s.get("ticks", 0) > 9,
              "the mended program runs")


def compares(app):
    app.click("lessons")
    app.until(lambda s: "lesson.choose-a-strategy" in s["controls"], "the menu lists the lessons")
    app.click("lesson.choose-a-strategy")
    app.until(lambda s: s["lesson"] == "choose-a-strategy" and "compare" in s["controls"],
              "a click opens one")
    app.click("compare")
    app.until(lambda s: "compare.strategies" in s["controls"], "Compare lists what with")
    app.click("compare.strategies")
    app.until(lambda s: s.get("fastest") == "C", "memmap r+ is fastest for a small share")
    app.until(lambda s: "guess.C" in s["controls"], "a question is asked about a larger share")
    app.click("guess.C")
    app.until(lambda s: s.get("guess") == 2 and "answer" not in s, "C is the guess")
    drag(app, "slider.0", 0.57, 0.75)
    app.until(lambda s: s.get("answer") == 0, "where it was asked about, A turns out fastest")
    drag(app, "slider.0", 0.75, 0.95)
    app.until(lambda s: s.get("fastest") == "A", "reading all is fastest for a large one")
    app.until(lambda s: not s["charting"], "the charts are drawn to their end")
    app.until(lambda s: not s["measuring"], "each strategy was measured on this computer")
    app.key("ctrl+e")
    app.until(lambda s: s["message"].endswith(".csv"), "Ctrl+E saves the table")


def stands_beside(app):
    """Two runs side by side: one cursor, another machine, and time in place of accesses."""
    app.click("lessons")
    app.until(lambda s: "lesson.more-pages-than-frames" in s["controls"], "the menu lists lessons")
    app.click("lesson.more-pages-than-frames")
    app.until(lambda s: s["lesson"] == "more-pages-than-frames" and s.get("ticks", 0) > 0,
              "a click opens one")
    app.key("b")
    app.until(lambda s: s["screen"] == "beside" and "tick" in s["beside"],
              "B puts the next program beside")
    check(app.state()["beside"]["choice"] == "nine-frames", "which is the next of the lesson")
    app.key("Right")
    app.key("Down")
    app.until(lambda s: s["tick"] > 1 and s["beside"]["tick"] == s["tick"], "a step moves both")
    drag(app, "beside.timeline", 0.1, 0.6)
    app.until(lambda s: s["tick"] > 20 and s["beside"]["tick"] == s["tick"],
              "dragging the lower timeline moves both")
    app.click("beside")
    app.until(lambda s: "compare.frames=16" in s["controls"], "the right title lists the choices")
    app.click("compare.frames=16")
    other = app.until(lambda s: s["beside"]["choice"] == "frames=16" and "tick" in s["beside"],
                      "another machine can be chosen")
    check(other["beside"]["tick"] == other["tick"], "and stands at the same access")
    app.click("pace.time")
    app.until(lambda s: s["beside"]["pace"] == "time" and s["beside"]["tick"] > s["tick"],
              "at the same time the machine that never swaps has made more accesses")
    app.click("next")
    app.until(lambda s: s["tick"] == s["ticks"] and s["beside"]["tick"] == s["beside"]["ticks"],
              "the button runs both to their ends")
    check(app.state()["beside"]["faults"] < app.state()["faults"], "more frames, fewer faults")
    app.key("Left")
    app.until(lambda s: s["tick"] == s["ticks"] - 1 and s["beside"]["tick"] == s["beside"]["ticks"],
              "a step back is one of the run that ended last")
    app.click("beside.line.5")
    app.key("ctrl+e")
    with open(saved(app, ".csv")) as file:
        check("major faults" in file.read(), "Ctrl+E saves both runs' figures")
    app.key("b")
    app.until(lambda s: s["screen"] == "main", "B leads back")


def idles(app):
    time.sleep(1)  # what the last change set off is over
    before = app.cpu_ticks()
    time.sleep(2)
    used = app.cpu_ticks() - before
    print(f"idle: {used} ticks of CPU time in 2 s")
    check(used < 3, f"an app in which nothing happens rests: {used} ticks in 2 s")


def drive(display, folder):
    app = App(display, folder)
    try:
        print(f"start to first picture: {app.first_picture * 1000:.0f} ms")
        steps(app)
        looks(app)
        exports(app)
        learns(app)
        zooms(app)
        maps(app)
        enlarges(app)
        edits(app)
        compares(app)
        stands_beside(app)
        idles(app)
        app.xdotool("search", "--name", "^Pagewalk$", "windowsize", 1100, 720)
        app.until(lambda s: s["window"] == [1100, 720], "the window takes another size")
        app.quit()
        app = App(display, folder)
        check(app.state()["theme"] == "light", "the theme is kept to the next start")
        check(app.state()["window"] == [1100, 720], "and the window's size")
        app.quit()
        app = App(display, folder, "--reset")
        check(app.state()["theme"] == "dark", "--reset forgets it")
        check(app.state()["window"] == [1280, 800], "and the size")
        app.quit()
    finally:
        app.process.kill()
        app.process.wait()


def states_that_cannot_be_kept(display, folder):
    env = {**os.environ, "DISPLAY": display, "HOME": folder, "WAYLAND_DISPLAY": ""}
    pipe = os.path.join(folder, "pipe")
    os.mkfifo(pipe)
    for path, says in [(pipe, "no file"), (os.path.join(folder, "nowhere", "s.json"), "cannot be")]:
        done = subprocess.run([GUI, "--state-file", path], env=env, capture_output=True, text=True,
                              timeout=SECONDS)
        check(done.returncode == 2, f"--state-file {path} ends with 2, not {done.returncode}")
        check("--state-file" in done.stderr and says in done.stderr, f"it says why: {done.stderr}")
    check(stat.S_ISFIFO(os.stat(pipe).st_mode), "what is no file is left as it is")


def without_display(folder):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env["HOME"] = folder
    done = subprocess.run([GUI], env=env, capture_output=True, text=True, timeout=SECONDS)
    check(done.returncode == 2, "without a display it ends with 2")
    check("no display" in done.stderr, "and says why")


def main():
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            print(f"not tested: {tool} is not installed")
            return 77
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24",
                               "-nolisten", "tcp"], pass_fds=[writing],
                              stderr=subprocess.DEVNULL)
    os.close(writing)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with os.fdopen(reading) as pipe:
                display = ":" + pipe.readline().strip()
            without_display(folder)
            states_that_cannot_be_kept(display, folder)
            drive(display, folder)
        except Failed as failed:
            print(f"FAILED: {failed}")
            return 1
        finally:
            server.kill()
            server.wait()
    print("the window does what it is told")
    return 0


sys.exit(main())
