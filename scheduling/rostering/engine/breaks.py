"""Breaks of one agent's shifts, moved to where they cost least beside everything else."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .floor import Floor
from .one_agent import Scratch, price_agent
from .told_breaks import place_near
from .week import FloatArray, place_breaks

BLOCKED = 1e9  # points of a break in the time of a meeting: more than all the rest of a roster


def settle_breaks(floor: Floor, scratch: Scratch, a: int) -> float:
    """Moves all of an agent's breaks to where they cost least, shifts and meetings as they are;
    the change of cost."""
    change = floor.out(a)
    compiled = floor.compiled
    price_agent(a, compiled.crew, floor.cover, compiled.options, scratch)
    for day in np.flatnonzero(floor.weeks.option[a] >= 0):
        move_breaks(floor, a, int(day), floor.meetings_of(a), scratch.prefix, scratch.pause)
    return change + floor.back(a)


def day_at_work(floor: Floor, a: int, at: int) -> int:
    """The day of the shift that an agent works at a slot."""
    options, mine = floor.compiled.options, floor.weeks.option[a]
    on = (mine >= 0) & (options.start[mine] <= at) & (at < options.end[mine])
    return int(np.flatnonzero(on)[0])


def are_clear(floor: Floor, a: int, day: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether an agent's breaks of a day keep clear of all the spans (first slot, end)."""
    options = floor.compiled.options
    k = options.template[floor.weeks.option[a, day]]
    begins = floor.weeks.breaks[a, day, : options.breaks[k]]
    ends = begins + options.break_len[k, : options.breaks[k]]
    return not any(((begins < last) & (first < ends)).any() for first, last in spans)


def move_breaks(
    floor: Floor,
    a: int,
    day: int,
    spans: Iterable[tuple[int, int]],
    prefix: FloatArray,
    pause: FloatArray,
) -> None:
    """Moves the breaks of a day to where they cost least by the prices (see `Scratch`) and by what
    people were told, out of the spans if that can be."""
    blocked = np.zeros(len(prefix))
    for first, last in spans:
        blocked[first + 1 : last + 1] = 1.0
    options, option = floor.compiled.options, floor.weeks.option[a, day]
    starts = floor.weeks.breaks[a, day]
    bent = prefix - BLOCKED * np.cumsum(blocked)
    told = None if floor.told is None else floor.told.starts(floor.weeks, a, day)
    if floor.told is None or told is None:
        place_breaks(bent, pause, options, option, starts)
    else:
        place_near(told, float(floor.told.points[day]), bent, pause, options, option, starts)
