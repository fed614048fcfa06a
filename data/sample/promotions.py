"""The sample's promotions and what they truly do to contacts and handle times.

A promotion comes in phases: warm-up, deposits, first payments, the eve with its rush from 20:00,
the main day, the days on which customers ask where their parcels are, and the wave of returns. On
a day of a phase a queue draws ``1 + size × uplift`` times what it would draw, a contact takes
``handle_time`` times as long whatever the size, and the hours of the phase's surge draw more of
the day than usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from .holidays import LUNAR_NEW_YEAR

RETURNS = "returns"


@dataclass(frozen=True)
class Effect:
    """What a phase does to one queue: the uplift of its contacts at size 1 (0.5 is half as many
    again), and the factor on its handle time."""

    uplift: float
    handle_time: float


_Effects = Mapping[str, Effect]


def _by_queue(
    phone: tuple[float, float], chat: tuple[float, float], email: tuple[float, float]
) -> _Effects:
    return {"phone": Effect(*phone), "chat": Effect(*chat), "email": Effect(*email)}


# Before a sale customers ask about rules and vouchers, which takes long; on the main day and about
# parcels they ask briefly, most of all in chat; returns take longest, in writing above all.
_RETURNS = _by_queue((0.26, 1.08), (0.20, 1.05), (0.42, 1.10))
EFFECTS: Mapping[tuple[str, str], _Effects] = {
    ("new_year_goods", ""): _by_queue((0.10, 1.01), (0.18, 1.02), (0.04, 1.00)),
    ("618", "preheat"): _by_queue((0.10, 1.03), (0.22, 1.04), (0.05, 1.00)),
    ("618", "eve"): _by_queue((0.18, 1.01), (0.42, 0.98), (0.08, 1.00)),
    ("618", "peak"): _by_queue((0.60, 0.95), (1.10, 0.92), (0.30, 0.98)),
    ("618", "shipping"): _by_queue((0.30, 0.91), (0.38, 0.87), (0.16, 0.95)),
    ("618", RETURNS): _RETURNS,
    ("double11", "deposit"): _by_queue((0.15, 1.06), (0.35, 1.08), (0.08, 1.03)),
    ("double11", "opening"): _by_queue((0.38, 0.98), (0.80, 0.95), (0.16, 1.00)),
    ("double11", "preheat"): _by_queue((0.18, 1.04), (0.36, 1.05), (0.10, 1.00)),
    ("double11", "eve"): _by_queue((0.35, 1.00), (0.75, 0.96), (0.15, 1.00)),
    ("double11", "peak"): _by_queue((1.00, 0.93), (1.80, 0.89), (0.50, 0.96)),
    ("double11", "shipping"): _by_queue((0.42, 0.88), (0.52, 0.84), (0.22, 0.93)),
    ("double11", RETURNS): _RETURNS,
    ("double12", "preheat"): _by_queue((0.08, 1.02), (0.16, 1.03), (0.04, 1.00)),
    ("double12", "eve"): _by_queue((0.15, 1.01), (0.32, 0.98), (0.08, 1.00)),
    ("double12", "peak"): _by_queue((0.55, 0.96), (1.00, 0.94), (0.22, 0.98)),
    ("double12", "shipping"): _by_queue((0.24, 0.92), (0.28, 0.89), (0.16, 0.95)),
    ("double12", RETURNS): _RETURNS,
}
"""By type and phase; every returns wave is the same thing in another size."""

# (from hour, to hour, factor) of the hours that draw more of the day's contacts than usual.
Surge = tuple[tuple[float, float, float], ...]
SURGE: Mapping[str, Surge] = {
    "": ((19.0, 22.0, 1.15),),
    "preheat": ((19.0, 23.0, 1.20),),
    "deposit": ((20.0, 23.0, 1.45),),
    "opening": ((0.0, 2.0, 1.80), (20.0, 24.0, 1.80)),
    "eve": ((20.0, 24.0, 2.20),),
    "peak": ((0.0, 2.0, 2.50), (9.0, 11.5, 1.25), (20.0, 24.0, 1.35)),
    "shipping": ((8.0, 12.0, 1.35), (12.0, 15.0, 1.10)),
    RETURNS: ((10.0, 12.0, 1.15), (14.0, 17.0, 1.20)),
}
"""By phase, of whatever type."""

# (type, phase, first and last month and day, size by year; 1 where no year is named)
_Sizes = Mapping[int, float]
_USUAL: _Sizes = {}
_YEARLY: tuple[tuple[str, str, tuple[int, int], tuple[int, int], _Sizes], ...] = (
    ("618", "preheat", (6, 1), (6, 16), _USUAL),
    ("618", "eve", (6, 17), (6, 17), _USUAL),
    ("618", "peak", (6, 18), (6, 18), {2025: 0.9, 2026: 1.1}),
    ("618", "shipping", (6, 19), (6, 22), _USUAL),
    ("618", RETURNS, (6, 23), (6, 30), _USUAL),
    ("double11", "deposit", (10, 20), (10, 30), _USUAL),
    ("double11", "opening", (10, 31), (11, 1), _USUAL),
    ("double11", "preheat", (11, 4), (11, 9), _USUAL),
    ("double11", "eve", (11, 10), (11, 10), _USUAL),
    ("double11", "peak", (11, 11), (11, 11), {2025: 1.1, 2026: 1.2}),
    ("double11", "shipping", (11, 12), (11, 15), {2026: 1.1}),
    ("double11", RETURNS, (11, 16), (11, 25), {2024: 1.5, 2025: 1.5, 2026: 1.6}),
    ("double12", "preheat", (12, 8), (12, 10), _USUAL),
    ("double12", "eve", (12, 11), (12, 11), _USUAL),
    ("double12", "peak", (12, 12), (12, 12), {2025: 0.9}),
    ("double12", "shipping", (12, 13), (12, 15), _USUAL),
    ("double12", RETURNS, (12, 16), (12, 22), {2024: 0.6, 2025: 0.6, 2026: 0.6}),
)


@dataclass(frozen=True)
class Phase:
    """One phase as it took place (or will) from `first` to `last`, both included. `type` is the
    kind of promotion, `phase` the part of it (blank for one without parts)."""

    type: str
    phase: str
    first: date
    last: date
    size: float = 1.0

    @property
    def surge(self) -> Surge:
        return SURGE[self.phase]

    def factor(self, queue: str, day: date) -> float:
        """True factor on a queue's contacts of one of the phase's days."""
        shape = self._wave(day) if self.phase == RETURNS else 1.0
        return 1.0 + self.size * EFFECTS[self.type, self.phase][queue].uplift * shape

    def handle_factor(self, queue: str) -> float:
        """True factor on a queue's handle time, on each of the phase's days."""
        return EFFECTS[self.type, self.phase][queue].handle_time

    def _wave(self, day: date) -> float:
        """Rises for three days and dies down; its mean over the phase is 1."""
        heights = [d * exp(-d / 3) for d in range(1, (self.last - self.first).days + 2)]
        return heights[(day - self.first).days] * len(heights) / sum(heights)


def phases(first: date, last: date) -> tuple[Phase, ...]:
    """The phases that have a day between two days (both included), in order of time."""
    found = []
    for year in range(first.year, last.year + 1):
        for type_, phase, start, end, sizes in _YEARLY:
            days = date(year, *start), date(year, *end)
            found.append(Phase(type_, phase, *days, size=sizes.get(year, 1.0)))
        if year in LUNAR_NEW_YEAR:
            moon = LUNAR_NEW_YEAR[year]
            days = moon - timedelta(days=22), moon - timedelta(days=9)
            found.append(Phase("new_year_goods", "", *days))
    inside = (phase for phase in found if phase.first <= last and phase.last >= first)
    return tuple(sorted(inside, key=lambda phase: phase.first))
