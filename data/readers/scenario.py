"""A what-if file (TOML) → `Scenario`, with every error of the file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..centre import Centre
from ..errors import Problems
from ..law.terms import Terms
from ..scenario import PromotionChange, Scenario, TargetChange
from ..scenario_people import AbsenceChange, HireChange, TrainingChange
from ..scenario_shifts import ShiftChanges
from .config_errors import Lines
from .config_place import Place
from .people import skills
from .scenario_checks import ScenarioChecker, tell_detail
from .scenario_models import HireTable, ScenarioFile, TargetTable, TrainingTable
from .scenario_shifts import changed_shifts, check_shifts_left
from .scenario_terms import changed_terms


def read_scenario(path: Path, centre: Centre) -> Scenario:
    """The scenario of a file, named after the file if it names itself not.

    Raises InputError with every problem: not TOML, unknown keys, values out of range, queues,
    agents or promotions that the centre does not have.
    """
    text, content = scenario_content(path)
    return scenario_of(content, centre, path.stem, path.name, Lines(text))


def scenario_content(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file and what TOML makes of it; InputError if it is none."""
    problems = Problems()
    text = _text(path, problems)
    content = _toml(text, path, problems)
    problems.raise_if_any()
    return text, content


def scenario_of(
    content: Mapping[str, Any],
    centre: Centre,
    default_name: str,
    file: str,
    lines: Lines | None = None,
) -> Scenario:
    """The scenario of a file's content; InputError with every problem in it, at the row of its key
    if `lines` are given."""
    problems = Problems()
    place = Place(file, lines or Lines(""), problems)
    try:
        table = ScenarioFile.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            tell_detail(detail, place)
        problems.raise_if_any()
        raise
    ScenarioChecker(centre, place).check(table)
    shifts = changed_shifts(table.shift, centre, place)
    codes = [shift.code for shift in (*centre.shifts, *shifts.templates)]
    terms = changed_terms(table, centre, [c for c in codes if c not in shifts.removed], place)
    contracts = (terms or centre.terms).contracts
    check_shifts_left(table.shift, shifts, centre, contracts, place)
    problems.raise_if_any()
    return _scenario(table, default_name, shifts, terms)


def _text(path: Path, problems: Problems) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add("scenario.no_file", file=str(path))
    except UnicodeDecodeError:
        problems.add("scenario.not_text", file=path.name)
    return ""


def _toml(text: str, path: Path, problems: Problems) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add("scenario.not_toml", file=path.name, reason=str(error))
        return {}


def _scenario(
    table: ScenarioFile, default_name: str, shifts: ShiftChanges, terms: Terms | None
) -> Scenario:
    return Scenario(
        name=table.name or default_name,
        volume=table.volume,
        deflection=table.deflection,
        handle_time=table.handle_time,
        patience=table.patience,
        shrinkage=table.shrinkage,
        promotions=tuple(PromotionChange(**one.model_dump()) for one in table.promotion),
        absences=tuple(
            AbsenceChange(one.first, one.last, one.agent, one.count or 0) for one in table.absence
        ),
        hires=tuple(_hire(one) for one in table.hire),
        trainings=tuple(_training(one) for one in table.training),
        overtime_min={name: round(hours * 60) for name, hours in table.overtime_hours.items()},
        voluntary_min={name: round(hours * 60) for name, hours in table.voluntary_hours.items()},
        targets={name: _target(target) for name, target in table.target.items()},
        concurrency=table.concurrency,
        aht_by_concurrency={
            name: tuple(multiples) for name, multiples in table.handle_time_by_concurrency.items()
        },
        shifts=shifts,
        terms=terms,
    )


def _target(table: TargetTable) -> TargetChange:
    return TargetChange(
        service_level=table.service_level,
        within_s=table.within_seconds,
        definition=table.definition,
        max_asa_s=table.max_asa_seconds,
        max_abandonment=table.max_abandonment,
        max_occupancy=table.max_occupancy,
        deadline_min=None if table.deadline_hours is None else table.deadline_hours * 60,
        deadline_share=table.deadline_share,
        max_wait_s=table.max_wait_seconds,
        wait_percentile=table.wait_percentile,
        max_blocked=table.max_blocked,
        reply_share=table.reply_share,
        reply_within_s=table.reply_within_seconds,
    )


def _hire(table: HireTable) -> HireChange:
    levels = dict(level for entry in table.skills or () for level in skills(entry))
    uneven = tuple((skill, level) for skill, level in levels.items() if level != 1.0)
    known = frozenset(levels) or None
    return HireChange(table.count, table.contract, known, table.first, table.last, uneven)


def _training(table: TrainingTable) -> TrainingChange:
    ((skill, level),) = skills(table.skill)
    return TrainingChange(skill, table.agent, table.count or 0, level)
