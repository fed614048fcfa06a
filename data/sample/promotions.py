"""The sample's promotions and what they truly do to contacts.

A promotion comes in phases: warm-up, the eve with its rush from 20:00, the main day, and the wave
of after-sales contacts that follows. A phase has a type, and every phase of one type has the same
true uplift at size 1: on such a day a queue draws ``1 + size × uplift`` times what it would draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp

from .holidays import LUNAR_NEW_YEAR

RETURNS_WAVE = "returns_wave"

# Uplift at size 1, by type of phase and queue.
UPLIFT: Mapping[str, Mapping[str, float]] = {
    "new_year_goods": {"phone": 0.10, "chat": 0.18, "email": 0.04},
    "618_preheat": {"phone": 0.10, "chat": 0.22, "email": 0.05},
    "618_eve": {"phone": 0.18, "chat": 0.42, "email": 0.08},
    "618": {"phone": 0.60, "chat": 1.10, "email": 0.30},
    "double11_deposit": {"phone": 0.15, "chat": 0.35, "email": 0.08},
    "double11_opening": {"phone": 0.38, "chat": 0.80, "email": 0.16},
    "double11_preheat": {"phone": 0.18, "chat": 0.36, "email": 0.10},
    "double11_eve": {"phone": 0.35, "chat": 0.75, "email": 0.15},
    "double11": {"phone": 1.00, "chat": 1.80, "email": 0.50},
    "double12_preheat": {"phone": 0.08, "chat": 0.16, "email": 0.04},
    "double12_eve": {"phone": 0.15, "chat": 0.32, "email": 0.08},
    "double12": {"phone": 0.55, "chat": 1.00, "email": 0.22},
    RETURNS_WAVE: {"phone": 0.26, "chat": 0.20, "email": 0.42},
}

# Factor on handle time by type: short questions on the main day, long ones with returns.
HANDLE_TIME: Mapping[str, float] = {
    "618": 0.95,
    "double11": 0.93,
    "double12": 0.96,
    RETURNS_WAVE: 1.06,
}

# (from hour, to hour, factor) of the hours that draw more of the day's contacts than usual.
Surge = tuple[tuple[float, float, float], ...]
_EVE: Surge = ((20.0, 24.0, 2.2),)
_MAIN_DAY: Surge = ((0.0, 2.0, 2.5), (9.0, 11.5, 1.25), (20.0, 24.0, 1.35))
SURGE: Mapping[str, Surge] = {
    "618_eve": _EVE,
    "618": _MAIN_DAY,
    "double11_opening": _EVE,
    "double11_eve": _EVE,
    "double11": _MAIN_DAY,
    "double12_eve": _EVE,
    "double12": _MAIN_DAY,
}

# (type, first and last month and day, size by year; 1 where no year is named)
_Sizes = Mapping[int, float]
_USUAL: _Sizes = {}
_YEARLY: tuple[tuple[str, str, tuple[int, int], tuple[int, int], _Sizes], ...] = (
    ("618_preheat", "618", (6, 1), (6, 16), _USUAL),
    ("618_eve", "618", (6, 17), (6, 17), _USUAL),
    ("618", "618", (6, 18), (6, 18), {2025: 0.9, 2026: 1.1}),
    (RETURNS_WAVE, "618", (6, 19), (6, 28), _USUAL),
    ("double11_deposit", "double11", (10, 20), (10, 30), _USUAL),
    ("double11_opening", "double11", (10, 31), (11, 1), _USUAL),
    ("double11_preheat", "double11", (11, 4), (11, 9), _USUAL),
    ("double11_eve", "double11", (11, 10), (11, 10), _USUAL),
    ("double11", "double11", (11, 11), (11, 11), {2025: 1.1, 2026: 1.2}),
    (RETURNS_WAVE, "double11", (11, 12), (11, 23), {2024: 1.5, 2025: 1.5, 2026: 1.6}),
    ("double12_preheat", "double12", (12, 8), (12, 10), _USUAL),
    ("double12_eve", "double12", (12, 11), (12, 11), _USUAL),
    ("double12", "double12", (12, 12), (12, 12), {2025: 0.9}),
    (RETURNS_WAVE, "double12", (12, 13), (12, 20), {2024: 0.6, 2025: 0.6, 2026: 0.6}),
)


@dataclass(frozen=True)
class Phase:
    """One phase as it took place (or will): `event` is the promotion that it belongs to."""

    type: str
    event: str
    first: date
    last: date
    size: float = 1.0
    surge: Surge = field(default=())

    def factor(self, queue: str, day: date) -> float:
        """True factor on a queue's contacts of one of the phase's days."""
        shape = 1.0 if self.type != RETURNS_WAVE else self._wave(day)
        return 1.0 + self.size * UPLIFT[self.type][queue] * shape

    def _wave(self, day: date) -> float:
        """Rises for three days and dies down; its mean over the phase is 1."""
        heights = [d * exp(-d / 3) for d in range(1, (self.last - self.first).days + 2)]
        return heights[(day - self.first).days] * len(heights) / sum(heights)


def phases(first: date, last: date) -> tuple[Phase, ...]:
    """The phases that have a day between two days (both included), in order of time."""
    found = []
    for year in range(first.year, last.year + 1):
        for type_, event, start, end, sizes in _YEARLY:
            days = date(year, *start), date(year, *end)
            found.append(
                Phase(type_, event, *days, size=sizes.get(year, 1.0), surge=SURGE.get(type_, ()))
            )
        if year in LUNAR_NEW_YEAR:
            sale = LUNAR_NEW_YEAR[year] - timedelta(days=22), LUNAR_NEW_YEAR[year]
            found.append(
                Phase("new_year_goods", "new_year_goods", sale[0], sale[1] - timedelta(days=9))
            )
    inside = (phase for phase in found if phase.first <= last and phase.last >= first)
    return tuple(sorted(inside, key=lambda phase: phase.first))
