"""A headless Chromium driven over a pipe (Chrome DevTools Protocol): real clicks, keys and prints.

Nothing but the standard library: the protocol is JSON, each message ended by a zero byte, read by
the browser from file descriptor 3 and written by it to 4.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")  # as tests/install_browser
PATIENCE_S = 30.0
LAPTOP = (1366, 768)
PHONE = (390, 844)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
_CODES = {"Tab": 9, "Enter": 13, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class Browser:
    """A running browser. Pages share it; each has a session of its own."""

    def __init__(self, process: int, reads: int, writes: int) -> None:
        self._process, self._reads, self._writes = process, reads, writes
        self._buffer = b""
        self._number = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._listeners: dict[str, Callable[[str, dict[str, Any]], None]] = {}

    def call(self, method: str, session: str | None = None, /, **params: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        left = json.dumps(message).encode() + b"\0"
        while left:
            left = left[os.write(self._writes, left) :]
        self.wait(lambda: number in self._answers, method)
        answer = self._answers.pop(number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result

    def wait(self, done: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
        """Reads what the browser says until a condition holds."""
        end = time.monotonic() + patience_s
        while not done():
            self._read(end - time.monotonic(), what)

    def _read(self, patience_s: float, what: str) -> None:
        ready, _, _ = select.select([self._reads], [], [], max(patience_s, 0.0))
        assert ready, f"the browser did not answer: {what}"
        piece = os.read(self._reads, 1 << 20)
        assert piece, f"the browser ended: {what}"
        *messages, self._buffer = (self._buffer + piece).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self._answers[message["id"]] = message
            elif message.get("sessionId") in self._listeners:
                self._listeners[message["sessionId"]](message["method"], message["params"])

    def page(self, size: tuple[int, int] = LAPTOP) -> Page:
        """A new empty page of a width and height in CSS pixels."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        self._listeners[session] = page.hear
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable", session)
        page.resize(size)
        return page

    def close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._reads)
        os.close(self._writes)


@dataclass
class Page:
    """One page: `complaints` are what its console said, `requests` every address it asked for."""

    browser: Browser
    session: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    loaded: bool = False

    def call(self, method: str, /, **params: Any) -> dict[str, Any]:
        return self.browser.call(method, self.session, **params)

    def hear(self, method: str, params: dict[str, Any]) -> None:
        """Keeps what the page says by itself."""
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(" ".join(str(a.get("value", "")) for a in params["args"]))
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])

    def open(self, file: Path, fragment: str = "") -> Page:
        """Loads a file from the disk, to the end of its load event."""
        self.loaded = False
        self.call("Page.navigate", url=file.as_uri() + fragment)
        self.browser.wait(lambda: self.loaded, f"loading {file.name}")
        return self

    def open_text(self, folder: Path, text: str, fragment: str = "") -> Page:
        """Loads a page that is written into a folder for it."""
        file = folder / "page.html"
        file.write_text(text, encoding="utf-8")
        return self.open(file, fragment)

    def assert_quiet(self) -> None:
        """Nothing was said on the console, and nothing was asked for but the file itself."""
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:"))] == []

    def nameless(self) -> list[str]:
        """Roles of what can be focused and has no name that a screen reader could say."""
        self.call("Accessibility.enable")
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            node["role"]["value"]
            for node in nodes
            if not node.get("ignored")
            and any(
                one["name"] == "focusable" and one["value"].get("value")
                for one in node.get("properties", ())
            )
            and node["role"]["value"] != "RootWebArea"
            and not node.get("name", {}).get("value", "").strip()
        ]

    def text(self, selector: str) -> str:
        """What an element reads like; blanks at its ends left out."""
        found = self.evaluate(f"document.querySelector({json.dumps(selector)}).textContent.trim()")
        return str(found)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; promises are waited for."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Waits until an expression is true."""
        end = time.monotonic() + PATIENCE_S
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.02)

    def hover(self, selector: str) -> tuple[float, float]:
        """Brings the first element that matches into view, and the mouse to its middle."""
        x, y = self.evaluate(
            f"(() => {{ const node = document.querySelector({json.dumps(selector)});"
            "node.scrollIntoView({ block: 'center', behavior: 'instant' });"
            "const box = node.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        return x, y

    def click(self, selector: str) -> None:
        """Presses the mouse in the middle of the first element that matches."""
        x, y = self.hover(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        """A key of the keyboard by name: Tab, Enter, ArrowRight ..."""
        told: dict[str, Any] = {"key": key, "code": key, "windowsVirtualKeyCode": _CODES[key]}
        if key == "Enter":
            told["text"] = "\r"
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **told)

    def type(self, words: str) -> None:
        self.call("Input.insertText", text=words)

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        taken = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(taken["data"]))

    def print(self, file: Path, *, landscape: bool = False) -> None:
        """A PDF on A4."""
        made = self.call(
            "Page.printToPDF", landscape=landscape, paperWidth=8.27, paperHeight=11.69,
            printBackground=True,
        )  # fmt: skip
        file.write_bytes(base64.b64decode(made["data"]))


@contextmanager
def running_browser(folder: Path) -> Iterator[Browser]:
    """A browser with its profile in a folder; it ends with the block."""
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert path is not None, "no Chromium: run tests/install_browser, or pytest -m 'not browser'"
    child_reads, writes = _pipe()
    reads, child_writes = _pipe()
    log = os.open(folder / "browser.log", os.O_WRONLY | os.O_CREAT, 0o600)
    process = os.posix_spawn(
        path,
        [path, *FLAGS, f"--user-data-dir={folder / 'profile'}"],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, log, 1),
            (os.POSIX_SPAWN_DUP2, log, 2),
            (os.POSIX_SPAWN_DUP2, child_reads, 3),
            (os.POSIX_SPAWN_DUP2, child_writes, 4),
        ],
    )
    for end in (child_reads, child_writes, log):
        os.close(end)
    browser = Browser(process, reads, writes)
    try:
        yield browser
    finally:
        browser.close()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are clear of the numbers that the browser is to find its own at."""
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return ends[0], ends[1]
