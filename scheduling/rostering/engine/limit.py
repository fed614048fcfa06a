"""When a search stops: by the clock, by CPU time, or by work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class SolveLimit:
    """When to stop: after `seconds` of the clock (of CPU time if `cpu_time`) or after `rounds`
    rounds of the search, whichever comes first. Only a limit of rounds makes runs repeatable."""

    seconds: float = 30.0
    rounds: int | None = None
    cpu_time: bool = False

    def part(self, share: float) -> SolveLimit:
        """A share of this limit."""
        rounds = None if self.rounds is None else max(1, round(share * self.rounds))
        return replace(self, seconds=share * self.seconds, rounds=rounds)

    @property
    def two_threads(self) -> bool:
        """Whether the bound is proven beside the search, not before it: only where neither CPU
        time nor work is counted."""
        return not self.cpu_time and self.rounds is None

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"seconds is {self.seconds}, expected above 0")


class Clock:
    """Time spent, by the clock that the limit names."""

    def __init__(self, limit: SolveLimit) -> None:
        self._limit = limit
        self._now = time.process_time if limit.cpu_time else time.perf_counter
        # CPU limits count from the start of the process, as CPU seconds are measured outside.
        self._begin = 0.0 if limit.cpu_time else self._now()

    def spent(self) -> float:
        """Share of the time limit that is used up."""
        return (self._now() - self._begin) / self._limit.seconds

    def left(self) -> float:
        """Seconds that are left, at least a hundredth."""
        return max(self._limit.seconds * (1 - self.spent()), 0.01)


def steps(clock: Clock, limit: SolveLimit, share: float) -> Iterator[float]:
    """Goes on for a share of the time that is left, or of the rounds; yields how far it is, 0–1."""
    begun = clock.spent()
    length = share * (1 - begun)
    rounds = 0
    most = None if limit.rounds is None else max(1, round(share * limit.rounds))
    while clock.spent() < begun + length and (most is None or rounds < most):
        by_clock = (clock.spent() - begun) / length
        yield by_clock if most is None else rounds / most
        rounds += 1
