"""A search's limit, handed out in parts."""

from __future__ import annotations

from dataclasses import replace

from ..rostering.engine import SolveLimit

MOST_BESIDE = 0.05
"""Work beside the search counts against the limit up to this share of it at a time: on a new
machine, where it is compiled first, it must not eat the search up."""

_LEAST_SECONDS, _LEAST_SHARE = 0.05, 1e-9


class Budget:
    """What is left of a limit, as a share of its rounds and in seconds."""

    def __init__(self, limit: SolveLimit) -> None:
        self._limit = limit
        self._seconds = limit.seconds
        self.left = 1.0

    def part(self, share: float) -> SolveLimit:
        """A share of the whole limit, or what is left if that is less. Seconds that were spent
        beside the search are missing from all parts alike."""
        share = min(share, self.left)
        seconds = self._seconds * share / self.left
        self._seconds -= seconds
        self.left = round(self.left - share, 9)
        part = self._limit.part(max(share, _LEAST_SHARE))
        return replace(part, seconds=max(seconds, _LEAST_SECONDS))

    def spend(self, seconds: float) -> None:
        """Takes off what was done beside the search."""
        self._seconds -= min(seconds, MOST_BESIDE * self._limit.seconds, self._seconds)
