"""What the plan means for each agent: shifts, hours, nights, weekends, and their requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ...data.people import RequestKind
from ...scheduling.planning.plan import Plan
from ...scheduling.rostering.audit import rule_report
from ...scheduling.rostering.fairness import Burden, burdens
from ...scheduling.rostering.roster import Assignment
from .closing import NOT_SOUGHT, Closing, binding_words
from .findings import rule_name, violation_text
from .wording import Wording


@dataclass(frozen=True)
class AgentRow:
    """One agent's horizon; `asked` and `met` count requests."""

    id: str
    name: str
    team: str
    contract: str
    shifts: int
    paid_hours: str
    nights: int
    weekends: int
    asked: int
    met: int


@dataclass(frozen=True)
class RequestRow:
    """A request of the agent `id`, called `agent`."""

    id: str
    agent: str
    day: str
    wish: str
    weight: str
    met: bool


@dataclass(frozen=True)
class RuleRow:
    """A rule, whether the roster keeps it, every breach said in words, what breaches of a soft rule
    cost in points (empty for a hard one; such a rule counts as kept), and whom it binds."""

    name: str
    kept: bool
    checked: str
    breaches: tuple[str, ...]
    points: str = ""
    binds: tuple[str, ...] = ()


def agent_rows(plan: Plan, wording: Wording) -> list[AgentRow]:
    """A row for each agent of the centre, in its order."""
    shifts: dict[str, list[Assignment]] = {agent.id: [] for agent in plan.centre.agents}
    for assignment in plan.roster.assignments:
        shifts.setdefault(assignment.agent, []).append(assignment)
    asked = plan.requests["agent"].value_counts().to_dict()
    met = plan.requests[plan.requests["met"].astype(bool)]["agent"].value_counts().to_dict()
    rows = []
    for agent in plan.centre.agents:
        own = shifts[agent.id]
        worked = burdens(plan.problem.clocks, plan.problem.rules, own)
        rows.append(
            AgentRow(
                id=agent.id,
                name=agent.name,
                team=agent.team,
                contract=agent.contract,
                shifts=len(own),
                paid_hours=wording.number(sum(a.paid_minutes for a in own) / 60, 1),
                nights=worked[Burden.NIGHTS],
                weekends=worked[Burden.WEEKENDS],
                asked=asked.get(agent.id, 0),
                met=met.get(agent.id, 0),
            )
        )
    return rows


def request_rows(plan: Plan, wording: Wording) -> list[RequestRow]:
    """Every request of the horizon, the refused first, then by date."""
    agents = {agent.id: agent.name for agent in plan.centre.agents}
    ordered = plan.requests.sort_values(["met", "date", "agent"], kind="stable")
    return [
        RequestRow(
            id=str(row.agent),
            agent=agents.get(str(row.agent), str(row.agent)),
            day=wording.day(_date(row.date)),
            wish=wording.say(f"wish.{RequestKind(str(row.kind)).value}", value=row.value),
            weight=wording.number(float(str(row.weight))),
            met=bool(row.met),
        )
        for row in ordered.itertuples()
    ]


def rule_rows(plan: Plan, wording: Wording, closing: Closing = NOT_SOUGHT) -> list[RuleRow]:
    """Every rule of the audit: the broken first, then those broken at a price, then those that
    bind."""
    binds = binding_words(plan, closing, wording)
    breaches: dict[str, list[str]] = {}
    points: dict[str, str] = {}
    for violation in plan.result.violations:
        breaches.setdefault(violation.rule, []).append(violation_text(plan, violation, wording))
    for verdict in rule_report(plan.problem, plan.roster):
        words = [violation_text(plan, violation, wording) for violation, _ in verdict.priced]
        breaches.setdefault(verdict.rule, []).extend(words)
        if plan.problem.may_cost(verdict.rule):
            points[verdict.rule] = wording.number(verdict.points)
    rows = [
        RuleRow(
            name=rule_name(str(row.rule), wording),
            kept=bool(row.kept),
            checked=wording.number(float(str(row.checked))),
            breaches=tuple(breaches.get(str(row.rule), ())),
            points=points.get(str(row.rule), ""),
            binds=tuple(binds.get(str(row.rule), ())),
        )
        for row in plan.rules.itertuples()
    ]
    return sorted(rows, key=lambda row: (row.kept, not row.breaches, not row.binds))


def _date(value: object) -> date:
    return pd.Timestamp(str(value)).date()
