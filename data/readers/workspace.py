"""A planner's folder → the centre, with every problem of every file told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ..calendar import Calendar
from ..centre import Centre
from ..errors import Problems
from ..shifts import ShiftTemplate
from . import people, shifts
from .calendar import read_calendar_table
from .columns import Rows
from .config import CONFIG_FILE, CentreConfig, read_config
from .contacts import read_history
from .feasibility import (
    check_availability,
    check_contracts,
    check_fixed,
    check_leave,
    check_presence,
    check_queues_served,
    check_sites,
)
from .history_input import HistoryInput
from .law_duties import check_breaks
from .meetings import read_meetings
from .people import read_agents
from .raw_table import TableSource
from .references import Known, check_names
from .requests import read_adjustments, read_fixed, read_requests, read_time_off
from .settings import CentreInputs
from .shift_demand import read_shift_demand
from .shifts import read_shifts
from .site_clocks import check_site_clocks
from .tables import open_table

T = TypeVar("T")

STANDARD_FILES = (
    "contacts", "calendar", "agents", "shifts", "time_off", "requests", "fixed", "adjustments",
    "meetings", "shift_demand",
)  # fmt: skip
_SUFFIXES = (".csv", ".xlsx", ".parquet")


def read_centre(folder: Path) -> CentreInputs:
    """The centre in a folder that holds shiftcast.toml; contacts are read apart
    (`read_centre_history`). Raises InputError with the problems of all files together."""
    problems = Problems()
    config = read_config(folder / CONFIG_FILE, problems)
    problems.raise_if_any()
    if config is None:
        raise ValueError("a configuration that cannot be read tells no problem")
    files = input_files(folder, config.files, problems)
    centre = _Reader(config, files, problems).read()
    problems.raise_if_any()
    return CentreInputs(centre, config.settings, problems.warnings, files)


def read_centre_history(inputs: CentreInputs) -> HistoryInput:
    """The contacts of a workspace, as its settings say they are to be read."""
    path = inputs.files.get("contacts")
    if path is None:
        problems = Problems()
        problems.add("input.not_found", file="contacts.csv")
        problems.raise_if_any()
        raise ValueError("unreachable: the problem above is an error")
    centre = inputs.centre
    return read_history(
        path,
        inputs.settings.contacts,
        tz=centre.tz,
        interval_min=centre.interval_min,
        queues=tuple(queue.name for queue in centre.queues),
    )


def input_files(folder: Path, named: Mapping[str, str], problems: Problems) -> dict[str, Path]:
    """The input files there are; a file that the configuration names has to be there."""
    found = {"config": folder / CONFIG_FILE}
    for name in STANDARD_FILES:
        if name in named:
            found[name] = folder / named[name]
            if not found[name].is_file():
                problems.add("input.not_found", file=named[name])
            continue
        for suffix in _SUFFIXES:
            path = folder / f"{name}{suffix}"
            if path.is_file():
                found[name] = path
                break
    return found


@dataclass
class _Reader:
    """Reads the small files and checks them against each other."""

    config: CentreConfig
    files: Mapping[str, Path]
    problems: Problems
    rows: dict[str, Rows] = field(default_factory=dict)

    def read(self) -> Centre:
        config = self.config
        agents = self._items("agents", read_agents)
        templates = self._items("shifts", self._read_shifts)
        time_off = self._items("time_off", read_time_off)
        wishes = self._items("requests", read_requests)
        fixed = self._items("fixed", read_fixed)
        adjustments = self._items("adjustments", read_adjustments)
        meetings = self._items("meetings", read_meetings)
        wanted_shifts = self._items("shift_demand", read_shift_demand)
        centre = Centre(
            name=config.name,
            tz=config.tz,
            interval_min=config.interval_min,
            queues=config.queues,
            first_weekday=config.first_weekday,
            routing=config.routing,
            family_first=config.family_first,
            calendar=self._calendar(),
            contracts=config.contracts,
            agents=agents,
            shifts=templates,
            rules=config.rules,
            weights=config.weights,
            time_off=time_off,
            requests=wishes,
            fixed=fixed,
            adjustments=adjustments,
            least_staffing=config.least_staffing,
            seat_limits=config.seat_limits,
            pairings=config.pairings,
            sites=config.sites,
            meetings=meetings,
            wanted_shifts=wanted_shifts,
            law=config.law_report,
            own_terms=config.own_terms,
        )
        self._check(centre)
        return centre

    def _read_shifts(
        self, source: TableSource, problems: Problems
    ) -> tuple[tuple[ShiftTemplate, ...], Rows] | None:
        return read_shifts(source, problems, self.config.break_plans)

    def _open(self, name: str) -> TableSource | None:
        path = self.files.get(name)
        return open_table(path, self.problems) if path is not None and path.is_file() else None

    def _items(
        self,
        name: str,
        read: Callable[[TableSource, Problems], tuple[tuple[T, ...], Rows] | None],
    ) -> tuple[T, ...]:
        source = self._open(name)
        found = None if source is None else read(source, self.problems)
        if found is None:
            return ()
        items, self.rows[name] = found
        return items

    def _calendar(self) -> Calendar:
        source = self._open("calendar")
        queues = [queue.name for queue in self.config.queues]
        found = source and read_calendar_table(source, self.config.country, queues, self.problems)
        return found or Calendar(self.config.country)

    def _check(self, centre: Centre) -> None:
        problems = self.problems
        contracts = {contract.id: contract for contract in centre.contracts}
        templates = {shift.code: shift for shift in centre.shifts}
        known = Known(
            queues=frozenset(queue.name for queue in centre.queues),
            skills=frozenset(
                [queue.skill for queue in centre.queues]
                + [staffing.skill for staffing in centre.least_staffing]
            ),
            contracts=frozenset(contracts),
            agents=self.rows["agents"].seen(people.ID) if "agents" in self.rows else None,
            shifts=self.rows["shifts"].seen(shifts.CODE) if "shifts" in self.rows else None,
        )
        check_names(self.rows, centre, known, problems)
        check_contracts(centre.contracts, templates, centre.rules, problems)
        if "shifts" in self.rows:
            check_breaks(self.rows["shifts"], centre.shifts, self.config.laws, problems)
        away = check_leave(centre.time_off, centre.requests, problems)
        if "fixed" in self.rows:
            check_fixed(self.rows["fixed"], centre.fixed, away, centre.agents, templates, problems)
        if "agents" in self.rows:
            check_availability(self.rows["agents"], centre.agents, contracts, templates, problems)
            check_queues_served(self.rows["agents"], centre.queues, problems)
            check_sites(self.rows["agents"], centre.agents, centre.shifts, problems)
            if len(centre.agents) == len(self.rows["agents"].good):
                check_presence(centre, problems)
        check_site_clocks(centre, problems)
