"""What the closed loop of a plan found and did: light to load, kept with the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Factors = Mapping[str, tuple[float, ...]]
"""By queue, the factor on each day's contacts that it is staffed for; queues left out have 1."""

NO_FACTORS: Factors = MappingProxyType({})

SHARE_TOLERANCE = 0.0005
SECONDS_TOLERANCE = 0.5
"""A target is met that is missed by what rounding hides."""

_FLOORS = frozenset({"service_level", "wait_within", "reply_rate", "deadline_met"})


@dataclass(frozen=True)
class Gap:
    """One target of a queue over all days of a plan, as simulated.

    `measure` is a column of `Kpis`; `error` is one standard error of `reached`. `late_days` are
    the numbers of the grid's days on which the target is missed. Of a promise that is to be kept
    with a chance, `reached` is what that share of the simulated futures (`risk`) reaches, so that
    the limit is met with the chance if `reached` meets it.
    """

    queue: str
    measure: str
    limit: float
    reached: float
    error: float
    late_days: tuple[int, ...] = ()
    risk: float | None = None

    @property
    def at_least(self) -> bool:
        """Whether the limit is a floor (service level) or a ceiling (abandonment)."""
        return self.measure in _FLOORS

    @property
    def short(self) -> float:
        """By how much the target is missed, in its own unit; negative if it is met."""
        return self.limit - self.reached if self.at_least else self.reached - self.limit

    @property
    def missed(self) -> bool:
        tolerance = SECONDS_TOLERANCE if self.measure == "asa_s" else SHARE_TOLERANCE
        return self.short > tolerance

    @property
    def doubt(self) -> float:
        """How far the target is from being met for certain: by one standard error. 0 if it is."""
        return max(self.short + self.error, 0.0)

    @property
    def wanting(self) -> float:
        """What a correction has to gain: up to two standard errors beyond the limit. 0 where the
        target is met for certain."""
        return self.short + 2 * self.error if self.doubt > 0 else 0.0


@dataclass(frozen=True)
class Raise:
    """How a round raised the requirement of one queue: by `hours` rostered agent-hours, on the
    grid's days of these numbers, because of `gap`."""

    queue: str
    hours: float
    days: tuple[int, ...]
    gap: Gap


@dataclass(frozen=True)
class Standing:
    """A roster as simulated: every target, and what it costs."""

    gaps: tuple[Gap, ...]
    paid_hours: float
    cost: float

    @property
    def missed(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.missed)

    @property
    def met(self) -> int:
        """How many targets are met."""
        return len(self.gaps) - len(self.missed)


@dataclass(frozen=True)
class Round:
    """What a round raised, how the roster stands that was found for it, and which queues lost by it
    that lack people themselves: for them it was not kept."""

    raised: tuple[Raise, ...]
    standing: Standing
    robbed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What the closed loop did in the rounds that it was `asked` for at most.

    `first` is the roster before it, `kept` the number of the round whose requirement the plan has
    (0: none), `factors` what that requirement was raised by. `short_of_people` are queues that got
    no more people however much more was asked, and the agent-hours that they then lacked.
    """

    asked: int
    first: Standing
    rounds: tuple[Round, ...] = ()
    kept: int = 0
    factors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    short_of_people: tuple[tuple[str, float], ...] = ()

    @property
    def last(self) -> Standing:
        """How the roster of the kept round stands."""
        return self.rounds[self.kept - 1].standing if self.kept else self.first
