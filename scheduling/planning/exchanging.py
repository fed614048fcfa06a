"""Swaps and changes that agents ask for: made as they are told, and judged by every rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...data.centre import Centre
from ...data.shifts import ShiftTemplate
from ..rostering.audit import audit
from ..rostering.engine import SolveLimit, place_breaks_anew
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Break, Roster, Violation
from ..rostering.told import moved_breaks
from .absences import fallen_shifts, what_is_left
from .closed_loop import Rostered
from .comparing import compare_plans
from .plan import Plan, judged_plan
from .repairing import Repair, ShortHours, short_hours
from .rosters import judged_result, roster_problem
from .stages import ForecastStage, Progress, StageClock, stage_generators

BREAKS_LIMIT = SolveLimit(5.0, 2)
"""For the breaks of the few shifts that change hands."""


@dataclass(frozen=True)
class AgentDay:
    """An agent (by id) on a day of the plan's grid."""

    agent: str
    day: int


@dataclass(frozen=True)
class Swap:
    """Each takes over what the other does on the day named with the other: a shift, or nothing."""

    first: AgentDay
    second: AgentDay


@dataclass(frozen=True)
class NewDay:
    """Another shift for an agent's day, from a clock minute on (None: the shift's earliest); None
    is a day off."""

    whose: AgentDay
    shift_code: str | None
    start_minute: int | None = None


Wish = Swap | NewDay


@dataclass(frozen=True)
class Exchange:
    """A plan with wishes granted, and the rules that this breaks where the plan did not."""

    repair: Repair
    broken: tuple[Violation, ...]


def exchange_days(
    base: Plan,
    centre: Centre,
    wishes: Sequence[Wish],
    frozen_until: int,
    progress: Progress | None = None,
) -> Exchange:
    """Grants the wishes, in order, and judges the roster by the rules, agents and absences of the
    centre as it is now; what begins before the minute `frozen_until` should stay.

    Shifts of who is absent fall out unless a wish hands them on, hours off are cut out of them.
    Breaks and queues of the shifts that change hands are placed anew, everything else stays.
    """
    clock = StageClock(progress)
    demands, past = base.problem.demands, base.problem.history
    bare = roster_problem(centre, demands, base.grid, past, base.problem.carried)
    fallen = fallen_shifts(bare, base.roster)
    kept, cut = what_is_left(bare, base.roster, fallen, frozen_until)
    near = replace(bare, base=kept, frozen_until=frozen_until)
    draft = _beside(kept, base.roster, granted(bare, base.roster, wishes))
    new = {(s.agent, s.day) for s in set(draft.assignments) - set(base.roster.assignments)}
    _, rng = stage_generators(base.seed)
    with clock.stage("roster"):
        placed = place_breaks_anew(bare, draft, BREAKS_LIMIT, rng, only=new)
    assert placed.roster is not None
    before = audit(near, kept)
    broken = tuple(fault for fault in audit(near, placed.roster) if fault not in before)
    judged = judged_result(bare, placed.roster)
    stage = ForecastStage(base.model_forecast, base.forecast, base.adjustments)
    rostered = Rostered(base.requirement, bare, judged, base.correction)
    plan = judged_plan(centre, base.history, stage, rostered, base.seed, clock, base.warnings)
    short = ShortHours(
        *(
            short_hours(centre, base.forecast, base.requirement, bare, roster)
            for roster in (base.roster, kept, placed.roster)
        )
    )
    moved = moved_breaks(base.roster, placed.roster)
    comparison = compare_plans(base, plan)
    return Exchange(Repair(base, plan, fallen, cut, comparison, moved, short), broken)


def _beside(kept: Roster, before: Roster, after: Roster) -> Roster:
    """What is kept of a roster, without what is not in it `after`, and with what is new in it."""
    stays = {(s.agent, s.day, s.start) for s in {*before.assignments} & {*after.assignments}}
    old = tuple(s for s in kept.assignments if (s.agent, s.day, s.start) in stays)
    was = set(before.assignments)
    return Roster(kept.grid, (*old, *(s for s in after.assignments if s not in was)))


def granted(problem: RosterProblem, roster: Roster, wishes: Sequence[Wish]) -> Roster:
    """The roster with wishes granted, whatever that breaks. Shifts that change hands have no queues
    and meetings yet, and new ones their earliest breaks."""
    shifts = roster.assignments
    for wish in wishes:
        shifts = _swapped(shifts, wish) if isinstance(wish, Swap) else _set(problem, shifts, wish)
    return Roster(roster.grid, shifts)


def _swapped(shifts: tuple[Assignment, ...], wish: Swap) -> tuple[Assignment, ...]:
    ours, theirs = (_on(shifts, day) for day in (wish.first, wish.second))
    given = [_handed(shift, wish.second.agent) for shift in ours]
    taken = [_handed(shift, wish.first.agent) for shift in theirs]
    kept = [shift for shift in shifts if shift not in ours and shift not in theirs]
    return (*kept, *given, *taken)


def _set(
    problem: RosterProblem, shifts: tuple[Assignment, ...], wish: NewDay
) -> tuple[Assignment, ...]:
    had = _on(shifts, wish.whose)
    kept = tuple(shift for shift in shifts if shift not in had)
    if wish.shift_code is None:
        return kept
    template = problem.shift_of[wish.shift_code]
    clock = template.earliest_start if wish.start_minute is None else wish.start_minute
    start = problem.clocks.of(template.code).minute(wish.whose.day, clock)
    assert start is not None, "a start that the clock skips is refused where it is read"
    return (*kept, new_shift(template, wish.whose, start))


def new_shift(template: ShiftTemplate, whose: AgentDay, start: int) -> Assignment:
    """A shift with its breaks as early as may be, one after another."""
    breaks: list[Break] = []
    for rule in template.breaks:
        at = max(start + rule.earliest_offset, breaks[-1].end if breaks else start)
        breaks.append(Break(at, at + rule.minutes, rule.paid, rule.kind))
    end = start + template.length_min
    return Assignment(whose.agent, whose.day, template.code, start, end, tuple(breaks))


def _on(shifts: tuple[Assignment, ...], whose: AgentDay) -> list[Assignment]:
    return [s for s in shifts if (s.agent, s.day) == (whose.agent, whose.day)]


def _handed(shift: Assignment, agent: str) -> Assignment:
    return replace(shift, agent=agent, queues=(), meetings=())
