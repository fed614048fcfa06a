"""What each work adds to each total, counter by counter, as the kernel reads it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .automaton import Automaton
from .totals import Totals
from .week import IntArray


def counted(
    automata: Sequence[Automaton], number: IntArray, totals: Totals
) -> tuple[NDArray[np.int32], IntArray, Totals]:
    """(units, tell, totals): of the counters that some total of an agent counts, units of shape
    (automata, counters, days, states, works) in multiples of the totals' sizes; the first work
    that a counter never tells from each work, (automata, counters, works); and the totals with the
    counters' new numbers. `number` is each agent's automaton."""
    used: list[dict[int, int]] = [{} for _ in automata]
    for a, i in enumerate(number.tolist()):
        for r in range(int(totals.many[a])):
            used[i][int(totals.unit[a, r])] = int(totals.size[a, r])
    places = [{unit: place for place, unit in enumerate(sorted(sizes))} for sizes in used]
    days, _, works = automata[0].step.shape
    states = max(automaton.step.shape[1] for automaton in automata)
    most = max(len(sizes) for sizes in used)
    units = np.zeros((len(automata), most, days, states, works), dtype=np.int32)
    tell = np.zeros((len(automata), most, works), dtype=np.int64)
    for i, automaton in enumerate(automata):
        for unit, place in places[i].items():
            mine = automaton.units[unit] // used[i][unit]
            units[i, place, :, : mine.shape[1]] = mine
            seen: dict[bytes, int] = {}
            by_work = np.ascontiguousarray(np.moveaxis(mine, 2, 0))
            tell[i, place] = [seen.setdefault(one.tobytes(), k) for k, one in enumerate(by_work)]
    renumbered = totals.unit.copy()
    for a, i in enumerate(number.tolist()):
        for r in range(int(totals.many[a])):
            renumbered[a, r] = places[i][int(totals.unit[a, r])]
    return units, tell, totals._replace(unit=renumbered)
