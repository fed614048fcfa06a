"""A made-up plan of a centre like the sample's: plausible numbers, made in milliseconds.

Nothing here is forecast, staffed or solved; tests of the report and the exports need a plan whose
numbers they know, not one that is good.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.calendar import Calendar, Promotion
from shiftcast.data.centre import Centre
from shiftcast.data.errors import Problem
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.people import Agent, Contract, Request, RequestKind, TimeOff
from shiftcast.data.shifts import BreakKind, BreakRule, ShiftTemplate
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.problem import Demand, RosterProblem
from shiftcast.scheduling.rostering.requests import request_outcomes
from shiftcast.scheduling.rostering.roster import (
    Assignment,
    Break,
    QueueSpan,
    Roster,
    RosterResult,
    SolveStatus,
    Violation,
)
from shiftcast.scheduling.staffing.requirement import (
    AgentRequirement,
    DeadlineWork,
    StaffingRequirement,
)

from tests.factories_kpis import make_kpis

FIRST_DAY = date(2026, 11, 30)
QUEUES = ("phone", "chat", "email")
_PEAK = {"phone": 26.0, "chat": 30.0, "email": 14.0}
_AHT_S = {"phone": 240.0, "chat": 420.0, "email": 360.0}


def make_plan(
    agents: int = 60,
    days: int = 7,
    interval_min: int = 15,
    tz: str = "Asia/Shanghai",
    first_day: date = FIRST_DAY,
) -> Plan:
    """A plan of three queues for `days` days; the promotion, adjustment, requests and time off are
    those of the week from Monday 30 November 2026."""
    grid = TimeGrid(first_day, days, interval_min, tz)
    centre = make_centre(grid, agents)
    contacts = np.array([_contacts(centre, name, grid) for name in QUEUES])
    forecast = _forecast(grid, contacts)
    demands = tuple(
        Demand(q, q, contacts[i] * _AHT_S[q] / (interval_min * 60) * (0.55 if q == "chat" else 1.1))
        for i, q in enumerate(QUEUES)
    )
    problem = RosterProblem(
        grid=grid,
        demands=demands,
        agents=centre.agents,
        contracts=centre.contracts,
        shifts=centre.shifts,
        rules=centre.rules,
        weights=centre.weights,
        time_off=centre.time_off,
        requests=centre.requests,
    )
    roster = make_roster(problem)
    return Plan(
        centre=centre,
        history=_history(centre, grid),
        model_forecast=forecast.scaled(np.where(grid.day_of == 1, 1 / 1.1, 1.0)),
        forecast=forecast,
        adjustments=pd.DataFrame(),
        requirement=_requirement(problem),
        problem=problem,
        result=RosterResult(
            SolveStatus.FEASIBLE,
            roster,
            cost=4180.0,
            lower_bound=3870.0,
            cpu_seconds=29.4,
            violations=(Violation("rest", "a007", 3, {"hours": 9.5, "needed": 11.0}),),
        ),
        kpis=make_kpis(problem, contacts, roster),
        requests=_requests(problem, roster),
        rules=pd.DataFrame(
            {
                "rule": ["skills", "rest", "seats"],
                "kept": [True, False, True],
                "checked": [len(roster.assignments)] * 3,
                "breaches": [0, 1, 0],
            }
        ),
        timings={"forecast": 8.2, "staff": 0.6, "roster": 30.1, "kpis": 0.4},
        seed=1,
        warnings=(Problem("exports.template.no_columns"),),
    )


def make_centre(grid: TimeGrid, agents: int) -> Centre:
    target = ServiceTarget(service_level=0.8, within_s=20, max_abandonment=0.05, max_occupancy=0.9)
    chat = ServiceTarget(service_level=0.9, within_s=60, max_asa_s=45)
    meal = BreakRule(45, False, 180, 285)
    rest = BreakRule(15, True, 75, 150)
    return Centre(
        name="Riverside service centre",
        tz=grid.tz,
        interval_min=grid.interval_min,
        queues=(
            QueueProfile(
                "phone", Channel.PHONE, target, _open(480, 1380), patience_s=180.0, shrinkage=0.08
            ),
            QueueProfile(
                "chat",
                Channel.CHAT,
                chat,
                _open(480, 1440),
                aht_by_concurrency=(1.0, 1.15, 1.35),
                shrinkage=0.08,
            ),
            QueueProfile(
                "email", Channel.EMAIL, ServiceTarget(deadline_min=1440), _open(540, 1080)
            ),
        ),
        calendar=Calendar(
            promotions=(Promotion(date(2026, 12, 3), date(2026, 12, 4), "double12", "Pre-sale"),)
        ),
        contracts=(Contract("full", max_days=5, hourly_cost=45.0),),
        agents=tuple(_agent(i) for i in range(agents)),
        shifts=(
            ShiftTemplate("E8", 480, 450, 540, 30, (rest, meal), "Early"),
            ShiftTemplate("M8", 480, 600, 720, 30, (rest, meal), "Middle"),
            ShiftTemplate("L8", 480, 870, 930, 30, (rest, meal), "Late"),
            ShiftTemplate(
                "S8",
                480,
                540,
                540,
                30,
                (BreakRule(240, False, 240, 240, BreakKind.SPLIT),),
                "Split",
            ),
        ),
        time_off=(TimeOff("a003", date(2026, 12, 1), date(2026, 12, 2)),),
        requests=(
            Request("a001", date(2026, 12, 2), RequestKind.START_FROM, 5.0, minute=600),
            *(
                Request(f"a{i:03d}", date(2026, 12, 1 + i % 6), RequestKind.DAY_OFF)
                for i in range(2, agents, 9)
            ),
        ),
        adjustments=(Adjustment(date(2026, 12, 1), date(2026, 12, 1), "Newsletter", percent=10.0),),
    )


def make_roster(problem: RosterProblem) -> Roster:
    """Five shifts an agent, the pattern shifted from agent to agent; no rule is looked at."""
    codes = ("E8", "M8", "L8", "S8")
    found = []
    for i, agent in enumerate(problem.agents):
        code = codes[(0, 1, 2, 0, 2, 1, 2, 3)[i % 8]]
        shift = problem.shift_of[code]
        for day in range(problem.grid.days):
            if (i + day) % 7 < 5 and (agent.id, day) not in problem.leave:
                start = shift.starts[i % len(shift.starts)]
                found.append(_assignment(problem, agent, day, shift, start, i))
    return Roster(problem.grid, tuple(found))


def _agent(i: int) -> Agent:
    skills = ({"phone"}, {"phone", "chat"}, {"chat"}, {"phone", "email"}, {"chat", "email"})[i % 5]
    names = ("Wang Min", "Li Na", "Zhang Wei", "Chen Jing", "Liu Yang", "Zhao Lei", "Huang Ting")
    return Agent(
        f"a{i:03d}",
        f"{names[i % 7]} {i}",
        "full",
        frozenset(skills),
        team=("North", "South", "East")[i % 3],
        email=f"a{i:03d}@example.org",
    )


def _assignment(
    problem: RosterProblem, agent: Agent, day: int, shift: ShiftTemplate, start: int, i: int
) -> Assignment:
    begin = problem.grid.minute(day, start)
    assert begin is not None
    pauses = tuple(
        Break(
            begin + rule.earliest_offset + 15 * (i % 3 if rule.kind is BreakKind.BREAK else 0),
            begin
            + rule.earliest_offset
            + 15 * (i % 3 if rule.kind is BreakKind.BREAK else 0)
            + rule.minutes,
            rule.paid,
            rule.kind,
        )
        for rule in shift.breaks
    )
    end = begin + shift.length_min
    edges = [begin, *(edge for p in pauses for edge in (p.start, p.end)), end]
    own = sorted(agent.skills)
    spans = tuple(
        QueueSpan(first, last, own[(n + i) % len(own)])
        for n, (first, last) in enumerate(list(pairwise(edges))[::2])
    )
    return Assignment(agent.id, day, shift.code, begin, end, pauses, spans)


def _open(start: int, end: int) -> OpeningHours:
    return OpeningHours((((start, end),),) * 7)


def _contacts(centre: Centre, queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Two humps a day, Thursday and Friday (the promotion) a third higher."""
    hour = grid.minute_of_day / 60
    humps = np.exp(-((hour - 10.5) ** 2) / 6) + 0.9 * np.exp(-((hour - 20) ** 2) / 7) + 0.35
    lift = np.where((grid.day_of == 3) | (grid.day_of == 4), 1.3, 1.0)
    is_open = centre.open_mask(centre.queue(queue), grid)
    return np.where(is_open, _PEAK[queue] * grid.interval_min / 15 * humps * lift, 0.0)


def _forecast(grid: TimeGrid, mean: NDArray[np.float64]) -> Forecast:
    factors = np.array([0.86, 0.95, 1.0, 1.05, 1.16])
    lift = np.where((grid.day_of == 3) | (grid.day_of == 4), 0.3 / 1.3, 0.0)
    return Forecast(
        grid=grid,
        queues=QUEUES,
        mean=mean,
        p10=mean * 0.86,
        p50=mean,
        p90=mean * 1.16,
        aht_s=np.array([np.full(grid.size, _AHT_S[q]) for q in QUEUES]),
        paths=factors[:, None, None] * mean,
        effects={(q, "Pre-sale"): mean[i] * lift for i, q in enumerate(QUEUES)},
    )


def _history(centre: Centre, grid: TimeGrid) -> ContactHistory:
    past = TimeGrid(grid.first_day - timedelta(days=14), 14, grid.interval_min, grid.tz)
    offered = np.array([_contacts(centre, name, past).round() for name in QUEUES])
    shape = offered.shape
    return ContactHistory(past, QUEUES, offered, np.full(shape, 300.0), np.ones(shape, dtype=bool))


def _requirement(problem: RosterProblem) -> StaffingRequirement:
    found: list[AgentRequirement | DeadlineWork] = []
    size = problem.grid.size
    for demand in problem.demands:
        if demand.queue == "email":
            latest = np.arange(size, dtype=np.int64) + 96
            always = np.ones(size, dtype=bool)
            found.append(DeadlineWork(demand.queue, demand.required, latest, always))
        else:
            found.append(AgentRequirement(demand.queue, demand.required * 0.92, demand.required))
    return StaffingRequirement(problem.grid, tuple(found))


def _requests(problem: RosterProblem, roster: Roster) -> pd.DataFrame:
    rows = []
    for outcome in request_outcomes(problem, roster):
        asked = outcome.request
        value = "" if asked.minute is None else f"{asked.minute // 60:02d}:{asked.minute % 60:02d}"
        rows.append((asked.agent, asked.day, asked.kind.value, value, asked.weight, outcome.met))
    return pd.DataFrame(rows, columns=["agent", "date", "kind", "value", "weight", "met"])
