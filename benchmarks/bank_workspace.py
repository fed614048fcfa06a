"""The two banks as ordinary workspace folders: settings and crew of ours, call volumes of theirs.

The settings, shifts and calendars (and the small bank's crew) are the files in `bank_small/` and
`bank_large/` beside this module; the volumes come from the folder that SHIFTCAST_DATA names. Only
what was known before the planned week is written into a workspace's history.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from . import bank_crew

TEMPLATES = Path(__file__).parent
CREW_SEED = 20030804
LARGE_CREW = 300


@dataclass(frozen=True)
class Bank:
    """A bank, its file of call volumes, and the first days of the two weeks to plan."""

    name: str
    file: str
    queue: str
    weeks: tuple[date, date]
    interval_min: int = 30


SMALL = Bank(
    "small",
    "technion_bank_1999_30min.csv",
    "bank_total",
    (date(1999, 8, 15), date(1999, 8, 22)),  # Sundays
)
LARGE = Bank(
    "large",
    "na_bank_2003_30min.csv",
    "bank_calls",
    (date(2003, 8, 4), date(2003, 8, 11)),  # Mondays
)
BANKS = {bank.name: bank for bank in (SMALL, LARGE)}


def write_workspace(bank: Bank, folder: Path) -> None:
    """Everything but the contacts; the folder must not exist."""
    shutil.copytree(TEMPLATES / f"bank_{bank.name}", folder)
    if bank is LARGE:
        _write_large_crew(bank, folder)


def _write_large_crew(bank: Bank, folder: Path) -> None:
    rng = np.random.default_rng(CREW_SEED)
    agents = bank_crew.draw_agents(LARGE_CREW, rng)
    away = bank_crew.draw_time_off(agents, bank.weeks, rng)
    wishes = bank_crew.draw_requests(agents, away, bank.weeks, rng)
    _write_rows(folder / "agents.csv", bank_crew.AGENTS_HEADER, agents)
    _write_rows(folder / "time_off.csv", bank_crew.TIME_OFF_HEADER, away)
    _write_rows(folder / "requests.csv", bank_crew.REQUESTS_HEADER, wishes)


def read_volumes(bank: Bank, data: Path) -> pd.DataFrame:
    """Columns timestamp (local clock), queue, offered: every interval that the file holds."""
    frame = pd.read_csv(data / bank.file, parse_dates=["timestamp"])
    return frame[["timestamp", "queue", "offered"]]


def write_contacts(volumes: pd.DataFrame, before: date, folder: Path) -> None:
    """The history up to the eve of `before`, as the workspace's contacts.csv."""
    known = volumes[volumes["timestamp"] < pd.Timestamp(before)]
    known.to_csv(folder / "contacts.csv", index=False, date_format="%Y-%m-%d %H:%M")


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
