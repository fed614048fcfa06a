"""shiftcast.toml → the centre's queues, contracts, rules and prices, and the settings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from ..centre import Routing
from ..errors import Problems
from ..law import Law
from ..law.apply import LawReport
from ..law.terms import Terms
from ..people import Contract
from ..person_names import FAMILY_FIRST
from ..presence import LeastStaffing, Pairing, SeatLimit
from ..rules import Rules, Weights
from ..shifts import BreakPlan, Site
from ..targets import QueueProfile
from . import values
from .config_errors import Lines, TomlPath, tell_errors
from .config_law import adjusted_limits, chosen_laws
from .config_models import ConfigFile
from .config_place import Place
from .config_presence import break_plans, least_staffing, pairings, seat_limits
from .config_queues import build_queue
from .config_terms import build_contract, build_rules, check_terms
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
    family_first: bool
    queues: tuple[QueueProfile, ...]
    contracts: tuple[Contract, ...]
    rules: Rules
    weights: Weights
    settings: Settings
    files: Mapping[str, str]
    break_plans: tuple[BreakPlan, ...] = ()
    least_staffing: tuple[LeastStaffing, ...] = ()
    seat_limits: tuple[SeatLimit, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    sites: tuple[Site, ...] = ()
    laws: tuple[Law, ...] = ()
    law_report: LawReport = field(default_factory=LawReport)
    own_terms: Terms | None = None


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
    place = Place(path.name, Lines(text), problems)
    try:
        config = ConfigFile.model_validate(parsed)
    except ValidationError as error:
        tell_errors(error, place.tell)
        return None
    return _build(config, path, place)


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
    contracts = [build_contract(i, table, place) for i, table in enumerate(config.contract)]
    for index, table in enumerate(config.queue):
        if values.means_all(table.name):
            place.tell("config.reserved_name", ("queue", index, "name"), value=table.name)
    _check_unique("queue", "name", [table.name for table in config.queue], place)
    _check_unique("contract", "id", [table.id for table in config.contract], place)
    rules = build_rules(config.rules, place)
    laws = chosen_laws(config.rules, place)
    adjusted = adjusted_limits(config.rules, laws, place)
    known = tuple(contract for contract in contracts if contract is not None)
    paths: list[TomlPath] = [("contract", i) for i, one in enumerate(contracts) if one is not None]
    check_terms(rules, zip(paths, known, strict=True), place)
    skills = {queue.name: queue.skill for queue in queues if queue is not None}
    plans = break_plans(config.breaks, place)
    staffing = least_staffing(config.least_staffing, skills, place)
    seats = seat_limits(config.seat_limit, place)
    pairs = pairings(config, place)
    settings = _settings(config, path, place)
    if len(place.problems.errors) > before:
        return None
    own_terms = Terms(rules, known, laws, adjusted)
    rules, known, law_report = own_terms.lawful()
    return CentreConfig(
        name=config.centre.name,
        tz=config.centre.time_zone,
        country=config.centre.country,
        interval_min=config.centre.interval_minutes,
        first_weekday=first_weekday,
        routing=Routing(config.centre.routing),
        family_first=_family_first(config),
        queues=tuple(queue for queue in queues if queue is not None),
        contracts=known,
        rules=rules,
        weights=Weights(**config.weights.model_dump()),
        settings=settings,
        files=config.files.model_dump(exclude_none=True),
        break_plans=plans,
        least_staffing=staffing,
        seat_limits=seats,
        pairings=pairs,
        sites=tuple(Site(site.name, site.time_zone) for site in config.site),
        laws=laws,
        law_report=law_report,
        own_terms=own_terms,
    )


def _family_first(config: ConfigFile) -> bool:
    """Whether names begin with the family's: as written, else as in the country."""
    order = config.centre.name_order
    return config.centre.country in FAMILY_FIRST if order is None else order == "family-first"


def _check_zone(at: TomlPath, zone: str, place: Place) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        place.tell("config.time_zone", (*at, "time_zone"), value=zone)


def _check_place(config: ConfigFile, place: Place) -> None:
    _check_zone(("centre",), config.centre.time_zone, place)
    for index, site in enumerate(config.site):
        _check_zone(("site", index), site.time_zone, place)
    _check_unique("site", "name", [site.name for site in config.site], place)
    if config.centre.country is not None:
        from holidays import list_supported_countries

        if config.centre.country not in list_supported_countries():
            place.tell("config.country", ("centre", "country"), value=config.centre.country)


def _check_unique(table: str, key: str, names: list[str], place: Place) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            place.tell("config.repeated", (table, index, key), value=name, table=table)


def _settings(config: ConfigFile, path: Path, place: Place) -> Settings:
    contacts = config.contacts
    _check_contact_names(config, place)
    template = config.export.hr_template
    return Settings(
        language=config.centre.language,
        currency=config.centre.currency,
        roster_seconds=config.roster.seconds,
        roster_seed=config.roster.seed,
        correct_rounds=config.roster.correct_rounds,
        prefer=config.roster.prefer,
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
    for name in config.contacts.columns:
        if name not in ALIASES:
            near = values.suggestion(name, list(ALIASES)) or ", ".join(ALIASES)
            place.tell("config.unknown_field", ("contacts", "columns", name), key=name, known=near)
