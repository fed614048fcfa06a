"""Whether sites with clocks of their own can be planned on the centre's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ..centre import Centre
from ..errors import Problems

WINTER_AND_SUMMER = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))
"""Days on which time zones are compared: what is ahead then is so in any year."""


def check_site_clocks(centre: Centre, problems: Problems) -> None:
    """Each site with a clock of its own has shifts, none of which begins before the plan does."""
    for site in centre.sites:
        own = [shift for shift in centre.shifts if shift.site == site.name]
        if not own:
            problems.add("input.site_unused", file="shiftcast.toml", column="site", name=site.name)
            continue
        ahead = max(_ahead_min(site.tz, centre.tz, day) for day in WINTER_AND_SUMMER)
        early = [shift.code for shift in own if shift.earliest_start < ahead]
        if early:
            problems.warn(
                "input.site_ahead",
                file="shiftcast.toml",
                column="site",
                name=site.name,
                shifts=", ".join(early),
                hours=ahead / 60,
            )


def _ahead_min(tz: str, other: str, noon: datetime) -> int:
    """By how many minutes a time zone's clock is ahead of another's."""
    mine, theirs = (noon.replace(tzinfo=ZoneInfo(zone)).utcoffset() for zone in (tz, other))
    assert mine is not None
    assert theirs is not None
    return int((mine - theirs).total_seconds()) // 60
