"""Whether a roster keeps what a law says, for whom not, and what it costs.

The roster itself is judged by the numbers that hold for the centre. Where the planner has put
another number in the law's place, or a rule may be broken at a price, the law may be broken all
the same: here each article is held against the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...data.centre import Centre
from ...data.law.apply import RULE_OF_LIMIT, LawRow, apply_law
from ...data.law.breaks import BreakFault, break_faults
from ...data.people import Contract
from ...data.shifts import BreakKind, BreakRule, ShiftTemplate
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster, Violation
from ..rostering.rules import RULES
from ..rostering.why.trial import Effect, Trial

MOST_MOVED = 150  # agents who move anew without a limit, to see what it costs

_CHECKS = {rule.name: rule.check for rule in RULES}
_LEAST = {"max_minutes": "min_minutes", "max_days": "min_days"}
"""Limits of contracts that the centre's rules do not have, and the least that goes with each."""


@dataclass(frozen=True)
class LawVerdict:
    """An article and what in a roster is not as it says: limits broken, and (shift, fault) of
    breaks; both empty if it is kept."""

    row: LawRow
    broken: tuple[Violation, ...] = ()
    breaks: tuple[tuple[Assignment, BreakFault], ...] = ()

    @property
    def kept(self) -> bool | None:
        """None: no roster can hold it."""
        if self.row.limit is None and self.row.duty is None:
            return None
        return not self.broken and not self.breaks


def law_verdicts(centre: Centre, problem: RosterProblem, roster: Roster) -> tuple[LawVerdict, ...]:
    """A verdict on every article of the laws that a centre keeps, in their order. What a published
    past broke before is not blamed on the roster, nor what agents agreed to do without."""
    return tuple(
        LawVerdict(row, tuple(_broken(problem, row, roster)), tuple(_faults(problem, row, roster)))
        for row in centre.law.rows
    )


def law_costs(centre: Centre, problem: RosterProblem, roster: Roster) -> dict[str, Effect]:
    """By limit, what the planner's own numbers without the law's would gain if everybody moved once
    more; where they are as strict, nothing."""
    terms = centre.terms
    limits = dict.fromkeys(row.limit for row in centre.law.rows if row.limit is not None)
    if not limits:
        return {}
    movers = range(min(len(problem.agents), MOST_MOVED))
    before = Trial(problem, roster).again(movers)
    nothing = Effect(0.0 * before.closed, 0.0)
    found = {}
    for limit in limits:
        laws = [
            replace(law, limits=tuple(one for one in law.limits if one.limit != limit))
            for law in terms.laws
        ]
        rules, contracts, _ = apply_law(terms.rules, terms.contracts, laws, terms.adjusted)
        if (rules, contracts) == (centre.rules, centre.contracts):
            found[limit] = nothing
            continue
        rules = replace(rules, soft=problem.rules.soft)
        free = Trial(replace(problem, rules=rules, contracts=contracts), roster).again(movers)
        found[limit] = Effect(free.closed - before.closed, max(free.saved - before.saved, 0.0))
    return found


def _broken(problem: RosterProblem, row: LawRow, roster: Roster) -> Iterator[Violation]:
    if row.limit is None or row.value is None:
        return
    judged = _by_the_law(problem, row.limit, row.value, row.weeks)
    out = {agent.id for agent in problem.agents if agent.contract in row.opted_out}
    for violation in _CHECKS[RULE_OF_LIMIT[row.limit]](judged, roster):
        if violation.agent not in out:
            yield violation


def _by_the_law(problem: RosterProblem, limit: str, value: int, weeks: int | None) -> RosterProblem:
    """The problem with the law's number for a limit, whatever else the planner has for it."""
    numbers: dict[str, Any] = {limit: value}
    if weeks is not None:
        numbers["average_weeks"] = weeks
    if limit in _LEAST:
        numbers[_LEAST[limit]] = 0
        contracts = tuple(replace(contract, **numbers) for contract in problem.contracts)
        return replace(problem, contracts=contracts)
    own: dict[str, Any] = {name: None for name in numbers if name in Contract.__dataclass_fields__}
    return replace(
        problem,
        rules=replace(problem.rules, **numbers),
        contracts=tuple(replace(contract, **own) for contract in problem.contracts),
    )


def _faults(
    problem: RosterProblem, row: LawRow, roster: Roster
) -> Iterator[tuple[Assignment, BreakFault]]:
    """Faults of the breaks as they are taken."""
    if row.duty is None:
        return
    for shift in roster.assignments:
        template = problem.shift_of.get(shift.shift_code)
        if template is not None:
            for fault in break_faults(row.duty, _as_taken(template, shift)):
                if not fault.waivable:
                    yield shift, fault


def _as_taken(template: ShiftTemplate, shift: Assignment) -> ShiftTemplate:
    """The template with the breaks where a shift has them. Of a shift with time away it is what its
    agent is there for; away in between is a break."""
    first, last = shift.there
    gaps = [(one.start, one.end, one.paid, one.kind) for one in shift.breaks_taken]
    gaps += [(one.start, one.end, False, BreakKind.BREAK) for one in shift.away]
    at, breaks = first, list[BreakRule]()
    for start, end, paid, kind in sorted(gaps):
        begin, at = max(start, at), max(min(end, last), at)
        if begin < at:
            breaks.append(BreakRule(at - begin, paid, begin - first, begin - first, kind))
    if shift.away:
        unpaid = sum(rule.minutes for rule in breaks if not rule.paid)
        template = replace(template, paid_min=last - first - unpaid, breaks=())
    return replace(template, breaks=tuple(breaks))
