"""The pages of the documentation, read as a planner follows them: what to type, what to save under
which name, and what is said to come of it.

A fenced block marked ``console`` holds commands after ``$ `` and below each what it prints; a line
``…`` stands for lines left out, and ``# status 1`` behind a command says how it ends. Any other
block whose mark goes on with a file name, such as ``toml scenarios/busy.toml``, is that file;
``(added)`` behind the name adds the block to the file's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "docs" / "README.md"
PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))

_FENCE = re.compile(r"^(`{3,})(.*)$")
_STATUS = re.compile(r"\s+# status (\d+)$")
_FILE = re.compile(r"\w+ (?P<name>\S+?\.\w+)(?P<added> \(added\))?$")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands behind its opening fence, and its lines."""

    mark: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SavedFile:
    """A file that the page gives in full, or (`added`) lines for its end."""

    name: str
    content: str
    added: bool


@dataclass
class Command:
    """A command, how it ends, and the lines that the page shows of what it prints."""

    text: str
    status: int = 0
    shown: list[str] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    fence, mark, lines = "", "", []
    for line in text.splitlines():
        match = _FENCE.match(line)
        if not fence and match:
            fence, mark, lines = match[1], match[2].strip(), []
        elif fence and line == fence:
            yield Block(mark, tuple(lines))
            fence = ""
        else:
            lines.append(line)
    assert not fence, "a block is not closed"


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)


def steps(page: Path) -> Iterator[SavedFile | Command]:
    """What a planner who follows the page does, in order."""
    for block in blocks(page.read_text(encoding="utf-8")):
        saved = _FILE.match(block.mark)
        if saved:
            content = "".join(f"{line}\n" for line in block.lines)
            yield SavedFile(saved["name"], content, saved["added"] is not None)
        elif block.mark == "console":
            yield from _commands(block)


def _commands(block: Block) -> Iterator[Command]:
    command: Command | None = None
    for line in block.lines:
        if line.startswith("$ "):
            if command is not None:
                yield command
            status = _STATUS.search(line)
            words = re.sub(r"\s+#.*$", "", line.removeprefix("$ "))
            command = Command(words, int(status[1]) if status else 0)
        else:
            assert command is not None, f"output without a command: {line}"
            command.shown.append(line)
    if command is not None:
        yield command


def links(page: Path) -> Iterator[str]:
    """Targets of the page's links into the repository, outside blocks."""
    for target in _LINK.findall(prose(page.read_text(encoding="utf-8"))):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def anchors(page: Path) -> set[str]:
    """What a link may name after #: headings as code hosts write them."""
    found = set()
    for heading in _HEADING.findall(prose(page.read_text(encoding="utf-8"))):
        words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        found.add(words.replace(" ", "-"))
    return found
