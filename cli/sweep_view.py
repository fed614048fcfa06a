"""A what-if for every value of a key: a table, and the cheapest value that meets every target."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import nan

from ..data.centre import Centre
from ..data.messages import text
from ..scheduling.planning.summary import ALL, horizon_totals
from ..scheduling.planning.sweeping import SweepPoint
from .console import Console, Result
from .report.attention import TargetCheck, promise, records, week_checks
from .report.wording import MISSING, Wording
from .workspace.trying import Swept

# Of these, the swept value says what is measured, so that each point is judged by its own target.
_MEANINGS = frozenset({
    "within_seconds", "deadline_hours", "max_wait_seconds", "wait_percentile",
    "reply_within_seconds",
})  # fmt: skip


@dataclass(frozen=True)
class SweptQueue:
    """How a queue serves at one value: the share answered in time (of deadline work the share done
    in time), with the range that holds its expected value with 95 % confidence."""

    queue: str
    service: float
    low: float
    high: float


@dataclass(frozen=True)
class MissedTarget:
    """A target that a value misses over the plan's days; `measure` is a column of kpis.csv."""

    queue: str
    measure: str
    expected: float
    target: float


@dataclass(frozen=True)
class SweepLine:
    """One value of the key. Without a roster `queues` and `missed` are empty and the numbers from
    `under_hours` on unknown; `obstacle` says why no roster was found, where one was asked for."""

    value: float
    contacts: float
    required_hours: float
    peak_agents: float
    queues: tuple[SweptQueue, ...]
    missed: tuple[MissedTarget, ...]
    under_hours: float
    over_hours: float
    agents: int | None
    paid_hours: float
    cost: float
    obstacle: str | None


@dataclass(frozen=True)
class SweepResult(Result):
    """`cheapest` is the value of least cost that meets every target, None if there is none or no
    roster was asked for; `scenario` names the scenario that the sweep changes further."""

    plan: str
    scenario: str | None
    key: str
    rosters: bool
    points: tuple[SweepLine, ...]
    cheapest: float | None
    left_out: int  # values that were not planned since the planner stopped
    plan_cost: float
    currency: str
    page: str | None

    def show(self, console: Console) -> None:
        words = SweepWords(console.language, self)
        console.heading("sweep.title", what=words.what, plan=self.plan)
        if self.scenario is not None:
            console.say("sweep.upon", scenario=self.scenario)
        heading, rows = words.table()
        console.table(heading, rows, text_columns=0)
        console.line()
        for sentence in words.verdict():
            console.line(sentence)
        if self.page is not None:
            console.say("compare.file", file=self.page)


def sweep_result(swept: Swept, language: str, page: str | None) -> SweepResult:
    """What a sweep found. Points are judged by the targets that hold without the swept key."""
    asked, judged_by = swept.asked, swept.judged_by
    own = asked.key.rpartition(".")[2] in _MEANINGS
    lines = tuple(_line(one, None if own else judged_by, language) for one in swept.points)
    good = [line for line in lines if line.queues and not line.missed]
    return SweepResult(
        plan=swept.plan,
        scenario=asked.without.name or None,
        key=asked.key,
        rosters=swept.rosters,
        points=lines,
        cheapest=min(good, key=lambda line: line.cost).value if good else None,
        left_out=len(asked.values) - len(lines),
        plan_cost=swept.base.kpis.cost,
        currency=swept.currency,
        page=page,
    )


def _line(point: SweepPoint, judged_by: Centre | None, language: str) -> SweepLine:
    plan = point.plan
    needed = point.value, point.contacts, point.required_hours, point.peak_agents
    if plan is None:
        obstacle = next((one.message(language) for one in point.obstacles), None)
        return SweepLine(*needed, (), (), nan, nan, None, nan, nan, obstacle)
    totals = {row["queue"]: row for row in records(horizon_totals(plan.kpis))}
    queues = []
    for profile in plan.centre.queues:
        row, measure = totals[profile.name], promise(profile).measure
        level = (float(row[measure + end]) for end in ("", "_low", "_high"))
        queues.append(SweptQueue(profile.name, *level))
    checks = week_checks(judged_by or plan.centre, plan.kpis)
    return SweepLine(
        *needed,
        tuple(queues),
        tuple(_missed(check) for check in checks if not check.met),
        float(totals[ALL]["under_hours"]),
        float(totals[ALL]["over_hours"]),
        len({shift.agent for shift in plan.roster.assignments}),
        plan.kpis.paid_hours,
        plan.kpis.cost,
        None,
    )


def _missed(check: TargetCheck) -> MissedTarget:
    return MissedTarget(check.queue, check.measure, check.expected, check.target)


@dataclass(frozen=True)
class SweepWords:
    """A sweep in one language, for the terminal and the page."""

    language: str
    result: SweepResult

    def say(self, key: str, **params: object) -> str:
        return text(key, self.language, **params)

    @property
    def wording(self) -> Wording:
        return Wording(self.language)

    @property
    def what(self) -> str:
        """The swept key in words."""
        table, *between, last = self.result.key.split(".")
        if table == "target":
            return self.say("sweep.what.target", queue=between[0], number=last)
        if table == "promotion":
            promotion = " ".join(between)
            return self.say("sweep.what.promotion", promotion=promotion, number=last)
        if table in ("hire", "training", "contract", "shift") and between:
            return self.say(f"sweep.what.{table}_of", of=" ".join(between), number=last)
        if table == "rules" and between:
            return self.say(f"sweep.what.{between[0]}", of=last)
        name = self.say("cli.whatif.all") if last == ALL else last
        return self.say(f"sweep.what.{table}", of=name)

    @property
    def queues(self) -> list[str]:
        """The queues, as the first value with a roster has them."""
        with_roster = (line for line in self.result.points if line.queues)
        return [swept.queue for line in islice(with_roster, 1) for swept in line.queues]

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Heading and rows: what is needed, and with rosters what it costs and how it serves."""
        result = self.result
        if not result.rosters:
            heading = [*self._columns("value", "contacts", "required"), self.say("sweep.peak")]
            return heading, [self._row_of_needs(line) for line in result.points]
        heading = [
            *self._columns("value", "required", "paid", "cost"),
            *self.queues,
            *self._columns("short", "missed"),
        ]
        return heading, [self._row(line) for line in result.points]

    def _columns(self, *names: str) -> list[str]:
        return [self.say(f"cli.column.{name}") for name in names]

    def _row_of_needs(self, line: SweepLine) -> list[str]:
        number = self.wording.number
        needed = number(line.required_hours, 1), number(line.peak_agents, 1)
        return [f"{line.value:g}", number(line.contacts), *needed]

    def _row(self, line: SweepLine) -> list[str]:
        number = self.wording.number
        return [
            f"{line.value:g}",
            number(line.required_hours, 1),
            number(line.paid_hours),
            number(line.cost),
            *(map(self.wording.share, _levels(line, len(self.queues)))),
            number(line.under_hours, 1),
            str(len(line.missed)) if line.queues else MISSING,
        ]

    def verdict(self) -> list[str]:
        """What follows, in sentences: the cheapest value that meets every target or, if none does,
        the one that comes closest and what it misses."""
        result = self.result
        if not result.rosters:
            return [self.say("sweep.without_rosters")]
        best = next((one for one in result.points if one.value == result.cheapest), None)
        obstacles = [
            self.say("sweep.obstacle", what=self.what, value=line.value, why=line.obstacle)
            for line in result.points
            if line.obstacle is not None
        ]
        said = [*([self._cheapest(best)] if best else self._closest()), *obstacles]
        if result.left_out:
            said.append(self.say("sweep.left_out", count=result.left_out))
        return [sentence[:1].upper() + sentence[1:] for sentence in said]

    def _closest(self) -> list[str]:
        """The value that comes closest, if any has a roster."""
        lines = [line for line in self.result.points if line.queues]
        if not lines:
            return []
        closest = min(lines, key=lambda line: (len(line.missed), _distance(line)))
        missed = self.wording.join([self._miss(one) for one in closest.missed])
        return [self.say("sweep.none", what=self.what, value=closest.value, missed=missed)]

    def _cheapest(self, best: SweepLine) -> str:
        money = f"{self.wording.number(best.cost)} {self.result.currency}".strip()
        more = best.cost - self.result.plan_cost
        sign = "+" if more > 0 else "−" if more < 0 else "±"
        change = sign + self.wording.number(abs(more))
        return self.say(
            "sweep.cheapest", what=self.what, value=best.value, cost=money, change=change
        )

    def _miss(self, missed: MissedTarget) -> str:
        metric = self.say(f"cli.metric.{missed.measure}")
        values = missed.expected, missed.target
        if missed.measure == "asa_s":
            expected, target = (self.wording.seconds(value) for value in values)
        else:
            expected, target = self.wording.share(values[0]), self.wording.goal(values[1])
        return self.say(
            "sweep.miss", queue=missed.queue, metric=metric, expected=expected, target=target
        )


def _levels(line: SweepLine, queues: int) -> list[float]:
    return [swept.service for swept in line.queues] or [nan] * queues


def _distance(line: SweepLine) -> float:
    """By how much the targets are missed, as parts of them."""
    return sum(abs(one.expected - one.target) / one.target for one in line.missed)
