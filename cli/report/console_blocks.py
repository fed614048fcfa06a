"""What a command shows on the terminal, kept as blocks for a page that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..console import Console


@dataclass(frozen=True)
class BlockTable:
    """A table; all but the first `text_columns` hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int


@dataclass(frozen=True)
class Block:
    """A heading with what stands under it, in order."""

    heading: str
    parts: list[str | BlockTable] = field(default_factory=list)


class BlockConsole(Console):
    """Takes what a result shows, in place of a terminal."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.blocks: list[Block] = []

    def heading(self, key: str, **params: object) -> None:
        self.blocks.append(Block(self.text(key, **params)))

    def line(self, words: str = "", *, wrap: bool = True) -> None:
        if words:
            self.blocks[-1].parts.append(words)

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: int = 1
    ) -> None:
        table = BlockTable(tuple(columns), tuple(map(tuple, rows)), text_columns)
        self.blocks[-1].parts.append(table)
