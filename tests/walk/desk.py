"""A desk to walk at: a screen of its own, a window manager, the program, and two hands."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "walk"  # no part of the repository
NEEDED = ("Xvfb", "xdotool", "openbox")
_LONGEST = 30.0  # seconds that anything may take
_LOOKS = 0.03  # seconds between two looks


def lacking() -> list[str]:
    """The programs that a walk needs and this machine has not."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """A display (its name) with a window manager, gone with the block."""
    listening, told = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", size, "-nolisten", "tcp"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, pass_fds=(told,), **quiet) as server:
        os.close(told)
        with os.fdopen(listening) as lines:
            display = f":{lines.readline().strip()}"
        managing = ["openbox", "--sm-disable"]
        with subprocess.Popen(managing, env={**os.environ, "DISPLAY": display}, **quiet) as manager:
            try:
                yield display
            finally:
                manager.terminate()
                manager.wait()
                server.terminate()


class Desk:
    """The program on a screen, with `press`, `type`, `click` and `drag` for hands and `ask` for
    eyes: an expression about the window, see `tests.walk.window`."""

    def __init__(self, display: str, folder: Path, home: Path, **environment: str) -> None:
        self.display, self.home, self._folder = display, home, folder
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "ALLIANCE_TIMELINE_HOME": str(home),
            **environment,
        }
        self._program: subprocess.Popen[bytes] | None = None
        self._count = 0

    # The program

    def start(self, path: Path | None = None) -> None:
        """Starts the program and waits until its window stands whole and has the keyboard."""
        self._count += 1
        self._socket = self._folder / f"eye-{os.getpid()}-{self._count}"
        command = [sys.executable, "-m", "tests.walk.window", str(self._socket)]
        command += [str(path)] if path is not None else []
        self._program = subprocess.Popen(command, cwd=ROOT, env=self._environment)
        self.until("is_ready()")
        self.until("window.isActiveWindow()")

    def kill(self) -> None:
        """Ends the program as a power cut would."""
        assert self._program is not None
        self._program.send_signal(signal.SIGKILL)
        self._program.wait()

    def wait_for_end(self) -> int:
        """Waits until the program has ended by itself; its exit code."""
        assert self._program is not None
        return self._program.wait(_LONGEST)

    def end(self) -> None:
        """Asks the window to close until the program has ended."""
        end = time.monotonic() + _LONGEST
        while self.is_running:
            assert time.monotonic() < end
            self.press("ctrl+q")
            time.sleep(_LOOKS)

    @property
    def is_running(self) -> bool:
        return self._program is not None and self._program.poll() is None

    # Eyes

    def ask(self, question: str) -> Any:
        """The answer to an expression about the window."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(_LONGEST)
            client.connect(str(self._socket))
            with client.makefile("rw") as talk:
                talk.write(json.dumps(question) + "\n")
                talk.flush()
                answer = json.loads(talk.readline())
        if "error" in answer:
            raise LookupError(f"{question}\n{answer['error']}")
        return answer["value"]

    def until(self, question: str, longest: float = _LONGEST) -> Any:
        """Waits until the answer is true, and gives it."""
        end, last = time.monotonic() + longest, ""
        while time.monotonic() < end:
            assert self.is_running, f"the program has ended before {question}"
            try:
                if found := self.ask(question):
                    return found
            except (LookupError, OSError) as fault:
                last = str(fault)
            time.sleep(_LOOKS)
        self.shot("stuck")
        raise AssertionError(f"{question} did not come true: {last or self.ask(question)}")

    def wait(self, condition: Callable[[], bool]) -> None:
        """Waits until something outside the window is so."""
        end = time.monotonic() + _LONGEST
        while not condition():
            assert time.monotonic() < end
            time.sleep(_LOOKS)

    def shot(self, name: str) -> Path:
        """A picture of the screen, in `build/walk/`, once all is painted that is open."""
        if self.is_running:
            with suppress(AssertionError):
                self.until("is_painted()", 2)
            for _ in range(4):
                self.ask("1")
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        self._run("import", "-window", "root", str(path))
        return path

    # Hands

    def press(self, *keys: str) -> None:
        """Presses keys by their names in X (`ctrl+s`, `Return`), one after the other."""
        for key in keys:
            self._hand("key", key)

    def type(self, text: str) -> None:
        for part in filter(None, re.split(r"([ -~]+)", text)):
            if part.isascii():
                self._hand("type", "--delay", "12", "--", part)
            else:
                for letter in part:
                    self._type_hangul(letter)

    def _type_hangul(self, letter: str) -> None:
        """A letter for which there is no key: xdotool lends it one for a moment, and a program
        that is busy just then does not see which. So it is typed until it stands there."""
        count = f"field().count({letter!r})"
        before = self.ask(count)
        for pause in (60, 120, 250, 500, 1000):
            self._hand("type", "--delay", str(pause), "--", letter)
            if self.ask(count) > before:
                return
        raise AssertionError(f"{letter} cannot be typed")

    def move(self, place: list[int]) -> None:
        self._hand("mousemove", *map(str, place))

    def click(self, question: str, *, times: int = 1, button: int = 1, holding: str = "") -> None:
        """Clicks where the answer says, once it is there; `holding` is a key like `shift`."""
        self.move(self.until(question))
        if holding:
            self._hand("keydown", holding)
        self._hand("click", "--repeat", str(times), "--delay", "40", str(button))
        if holding:
            self._hand("keyup", holding)

    def drag(self, question: str, across: int, down: int = 0, *, then: str = "") -> None:
        """Drags from a place by so many px; `then` is a key to be pressed before letting go."""
        x, y = self.until(question)
        self.move([x, y])
        self._hand("mousedown", "1")
        for step in range(1, 6):
            self.move([x + across * step // 5, y + down * step // 5])
        if then:
            self.press(then)
        self._hand("mouseup", "1")

    def _hand(self, *words: str) -> None:
        self._run("xdotool", *words)
        with suppress(OSError, ValueError):  # the keys may have ended it
            self.ask("1")  # it has taken the event by the time it answers

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, check=True, capture_output=True)

    # What a user does all the time

    def command(self, menu: str, entry: str) -> None:
        """Takes an entry of a menu by the mouse."""
        self.click(f"menu_title({menu!r})")
        self.until(f"{entry!r} in menu()")
        self.click(f"entry({entry!r})")

    def go_to(self, name: str) -> None:
        """Goes by Tab to what is named so."""
        been = []
        for _ in range(120):
            here = self.ask("focus()")
            if here == name:
                return
            been.append(here)
            self.press("Tab")
        self.shot("stuck")
        raise AssertionError(f"Tab does not reach {name}: {been}")

    def button(self, name: str) -> None:
        """Clicks what is named so."""
        self.click(f"at(named({name!r}))")
