"""What a step of a counter depends on, found by watching it.

A rule's counter reads little of a day's work: one the paid minutes, another only whether there is a
shift. Works that agree in everything that a step has read of one of them make the same step, so
that the counter is asked about one of them for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from ..rules.base import Counter, Day, DayWork, State, Step
from .week import IntArray


class Watched:
    """A day's work that notes the names of what is read of it."""

    def __init__(self, work: DayWork, names: dict[str, None]) -> None:
        self._work = work
        self._names = names

    def __getattr__(self, name: str) -> object:
        self._names[name] = None
        return getattr(self._work, name)

    def __eq__(self, other: object) -> bool:
        raise TypeError("counters read the fields of a work, they do not compare works")


class Watcher:
    """Asks a counter what works do: one work of each group that it has not told apart so far."""

    def __init__(self, counter: Counter, works: Sequence[DayWork]) -> None:
        self._counter = counter
        self._works = works
        self._names: dict[str, None] = {}  # in the order in which they were first read
        self._regroup()

    def steps(self, state: State, day: Day) -> tuple[list[Step], IntArray]:
        """The steps in a state on a day, one a group, and the group of each work."""
        while True:
            known = len(self._names)
            steps = [self._counter.step(state, day, work) for work in self._asked]
            if len(self._names) == known:
                return steps, self._group
            self._regroup()

    def _regroup(self) -> None:
        """Works are of one group if they agree in everything that has been read."""
        place: dict[tuple[object, ...], int] = {}
        self._asked: list[DayWork] = []
        self._group: IntArray = np.zeros(len(self._works), dtype=np.int64)
        for k, work in enumerate(self._works):
            values = tuple(getattr(work, name) for name in self._names)
            if values not in place:
                place[values] = len(place)
                self._asked.append(cast(DayWork, Watched(work, self._names)))
            self._group[k] = place[values]
