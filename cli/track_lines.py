"""The lines of what `track` found: plain values, which programs get as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class QueueScore:
    """One queue, or "all": scores of intervals, and of whole days (`day_wape`); mean handle times
    in seconds. The `model_` scores are those before the planner's adjustments, None without any.
    Shares are fractions of 1."""

    queue: str
    contacts: float
    expected: float
    wape: float
    bias: float
    coverage: float
    counted: int
    days: int
    day_wape: float
    handle_s: float
    expected_handle_s: float
    model_wape: float | None
    model_day_wape: float | None


@dataclass(frozen=True)
class DayScore:
    """One day of one queue as far as it is compared (all of it: `whole`), with the range of that;
    `left_out` intervals are not scored."""

    queue: str
    date: date
    whole: bool
    contacts: float
    expected: float
    p10: float
    p90: float
    wape: float
    bias: float
    left_out: int


@dataclass(frozen=True)
class ClockScore:
    """The intervals that start at one local time, of one queue or "all"."""

    queue: str
    time: str
    contacts: float
    expected: float
    wape: float
    bias: float
    coverage: float
    counted: int


@dataclass(frozen=True)
class EventScore:
    """The intervals that an event touches, of one queue: what was expected because of it
    (`effect`), and what came beyond the forecast without it (`effect_seen`)."""

    queue: str
    event: str
    contacts: float
    expected: float
    wape: float
    bias: float
    coverage: float
    counted: int
    effect: float
    effect_seen: float


@dataclass(frozen=True)
class AdjustmentScore:
    """Where an adjustment applied to one queue: contacts that came, that the `model` and the
    `adjusted` forecast expected, and by how many the adjusted one was nearer (`saved`)."""

    reason: str
    queue: str
    contacts: float
    model: float
    adjusted: float
    saved: float


@dataclass(frozen=True)
class DriftLine:
    """One check of one queue; `raised` is an alarm. `size` is how far what came lies above the
    forecast, as a share of it."""

    kind: str
    queue: str
    raised: bool
    since: date
    size: float
    from_time: str | None
    to_time: str | None
    statistic: float
    limit: float


@dataclass(frozen=True)
class LeftOut:
    """What cleaning found that keeps intervals out of the scores."""

    queue: str
    first: str
    last: str
    finding: str


@dataclass(frozen=True)
class OutlookLine:
    """What is still to come of one day of one queue, or of "all": as stored (`before`), and
    forecast anew with the range of 8 in 10 such days."""

    queue: str
    date: date
    whole: bool
    before: float
    mean: float
    p10: float
    p90: float
