"""Changes of the planner's data that give way: one number, day or entry each, as small as works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..problem import RosterProblem

Apply = Callable[[RosterProblem], RosterProblem]


@dataclass(frozen=True)
class Change:
    """One change: of which rule's data, what (key ``why.change.<what>`` of the catalogue) and the
    values that the sentence names, plain numbers, dates and codes. `agent` is whom it concerns
    (None: everybody of a contract, or all). `size` counts hours, days or entries given up.
    """

    rule: str
    what: str
    params: Mapping[str, object] = field(hash=False)
    agent: str | None
    size: float
    apply: Apply = field(compare=False, repr=False)

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the change made; the given one stays as it is."""
        return self.apply(problem)


@dataclass(frozen=True)
class Dial:
    """Changes of the same thing, from the smallest to the largest. If `nested`, whatever is legal
    after one of them is legal after each larger one; else only the last allows all."""

    changes: tuple[Change, ...]
    nested: bool = True

    def smallest(self, works: Callable[[Change], bool]) -> Change | None:
        """The smallest change that works; None if even the largest does not."""
        if not self.changes or not works(self.changes[-1]):
            return None
        if not self.nested:
            return next(change for change in self.changes if works(change))
        low, high = 0, len(self.changes) - 1
        while low < high:
            middle = (low + high) // 2
            if works(self.changes[middle]):
                high = middle
            else:
                low = middle + 1
        return self.changes[high]
