"""The smallest sets of conditions that cannot hold together, whatever the conditions are.

A set is in conflict if and only if it meets every *correction*, a set of conditions whose dropping
lets the others hold. So the smallest set that meets the corrections known so far is either a
smallest conflict, or it can hold, and what can hold around it shows a new correction (implicit
hitting sets; Ignatiev et al. 2015, "Smallest MUS extraction", CP).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

Chosen = frozenset[int]  # conditions by number


def smallest_sets(conditions: int, holds: Callable[[Chosen], bool], most: int) -> list[Chosen]:
    """Every conflict of as few conditions as any, up to `most` of them; none if all of the
    conditions hold together. `holds` is asked once about a set, and not about what follows: what
    holds does so with fewer conditions, what does not hold does not with more."""
    asked = _Asked(holds)
    everything = frozenset(range(conditions))
    corrections: list[Chosen] = []
    found: list[Chosen] = []
    while len(found) < most:
        size = len(found[0]) if found else conditions
        candidate = _smallest_meeting(corrections, size, found)
        if candidate is None:
            break
        if asked.holds(candidate):
            corrections.append(everything - asked.grown(candidate, everything))
        else:
            found.append(candidate)
    return found


class _Asked:
    """The answers so far."""

    def __init__(self, holds: Callable[[Chosen], bool]) -> None:
        self._holds = holds
        self._kept: list[Chosen] = []
        self._broken: list[Chosen] = []

    def holds(self, chosen: Chosen) -> bool:
        if any(chosen <= kept for kept in self._kept):
            return True
        if any(broken <= chosen for broken in self._broken):
            return False
        kept = self._holds(chosen)
        (self._kept if kept else self._broken).append(chosen)
        return kept

    def grown(self, kept: Chosen, everything: Chosen) -> Chosen:
        """A set around `kept` that holds, and that no condition can be added to: halves of the
        others are added while they can be."""
        pending = [tuple(sorted(everything - kept))]
        while pending:
            part = pending.pop()
            if self.holds(kept | frozenset(part)):
                kept |= frozenset(part)
            elif len(part) > 1:
                half = len(part) // 2
                pending += [part[half:], part[:half]]
        return kept


def _smallest_meeting(corrections: list[Chosen], most: int, but_not: list[Chosen]) -> Chosen | None:
    """A smallest set that has a member in every correction, of at most `most` members and none of
    `but_not`; None if there is none."""
    for size in count():
        if size > most:
            return None
        for chosen in _meeting(corrections, frozenset(), size):
            if chosen not in but_not:
                return chosen
    return None


def _meeting(corrections: list[Chosen], chosen: Chosen, more: int) -> Iterator[Chosen]:
    """Sets of `chosen` and at most `more` others that have a member in every correction."""
    open_one = next((c for c in corrections if not c & chosen), None)
    if open_one is None:
        yield chosen
    elif more:
        for one in sorted(open_one):
            yield from _meeting(corrections, chosen | {one}, more - 1)
