"""What a planner brings along: ten weeks of a hotline's half hours, as the guide tells of them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.docs.pages import ROOT, SavedFile, steps
from tests.docs.terminal import save

FIRST_DAY, DAYS = date(2026, 9, 21), 70
LEVELS = (16, 14, 13, 13, 12, 7)  # contacts in a usual half hour, Monday to Saturday
GETTING_STARTED = ROOT / "docs" / "guide" / "getting-started.md"


def half_hours() -> Iterator[tuple[datetime, int, int]]:
    """(start, calls, mean handle time in seconds) of every half hour that the hotline is open."""
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        if day.weekday() == 6:
            continue
        opens, closes = (8, 20) if day.weekday() < 5 else (9, 16)
        for half in range(2 * opens, 2 * closes):
            noon = math.sin(math.pi * (half / 2 - opens) / (closes - opens)) ** 2
            wave = (number * 7 + half * 3) % 5 - 2
            calls = round(LEVELS[day.weekday()] * (0.6 + 0.8 * noon) + wave)
            start = datetime.combine(day, time(half // 2, half % 2 * 30))
            yield start, calls, 210 + (number * 13 + half * 7) % 60


def write_workbook(path: Path) -> None:
    """The export of a Chinese platform, as Excel saves it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["统计时间", "技能组", "呼入量", "平均处理时长"])
    for start, calls, seconds in half_hours():
        sheet.append([start, "热线", calls, f"{seconds // 60:02d}:{seconds % 60:02d}"])
    book.save(path)


def fill(folder: Path) -> None:
    """Fills a new centre: history in English, agents and shifts as the guide gives them."""
    with (folder / "contacts.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["timestamp", "queue", "offered", "aht_s"])
        rows.writerows((start, "phone", *rest) for start, *rest in half_hours())
    for step in steps(GETTING_STARTED):
        if isinstance(step, SavedFile) and step.name in ("agents.csv", "shifts.csv"):
            save(step)
    correct(folder)


def correct(folder: Path) -> None:
    """Mends the mistake that the guide lets `check` find."""
    agents = folder / "agents.csv"
    agents.write_text(agents.read_text(encoding="utf-8").replace("phnoe", "phone"))
