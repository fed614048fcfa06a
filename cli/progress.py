"""Progress of long work on a terminal: its stages, their time, and how the search is doing."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from ..data.messages import text


class StageProgress:
    """Shows one line a stage. It is the `progress` that the planning functions report to."""

    def __init__(self, console: Console, language: str, *, shown: bool) -> None:
        self._language = language
        self._shown = shown
        self._task: TaskID | None = None
        self._bar = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", style="dim"),
            console=console,
            disable=not shown,
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._bar.stop()

    def stage(self, name: str) -> None:
        """A stage begins, and the one before it is done; its words are ``stage.<name>``."""
        self._finish()
        words = text(f"stage.{name}", self._language)
        self._task = self._bar.add_task(words, total=1, note="")

    def found(self, cost: float) -> None:
        """The roster search has a roster of this cost."""
        if self._task is not None:
            note = text("stage.best_cost", self._language, cost=cost)
            self._bar.update(self._task, note=note)

    def share(self, what: str, done: float) -> None:
        """So much of the stage is done (0–1), and what is at work."""
        if self._task is not None:
            self._bar.update(self._task, note=f"{what} {done:.0%}")

    def _finish(self) -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=1)
        self._task = None
