"""One long rest in each calendar week.

A week has its rest if one of at least `min_weekly_rest_min` lies in it but for the rest between two
shifts, which may reach into the weeks beside it: so the law counts 24 hours a week and the daily
rest of eleven. Times are those of the clock; what comes after the plan is free. A week that the
published past has left without a rest is not blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ....data.people import Agent
from ..clocks import DAY_MIN, weekly_rest
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Counter, Day, DayWork, Rule, State, Step

FOREVER = 10**6  # minutes: longer than any horizon


@dataclass(frozen=True)
class RestCounter:
    """State: (minutes of rest up to midnight, negative if a shift goes on, at most `whole`; whether
    the week has its rest, or cannot get it any more; minutes that the rest of the week before,
    still going on at its end, has yet to last).

    A rest is `whole` minutes long, `inside` of them in its week.
    """

    whole: int
    inside: int

    def start(self) -> State:
        return (self.whole, False, 0)

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        assert isinstance(state, tuple)
        rest, settled, owed = state
        breach = 0
        before = (6 - day.left_in_week) * DAY_MIN  # minutes of the week before this midnight
        if work.worked:
            breach += work.begin < owed
            owed = 0
            long = rest + work.begin >= self.whole
            settled |= long and min(rest, before) + work.begin >= self.inside
            rest = DAY_MIN - work.end
        else:
            rest = min(rest + DAY_MIN, self.whole)
            owed = max(owed - DAY_MIN, 0)
            settled |= rest >= self.whole and before + DAY_MIN >= self.inside
        if not settled and rest + day.left_in_week * DAY_MIN < self.inside:
            breach, settled = breach + 1, True
        if day.left_in_week == 0:
            owed = owed if settled else self.whole - rest
            settled = False
        return Step((rest, settled, owed), breach)


def counter(problem: RosterProblem, agent: Agent) -> Counter | None:
    lengths = weekly_rest(problem.terms_of[agent.id])
    if lengths is None or _is_implied(problem, agent, *lengths):
        return None
    return RestCounter(*lengths)


def _is_implied(problem: RosterProblem, agent: Agent, whole: int, inside: int) -> bool:
    """Whether days off together are as good, even after the shift that ends last, and no rest of
    the published weeks hangs on what the plan begins with."""
    days = problem.contract_of[agent.id].min_days_off_together
    overhang = max((s.latest_start + s.length_min - DAY_MIN for s in problem.shifts), default=0)
    hard = problem.rules.price_of("days_off_together") is None
    if not hard or days * DAY_MIN - max(overhang, 0) < max(whole, inside):
        return False
    if not problem.history:
        return True
    own = [_clock_span(problem, shift) for shift in problem.history if shift.agent == agent.id]
    settled = _has_rest(-7, [*own, (0, 0)], whole, inside) or not _has_rest(-7, own, whole, inside)
    return _first_day(problem, 0) == 0 and settled


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    timeline = problem.timeline(roster)
    last = problem.grid.days - 1
    for agent in problem.agents:
        lengths = weekly_rest(problem.terms_of[agent.id])
        if lengths is None:
            continue
        spans = [_clock_span(problem, shift) for shift in timeline[agent.id]]
        past = [span for span in spans if span[0] < 0]
        for week in range(-1, problem.week(last) + 1):
            first = _first_day(problem, week)
            if _has_rest(first, spans, *lengths) or not _has_rest(first, past, *lengths):
                continue
            params = {"hours": round(lengths[0] / 60, 2)}
            yield Violation(RULE.name, agent.id, min(max(first + 6, 0), last), params)


def _first_day(problem: RosterProblem, week: int) -> int:
    return 7 * week - (problem.grid.first_day.weekday() - problem.first_weekday) % 7


def _clock_span(problem: RosterProblem, shift: Assignment) -> tuple[int, int]:
    """Clock minutes of a shift, counted from midnight of grid day 0."""
    start = shift.day * DAY_MIN + problem.clocks.of(shift.shift_code).clock(shift.start)
    return start, start + shift.end - shift.start


def _has_rest(first_day: int, spans: Sequence[tuple[int, int]], whole: int, inside: int) -> bool:
    """Whether the week from a day on has its rest; before the first and after the last shift there
    is nothing but rest."""
    begins, ends = first_day * DAY_MIN, (first_day + 7) * DAY_MIN
    edges = [(-FOREVER, -FOREVER), *sorted(spans), (FOREVER, FOREVER)]
    return any(
        start - end >= whole and min(start, ends) - max(end, begins) >= inside
        for (_, end), (start, _) in pairwise(edges)
    )


RULE = Rule("weekly_rest", check, counter=counter, unit="weeks")
