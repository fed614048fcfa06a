"""What every roster must keep, and what it should keep and at what price."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """Centre-wide rules. A contract's own number overrides `min_rest_min` and
    `max_consecutive_days`. `seats` limits the agents present (breaks included) in any interval.

    A shift is a night shift if it is at work at any time between `night_from` and `night_to`
    (clock minutes; past midnight if from > to). A weekend shift starts on a `weekend_days` day.
    """

    min_rest_min: int = 660
    max_consecutive_days: int = 6
    seats: int | None = None
    night_from: int = 0
    night_to: int = 300
    weekend_days: frozenset[int] = frozenset({5, 6})

    def __post_init__(self) -> None:
        if self.min_rest_min < 0:
            raise ValueError(f"min_rest_min is {self.min_rest_min}, expected 0 or more")
        if self.max_consecutive_days < 1:
            raise ValueError(
                f"max_consecutive_days is {self.max_consecutive_days}, expected 1 or more"
            )
        if self.seats is not None and self.seats < 1:
            raise ValueError(f"seats is {self.seats}, expected 1 or more")


@dataclass(frozen=True)
class Weights:
    """Prices of the soft goals, in the planner's points.

    `under` and `over`: one agent too few or too many for one hour. `request`: multiplies the
    weight of each refused request. `fairness`: a night or weekend shift above an agent's fair
    share. `steady_start`: each started hour between an agent's earliest and latest start clock
    time in the week. `evenness` spreads shortage: 0 counts hours only, 1 makes the last missing
    agent of an empty interval twice as dear as the first. `queue_change`: an agent going from one
    queue to another without a break between.
    """

    under: float = 40.0
    over: float = 4.0
    evenness: float = 1.0
    request: float = 4.0
    fairness: float = 2.0
    steady_start: float = 1.0
    queue_change: float = 2.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 0:
                raise ValueError(f"weight {name} is {value}, expected 0 or more")
