"""What a what-if file names must exist in the centre, and belong together."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from ..calendar import Promotion
from ..centre import Centre
from ..scenario import ALL_QUEUES, PromotionChange
from ..scenario_people import HireChange
from ..targets import Channel
from . import values
from .config_errors import TomlPath
from .config_place import Place
from .people import Skills, skills
from .scenario_models import (
    EXPECTED,
    AbsenceTable,
    HireTable,
    PromotionTable,
    ScenarioFile,
    TargetTable,
    TrainingTable,
)
from .scenario_names import known_or_told

_BY_QUEUE = (
    "volume", "deflection", "handle_time", "patience", "shrinkage", "concurrency",
    "handle_time_by_concurrency",
)  # fmt: skip


def tell_detail(detail: ErrorDetails, place: Place) -> None:
    """One pydantic error in the planner's words."""
    path, kind = detail["loc"], detail["type"]
    if kind == "extra_forbidden":
        place.tell("scenario.unknown_key", path, key=path[-1])
    elif kind == "missing":
        place.tell("scenario.missing_key", path, key=path[-1])
    else:
        names = [part for part in path if part in EXPECTED]
        expected = EXPECTED[str(names[-1])] if names else "text"
        expected = "table" if kind == "dict_type" else expected
        place.tell(f"scenario.bad_value.{expected}", path, value=str(detail["input"]))


class ScenarioChecker:
    """Tells what a scenario asks of a centre that it does not have."""

    def __init__(self, centre: Centre, place: Place) -> None:
        self._centre = centre
        self._place = place
        self._tell = place.tell
        self._queues = [queue.name for queue in centre.queues]
        self._agents = [agent.id for agent in centre.agents]
        self._contracts = [contract.id for contract in centre.contracts]
        self._skills = list(dict.fromkeys(queue.skill for queue in centre.queues))

    def check(self, table: ScenarioFile) -> None:
        for key in _BY_QUEUE:
            for name in getattr(table, key):
                self._known("queue", (key, name), name, [*self._queues, ALL_QUEUES])
        for key in ("overtime_hours", "voluntary_hours"):
            for name in getattr(table, key):
                self._known("contract", (key, name), name, [*self._contracts, ALL_QUEUES])
        self._patience(table)
        self._concurrency(table)
        for index, absence in enumerate(table.absence):
            self._absence(absence, ("absence", index))
        for index, hire in enumerate(table.hire):
            self._hire(hire, ("hire", index))
        for index, training in enumerate(table.training):
            self._training(training, ("training", index))
        for index, promotion in enumerate(table.promotion):
            self._promotion(promotion, ("promotion", index))
        for name, target in table.target.items():
            self._known("queue", ("target", name), name, self._queues)
            if name in self._queues:
                self._target(target, name)

    def _patience(self, table: ScenarioFile) -> None:
        for queue in self._centre.queues:
            if queue.name in table.patience and queue.patience_s is None:
                self._tell("scenario.no_patience", ("patience", queue.name), queue=queue.name)

    def _concurrency(self, table: ScenarioFile) -> None:
        """Only chats are held at once, and how much each slows the others is known."""
        multiples = table.handle_time_by_concurrency
        for key in ("concurrency", "handle_time_by_concurrency"):
            for queue in self._centre.queues:
                if queue.name in getattr(table, key) and queue.channel is not Channel.CHAT:
                    self._tell("scenario.only_chat", (key, queue.name), queue=queue.name)
        for name, listed in multiples.items():
            if listed[0] != 1.0:
                self._tell("config.concurrency_start", ("handle_time_by_concurrency", name))
        for queue in (one for one in self._centre.queues if one.channel is Channel.CHAT):
            given = multiples.get(queue.name, multiples.get(ALL_QUEUES))
            known = queue.concurrency if given is None else len(given)
            name = queue.name if queue.name in table.concurrency else ALL_QUEUES
            if table.concurrency.get(name, 1) > known == 1:
                self._tell("scenario.one_chat", ("concurrency", name), queue=queue.name)

    def _absence(self, absence: AbsenceTable, path: TomlPath) -> None:
        if (absence.agent is None) == (absence.count is None):
            self._tell("scenario.absence_who", path)
        if absence.first is not None and absence.last is not None and absence.last < absence.first:
            self._tell("scenario.period_order", path)
        if absence.agent is not None:
            self._known("agent", (*path, "agent"), absence.agent, self._agents)

    def _hire(self, hire: HireTable, path: TomlPath) -> None:
        if hire.first is not None and hire.last is not None and hire.last < hire.first:
            self._tell("scenario.period_order", path)
        named = self._named((*path, "skills"), hire.skills or [])
        known = all(
            [
                *(self._known("skill", (*path, "skills"), skill, self._skills) for skill in named),
                hire.contract is None
                or self._known("contract", (*path, "contract"), hire.contract, self._contracts),
            ]
        )
        try:
            HireChange(hire.count, hire.contract, frozenset(named) or None).kind(self._centre)
        except ValueError:
            if known:
                self._tell("scenario.hire_like_nobody", path)

    def _named(self, path: TomlPath, entries: Iterable[str]) -> list[str]:
        """The skills of entries such as `chat:0.8`, as in agents.csv."""
        nothing: Skills = ()
        found = [self._place.read(path, skills, entry, nothing) for entry in entries]
        return [skill for levels in found for skill, _ in levels]

    def _training(self, training: TrainingTable, path: TomlPath) -> None:
        if (training.agent is None) == (training.count is None):
            self._tell("scenario.training_who", path)
        named = self._named((*path, "skill"), [training.skill])
        if len(values.names(training.skill)) != 1:
            named = [training.skill]  # one at a time
        for skill in named:
            self._known("skill", (*path, "skill"), skill, self._skills)
        if training.agent is not None:
            self._known("agent", (*path, "agent"), training.agent, self._agents)

    def _promotion(self, promotion: PromotionTable, path: TomlPath) -> None:
        if promotion.queue is not None:
            self._known("queue", (*path, "queue"), promotion.queue, self._queues)
        if promotion.first is not None:
            if promotion.type is None:
                self._tell("scenario.missing_key", (*path, "type"), key="type")
            if promotion.last is not None and promotion.last < promotion.first:
                self._tell("scenario.period_order", path)
        elif promotion.type is None and promotion.phase is None and promotion.name is None:
            self._tell("scenario.promotion_which", path)
        else:
            self._matching(promotion, path)

    def _matching(self, promotion: PromotionTable, path: TomlPath) -> None:
        known = self._centre.calendar.promotions
        change = PromotionChange(**promotion.model_dump())
        if not any(change.matches(entry) for entry in known):
            asked = (promotion.name, promotion.type, promotion.phase)
            wanted = ", ".join(word for word in asked if word)
            self._tell("scenario.no_such_promotion", path, wanted=wanted, known=_kinds(known))

    def _target(self, target: TargetTable, queue: str) -> None:
        profile = self._centre.queue(queue)
        had = profile.target
        replies = (target.reply_share, target.reply_within_seconds)
        if replies != (None, None) and profile.channel is not Channel.CHAT:
            self._tell("config.replies_need_chat", ("target", queue), queue=queue)
        elif had.reply is None and sum(part is None for part in replies) == 1:
            self._tell("config.reply_pair", ("target", queue), queue=queue)
        level = had.service_level if target.service_level is None else target.service_level
        within = had.within_s if target.within_seconds is None else target.within_seconds
        if (level is None) != (within is None):
            self._tell("scenario.level_and_seconds", ("target", queue))

    def _known(self, what: str, path: TomlPath, name: str, allowed: list[str]) -> bool:
        return known_or_told(what, path, name, allowed, self._place)


def _kinds(promotions: Iterable[Promotion]) -> str:
    """The types of promotions with their phases, for people: `618 (eve, peak), sale`."""
    phases: dict[str, set[str]] = {}
    for entry in promotions:
        phases.setdefault(entry.type, set()).update([entry.phase] if entry.phase else [])
    return (
        ", ".join(
            f"{type_} ({', '.join(sorted(found))})" if found else type_
            for type_, found in sorted(phases.items())
        )
        or "–"
    )
