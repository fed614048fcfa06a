"""Clocks of the sites: a shift's times are those of the clock on its site's wall.

A site's business day is that of its own clock. Elapsed minutes are the grid's for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from ...data.grid import TimeGrid
from ...data.shifts import ShiftTemplate, Site

DAY_MIN = 1440


@dataclass(frozen=True)
class SiteClock:
    """The clock of a time zone beside a grid of (perhaps) another."""

    grid: TimeGrid
    tz: str

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)

    def moment(self, minute: int) -> datetime:
        """Local time of an elapsed minute of the grid."""
        return self.grid.moment(minute).astimezone(self._zone)

    def clock(self, minute: int) -> int:
        """Clock minute (0–1439) of an elapsed minute."""
        moment = self.moment(minute)
        return moment.hour * 60 + moment.minute

    def minute(self, day: int, clock_minute: int) -> int | None:
        """Elapsed minute of a clock time on the grid's day number `day`, as
        `TimeGrid.minute`."""
        utc = self._utc(day, clock_minute)
        minute = self.grid.minute_of(utc)
        return minute if self.clock(minute) == clock_minute % DAY_MIN else None

    def minute_of_midnight(self, day: int) -> int:
        """Elapsed minute at which a day begins."""
        return self.grid.minute_of(self._utc(day, 0))

    def _utc(self, day: int, clock_minute: int) -> datetime:
        date = self.grid.first_day + timedelta(days=day + clock_minute // DAY_MIN)
        clock = clock_minute % DAY_MIN
        local = datetime.combine(date, time(clock // 60, clock % 60), tzinfo=self._zone)
        return local.astimezone(UTC)

    def offsets(self) -> tuple[int, ...]:
        """By how many minutes later than the grid's this clock's days begin: on the first day and
        after the last."""
        days = (0, self.grid.days)
        return tuple(
            self.minute_of_midnight(day) - self.grid.minute_of_midnight(day) for day in days
        )


class SiteClocks:
    """The clock of every shift: of its site, where that has a time zone, else of the grid."""

    def __init__(
        self, grid: TimeGrid, shifts: Sequence[ShiftTemplate] = (), sites: Sequence[Site] = ()
    ) -> None:
        self.grid = grid
        zones = {site.name: site.tz for site in sites}
        self._own = SiteClock(grid, grid.tz)
        made = {tz: SiteClock(grid, tz) for tz in zones.values()}
        self._of = {shift.code: made[zones[shift.site]] for shift in shifts if shift.site in zones}

    def of(self, shift_code: str) -> SiteClock:
        return self._of.get(shift_code, self._own)

    @property
    def others(self) -> tuple[SiteClock, ...]:
        """Clocks that are not the grid's."""
        return tuple({clock.tz: clock for clock in self._of.values()}.values())
