"""published.json: which plan holds for which days, and when it was said."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.calendar import each_day
from ...data.errors import InputError, Problem
from ..exports.whole_file import write_whole
from .names import PUBLISHED_FILE


class Act(StrEnum):
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class Publication(BaseModel):
    """One act: a plan published for the days `first` to `last`, both included, or withdrawn."""

    model_config = ConfigDict(frozen=True)

    plan: str
    first: date
    last: date
    at: datetime
    act: Act = Act.PUBLISH


class Published(BaseModel):
    """The plan that holds by day, and the acts that made it so, oldest first."""

    model_config = ConfigDict(frozen=True)

    schema_version: int = 1
    days: dict[date, str] = {}
    history: tuple[Publication, ...] = ()

    @property
    def last_day(self) -> date | None:
        return max(self.days, default=None)

    def held_by_plan(self) -> dict[str, tuple[date, ...]]:
        """The days that each plan holds for, in order, by plan."""
        found: dict[str, tuple[date, ...]] = {}
        for day in sorted(self.days):
            plan = self.days[day]
            found[plan] = (*found.get(plan, ()), day)
        return found

    def holds(self, plan: str) -> tuple[date, ...]:
        """The days that one plan holds for, in order."""
        return self.held_by_plan().get(plan, ())

    def with_plan(self, plan: str, first: date, last: date, at: datetime) -> Published:
        """The same with `plan` holding from `first` to `last`, whatever held there before."""
        days = {**self.days, **dict.fromkeys(each_day(first, last), plan)}
        act = Publication(plan=plan, first=first, last=last, at=at)
        return Published(days=dict(sorted(days.items())), history=(*self.history, act))

    def without_plan(self, plan: str, at: datetime) -> Published:
        """The same with `plan` withdrawn: its days go back to the plan that was published for them
        before, if there is one that was not withdrawn. ValueError if it holds for no day."""
        held = self.holds(plan)
        if not held:
            raise ValueError(f"plan {plan} holds for no day")
        act = Publication(plan=plan, first=held[0], last=held[-1], at=at, act=Act.WITHDRAW)
        history = (*self.history, act)
        days = {day: other for day, other in self.days.items() if other != plan}
        for day in held:
            before = _held_before(history, day)
            if before is not None:
                days[day] = before
        return Published(days=dict(sorted(days.items())), history=history)


def _held_before(history: tuple[Publication, ...], day: date) -> str | None:
    """The plan that holds for a day by all acts in order; None if there is none."""
    plans: list[str] = []
    for act in history:
        if act.act is Act.WITHDRAW:
            plans = [plan for plan in plans if plan != act.plan]
        elif act.first <= day <= act.last:
            plans = [*(plan for plan in plans if plan != act.plan), act.plan]
    return plans[-1] if plans else None


def read_published(folder: Path) -> Published:
    """What the workspace has published; nothing if it has no such file. InputError if broken."""
    path = folder / PUBLISHED_FILE
    if not path.exists():
        return Published()
    try:
        return Published.model_validate_json(path.read_bytes())
    except ValidationError:
        raise InputError(Problem("workspace.broken_json", file=PUBLISHED_FILE)) from None


def write_published(folder: Path, published: Published) -> None:
    content = published.model_dump_json(indent=2) + "\n"
    write_whole(folder / PUBLISHED_FILE, content.encode())
