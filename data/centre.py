"""A contact centre as its planner describes it: everything but its history."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from .adjustments import Adjustment
from .calendar import Calendar, DayKind, each_day
from .grid import TimeGrid
from .law.apply import LawReport
from .law.terms import Terms
from .people import Agent, Contract, FixedAssignment, Request, TimeOff
from .presence import LeastStaffing, Meeting, Pairing, SeatLimit
from .rules import Rules, Weights
from .shifts import ShiftTemplate, Site, WantedShift
from .targets import QueueProfile


class Routing(StrEnum):
    """How a contact finds its agent."""

    ROSTER = "roster"  # agents take contacts of the queue that the roster names for them
    SKILLS = "skills"  # agents take contacts of every queue that they have the skill for


@dataclass(frozen=True)
class Centre:
    """The whole description, already checked for references between its parts. `own_terms` are
    rules and contracts before the law was put on them; None: as they are. `family_first` says that
    people's names are written so."""

    name: str
    tz: str
    interval_min: int
    queues: tuple[QueueProfile, ...]
    first_weekday: int = 0
    routing: Routing = Routing.ROSTER
    calendar: Calendar = field(default_factory=Calendar)
    contracts: tuple[Contract, ...] = ()
    agents: tuple[Agent, ...] = ()
    shifts: tuple[ShiftTemplate, ...] = ()
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    time_off: tuple[TimeOff, ...] = ()
    requests: tuple[Request, ...] = ()
    fixed: tuple[FixedAssignment, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    least_staffing: tuple[LeastStaffing, ...] = ()
    seat_limits: tuple[SeatLimit, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    wanted_shifts: tuple[WantedShift, ...] = ()
    sites: tuple[Site, ...] = ()
    law: LawReport = field(default_factory=LawReport)
    own_terms: Terms | None = None
    family_first: bool = False

    @property
    def terms(self) -> Terms:
        """Rules and contracts as the planner wrote them."""
        return self.own_terms or Terms(self.rules, self.contracts)

    def under(self, terms: Terms) -> Centre:
        """The centre under other rules and contracts, and the laws that go with them."""
        rules, contracts, law = terms.lawful()
        return replace(self, rules=rules, contracts=contracts, law=law, own_terms=terms)

    def queue(self, name: str) -> QueueProfile:
        return next(queue for queue in self.queues if queue.name == name)

    def contract(self, id_: str) -> Contract:
        return next(contract for contract in self.contracts if contract.id == id_)

    def with_absences(self, absences: tuple[TimeOff, ...]) -> Centre:
        """The centre with further time off, which goes before what is fixed on whole days of it."""
        away = {
            (off.agent, day)
            for off in absences
            if off.whole_days
            for day in each_day(off.first, off.last)
        }
        return replace(
            self,
            time_off=(*self.time_off, *absences),
            fixed=tuple(entry for entry in self.fixed if (entry.agent, entry.day) not in away),
        )

    def open_mask(self, queue: QueueProfile, grid: TimeGrid) -> NDArray[np.bool_]:
        """Whether a queue is open in each interval of a grid: shape (grid.size,)."""
        mask = np.zeros(grid.size, dtype=bool)
        for weekday, spans in enumerate(queue.opening.week):
            for start, end in spans:
                clock = grid.minute_of_day
                mask |= (grid.weekday == weekday) & (clock >= start) & (clock < end)
        for day in self.calendar.days(DayKind.CLOSED, queue.name):
            if 0 <= grid.day_number(day) < grid.days:
                mask &= grid.day_of != grid.day_number(day)
        return mask
