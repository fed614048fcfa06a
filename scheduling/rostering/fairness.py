"""What nobody likes, shared fairly: nights, weekends, early and late shifts, refused requests.

Who had more of it in earlier weeks than anybody needs to have had is spared now. What everybody
carries counts for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from ...data.rules import Rules, Weights
from .options import is_night
from .problem import Carried
from .roster import Assignment
from .site_clocks import SiteClocks


class Burden(StrEnum):
    """Kinds of shifts that are shared; a shift may be of several. The fields of `Carried` have
    their names."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    EARLY = "early"
    LATE = "late"

    def price(self, weights: Weights) -> float:
        """Points of one shift above an agent's fair share."""
        if self is Burden.EARLY:
            return weights.fairness_early
        return weights.fairness_late if self is Burden.LATE else weights.fairness


def burdens(clocks: SiteClocks, rules: Rules, shifts: Iterable[Assignment]) -> Counter[Burden]:
    """How many of the shifts are of each kind."""
    found: Counter[Burden] = Counter()
    for shift in shifts:
        clock = clocks.of(shift.shift_code).clock(shift.start)
        ends = clock + shift.end - shift.start
        weekday = (clocks.grid.first_day.weekday() + shift.day) % 7
        found[Burden.NIGHTS] += int(is_night(rules, np.array([clock]), np.array([ends]))[0])
        found[Burden.WEEKENDS] += weekday in rules.weekend_days
        found[Burden.EARLY] += clock < rules.early_before
        found[Burden.LATE] += ends > rules.late_after
    return found


def fair_points(weight: float, carried: int, worked: int) -> float:
    """Points of `worked` shifts of a kind on top of `carried` earlier ones: the k-th such shift in
    an agent's memory costs (k − 1) × weight, so the next goes to who had fewest."""
    return weight * (worked * carried + worked * (worked - 1) / 2)


def request_price(weights: Weights, carried: Carried) -> float:
    """What multiplies the weight of an agent's refused request: the more were refused before, the
    more."""
    return weights.request * (1 + weights.fairness_requests * carried.refused)
