"""A roster of a long horizon from nothing: two weeks of everybody at once, then the weeks after
them.

An ascent over the whole horizon says what people and totals are worth on every day, what good
rosters agree on, and how many hours they have used by then. What they agree on is fixed at once.
Then each block of weeks is a short horizon of its own, whose mixture and dive end near its best,
while the weeks after it are not made yet: what they cost from each state, and what it costs them if
a block uses up hours or weekends, the prices say. These hold to the end, as long as no agent is far
from the hours expected: a new ascent after each block has been tried, and its time is better spent
on the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..course import FEW
from ..weeks import Weeks, copy_weeks
from .ascent import Ascent
from .cells import Cells
from .column import FREE, Column, IntArray
from .dive import dive
from .following import look_ahead
from .generation import Generation, Left, part
from .oracle import CrewOracle
from .replies import Replies, come_to_rest, wander
from .window import Window

WEEK = 7
BLOCK = 2  # weeks of a block,
AHEAD = 1  # those after it that it sees and the next block makes anew,
LAST = 6  # and those of the last block, at least: prices say too little of so few weeks
CLEAR = 0.75  # share of an agent's day from which on it is fixed,
NEAR_END = 63  # unless so few days are left: hours and weekends are not what they were for
STEPS = (0.2, 0.001)  # first and last step of the ascent after that,
ROUNDS = 100  # and its rounds
CLOSE = 0.03  # of the dearest person missing: how far a mixture may be from its bound
SHARE = 0.1  # of the open choices that a step of the dive fixes
JUMP = 0.1  # of the dearest person missing: a step that costs more is tried again smaller
REPLYING = 0.2  # of a block's time, for replies from the first columns,
STILL = 5  # which end after so many rounds that gain nothing,
MANY = 150  # rounds of pricing that there must be time for, or replies are all,
MIXED = 0.5  # of what is left then, for the mixture,
DIVING = 0.5  # and of what is left then, for the dive; the rest for replies again
ANY = 1e12  # points that a roster may cost more than the best where any will do
SPREAD = (1.0, 1.03, 1.06)  # times the prices, at which a block's first columns are best


def opening(
    ascent: Ascent, weeks: Weeks, cost: float, rng: np.random.Generator, left: Left
) -> Weeks:
    """A roster made block by block in the time that is left, from an ascent over the whole; `weeks`
    again, which costs `cost`, as soon as what is proven of the blocks made so far shows that it
    would cost more. An agent who ends without a legal one keeps that of `weeks`. What agents cost
    (`Weeks.cost`) is not brought up to date."""
    compiled, made = ascent.compiled, copy_weeks(weeks)
    days, oracle = ascent.fixed.shape[1], CrewOracle(compiled, ANY, FEW)
    begun = _fix_clear(ascent, oracle, left)
    expected = ascent.reached.copy()
    edges = [*range(0, max(days - LAST * WEEK, 0) + 1, BLOCK * WEEK), days]
    agents = list(range(compiled.agents))
    for number, (first, last) in enumerate(pairwise(edges)):
        seen = min(last + AHEAD * WEEK, days)
        following = look_ahead(ascent, seen, expected[:, :, seen - 1]) if seen < days else None
        window = Window(compiled, made, first, seen, following)
        found = _block(ascent, window, agents, rng, part(left, _share(edges[number:])))
        if found is None:
            return copy_weeks(weeks)
        window.put(found)
        placed = [column.agent for column in found]
        ascent.fixed[placed, first:last] = made.option[placed, first:last]
        stuck = _stuck(ascent, oracle, agents, placed, first, last)
        if days - last <= NEAR_END:
            ascent.fixed[:, last:] = FREE
        ascent.settle(first, last)
        proven = ascent.run(1, *STEPS, left)
        lost_by_each = (proven - begun) / (number + 1)
        if proven + lost_by_each * (len(edges) - 2 - number) > cost:
            return copy_weeks(weeks)
        lost = _free(ascent, stuck, made, last) if stuck else []
        ascent.fixed[lost] = weeks.option[lost]
        agents = sorted(set(agents).difference(lost))
    others = sorted(set(range(compiled.agents)).difference(agents))
    made.option[others], made.breaks[others] = weeks.option[others], weeks.breaks[others]
    return made


def _share(edges: Sequence[int]) -> float:
    """The first block's share of the time for all between the edges: the work grows with the square
    of a block's days."""
    work = np.diff(edges) ** 2
    return float(work[0] / work.sum())


def _fix_clear(ascent: Ascent, oracle: CrewOracle, left: Left) -> float:
    """Fixes what good rosters agree on, for those who have a legal roster then; a bound of what any
    costs that keep it."""
    choice, share = ascent.clearest()
    clear = np.where(share >= CLEAR, choice, FREE)
    able = _able(oracle, range(oracle.agents), clear)
    ascent.fixed[able] = clear[able]
    return ascent.run(ROUNDS, *STEPS, left)


def _stuck(
    ascent: Ascent,
    oracle: CrewOracle,
    agents: list[int],
    placed: list[int],
    first: int,
    last: int,
) -> list[int]:
    """Who of the agents was not placed in the block, or has no legal roster with the days from
    `first` to before `last` as they were placed, even if those after them that were fixed are free
    again. Their days from `first` on are free then."""
    still = set(_able(oracle, placed, ascent.fixed))
    ascent.fixed[sorted(set(placed) - still), last:] = FREE
    still.update(_able(oracle, sorted(set(placed) - still), ascent.fixed))
    stuck = sorted(set(agents) - still)
    ascent.fixed[stuck, first:] = FREE
    return stuck


def _free(ascent: Ascent, stuck: list[int], made: Weeks, last: int) -> list[int]:
    """Gives each of those who were stuck the best legal days before `last` at the prices: new ones
    from the beginning, if the earlier ones do not let them. Who has none all the same."""
    lost = []
    oracle = CrewOracle(ascent.compiled, room=FEW)
    for a in stuck:
        priced = oracle.price(ascent.cell_price, [a], ascent.fixed)
        if not priced:
            ascent.fixed[a] = FREE
            priced = oracle.price(ascent.cell_price, [a], ascent.fixed)
        if not priced:
            lost.append(a)
            continue
        column = priced[0].column
        made.option[a, :last] = ascent.fixed[a, :last] = column.option[:last]
        made.breaks[a, :last] = column.breaks[:last]
    return lost


def _able(oracle: CrewOracle, agents: Sequence[int], fixed: IntArray) -> list[int]:
    """Who of the agents has a legal roster that keeps what is fixed (agents, days)."""
    priced = oracle.price(np.zeros(oracle.coupling.rows), agents, fixed)
    return [p.column.agent for p in priced]


def _block(
    ascent: Ascent, window: Window, agents: Sequence[int], rng: np.random.Generator, left: Left
) -> list[Column] | None:
    """The window's columns, one for each agent who has one: replies and, where the time is enough,
    a mixture that begins with all that these met, a dive, and replies again."""
    cells, prices = ascent.cells.some(window.cells), ascent.cell_price[window.cells]
    fixed = ascent.fixed[:, window.first : window.last].copy()
    begun = left()
    met = [
        priced.column for times in SPREAD for priced in window.price(times * prices, agents, fixed)
    ]
    enough = MANY * (begun - left()) / len(SPREAD) < left()
    if not met:
        return None
    first = {column.agent: column for column in reversed(met)}
    replies = Replies(window, [first[a] for a in sorted(first)], fixed, cells)
    come_to_rest(replies, left)
    for _ in wander(replies, rng, STILL, part(left, REPLYING) if enough else left):
        met.extend(replies.columns)
    if not enough:
        return replies.columns
    again = _mixed(window, cells, met, fixed, left)
    for _ in wander(again, rng, STILL, left):
        pass
    return min(replies, again, key=lambda each: each.points).columns


def _mixed(
    window: Window, cells: Cells, met: Sequence[Column], fixed: IntArray, left: Left
) -> Replies:
    """Replies at rest after a dive from the best mixture, which begins with the columns met."""
    dearest, free = cells.dearest, fixed.copy()
    coupling, placed = cells.coupling(window.agents), sorted({column.agent for column in met})
    generation = Generation(window, coupling, placed, met, fixed, smoothing=0.5)
    generation.run(part(left, MIXED), CLOSE * dearest)
    found = dive(generation, part(left, DIVING), SHARE, CLOSE * dearest, JUMP * dearest)
    if found is None:  # out of time before everybody had a place in the mixture
        found = list({column.agent: column for column in met}.values())
    replies = Replies(window, found, free, cells)
    come_to_rest(replies, left)
    return replies
