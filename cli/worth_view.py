"""What one more agent, skill, hour or half-hour of freedom would be worth to a plan, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..data.messages import text
from ..scheduling.planning.plan import Plan
from ..scheduling.planning.why_words import day_words
from ..scheduling.rostering.problem import RosterProblem
from ..scheduling.rostering.why.worth import Good, Worth
from .console import Console
from .report.wording import Wording


@dataclass(frozen=True)
class WorthLine:
    """One more of a `good` (agent, skill, overtime, start): the values that it is about, the hours
    short fewer in all and by queue, the points of the roster's cost that it saves, what a new
    agent is paid for the plan's days (else null), and the whole in words."""

    good: str
    params: Mapping[str, object]
    hours: float
    queues: Mapping[str, float]
    points: float
    pay: float | None
    words: str


@dataclass(frozen=True)
class WorthWords:
    """The lines of a plan in one language; agents are called by the `names` of their ids."""

    plan: Plan
    language: str
    currency: str
    names: Mapping[str, str]

    @property
    def problem(self) -> RosterProblem:
        return self.plan.problem

    def lines(self, found: Sequence[Worth]) -> tuple[WorthLine, ...]:
        return tuple(map(self._line, found))

    def _line(self, one: Worth) -> WorthLine:
        pay, effect = self._pay(one), self._effect(one)
        params = dict(one.params)
        if one.good is Good.OVERTIME:
            start = self.problem.grid.moment(int(str(params.pop("minute"))))
            params["start"] = start
            span = Wording(self.language).span(start, start + timedelta(hours=1))
            day = day_words(start.date(), self.language)
            words = self._say("overtime", queue=params["queue"], day=day, span=span, effect=effect)
        elif one.good is Good.AGENT:
            words = self._agent(one, pay, effect)
        elif one.good is Good.SKILL:
            agent = self.names.get(str(params["agent"]), params["agent"])
            words = self._say("skill", agent=agent, skill=params["skill"], effect=effect)
        else:
            words = self._say("start", shift=params["shift"], effect=effect)
        return WorthLine(
            one.good.value, params, one.hours, dict(one.queues), one.points, pay, words
        )

    def _agent(self, one: Worth, pay: float | None, effect: str) -> str:
        wording, skills = Wording(self.language), one.params["skills"]
        said = wording.join([str(skill) for skill in skills] if isinstance(skills, tuple) else [])
        kind = {"contract": one.params["contract"], "skills": said, "effect": effect}
        if not pay:
            return self._say("agent", **kind)
        money = f"{wording.number(pay)} {self.currency}".strip()
        return self._say("agent_paid", pay=money, **kind)

    def _effect(self, one: Worth) -> str:
        wording = Wording(self.language)
        queues = [
            self._say("queue", queue=queue, hours=wording.number(hours, 1))
            for queue, hours in one.queues
        ]
        hours, points = wording.number(one.hours, 1), wording.number(one.points)
        if len(queues) < 2:
            return self._say("effect", hours=hours, points=points)
        return self._say("effect_of", hours=hours, points=points, queues=wording.join(queues))

    def _pay(self, one: Worth) -> float | None:
        """Of the plan's days at the contract's hourly cost."""
        if one.paid_hours is None:
            return None
        contract = self.plan.centre.contract(str(one.params["contract"]))
        return one.paid_hours * contract.hourly_cost * self.problem.grid.days / 7

    def _say(self, key: str, **params: object) -> str:
        return text(f"worth.{key}", self.language, **params)


def show_worth(console: Console, lines: Sequence[WorthLine]) -> None:
    """The best of each good."""
    if not lines:
        return
    console.heading("worth.heading")
    best = {line.good: line for line in reversed(lines)}
    for line in (line for line in lines if best[line.good] is line):
        console.line(f"  {line.words}")
