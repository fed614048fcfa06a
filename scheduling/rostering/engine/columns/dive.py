"""A roster out of a mixture: fix the clearest choices, let the kernel price the rest anew, go on.

What is fixed is an agent's option of a day (or the day off), not a whole column: the mixture of
many columns often agrees on most of an agent's days, and the kernel fills in the others around
them. Whole columns would tie up days on which nothing is clear yet (diving: Joncour et al. 2010,
Electron. Notes Discrete Math. 36).
"""

from __future__ import annotations

import numpy as np

from .column import FREE, Column, IntArray
from .generation import Generation, Left
from .master import Choices

WHOLE = 1 - 1e-6
RETREATS = 30
FEW_ROUNDS = 3  # pricings after a step in a hurry
SMALLEST = 0.005  # part of the open choices below which a step is not taken back


def dive(
    generation: Generation,
    left: Left,
    share: float,
    tolerance: float,
    jump: float,
    cutoff: float = np.inf,
    rounds: int = 12,
    retreats: int = RETREATS,
) -> list[Column] | None:
    """One column for each of the generation's agents; None if the dive ends above `cutoff` points.
    `share` is the part of the open choices that is fixed at a time; in between the kernel prices
    until `tolerance` points are left, or the mixture costs no more than before the step, at most
    `rounds` times. Where a step costs more than `jump` points it is taken back and a smaller one
    tried, up to `retreats` times in all. Steps are larger where the time asks for it; when it is
    over, everybody's most used column is what there is, whatever it costs.

    The generation's fixed days are written to.
    """
    fixed = generation.fixed
    if fixed is None:
        raise ValueError("a dive needs a table of fixed days to write to")
    before, points, enough = fixed.copy(), np.inf, -np.inf
    step, again, haste = share, False, 0.0
    while (begun := left()) > 0:
        generation.narrow()
        generation.run(left, tolerance, cutoff, rounds if haste < share else FEW_ROUNDS, enough)
        reached = generation.mixture.points
        if reached > points + jump and step > SMALLEST and retreats > 0 and haste < share:
            fixed[:] = before
            retreats -= 1
            step, again = step / 4, True
            continue
        if reached > cutoff:
            return None
        choices = generation.master.choices(generation.mixture)
        if (choices.share >= WHOLE).all():
            return _chosen(generation)
        step, again = step if again else min(2 * step, share), False
        # Steps take as long as they have choices: with this part of the days each, time is enough.
        # About two choices share a day.
        haste = min((begun - left()) / max(left(), 1e-9), 1.0) / 2
        step = max(step, haste)
        before, points, enough = fixed.copy(), reached, min(reached + tolerance, cutoff)
        _fix(generation, fixed, choices, step)
    return _chosen(generation)


def _chosen(generation: Generation) -> list[Column] | None:
    """Each agent's column with the largest share, where the mixture agrees on every day. Columns
    that differ in their breaks only may still share an agent; None if an agent has none."""
    master, shares = generation.master, generation.mixture.shares
    best: dict[int, int] = {}
    for place in np.flatnonzero(shares > 1e-9).tolist():
        agent = master.columns[place].agent
        if agent not in best or shares[place] > shares[best[agent]]:
            best[agent] = place
    if len(best) < len(generation.agents):
        return None
    return [master.columns[best[agent]] for agent in generation.agents]


def _fix(generation: Generation, fixed: IntArray, choices: Choices, share: float) -> None:
    """Fixes the clearest part of the open choices."""
    master, shares = generation.master, generation.mixture.shares
    open_ = (fixed[choices.agent, choices.day] == FREE) & (choices.share < WHOLE)
    order = np.flatnonzero(open_)
    order = order[np.argsort(-choices.share[order], kind="stable")]
    support: dict[int, list[Column]] = {}
    for place in np.flatnonzero(shares > 1e-9).tolist():
        column = master.columns[place]
        support.setdefault(column.agent, []).append(column)
    # About two options share a day, so half of the choices at most can be fixed.
    most = max(1, int(share * len(order)))
    done = 0
    for i in order.tolist():
        agent, day, option = int(choices.agent[i]), int(choices.day[i]), int(choices.option[i])
        kept = [column for column in support.get(agent, []) if column.option[day] == option]
        # Some column of the mixture must keep all that is fixed for its agent.
        if kept and fixed[agent, day] == FREE:
            support[agent], fixed[agent, day] = kept, option
            done += 1
            if done == most:
                break
