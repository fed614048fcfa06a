"""A plan in a few lines: what the terminal shows of it, and what programs get as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..data.centre import Centre
from ..scheduling.kpis import Kpis
from ..scheduling.planning.correction import Correction
from ..scheduling.planning.plan import Plan
from ..scheduling.planning.saving import most_saving
from ..scheduling.planning.summary import horizon_totals
from ..scheduling.rostering.meetings import meeting_record
from ..scheduling.rostering.problem import RosterProblem
from ..scheduling.rostering.roster import RosterResult
from .console import Console
from .report.attention import promise, week_checks
from .report.certainty import how_good
from .report.closing import NOT_SOUGHT, Closing
from .report.correction import correction_words
from .report.findings import findings, verdict
from .report.law import KeptLine, law_lines, law_words
from .report.wording import MISSING, Wording

MOST_SHORT_PERIODS = 3


@dataclass(frozen=True)
class QueueLine:
    """One queue over the plan's days; `service` is the share answered in time, for deadline work
    the share done in time, for chat that promises nothing else the reply rate, and `target` what
    was promised of it (None: nothing)."""

    queue: str
    contacts: float
    required_hours: float
    rostered_hours: float
    service: float
    service_formula: float
    chance: float
    target: float | None
    within_s: float | None
    abandonment: float
    occupancy: float
    under_hours: float
    over_hours: float


@dataclass(frozen=True)
class RosterLine:
    """The roster as a whole."""

    agents: int
    shifts: int
    paid_hours: float
    cost: float
    currency: str
    status: str
    points: float | None
    lower_bound: float | None
    gap: float | None
    gap_hours: float | None  # agent-hours short that cost as many points as the gap
    gap_of_hours: float | None  # those, as a share of the agent-hours wanted
    proof: str  # how good the roster is, in a sentence
    rules_kept: int
    rules_broken: int
    violations: int
    requests: int
    requests_met: int
    meetings: int  # that people have to attend, each counted
    meetings_missed: int


@dataclass(frozen=True)
class PlanView:
    """What a planner wants to know of a plan at a glance."""

    first_day: date
    last_day: date
    queues: tuple[QueueLine, ...]
    roster: RosterLine
    verdict: str
    attention: tuple[str, ...]
    correction: Correction | None
    correction_words: tuple[str, ...]
    law: tuple[KeptLine, ...]
    law_words: str


def plan_view(plan: Plan, language: str, currency: str, closing: Closing = NOT_SOUGHT) -> PlanView:
    wording = Wording(language)
    law = law_lines(plan, wording, closing)
    return PlanView(
        plan.grid.first_day,
        plan.grid.last_day,
        queue_lines(plan.centre, plan.kpis),
        roster_line(
            plan.problem,
            plan.result,
            plan.kpis,
            plan.rules,
            plan.requests,
            language,
            currency,
        ),
        verdict(plan, wording),
        _attention(plan, wording),
        plan.correction,
        tuple(correction_words(plan, wording, currency)),
        law,
        law_words(law, wording),
    )


def queue_lines(centre: Centre, kpis: Kpis) -> tuple[QueueLine, ...]:
    totals = {row["queue"]: row for row in horizon_totals(kpis).to_dict("records")}
    lines = []
    for profile in centre.queues:
        row = totals[profile.name]
        promised = promise(profile)
        lines.append(
            QueueLine(
                queue=profile.name,
                contacts=float(row["contacts"]),
                required_hours=float(row["required"]),
                rostered_hours=float(row["rostered"]),
                service=float(row[promised.measure]),
                service_formula=float(row[f"{promised.measure}_formula"]),
                chance=float(row["chance"]),
                target=promised.share,
                within_s=promised.within_s,
                abandonment=float(row["abandonment"]),
                occupancy=float(row["occupancy"]),
                under_hours=float(row["under_hours"]),
                over_hours=float(row["over_hours"]),
            )
        )
    return tuple(lines)


def targets_missed(plan: Plan) -> bool:
    """Whether a queue is expected to miss a target over the whole horizon."""
    return any(not check.met for check in week_checks(plan.centre, plan.kpis))


def show_plan(console: Console, view: PlanView) -> None:
    """The week in a table, the roster in sentences, and what to look at first."""
    wording = Wording(console.language)
    console.heading("cli.plan.heading", period=wording.week(view.first_day, view.last_day))
    show_queues(console, view.queues)
    console.line()
    console.line(view.verdict)
    for line in roster_sentences(console, view.roster):
        console.line(line)
    for line in view.correction_words:
        console.line(line)
    if view.law_words:
        console.line(view.law_words)
    if view.attention:
        console.heading("cli.plan.attention")
        for number, words in enumerate(view.attention, start=1):
            console.line(f"  {number}. {words}")


def show_queues(console: Console, lines: tuple[QueueLine, ...]) -> None:
    wording = Wording(console.language)
    columns = ("queue", "contacts", "required", "rostered", "service", "target", "short", "over")
    rows = [
        (
            line.queue,
            wording.number(line.contacts),
            wording.number(line.required_hours, 1),
            wording.number(line.rostered_hours, 1),
            wording.share(line.service),
            _target(line, wording, console),
            wording.number(line.under_hours, 1),
            wording.number(line.over_hours, 1),
        )
        for line in lines
    ]
    console.table([console.text(f"cli.column.{name}") for name in columns], rows)
    console.line()
    shares = {
        "chances": [(line.queue, line.chance) for line in lines],
        "formulas": [(line.queue, line.service_formula) for line in lines],
    }
    said = {
        name: wording.join([f"{queue} {wording.share(share)}" for queue, share in pairs])
        for name, pairs in shares.items()
    }
    console.say("cli.plan.simulated", **said)


def roster_sentences(console: Console, roster: RosterLine) -> tuple[str, ...]:
    """Shifts and money, how good the search says the roster is, requests, meetings."""
    wording = Wording(console.language)
    made_of = console.text(
        "cli.plan.roster",
        agents=roster.agents,
        shifts=wording.number(roster.shifts),
        hours=wording.number(roster.paid_hours),
        cost=f"{wording.number(roster.cost)} {roster.currency}".strip(),
    )
    said = [made_of, roster.proof]
    if roster.requests:
        met, requests = roster.requests_met, roster.requests
        said.append(console.text("cli.plan.requests", met=met, requests=requests))
    if roster.meetings:
        held = roster.meetings - roster.meetings_missed
        said.append(console.text("cli.plan.meetings", held=held, meetings=roster.meetings))
    return tuple(said)


def _target(line: QueueLine, wording: Wording, console: Console) -> str:
    if line.target is None or line.within_s is None:
        return MISSING
    within = wording.seconds(line.within_s)
    return console.text("cli.plan.target", share=wording.goal(line.target), within=within)


def roster_line(
    problem: RosterProblem,
    result: RosterResult,
    kpis: Kpis,
    rules: pd.DataFrame,
    requests: pd.DataFrame,
    language: str,
    currency: str,
) -> RosterLine:
    """`rules` and `requests` are frames as in `Plan`."""
    shifts = result.roster.assignments if result.roster is not None else ()
    attended = () if result.roster is None else meeting_record(problem, result.roster).attendances
    kept = int(rules["kept"].sum())
    saving = most_saving(problem, result)
    return RosterLine(
        agents=len({shift.agent for shift in shifts}),
        shifts=len(shifts),
        paid_hours=kpis.paid_hours,
        cost=kpis.cost,
        currency=currency,
        status=result.status.value,
        points=result.cost,
        lower_bound=result.lower_bound,
        gap=result.gap,
        gap_hours=None if saving is None else saving.hours,
        gap_of_hours=None if saving is None else saving.share,
        proof=how_good(result, saving, Wording(language)),
        rules_kept=kept,
        rules_broken=len(rules) - kept,
        violations=int(rules.loc[~rules["kept"].astype(bool), "breaches"].sum()),
        requests=len(requests),
        requests_met=int(requests["met"].sum()),
        meetings=len(attended),
        meetings_missed=sum(attendance.span is None for attendance in attended),
    )


def _attention(plan: Plan, wording: Wording) -> tuple[str, ...]:
    """Broken rules, missed targets and the most important short periods, in words."""
    found = findings(plan, wording)
    grave = [finding.text for finding in found if finding.kind in ("rule", "target")]
    short = [finding.text for finding in found if finding.kind == "short" and finding.queue]
    return (*grave[:10], *short[:MOST_SHORT_PERIODS])
