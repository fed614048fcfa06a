"""What can be changed for everybody: seats, who must be there, who goes with whom, followers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from ....data.presence import LeastStaffing
from ....data.shifts import ShiftTemplate
from ..problem import RosterProblem
from .changes import Apply, Change, Dial
from .wider_breaks import with_wider_breaks

MOST_WIDER_MIN = 120  # on each side of a break's window


def centre_dials(problem: RosterProblem, rules: Iterable[str]) -> Iterator[Dial]:
    """The dials of those rules whose data are the centre's."""
    for rule in rules:
        if rule in MAKERS:
            yield from MAKERS[rule](problem)


def _seats(problem: RosterProblem) -> Iterator[Dial]:
    now = problem.rules.seats
    if now is not None:
        more = range(now + 1, len(problem.agents) + 1)
        yield Dial(tuple(_with_rule("seats", now, seats) for seats in more))


def _breaks_at_once(problem: RosterProblem) -> Iterator[Dial]:
    now = problem.rules.breaks_at_once
    if now is not None:
        more = range(now + 1, len(problem.agents) + 1)
        yield Dial(tuple(_with_rule("breaks_at_once", now, number) for number in more))
    share = problem.rules.breaks_at_once_share
    if share is not None:
        shares = range(min(share + 5, 100), 101, 5)
        yield Dial(
            tuple(_with_rule("breaks_at_once", share, s, "breaks_at_once_share") for s in shares)
        )
    for shift in problem.shifts:
        widths = range(problem.slot_min, MOST_WIDER_MIN + 1, problem.slot_min)
        yield Dial(tuple(_wider_breaks(problem, shift, by_min) for by_min in widths))


def _wider_breaks(problem: RosterProblem, shift: ShiftTemplate, by_min: int) -> Change:
    wider = with_wider_breaks(shift, by_min) or shift
    shifts = tuple(wider if one.code == shift.code else one for one in problem.shifts)
    params = {"shift": shift.code, "minutes": by_min}
    return Change("breaks_at_once", "breaks", params, None, by_min / 60, _with(shifts=shifts))


def _with_rule(rule: str, now: int, value: int, key: str = "") -> Change:
    """The change of a number of the centre: the one of the rule's name, or of a key."""
    key = key or rule
    params = {"before": now, "after": value}
    changed: dict[str, Any] = {key: value}

    def apply(problem: RosterProblem) -> RosterProblem:
        return replace(problem, rules=replace(problem.rules, **changed))

    return Change(rule, key, params, None, float(value - now), apply)


def _seat_limits(problem: RosterProblem) -> Iterator[Dial]:
    for number, limit in enumerate(problem.seat_limits):
        changes = []
        for seats in range(limit.seats + 1, len(problem.agents) + 1):
            limits = list(problem.seat_limits)
            limits[number] = replace(limit, seats=seats)
            params = {"site": limit.site or "—", "before": limit.seats, "after": seats}
            size = float(seats - limit.seats)
            apply = _with(seat_limits=tuple(limits))
            changes.append(Change("seat_limits", "seat_limits", params, None, size, apply))
        yield Dial(tuple(changes))


def _least_staffing(problem: RosterProblem) -> Iterator[Dial]:
    for number, staffing in enumerate(problem.least_staffing):
        changes = []
        for agents in range(staffing.agents - 1, -1, -1):
            left: list[LeastStaffing] = list(problem.least_staffing)
            left[number : number + 1] = [replace(staffing, agents=agents)] if agents else []
            named = (staffing.skill, staffing.team, staffing.site, *sorted(staffing.people))
            who = tuple(name for name in named if name)
            params = {"who": who, "before": staffing.agents, "after": agents}
            size = float(staffing.agents - agents)
            apply = _with(least_staffing=tuple(left))
            changes.append(Change("least_staffing", "least_staffing", params, None, size, apply))
        yield Dial(tuple(changes))


def _company(problem: RosterProblem) -> Iterator[Dial]:
    for pairing in problem.pairings:
        others = tuple(other for other in problem.pairings if other is not pairing)
        what = f"company_{pairing.company}"
        params = {"agents": pairing.agents}
        apply = _with(pairings=others)
        yield Dial((Change("company", what, params, None, 1.0, apply),))


def _followers(problem: RosterProblem) -> Iterator[Dial]:
    """One pair of shifts that may follow each other after all."""
    for shift in problem.shifts:
        for code in sorted(shift.not_before):
            allowed = replace(shift, not_before=shift.not_before - {code})
            shifts = tuple(allowed if one.code == shift.code else one for one in problem.shifts)
            params = {"shift": shift.code, "next": code}
            apply = _with(shifts=shifts)
            yield Dial(
                (Change("forbidden_followers", "forbidden_followers", params, None, 1.0, apply),)
            )


def _thawed_days(problem: RosterProblem) -> Iterator[Dial]:
    """Fewer days of the base roster that may not change."""
    changes = []
    frozen = np.flatnonzero(problem.grid.day_minute[:-1] < problem.frozen_until)[::-1].tolist()
    for thawed, day in enumerate(frozen, start=1):
        params = {"day": problem.grid.first_day + timedelta(days=day)}
        apply = _with(frozen_until=int(problem.grid.day_minute[day]))
        changes.append(Change("frozen", "frozen", params, None, float(thawed), apply))
    yield Dial(tuple(changes))


def _with(**parts: Any) -> Apply:
    """The change of parts of a problem."""
    return lambda problem: replace(problem, **parts)


MAKERS: Mapping[str, Callable[[RosterProblem], Iterator[Dial]]] = MappingProxyType(
    {
        "seats": _seats,
        "breaks_at_once": _breaks_at_once,
        "seat_limits": _seat_limits,
        "least_staffing": _least_staffing,
        "company": _company,
        "forbidden_followers": _followers,
        "frozen": _thawed_days,
    }
)
