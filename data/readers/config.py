"""shiftcast.toml → the centre's queues, contracts, rules and prices, and the settings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from ..centre import Routing
from ..errors import Problems
from ..people import Contract
from ..rules import Rules, Weights
from ..targets import QueueProfile
from . import values
from .config_errors import Lines, TomlPath, tell_errors
from .config_models import ConfigFile, ContractTable, RulesTable
from .config_place import Place
from .config_queues import build_queue
from .contact_fields import ALIASES
from .settings import ContactSettings, DemandBasis, Settings, Unit

CONFIG_FILE = "shiftcast.toml"


@dataclass(frozen=True)
class CentreConfig:
    """What shiftcast.toml says. `files` holds the file names that differ from the standard ones."""

    name: str
    tz: str
    country: str | None
    interval_min: int
    first_weekday: int
    routing: Routing
    queues: tuple[QueueProfile, ...]
    contracts: tuple[Contract, ...]
    rules: Rules
    weights: Weights
    settings: Settings
    files: Mapping[str, str]


def read_config(path: Path, problems: Problems) -> CentreConfig | None:
    """The configuration; None, with every problem told, if a part of it cannot be read."""
    text = _text(path, problems)
    if text is None:
        return None
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _tell_syntax(error, text, path.name, problems)
        return None
    lines = Lines(text)
    try:
        config = ConfigFile.model_validate(parsed)
    except ValidationError as error:
        tell_errors(error, path.name, lines, problems)
        return None
    return _build(config, path, Place(path.name, lines, problems))


def _text(path: Path, problems: Problems) -> str | None:
    if not path.is_file():
        problems.add("config.not_found", file=path.name)
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.add("input.bad_encoding", file=path.name)
    except OSError as error:
        problems.add("input.unreadable", file=path.name, reason=error.strerror or str(error))
    return None


def _tell_syntax(error: tomllib.TOMLDecodeError, text: str, file: str, problems: Problems) -> None:
    reason, _, place = str(error).partition(" (at ")
    digits = "".join(c for c in place.partition(",")[0] if c.isdigit())
    row = int(digits) if digits else len(text.splitlines())
    problems.add("config.syntax", file=file, row=row, reason=reason)


def _build(config: ConfigFile, path: Path, place: Place) -> CentreConfig | None:
    """Gives the values of a well-formed file their meaning, telling every one that has none."""
    before = len(place.problems.errors)
    _check_place(config, place)
    first_weekday = place.read(
        ("centre", "first_weekday"), values.weekday, config.centre.first_weekday, 0
    )
    queues = [build_queue(i, table, place) for i, table in enumerate(config.queue)]
    contracts = [_contract(i, table, place) for i, table in enumerate(config.contract)]
    for index, table in enumerate(config.queue):
        if values.means_all(table.name):
            place.tell("config.reserved_name", ("queue", index, "name"), value=table.name)
    _check_unique("queue", "name", [table.name for table in config.queue], place)
    _check_unique("contract", "id", [table.id for table in config.contract], place)
    rules = _rules(config.rules, place)
    settings = _settings(config, path, place)
    if len(place.problems.errors) > before:
        return None
    return CentreConfig(
        name=config.centre.name,
        tz=config.centre.time_zone,
        country=config.centre.country,
        interval_min=config.centre.interval_minutes,
        first_weekday=first_weekday,
        routing=Routing(config.centre.routing),
        queues=tuple(queue for queue in queues if queue is not None),
        contracts=tuple(contract for contract in contracts if contract is not None),
        rules=rules,
        weights=Weights(**config.weights.model_dump()),
        settings=settings,
        files=config.files.model_dump(exclude_none=True),
    )


def _check_place(config: ConfigFile, place: Place) -> None:
    try:
        ZoneInfo(config.centre.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        place.tell("config.time_zone", ("centre", "time_zone"), value=config.centre.time_zone)
    if config.centre.country is not None:
        from holidays import list_supported_countries

        if config.centre.country not in list_supported_countries():
            place.tell("config.country", ("centre", "country"), value=config.centre.country)


def _check_unique(table: str, key: str, names: list[str], place: Place) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            place.tell("config.repeated", (table, index, key), value=name, table=table)


def _contract(index: int, table: ContractTable, place: Place) -> Contract | None:
    at: TomlPath = ("contract", index)
    before = len(place.problems.errors)
    min_days, max_days = table.days_per_week
    hours = table.hours_per_week
    for key, ends in (("days_per_week", table.days_per_week), ("hours_per_week", hours)):
        if ends is not None and ends[0] > ends[1]:
            place.tell("config.range_order", (*at, key), least=ends[0], most=ends[1])
    if min_days + table.days_off_together > 7:
        place.tell(
            "config.days_off_impossible",
            (*at, "days_off_together"),
            days_off=table.days_off_together,
            days=min_days,
        )
    if len(place.problems.errors) > before:
        return None
    return Contract(
        id=table.id,
        shift_codes=tuple(dict.fromkeys(table.shifts)),
        min_days=min_days,
        max_days=max_days,
        min_minutes=0 if hours is None else round(hours[0] * 60),
        max_minutes=None if hours is None else round(hours[1] * 60),
        min_days_off_together=table.days_off_together,
        max_start_spread_min=_minutes(table.start_spread_hours),
        max_consecutive_days=table.max_consecutive_days,
        min_rest_min=_minutes(table.rest_hours),
        hourly_cost=table.hourly_cost,
    )


def _rules(table: RulesTable, place: Place) -> Rules:
    night = place.read(("rules", "night"), values.night, table.night, (0, 300))
    no_days: frozenset[int] = frozenset()
    weekend = [
        place.read(("rules", "weekend"), values.weekdays, day, no_days) for day in table.weekend
    ]
    return Rules(
        min_rest_min=round(table.rest_hours * 60),
        max_consecutive_days=table.max_consecutive_days,
        seats=table.seats,
        night_from=night[0],
        night_to=night[1],
        weekend_days=frozenset(day for days in weekend for day in days),
    )


def _settings(config: ConfigFile, path: Path, place: Place) -> Settings:
    contacts = config.contacts
    _check_contact_names(config, place)
    template = config.export.hr_template
    return Settings(
        language=config.centre.language,
        currency=config.centre.currency,
        roster_seconds=config.roster.seconds,
        roster_seed=config.roster.seed,
        hr_template=None if template is None else path.parent / template,
        contacts=ContactSettings(
            unit=None if contacts.unit is None else Unit(contacts.unit),
            demand=DemandBasis(contacts.demand),
            short_abandon_weight=contacts.short_abandon_weight,
            short_abandon_s=contacts.short_abandon_seconds,
            columns=contacts.columns,
            queues=contacts.queues,
        ),
    )


def _check_contact_names(config: ConfigFile, place: Place) -> None:
    """The mappings of contacts lead to fields and queues that exist."""
    known = sorted(table.name for table in config.queue)
    for name, queue in config.contacts.queues.items():
        if queue not in known:
            near = values.suggestion(queue, known) or ", ".join(known)
            path = ("contacts", "queues", name)
            place.tell("input.unknown_queue", path, value=queue, known=near)
    for field in config.contacts.columns:
        if field not in ALIASES:
            near = values.suggestion(field, list(ALIASES)) or ", ".join(ALIASES)
            place.tell(
                "config.unknown_field", ("contacts", "columns", field), key=field, known=near
            )


def _minutes(hours: float | None) -> int | None:
    return None if hours is None else round(hours * 60)
