"""How many may be there at once, as limits from above on what some people add to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...problem import RosterProblem
from ...rules.base import Band, Doing, Rule
from ..compile import HARD, compile_problem

Floats = NDArray[np.float64]
Slots = NDArray[np.bool_]


@dataclass(frozen=True)
class Row:
    """A limit of a rule: the sum of `size` (people, 2) of those there, at work and on a break, is
    at most `left` (slots + overhang,); `binds` where the people could break it."""

    key: tuple[str, int, int]  # rule, number of its band, side
    size: Floats
    left: Floats
    binds: Slots


class Limits:
    """The bands of a problem's rules, with what a published past has used up of them."""

    def __init__(self, problem: RosterProblem, rules: tuple[Rule, ...]) -> None:
        self.problem = problem
        self.length = problem.slots + problem.overhang
        self._of_rule: dict[str, list[tuple[Band, Floats]]] = {}
        for rule in rules:
            if rule.bands is not None:
                compiled = compile_problem(problem, (rule,))
                past = compiled.cover(problem.weights).bands.astype(float)
                self._of_rule[rule.name] = [
                    (band, used)
                    for (band, price), used in zip(compiled.bands, past, strict=True)
                    if price == HARD
                ]

    def concerned(self, rules: tuple[Rule, ...]) -> tuple[str, ...]:
        """Those whom a limit of the rules counts, and could be broken by."""
        everybody = tuple(agent.id for agent in self.problem.agents)
        counts = np.zeros(len(everybody), dtype=bool)
        for row in self.rows(everybody, rules):
            counts |= (row.size != 0).any(axis=1)
        return tuple(one for one, counted in zip(everybody, counts, strict=True) if counted)

    def rows(self, people: tuple[str, ...], rules: tuple[Rule, ...]) -> list[Row]:
        """The limits of some rules on the people, everybody else being free to come and go as would
        help most; without those that the people cannot break."""
        chosen = set(people)
        mine = np.array([agent.id in chosen for agent in self.problem.agents])
        rows = []
        for rule in rules:
            for number, (band, past) in enumerate(self._of_rule.get(rule.name, ())):
                for side, bound in ((1, band.most), (-1, -band.least)):
                    row = _row((rule.name, number, side), band, bound, past, mine)
                    if row.binds.any():
                        rows.append(row)
        return rows


def _row(
    key: tuple[str, int, int], band: Band, bound: NDArray[np.int64], past: Floats, mine: Slots
) -> Row:
    side = key[2]
    counted = side * np.array(band.counted, dtype=float)
    each = band.coefficients[:, None] * np.array(
        # Whoever is at a meeting is not on a break, and counts as well as helps.
        [min(counted[Doing.WORK], counted[Doing.MEETING]), counted[Doing.BREAK]]
    )
    # What a past has used up beyond the limit is nobody's fault.
    left = np.maximum(bound - side * past, np.minimum(bound, 0)).astype(float)
    left -= np.minimum(each[~mine], 0.0).min(axis=1).sum()
    if band.coefficients.min(initial=0) < 0 < band.coefficients.max(initial=0):
        left = np.where(past != 0, np.inf, left)
    size = each[mine]
    return Row(key, size, left, np.maximum(size, 0.0).max(axis=1).sum() > left)
