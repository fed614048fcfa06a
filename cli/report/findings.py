"""What the report says in sentences: the verdict, and what to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ...data.errors import Problem
from ...data.messages import text
from ...data.targets import Channel
from ...scheduling.planning.plan import Plan
from ...scheduling.rostering.roster import Violation
from .attention import (
    ShortPeriod,
    TargetCheck,
    promise,
    records,
    short_periods,
    target_checks,
    week_checks,
)
from .closing import NOT_SOUGHT, Closing, overtime_words
from .correction import shortage_words
from .meetings import missed_meetings
from .tiles import say_measure
from .wording import Wording

MOST_PERIODS = 6


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `kind` is rule, target, short, request, meeting or note; `queue` and
    `day` (grid day number) lead to its charts where it has some."""

    kind: str
    text: str
    queue: str | None = None
    day: int | None = None


def verdict(plan: Plan, wording: Wording) -> str:
    """The week in one sentence: targets, rules, shortage."""
    return wording.say(
        "verdict.sentence",
        targets=_targets_verdict(plan, wording),
        rules=_rules_verdict(plan, wording),
        shortage=_shortage_verdict(plan, wording),
    )


def findings(plan: Plan, wording: Wording, closing: Closing = NOT_SOUGHT) -> list[Finding]:
    """Everything that needs the planner, the gravest first, with what closes it; empty if nothing
    does."""
    return [
        *_broken_rules(plan, wording),
        *_missed_targets(plan, wording),
        *_late_days(plan, wording),
        *(Finding("short", words) for words in shortage_words(plan, wording)),
        *_short_periods(plan, wording, closing),
        *_refused(plan, wording),
        *(Finding("meeting", words) for words in missed_meetings(plan, wording)),
        *(Finding("note", _warning(problem, wording)) for problem in plan.warnings),
    ]


def violation_text(plan: Plan, violation: Violation, wording: Wording) -> str:
    """Who breaks the rule, when and how."""
    agents = {agent.id: agent.name for agent in plan.centre.agents}
    how = text(violation.key, wording.language, **violation.params)
    who = "" if violation.agent is None else agents.get(violation.agent, violation.agent)
    when = (
        ""
        if violation.day is None
        else wording.day(plan.grid.first_day + timedelta(days=violation.day))
    )
    return wording.say("list_space").join(part for part in (who, when, how) if part)


def rule_name(rule: str, wording: Wording) -> str:
    return text(f"rule.{rule}.name", wording.language)


def _warning(problem: Problem, wording: Wording) -> str:
    said = (problem.message(wording.language), problem.hint(wording.language))
    return wording.say("sentence_join").join(part for part in said if part)


def _targets_verdict(plan: Plan, wording: Wording) -> str:
    missed = list(dict.fromkeys(c.queue for c in week_checks(plan.centre, plan.kpis) if not c.met))
    queues = len(plan.centre.queues)
    if not missed:
        return wording.count("verdict.targets_met", queues)
    if queues == 1:
        return wording.say("verdict.only_queue_misses")
    names = wording.join(missed)
    return wording.count("verdict.targets_missed", len(missed), queues=queues, names=names)


def _rules_verdict(plan: Plan, wording: Wording) -> str:
    broken = len(plan.result.violations)
    if not broken:
        return wording.say("verdict.rules_kept")
    return wording.count("verdict.rules_broken", broken)


def _shortage_verdict(plan: Plan, wording: Wording) -> str:
    periods = _pressing(plan)
    if not periods:
        return wording.say("verdict.no_shortage")
    return wording.say(
        "verdict.shortage",
        hours=wording.number(sum(period.short_hours for period in periods), 1),
        queue=periods[0].queue,
        when=_when(plan, periods[0], wording),
    )


def _pressing(plan: Plan) -> list[ShortPeriod]:
    """Periods so short of agents that what was promised is not kept in them."""
    periods = short_periods(plan.centre, plan.kpis, plan.grid)
    return [period for period in periods if not period.served]


def _broken_rules(plan: Plan, wording: Wording) -> list[Finding]:
    return [
        Finding("rule", violation_text(plan, violation, wording), day=_grid_day(plan, violation))
        for violation in plan.result.violations
    ]


def _missed_targets(plan: Plan, wording: Wording) -> list[Finding]:
    return [
        Finding("target", _missed_target(check, wording), check.queue)
        for check in week_checks(plan.centre, plan.kpis)
        if not check.met
    ]


def _missed_target(check: TargetCheck, wording: Wording) -> str:
    goal = wording.seconds(check.target) if check.measure == "asa_s" else wording.goal(check.target)
    side = "below" if check.at_least else "above"
    return wording.say(
        f"finding.target_{side}",
        queue=check.queue,
        measure=wording.say(f"measure.{check.measure}"),
        expected=say_measure(check.measure, check.expected, wording),
        goal=goal,
    )


def _late_days(plan: Plan, wording: Wording) -> list[Finding]:
    """Days on which too much deadline work falls due undone."""
    found = []
    for profile in plan.centre.queues:
        if profile.channel is not Channel.EMAIL:
            continue
        for day, row in enumerate(records(plan.kpis.day, profile.name)):
            (check,) = (c for c in target_checks(profile, row) if c.measure == "deadline_met")
            if not check.met:
                words = wording.say(
                    "finding.late",
                    when=wording.day(plan.grid.dates[day]),
                    queue=profile.name,
                    share=wording.share(check.expected),
                    goal=wording.goal(check.target),
                    hours=wording.number(float(row["backlog_hours"]), 1),
                )
                found.append(Finding("target", words, profile.name, day))
    return found


def _short_periods(plan: Plan, wording: Wording, closing: Closing) -> list[Finding]:
    periods = _pressing(plan)
    found = [
        Finding(
            "short",
            _short_period(plan, period, wording, closing),
            period.queue,
            int(plan.grid.day_of[period.first]),
        )
        for period in periods[:MOST_PERIODS]
    ]
    if rest := periods[MOST_PERIODS:]:
        hours = wording.number(sum(p.short_hours for p in rest), 1)
        found.append(Finding("short", wording.count("finding.more_short", len(rest), hours=hours)))
    return found


def _short_period(plan: Plan, period: ShortPeriod, wording: Wording, closing: Closing) -> str:
    """When, how short, what to expect where the queue has a service level, and what closes it."""
    promised = promise(plan.centre.queue(period.queue))
    key = "finding.short_replied" if promised.measure == "reply_rate" else "finding.short_served"
    if promised.share is None:
        key = "finding.short"
    said = wording.say(
        key,
        when=_when(plan, period, wording),
        queue=period.queue,
        most=wording.number(period.most, 1),
        hours=wording.number(period.short_hours, 1),
        share=wording.share(period.service),
        seconds=wording.number(promised.within_s or 0),
        goal=wording.goal(promised.share or 0),
    )
    overtime = closing.of_period(period)
    if overtime is None:
        return said
    return wording.say("sentence_join").join((said, overtime_words(plan, overtime, wording)))


def _refused(plan: Plan, wording: Wording) -> list[Finding]:
    met = plan.requests["met"].astype(bool)
    refused = plan.requests[~met]
    if refused.empty:
        return []
    agents = {agent.id: agent.name for agent in plan.centre.agents}
    names = list(dict.fromkeys(agents.get(str(a), str(a)) for a in refused["agent"]))
    listed = wording.join(names[:8])
    key = "finding.refused" if len(names) <= 8 else "finding.refused_more"
    return [
        Finding(
            "request",
            wording.say(key, refused=len(refused), asked=len(plan.requests), names=listed),
        )
    ]


def _when(plan: Plan, period: ShortPeriod, wording: Wording) -> str:
    grid = plan.grid
    start = grid.moment(period.first * grid.interval_min)
    end = grid.moment((period.last + 1) * grid.interval_min)
    return f"{wording.day(start.date())} {wording.span(start, end)}"


def _grid_day(plan: Plan, violation: Violation) -> int | None:
    day = violation.day
    return day if day is not None and 0 <= day < plan.grid.days else None
