"""What every roster must keep, and what it should keep and at what price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

ALWAYS_HARD = frozenset(
    {
        "skills",
        "shift_shape",
        "one_shift_a_day",
        "fixed",
        "frozen",
        "meetings",
        "employment",
    }
)
"""Rules that have no price: what they ask for cannot be had in part."""

RULE_NAMES = (
    "skills", "availability", "time_off", "shift_type", "shift_shape", "one_shift_a_day", "rest",
    "consecutive_days", "contract_days", "contract_hours", "days_off_together", "start_spread",
    "seats", "fixed", "frozen", "forbidden_followers", "most_weekends", "shift_limits",
    "shortest_run", "shortest_days_off", "period_hours", "longest_day", "week_hours",
    "average_hours", "nights", "consecutive_nights", "whole_weekends", "free_weekends", "sites",
    "seat_limits", "least_staffing", "breaks_at_once", "company", "weekly_rest", "rotation",
    "morning_after_night", "overtime", "meetings", "employment",
)  # fmt: skip
"""The name of every rule, as the message catalogue and `[rules.soft]` have it."""

# The least that a limit may be; other limits may be 0.
_AT_LEAST_ONE = frozenset({
    "max_consecutive_days", "seats", "max_day_min", "average_weeks", "min_run_days",
    "min_run_days_off", "shift_limit_weeks", "breaks_at_once", "breaks_at_once_share",
})  # fmt: skip


class Rotation(StrEnum):
    """How an agent's starts may move from one working day, or week, to the next."""

    NONE = "none"
    FIXED = "fixed"  # the same start clock time on every day of a week
    FORWARD = "forward"  # a day's start is never earlier than that of the day before


@dataclass(frozen=True)
class Rules:
    """Centre-wide rules; None, and the values given here, limit nothing beyond the first three. A
    contract's own number goes before the centre's (`Contract.terms`).

    Weeks begin on the centre's first weekday. Minutes of a day or week are paid minutes; overtime
    is what a week holds above the contract's most. `seats` limits the agents present (breaks
    included) in any interval, `breaks_at_once` those on a break; `breaks_at_once_share` is the
    most of it in per cent of those present, rounded up to whole people.

    A shift is a night shift if it is at work at any time between `night_from` and `night_to`
    (clock minutes; past midnight if from > to), early if it starts before `early_before`, late if
    it ends after `late_after` (may exceed 1440). A weekend shift starts on a `weekend_days` day.

    `min_weekly_rest_min` is one rest without a break in each week. `max_weekends` and `max_nights`
    are (most, in so many weeks); of `free_weekend_every` weekends in a row one is free; with
    `whole_weekends` an agent works all days of a weekend or none. `shift_limits` are (shift code,
    most) in `shift_limit_weeks` weeks (None: in the plan). Without `morning_after_night` no early
    shift follows the day after a night shift's. The paid minutes of `average_weeks` weeks are at
    most `max_average_week_min` a week on average.

    `soft` names rules that may be broken, with their price: points for each unit (a day, a started
    hour, a shift) of a breach.
    """

    min_rest_min: int = 660
    max_consecutive_days: int = 6
    seats: int | None = None
    night_from: int = 0
    night_to: int = 300
    weekend_days: frozenset[int] = frozenset({5, 6})
    soft: tuple[tuple[str, float], ...] = ()
    max_day_min: int | None = None
    max_week_min: int | None = None
    max_average_week_min: int | None = None
    average_weeks: int = 4
    min_weekly_rest_min: int | None = None
    min_run_days: int = 1
    min_run_days_off: int = 1
    max_weekends: tuple[int, int] | None = None
    free_weekend_every: int | None = None
    whole_weekends: bool = False
    max_nights: tuple[int, int] | None = None
    max_consecutive_nights: int | None = None
    shift_limits: tuple[tuple[str, int], ...] = ()
    shift_limit_weeks: int | None = None
    morning_after_night: bool = True
    early_before: int = 0
    late_after: int = 2880
    rotation: Rotation = Rotation.NONE
    breaks_at_once: int | None = None
    breaks_at_once_share: int | None = None
    overtime_min: int = 0

    def __post_init__(self) -> None:
        for fault in limit_faults(vars(self)):
            raise ValueError(fault)
        for name, points in self.soft:
            if name not in RULE_NAMES or name in ALWAYS_HARD:
                raise ValueError(f"there is no rule {name} that could be soft")
            if points < 0:
                raise ValueError(f"soft rule {name} costs {points}, expected 0 or more")

    def price_of(self, rule: str) -> float | None:
        """Points for a unit of a breach; None for a rule that is hard."""
        return dict(self.soft).get(rule)


def limit_faults(limits: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with limits by their name in `Rules`; None is no limit."""
    for name, value in limits.items():
        least = 1 if name in _AT_LEAST_ONE else 0
        if name == "free_weekend_every":
            least = 2
        if isinstance(value, int) and value < least:
            yield f"{name} is {value}, expected {least} or more"
        if name in ("max_weekends", "max_nights") and isinstance(value, tuple):
            most, weeks = value
            if most < 0 or weeks < 1:
                yield f"{name} is {most} in {weeks} weeks, expected 0 or more in 1 or more"
        if name == "shift_limits" and isinstance(value, tuple):
            yield from (f"at most {most} shifts {code}" for code, most in value if most < 0)


@dataclass(frozen=True)
class Weights:
    """Prices of the soft goals, in the planner's points.

    `under` and `over`: one agent too few or too many for one hour. `request`: multiplies the
    weight of each refused request. `fairness`, `fairness_early`, `fairness_late`: a night or
    weekend shift, an early one, a late one above an agent's fair share. `fairness_requests`: by
    how much each request refused in earlier weeks makes an agent's request dearer.
    `steady_start`: each started hour between an agent's earliest and latest start clock
    time in the week. `evenness` spreads shortage: 0 counts hours only, 1 makes the last missing
    agent of an empty interval twice as dear as the first. `queue_change`: an agent going from one
    queue to another without a break between. `overtime`: an hour above the contract's week.
    `cost`: one unit of the centre's currency that is paid. `change`: a day of an agent that differs
    from the base roster. `break_change`: a break at another time in a shift that people know.
    """

    under: float = 40.0
    over: float = 4.0
    evenness: float = 1.0
    request: float = 4.0
    fairness: float = 2.0
    fairness_early: float = 0.0
    fairness_late: float = 0.0
    fairness_requests: float = 0.25
    steady_start: float = 1.0
    queue_change: float = 2.0
    overtime: float = 10.0
    cost: float = 0.0
    change: float = 0.0
    break_change: float = 0.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 0:
                raise ValueError(f"weight {name} is {value}, expected 0 or more")
