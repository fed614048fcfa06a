"""What would close the hours that a roster is short of, each way tried on the roster itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..roster import Roster
from .proposals import Means, Proposal, proposals
from .short import shortage
from .trial import Trial
from .wider_breaks import with_wider_breaks

MOST_CANDIDATES = 900  # compiled beside the roster
MOST_OF_MEANS = 3
MOST_SHIFTS = 6  # whose break windows are tried
MOST_MOVED = 200  # agents whose shifts are placed anew for it
WIDER_MIN = 30  # on each side of a break's window
BROKEN = 1e6  # points that only a broken limit on how many are there costs
LEAST_CLOSED = 0.5  # hours that are worth saying
LEAST_OF_NEXT = 0.5  # of what the first new agent closes, for one more


@dataclass(frozen=True)
class Way:
    """One way to close hours, told under ``why.close.<what>`` with `params`: how many `hours` short
    fewer it leaves, in all and by queue. What the agents concerned could close by moving once more
    on their present terms is not counted."""

    means: Means
    what: str
    params: Mapping[str, object] = field(hash=False)
    hours: float
    queues: tuple[tuple[str, float], ...]


def ways_to_close(problem: RosterProblem, roster: Roster) -> tuple[Way, ...]:
    """The ways that close most, at most `MOST_OF_MEANS` of each means, the most hours first; none
    where the roster is not short. In large centres a sample of the agents is tried."""
    missing = shortage(problem, roster).sum(axis=1) * problem.grid.interval_min / 60
    if missing.sum() < LEAST_CLOSED:
        return ()
    skills = [d.skill for d, m in zip(problem.demands, missing, strict=True) if m >= LEAST_CLOSED]
    ways = [
        *_tried(problem, roster, _within_reach(problem, list(dict.fromkeys(skills)))),
        *_wider_breaks(problem, roster),
    ]
    ways.sort(key=lambda way: -way.hours)
    told: Counter[Means] = Counter()
    best = []
    for way in ways:
        told[way.means] += 1
        if way.hours >= LEAST_CLOSED and told[way.means] <= MOST_OF_MEANS:
            best.append(way)
    return tuple(best)


def _within_reach(problem: RosterProblem, skills: list[str]) -> list[Proposal]:
    """Proposals about every agent or, where that were too many, about every so-manieth."""
    stride = 1
    while True:
        found = list(proposals(problem, list(range(0, len(problem.agents), stride)), skills))
        count = sum(len(proposal.candidates) for proposal in found)
        if count <= MOST_CANDIDATES or stride >= len(problem.agents):
            return found
        stride = max(stride + 1, stride * count // MOST_CANDIDATES)


def _tried(problem: RosterProblem, roster: Roster, found: Sequence[Proposal]) -> Iterator[Way]:
    everybody = [candidate for proposal in found for candidate in proposal.candidates]
    trial = Trial(problem, roster, everybody)
    without: dict[tuple[int, ...], NDArray[np.float64]] = {}
    first = 0
    for proposal in found:
        places = list(range(first, first + len(proposal.candidates)))
        first += len(places)
        if proposal.means is Means.AGENTS:
            yield _new_agents(problem, trial, proposal, places)
            continue
        mine = proposal.agents
        if mine not in without:
            without[mine] = trial.again(mine).closed
        effect = trial.instead(mine, places)
        if effect.saved < -BROKEN:
            continue
        closed = effect.closed - without[mine]
        params = proposal.params
        if proposal.means is Means.AVAILABILITY:
            window = trial.window_on(places[0], int(str(params["weekday"])))
            if window is None:
                continue
            params = {**params, "start": window[0], "end": window[1]}
        yield _way(problem, proposal, params, closed)


def _new_agents(problem: RosterProblem, trial: Trial, proposal: Proposal, places: list[int]) -> Way:
    """As many new agents of a kind as each close half of what the first does, or more."""
    closed = trial.besides(places[:1]).closed
    least = LEAST_OF_NEXT * closed.sum()
    number = 1
    while number < len(places) and closed.sum() >= LEAST_CLOSED:
        more = trial.besides(places[: number + 1]).closed
        if more.sum() - closed.sum() < least:
            break
        closed, number = more, number + 1
    return _way(problem, proposal, {**proposal.params, "number": number}, closed)


def _wider_breaks(problem: RosterProblem, roster: Roster) -> Iterator[Way]:
    """The break windows of each of the shifts worked most, wider on both sides."""
    by_min = max(WIDER_MIN, problem.slot_min)
    worked = Counter(shift.shift_code for shift in roster.assignments)
    before = Trial(problem, roster)
    for code, _ in worked.most_common(MOST_SHIFTS):
        shift = problem.shift_of.get(code)
        wider = None if shift is None else with_wider_breaks(shift, by_min)
        if shift is None or wider is None:
            continue
        shifts = tuple(wider if one.code == code else one for one in problem.shifts)
        have_it = {one.agent for one in roster.assignments if one.shift_code == code}
        movers = [a for a, agent in enumerate(problem.agents) if agent.id in have_it][:MOST_MOVED]
        changed = Trial(replace(problem, shifts=shifts), roster)
        closed = changed.again(movers).closed - before.again(movers).closed
        params = {"shift": code, "minutes": by_min}
        yield _way(problem, Proposal(Means.BREAKS, "breaks", params, (), ()), params, closed)


def _way(
    problem: RosterProblem,
    proposal: Proposal,
    params: Mapping[str, object],
    closed: NDArray[np.float64],
) -> Way:
    queues = tuple(
        (queue, float(hours))
        for queue, hours in zip(problem.queues, closed, strict=True)
        if abs(hours) >= 0.01
    )
    return Way(proposal.means, proposal.what, params, float(closed.sum()), queues)
