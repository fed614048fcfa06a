"""Groups of agents corrected by simulation until each queue meets its targets at the least cost.

The formulas know neither who is asked first nor how many agents of several skills it takes to gain
what pooling can gain. Both are found by a sequence of linear programs in the spirit of the cutting
planes of M. Cezik and P. L'Ecuyer (Management Science 54, 2008): how cost and surpluses change with
each unit is measured by simulating the same contacts, the cheapest step within a trust region is
taken, and measured again. The units are first of safety, from which the covering program makes
groups, with one group after the other left out where that is cheaper; then of the groups
themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint

from .programs import least_cost
from .recipe import Recipe, Setting
from .trial import Surplus, Trial

Array = NDArray[np.float64]

MARGIN = 1.0
"""Standard errors by which a target is to be met."""

_SAFETY_ROUNDS, _PRUNING_ROUNDS, _GROUP_ROUNDS = 8, 4, 12
_FIRST_REACH, _LEAST_REACH = 0.5, 0.04
_PROBE = 0.15
"""Units, of √load, by which a number is changed to see what it does; and its trust region."""

_MISSED_PRICE = 20.0
"""What a target missed by its whole costs, in costs of everything."""

_LEAST_GAIN = 0.0005
_FINE, _MOST_MORE = 0.1, 3.0
"""Units of safety by which all queues are finally shifted: the first step, and the most."""


@dataclass(frozen=True)
class Corrected:
    """`agents` (groups, intervals) that a recipe makes, their simulated surplus and their cost."""

    recipe: Recipe
    agents: Array
    surplus: Surplus
    cost: float

    @property
    def met(self) -> bool:
        return self.surplus.met(0.0)


def corrected_groups(setting: Setting, trial: Trial) -> Corrected:
    """The cheapest groups found that meet every target in `trial`; where none do, those that come
    nearest."""

    def tried(recipe: Recipe) -> Corrected:
        return _tried(setting, trial, recipe)

    best = _with_safety(setting, trial, tried(Recipe.plain(setting.crew)), _SAFETY_ROUNDS)
    while best.surplus.met(MARGIN):
        shorter = [
            _with_safety(setting, trial, tried(recipe), _PRUNING_ROUNDS)
            for recipe in best.recipe.without_each_group(setting.crew)
        ]
        met = [one for one in shorter if one.surplus.met(MARGIN)]
        cheapest = min(met, key=lambda one: one.cost, default=best)
        if cheapest.cost >= best.cost * (1 - _LEAST_GAIN):
            break
        best = _with_safety(setting, trial, cheapest, _SAFETY_ROUNDS)
    groups = len(setting.crew.serves)
    moved = _descended(tried, best, Recipe.with_groups, groups, _GROUP_ROUNDS)
    return moved if moved.surplus.met(MARGIN) or not best.surplus.met(MARGIN) else best


def _with_safety(setting: Setting, trial: Trial, start: Corrected, rounds: int) -> Corrected:
    """The cheapest safety found from a start on."""

    def tried(recipe: Recipe) -> Corrected:
        return _tried(setting, trial, recipe)

    queues = len(setting.crew.queues)
    best = _descended(tried, start, Recipe.with_safety, queues + 1, rounds)
    return just_enough(setting, trial, best.recipe)


def just_enough(setting: Setting, trial: Trial, recipe: Recipe) -> Corrected:
    """The recipe with the least safety more or less for all queues with which every target is met;
    what comes nearest where none does."""

    def more(units: float) -> Corrected:
        return _tried(setting, trial, recipe.with_more(units))

    low, high = -_FINE, _FINE
    found = more(high)
    while not found.surplus.met(MARGIN) and high < _MOST_MORE:
        low, high = high, 2 * high
        found = more(high)
    while found.surplus.met(MARGIN) and high - low > _FINE / 8:
        middle = more((low + high) / 2)
        if middle.surplus.met(MARGIN):
            high, found = (low + high) / 2, middle
        else:
            low = (low + high) / 2
    return found


def _tried(setting: Setting, trial: Trial, recipe: Recipe) -> Corrected:
    agents = recipe.agents(setting)
    cost = float((setting.crew.hourly_cost @ agents).sum())
    return Corrected(recipe, agents, trial.surplus(agents), cost)


@dataclass(frozen=True)
class _Slopes:
    """What a unit more, and a unit less, of each number does to the surpluses, shape (2, numbers,
    targets), and to the cost, shape (2, numbers). Service gains less from more agents than it
    loses from fewer, so that the two sides differ."""

    surplus: Array
    cost: Array


Change = Callable[[Recipe, Array], Recipe]


def _descended(
    tried: Callable[[Recipe], Corrected],
    best: Corrected,
    change: Change,
    numbers: int,
    rounds: int,
) -> Corrected:
    """The best found by steps of the `numbers` numbers that `change` adds to a recipe."""
    whole, reach = best.cost, _FIRST_REACH
    slopes = _slopes(tried, best, change, numbers)
    for _ in range(rounds):
        step = _cheapest_step(best, slopes, whole, reach)
        here = tried(change(best.recipe, step))
        if _merit(here, whole) < _merit(best, whole) - _LEAST_GAIN:
            best = here
            slopes = _slopes(tried, best, change, numbers)
        else:
            reach /= 2.5
        if reach < _LEAST_REACH:
            break
    return best


def _slopes(
    tried: Callable[[Recipe], Corrected], here: Corrected, change: Change, numbers: int
) -> _Slopes:
    probes = np.eye(numbers) * _PROBE
    sides = [[tried(change(here.recipe, side * probe)) for probe in probes] for side in (1.0, -1.0)]
    gained = [[one.surplus.value - here.surplus.value for one in probed] for probed in sides]
    spent = [[one.cost - here.cost for one in probed] for probed in sides]
    return _Slopes(np.array(gained) / _PROBE, np.array(spent) / _PROBE)


def _merit(found: Corrected, whole: float) -> float:
    missed = np.maximum(MARGIN * found.surplus.error - found.surplus.value, 0.0)
    return found.cost / whole + _MISSED_PRICE * float(missed.sum())


def _cheapest_step(here: Corrected, slopes: _Slopes, whole: float, reach: float) -> Array:
    """The step within `reach` that a model, linear to either side, makes cheapest; a missed target
    has its price."""
    targets, numbers = len(here.surplus.value), slopes.cost.shape[1]
    gains = slopes.surplus.reshape(2 * numbers, targets)
    found = least_cost(
        np.concatenate([slopes.cost.ravel() / whole, np.full(targets, _MISSED_PRICE)]),
        [
            LinearConstraint(
                np.hstack([gains.T, np.eye(targets)]),
                lb=MARGIN * here.surplus.error - here.surplus.value,
            )
        ],
        np.concatenate([np.full(2 * numbers, reach), np.full(targets, np.inf)]),
    )
    return found[:numbers] - found[numbers : 2 * numbers]
