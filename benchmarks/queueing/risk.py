"""A requirement for nine good weeks of ten, judged by weeks that it has not seen.

    python -m benchmarks.queueing.risk [--weeks N] [--share S]

Queues whose contacts are uncertain by the week, by the day, by the interval and by chance. The
requirement is made from 200 sample paths, as a forecast has; then as many other weeks of the same
kind are simulated (1,000 if not said otherwise) with the agents it names, absences included. One
JSON line a queue: the share of these weeks that keep 80 % in 20 seconds (chat: 60), with the agents
for the expected contacts and with those for the risk, and what these cost.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.risk.measure import measure_of
from shiftcast.scheduling.risk.requirement import staff_for_risk
from shiftcast.scheduling.risk.sampled_weeks import SampledWeeks
from shiftcast.scheduling.staffing.demand import queue_demands
from shiftcast.scheduling.staffing.requirement import AgentRequirement
from shiftcast.scheduling.staffing.staff import staff

Array = NDArray[np.float64]

PATHS = 200
GRID = TimeGrid(date(2026, 11, 30), 7, 30)
OPENING = OpeningHours((((480, 1200),),) * 6 + ((),))
WEEKDAYS = np.array([1.25, 1.05, 1.0, 1.0, 0.95, 0.6, 0.0])
PHONE = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0)
CHAT = ServiceTarget(service_level=0.8, within_s=60, max_occupancy=1.0)


@dataclass(frozen=True)
class Case:
    """A queue, its contacts on a usual day, and the deviation of the logs of a week and a day."""

    profile: QueueProfile
    contacts_a_day: float
    week_sd: float
    day_sd: float

    def counts(self, weeks: int, rng: np.random.Generator) -> Array:
        """Contacts in each interval of so many weeks; shape (weeks, GRID.size)."""
        clock = GRID.minute_of_day
        open_ = (clock >= 480) & (clock < 1200)
        shape = np.where(open_, 1 + 0.5 * np.sin((clock - 480) / 105), 0.0)
        usual = self.contacts_a_day * shape / shape.sum() * 7 * WEEKDAYS[GRID.day_of]
        week = self.week_sd * rng.standard_normal((weeks, 1))
        day = self.day_sd * rng.standard_normal((weeks, GRID.days))
        slot = 0.08 * rng.standard_normal((weeks, GRID.size))
        level = np.exp((week + day)[:, GRID.day_of] + slot)
        return rng.poisson(usual * level).astype(float)


def cases() -> Iterator[Case]:
    """Few and many agents, patient and impatient customers, phone and chat."""

    def phone(name: str, aht_s: float, patience_s: float | None, shrinkage: float) -> QueueProfile:
        return QueueProfile(
            name,
            target=PHONE,
            opening=OPENING,
            aht_s=aht_s,
            patience_s=patience_s,
            shrinkage=shrinkage,
        )

    yield Case(phone("small", 240.0, 150.0, 0.1), 300, 0.07, 0.08)
    yield Case(phone("patient", 300.0, None, 0.05), 900, 0.06, 0.07)
    yield Case(phone("large", 360.0, 120.0, 0.08), 4000, 0.05, 0.05)
    yield Case(phone("long", 900.0, 180.0, 0.08), 400, 0.08, 0.08)
    chat = QueueProfile(
        "chat",
        Channel.CHAT,
        CHAT,
        OPENING,
        aht_s=420.0,
        patience_s=180.0,
        aht_by_concurrency=(1.0, 1.2, 1.45),
        shrinkage=0.08,
    )
    yield Case(chat, 800, 0.06, 0.08)


def measure(case: Case, share: float, weeks: int) -> dict[str, Any]:
    """Makes the requirement and plays the weeks."""
    rng = np.random.default_rng(2026)
    forecast = _forecast(case, rng)
    profile = case.profile
    centre = Centre("one queue", "UTC", GRID.interval_min, (profile,))
    begin = time.perf_counter()
    made = staff_for_risk(forecast, centre, {profile.name: share})
    seconds = time.perf_counter() - begin
    (risk,) = made.risks
    (demand,) = queue_demands(forecast, centre)
    goal = measure_of(profile)
    assert goal is not None
    span = np.zeros(GRID.size, dtype=np.int64)
    unseen = SampledWeeks.draw(demand, goal, GRID, span, case.counts(weeks, rng), 99)

    def kept(need: object) -> float:
        assert isinstance(need, AgentRequirement)
        level = unseen.by_simulation(need.rostered, np.arange(weeks))
        return round(float((level >= goal.goal).mean()), 3)

    return {
        "queue": profile.name,
        "weeks": weeks,
        "kept": kept(made.requirement.queues[0]),
        "kept_expected": kept(staff(forecast, centre).queues[0]),
        "hours": round(risk.hours, 1),
        "dearer": round(risk.hours / risk.hours_expected - 1, 4),
        "seconds": round(seconds, 1),
    }


def _forecast(case: Case, rng: np.random.Generator) -> Forecast:
    paths = case.counts(PATHS, rng)[:, None]
    low, middle, high = np.quantile(paths, (0.1, 0.5, 0.9), axis=0)
    mean = paths.mean(axis=0)
    unknown = np.full_like(mean, np.nan)
    return Forecast(GRID, (case.profile.name,), mean, low, middle, high, unknown, paths, {})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, default=1000)
    parser.add_argument("--share", type=float, default=0.9)
    asked = parser.parse_args()
    for case in cases():
        print(json.dumps(measure(case, asked.share, asked.weeks)), flush=True)


if __name__ == "__main__":
    main()
