"""The search's moves on one roster: everybody's days, the cover with them, the best so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ....data.rules import Weights
from ..audit import audit
from ..roster import Roster
from .breaks import settle_breaks
from .chains import settled
from .compile import HARD, Compiled
from .cooling import LEAST
from .cover import Cover
from .easing import eased, outside
from .floor import Floor, Session, sessions_of
from .meetings import drawn_to_meetings, place_meetings
from .naming import from_roster
from .one_agent import own_points
from .search import sweep
from .told_breaks import ToldBreaks
from .weeks import Weeks, copy_weeks, enter

MOST_REGROUPED = 4  # agents taken out together
MOST_POLISHED = 60  # agents whose breaks CP-SAT moves together
GUIDE = 0.3  # evenness of the weights that the first roster is built by
REGROUP_NOISE = 1.0  # at most, as a share of the price of a missing agent


class LocalSearch:
    """The state of one solve: everybody's weeks, the cover that holds them, and the best so far."""

    def __init__(
        self, compiled: Compiled, rng: np.random.Generator, told: ToldBreaks | None = None
    ) -> None:
        self.compiled, self.rng, self._told = compiled, rng, told
        self.weeks: Weeks = compiled.nobody()
        self.cover: Cover = compiled.cover(guide(compiled.problem.weights))
        self.scratch = compiled.scratch()
        self.best_cost = self.cost = np.inf
        self.best: Weeks = self.weeks
        self.sessions: tuple[Session, ...] = ()
        self.best_sessions: tuple[Session, ...] = ()
        self.proven = -np.inf
        self._best_queues = self.cover.spread, self.cover.supply

    def begin(self, start: Roster | None) -> list[int]:
        """Places everybody; the agents (by position) who have no legal roster."""
        if start is not None:
            self._begin_from(start)
        self._shuffle(LEAST)
        impossible = []
        for a in self.rng.permutation(self.compiled.agents):
            if not self.weeks.placed[a] and not np.isfinite(self._run(sweep, np.array([a]), False)):
                impossible.append(int(a))
        return sorted(impossible)

    def _begin_from(self, start: Roster) -> None:
        """Places the agents whose part of a given roster is legal here."""
        compiled = self.compiled
        illegal = {violation.agent for violation in audit(compiled.problem, start)}
        given, known = from_roster(compiled, start)
        for a, agent in enumerate(compiled.problem.agents):
            if agent.id in illegal or not known[a]:
                continue
            self.weeks.option[a] = given.option[a]
            self.weeks.breaks[a] = given.breaks[a]
            self.weeks.cost[a] = own_points(
                a, compiled.crew, compiled.tables, compiled.options, given.option[a]
            )
            enter(a, self.weeks, compiled.crew, self.cover, compiled.options)

    def count_true_points(self) -> None:
        """Leaves the guide's prices: from here on cover costs what it costs."""
        self._place(self.weeks, self.compiled.cover(self.compiled.problem.weights))
        self.remember()

    def sweep(self, noise: float = LEAST) -> None:
        """Everybody once, in random order, at prices with noise (see `cooling`)."""
        self._shuffle(noise)
        self.cost += self._run(sweep, self.rng.permutation(self.compiled.agents), False)
        self._settle_queues()
        self.remember()

    def ease(self, times: float) -> None:
        """From here on a person outside a hard band for a slot costs so many times what a missing
        agent does; inf: as much as any hard rule. Rosters that break one are not remembered."""
        price = eased(self.compiled, times)
        self.cost += float((price - self.cover.breach) @ outside(self.cover))
        self.cover.breach[:] = price

    def regroup(self) -> None:
        """Small groups of agents out and in again together."""
        agents = self.compiled.agents
        for _ in range(1 + 12 // agents if agents > 1 else 0):
            self._shuffle(REGROUP_NOISE * self.rng.random() ** 3)
            size = int(self.rng.integers(2, 1 + min(MOST_REGROUPED, agents)))
            self.cost += self._run(sweep, self.rng.choice(agents, size, replace=False), True)
        self.remember()

    def polish(self, day: int, seconds: float) -> None:
        """Moves the breaks of a day together, of up to `MOST_POLISHED` agents."""
        from .polish import polish_breaks  # CP-SAT takes a moment to load

        order = self.rng.permutation(self.compiled.agents)
        at_work = [int(a) for a in order if self.weeks.option[a, day] >= 0]
        floor = self._floor()
        seed = int(self.rng.integers(2**31))
        self.cost += polish_breaks(floor, day, at_work[:MOST_POLISHED], seconds, seed)
        self.sessions = tuple(floor.sessions)
        self.remember()

    def settle_breaks(self) -> None:
        """Everybody's breaks once, in random order, each agent's to where they cost least."""
        floor = self._floor()
        self.scratch.noise[:] = 0.0
        for a in self.rng.permutation(self.compiled.agents):
            self.cost += settle_breaks(floor, self.scratch, int(a))
        self.remember()

    def draw_to_meetings(self, compiled: Compiled) -> None:
        """From here on, shifts that miss the times at which meetings are best held cost more than
        under `compiled`."""
        self.restore()
        self.compiled, self.sessions = compiled, tuple(sessions_of(compiled))
        drawn = drawn_to_meetings(self._floor())
        self.sessions = ()
        self._begin_anew(drawn)

    def hold_meetings(self, compiled: Compiled) -> None:
        """Places the meetings in the best roster, which costs from here on what it does under
        `compiled`."""
        self.restore()
        self._begin_anew(compiled)
        self.sessions = tuple(sessions_of(compiled, self._told))
        self.cost += sum(session.points for session in self.sessions)
        floor = self._floor()
        self.cost += place_meetings(floor, self.scratch)
        self.sessions = tuple(floor.sessions)
        self._count_from_here()

    def _begin_anew(self, compiled: Compiled) -> None:
        """Goes on from the present roster at other prices of people's own."""
        self.compiled = compiled
        for a, chosen in enumerate(self.weeks.option):
            self.weeks.cost[a] = own_points(
                a, compiled.crew, compiled.tables, compiled.options, chosen
            )
        self._place(self.weeks, compiled.cover(compiled.problem.weights))
        self._count_from_here()

    def _count_from_here(self) -> None:
        """Makes the present roster the best: those before cost something else. The bound's thread
        reads the best cost at any time."""
        self.best_cost, self.best = self.cost, copy_weeks(self.weeks)
        self.best_sessions = self.sessions
        if self.cover.uneven:
            self._best_queues = self.cover.spread.copy(), self.cover.supply.copy()

    def _floor(self) -> Floor:
        return Floor(self.compiled, self.weeks, self.cover, self.sessions, self._told)

    def remember(self) -> None:
        """Keeps the present roster if it is the best so far."""
        if self.cost < self.best_cost - 1e-6 and not self._breaks_eased():
            self._count_from_here()

    def _breaks_eased(self) -> bool:
        """Whether a hard band is broken that is eased."""
        hard = eased(self.compiled, np.inf) >= HARD
        below = hard & (self.cover.breach < HARD)
        return bool(below.any()) and bool(outside(self.cover)[below].any())

    def restore(self) -> None:
        """Goes back to the best roster."""
        self.sessions = self.best_sessions
        self._place(copy_weeks(self.best), self.compiled.cover(self.compiled.problem.weights))
        if self.cover.uneven:  # people may have come to other queues
            self.cover.spread[:], self.cover.supply[:] = self._best_queues
            self.cost = self.best_cost

    def take(self, weeks: Weeks) -> None:
        """Goes on from a roster found elsewhere."""
        self._place(weeks, self.compiled.cover(self.compiled.problem.weights))
        self.remember()

    def _settle_queues(self) -> None:
        """Who serves what, as well as exchanges get it."""
        self.cost += settled(self.cover)

    def _place(self, weeks: Weeks, cover: Cover) -> None:
        compiled = self.compiled
        self.weeks, self.cover = weeks, cover
        self.cost = compiled.empty_cost() + float(weeks.cost.sum())
        for a in range(compiled.agents):
            self.cost += enter(a, weeks, compiled.crew, cover, compiled.options)
        floor = self._floor()
        self.cost += floor.step_away() + sum(map(floor.told_points, range(compiled.agents)))
        self._settle_queues()

    def _shuffle(self, noise: float) -> None:
        weights = self.compiled.problem.weights
        scale = noise * weights.under * self.compiled.problem.slot_min / 60
        self.scratch.noise[:] = scale * self.rng.random(self.compiled.slots)

    def _run(self, what: Callable[..., float], *whom: object) -> float:
        compiled = self.compiled
        return what(
            *whom,
            self.weeks,
            compiled.crew,
            compiled.tables,
            self.cover,
            compiled.options,
            self.scratch,
        )


def guide(weights: Weights) -> Weights:
    """Weights to build the first roster by: an even shortage leads the first agents to the peaks,
    where a count of hours alone would find every short interval equally good."""
    return replace(weights, evenness=max(weights.evenness, GUIDE))
