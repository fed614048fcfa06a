"""published.json: which plan holds for which days, and when it was said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.calendar import each_day
from ...data.errors import InputError, Problem
from ..exports.whole_file import write_whole
from .names import PUBLISHED_FILE


class Publication(BaseModel):
    """One act of publishing: a plan for the days `first` to `last`, both included."""

    model_config = ConfigDict(frozen=True)

    plan: str
    first: date
    last: date
    at: datetime


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
