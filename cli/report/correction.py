"""What the closed loop of a plan did, in sentences: round by round, what it cost, what remains."""

from __future__ import annotations

from datetime import date, timedelta

from ...scheduling.planning.correction import Correction, Gap, Raise, Round
from ...scheduling.planning.plan import Plan
from .tiles import say_measure
from .wording import Wording


def correction_words(plan: Plan, wording: Wording, currency: str = "") -> list[str]:
    """What each round did, then what came of them and which queues lack people. Empty if the plan
    was not to be corrected, one sentence if there was nothing to correct."""
    done = plan.correction
    if done is None:
        return []
    if not done.rounds:
        targets = len(done.first.gaps)
        return [wording.say("correction.none", targets=targets)] if targets else []
    numbers = range(1, len(done.rounds) + 1)
    said = [sentence for number in numbers for sentence in _round(plan, number, wording)]
    return [*said, _outcome(plan, done, wording, currency), *shortage_words(plan, wording)]


def shortage_words(plan: Plan, wording: Wording) -> list[str]:
    """Queues that more requirement does not help."""
    short = () if plan.correction is None else plan.correction.short_of_people
    return [
        wording.say("correction.short", queue=queue, hours=wording.number(hours, 1))
        for queue, hours in short
    ]


def _round(plan: Plan, number: int, wording: Wording) -> list[str]:
    done = plan.correction
    assert done is not None
    each: Round = done.rounds[number - 1]
    said = wording.say(
        "correction.round",
        number=number,
        reasons=wording.join([_gap(one.gap, wording) for one in each.raised]),
        raised=wording.join([_raise(plan, one, wording) for one in each.raised]),
        met=each.standing.met,
        targets=len(each.standing.gaps),
    )
    if not each.robbed:
        return [said]
    queues = wording.join(list(each.robbed))
    return [said, wording.say("correction.robbed", number=number, queues=queues)]


def _gap(gap: Gap, wording: Wording) -> str:
    key = "missed" if gap.missed else "doubtful"
    side = "least" if gap.at_least else "most"
    goal = wording.seconds(gap.limit) if gap.measure == "asa_s" else wording.goal(gap.limit)
    limit = wording.say(f"correction.at_{side}", goal=goal)
    reached = say_measure(gap.measure, gap.reached, wording)
    if gap.risk is not None:
        share = wording.goal(gap.risk)
        reached = wording.say("correction.at_risk", reached=reached, share=share)
    measure = wording.say(f"correction.measure.{gap.measure}")
    return wording.say(
        f"correction.{key}", queue=gap.queue, measure=measure, reached=reached, limit=limit
    )


def _raise(plan: Plan, one: Raise, wording: Wording) -> str:
    days = [plan.grid.first_day + timedelta(days=day) for day in one.days]
    return wording.say(
        "correction.raise",
        queue=one.queue,
        hours=("+" if one.hours > 0 else "") + wording.number(one.hours, 1),
        days=_days(days, plan.grid.days, wording),
    )


def _days(days: list[date], of: int, wording: Wording) -> str:
    """The days by name, or how many they are where a list would be long."""
    if len(days) == of:
        return wording.say("correction.all_days")
    if len(days) > 7:
        return wording.count("correction.days", len(days))
    return wording.join([wording.weekday(day) for day in days])


def _outcome(plan: Plan, done: Correction, wording: Wording, currency: str) -> str:
    first, last = done.first, done.last
    if not done.kept:
        return wording.say("correction.kept_none", met=first.met, targets=len(first.gaps))
    return wording.say(
        "correction.kept",
        number=done.kept,
        met_before=first.met,
        met=last.met,
        targets=len(last.gaps),
        hours_before=wording.number(first.paid_hours),
        hours=wording.number(plan.kpis.paid_hours),
        cost_before=wording.number(first.cost),
        cost=f"{wording.number(plan.kpis.cost)} {currency}".strip(),
    )
