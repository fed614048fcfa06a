"""The weekends that a plan touches, for the audit of rules about them."""

from __future__ import annotations

from ..problem import RosterProblem


def weekends(problem: RosterProblem, before: int = 7) -> list[list[int]]:
    """The days of each weekend, in order: grid days up to the last, and earlier ones from `before`
    days before the grid on. Days of a weekend follow one another."""
    found: list[list[int]] = []
    for day in range(-before, problem.grid.days):
        if problem.weekday(day) not in problem.rules.weekend_days:
            continue
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found
