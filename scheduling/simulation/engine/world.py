"""The state of one replication, in records, and what is counted of it.

One record an agent, a contact, a queue and a pool keeps what belongs together side by side, and the
whole world in few arrays, which makes calls cheap.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .inputs import UNLIMITED, Contacts, Frame, Queues, Routing

Records = NDArray[Any]

# Columns of the contact tally; all but FINISHED by interval of arrival.
OFFERED = 0  # redials count as contacts of their own
BLOCKED = 1  # found every line taken
WAITED = 2  # let in, and nobody was free
ANSWERED = 3
ANSWERED_WITHIN = 4
ABANDONED = 5
ABANDONED_WITHIN = 6
ANSWERED_WAIT_S = 7
ABANDONED_WAIT_S = 8
DUE = 9  # deadline passes within the grid, or done within it
IN_TIME = 10
FINISHED = 11  # deferrable work by interval of the finish, whenever it came
REDIALLED = 12  # gave up or was turned away, and will call again
REPLIED = 13  # towards the reply rate, see `Queues`
WAITED_WITHIN = 14  # answered or gave up within `long_s`
CONTACT_COLUMNS = 15

# Columns of the pool tally, in agent-seconds by interval of the clock.
AVAILABLE = 0  # on duty, with what is finished after the end of a span
BUSY = 1  # share of capacity filled: a chat of three slots counts a third
ENGAGED = 2  # holding at least one contact
POOL_COLUMNS = 3

# Where a contact is.
TO_COME = 0
WAITING = 1
IN_HAND = 2
AWAY = 3  # will call again
GONE = 4

CONTACT = np.dtype(
    [
        ("arrival", "f8"),
        ("give_up", "f8"),  # when it leaves the line unanswered
        ("work", "f8"),
        ("ahead", "i4"),  # while it waits: its neighbours in line, −1 if none
        ("after", "i4"),
        ("interval", "i4"),  # of its arrival, −1 outside the grid; known once it has come
        ("queue", "i2"),
        ("status", "i1"),
        ("started", "i1"),  # has had an agent before
        ("prompt", "i1"),  # had one within `reply_s`
        ("redials", "i1"),  # how often its customer has called again
    ],
    align=True,
)

QUEUE = np.dtype(
    [
        ("slots", "i8"),  # as in `Queues`
        ("share", "f8"),  # of an agent that one contact fills: 1 ÷ slots
        ("deferrable", "i8"),
        ("interruptible", "i8"),
        ("within_s", "f8"),
        ("reply_s", "f8"),
        ("long_s", "f8"),
        ("first_reply", "f8"),
        ("prompt_only", "i8"),
        ("deadline_s", "f8"),
        ("lines", "i8"),
        ("redial", "f8"),
        ("redial_delay_s", "f8"),
        ("timed", "i8"),
        ("first", "i8"),  # its contacts
        ("end", "i8"),
        ("upcoming", "i8"),  # the next one to arrive
        ("route", "i8"),  # its pools among the routes
        ("route_end", "i8"),
        ("head", "i8"),  # who waits, −1 if nobody; unless timed, who has given up stays in line
        ("tail", "i8"),
        ("in_house", "i8"),  # contacts that wait or are in hand
        ("takers", "i8"),  # agents on duty who would take a contact
        ("closed", "i8"),
    ]
)

POOL = np.dtype(
    [
        ("route", "i8"),  # its queues among the routes
        ("route_end", "i8"),
        ("pending", "i8"),  # nameless agents still to go, as soon as one finishes
        ("spare", "i8"),  # a nameless agent off duty, −1 if none; the others are behind it
    ]
)

ROUTE = np.dtype([("to", "i8"), ("rank", "i8")])  # a pool of a queue, or a queue of a pool

STAND = np.dtype([("head", "i8"), ("tail", "i8")])
"""A line of agents who could take a contact, by pool and contacts in hand; the last column holds
those with interruptible work."""

AGENT = np.dtype(
    [
        ("pool", "i8"),  # −1 off duty
        ("level", "i8"),  # contacts in hand
        ("room", "i8"),  # contacts it may hold with those it holds
        ("leaving", "i8"),  # takes nothing more
        ("left_at", "f8"),  # when its span ended
        ("owed_s", "f8"),  # how much later than that it went on its break
        ("back", "i8"),  # the pool that it comes back to, −1 if not on its way
        ("on_since", "f8"),
        ("last", "f8"),  # until when its work is accounted for
        ("spot", "i8"),  # its place in the calendar, −1 if in none
        ("listed", "i8"),  # column of its stand, −1 if it stands nowhere
        ("listed_since", "f8"),
        ("before", "i8"),  # neighbours there
        ("behind", "i8"),
    ]
)

HAND = np.dtype([("contact", "i8"), ("queue", "i8"), ("left", "f8")])  # a contact in hand

DUE_AT = np.dtype([("time", "f8"), ("agent", "i8")])
"""An agent in the calendar: when its next contact is finished, or it comes back from a break."""

TIMER = np.dtype([("time", "f8"), ("contact", "i8")])

CLOCK = np.dtype(
    [
        ("interval_s", "f8"),
        ("intervals", "i8"),
        ("horizon_s", "f8"),
        ("seed", "u8"),
        ("named", "i8"),  # agents before this number have names
        ("working", "i8"),  # agents in the calendar
        ("timers", "i8"),
    ]
)


class World(NamedTuple):
    """Everything that the event loop works on; `tally` is (queues, intervals, CONTACT_COLUMNS),
    `time_tally` (pools, intervals, POOL_COLUMNS), `speed` (agents, queues) how many times as fast
    as usual each agent works off a contact."""

    clock: Records
    contacts: Records
    queues: Records
    pace: NDArray[np.float64]
    inside: NDArray[np.float64]
    pools: Records
    routes: Records
    stands: Records  # (pools, most slots + 1)
    agents: Records
    speed: NDArray[np.float64]
    hands: Records  # (agents, most slots)
    calendar: Records
    timers: Records
    tally: NDArray[np.float64]
    time_tally: NDArray[np.float64]


def new_world(
    frame: Frame,
    contacts: Contacts,
    queues: Queues,
    routing: Routing,
    named: NDArray[np.float64],
    nameless: NDArray[np.int64],
) -> World:
    """A centre before the first event: nobody on duty, nobody waiting, every queue open.
    Agents with names come first, with their speeds `named` (agents, queues), then `nameless[pool]`
    of each pool, of speed 1."""
    kinds, groups, most = len(queues.slots), len(nameless), int(queues.slots.max())
    usual = np.ones((int(nameless.sum()), kinds))
    speed = np.concatenate([named, usual])
    agents = len(speed)
    clock = np.zeros(1, CLOCK)
    clock["interval_s"], clock["intervals"] = frame.interval_s, frame.intervals
    clock["horizon_s"], clock["seed"] = frame.interval_s * frame.intervals, frame.seed
    clock["named"] = len(named)
    return World(
        clock=clock,
        contacts=_contacts(contacts),
        queues=_queues(contacts, queues, routing),
        pace=queues.pace,
        inside=queues.inside,
        pools=_pools(routing, len(named), nameless),
        routes=_routes(routing),
        stands=_filled((groups, most + 1), STAND, head=-1, tail=-1),
        agents=_agents(agents, len(named), nameless),
        speed=speed,
        hands=np.zeros((agents, most), HAND),
        calendar=np.zeros(agents, DUE_AT),
        timers=np.zeros(len(contacts.arrival) if queues.timed.any() else 0, TIMER),
        tally=np.zeros((kinds, frame.intervals, CONTACT_COLUMNS)),
        time_tally=np.zeros((groups, frame.intervals, POOL_COLUMNS)),
    )


def _filled(shape: int | tuple[int, ...], kind: np.dtype[np.void], **values: Any) -> Records:
    records = np.zeros(shape, kind)
    for name, value in values.items():
        records[name] = value
    return records


def _contacts(contacts: Contacts) -> Records:
    return _filled(
        len(contacts.arrival),
        CONTACT,
        arrival=contacts.arrival,
        give_up=contacts.arrival + contacts.patience,
        work=contacts.work,
        queue=np.repeat(np.arange(len(contacts.first) - 1), np.diff(contacts.first)),
    )


def _queues(contacts: Contacts, queues: Queues, routing: Routing) -> Records:
    own = {name: getattr(queues, name) for name in queues._fields if name in (QUEUE.names or ())}
    return _filled(
        len(queues.slots),
        QUEUE,
        **own,
        share=1.0 / queues.slots,
        first=contacts.first[:-1],
        end=contacts.first[1:],
        upcoming=contacts.first[:-1],
        route=routing.pool_first[:-1],
        route_end=routing.pool_first[1:],
        head=-1,
        tail=-1,
    )


def _pools(routing: Routing, named: int, nameless: NDArray[np.int64]) -> Records:
    first = named + np.cumsum(nameless) - nameless
    return _filled(
        len(nameless),
        POOL,
        route=len(routing.pool) + routing.queue_first[:-1],
        route_end=len(routing.pool) + routing.queue_first[1:],
        spare=np.where(nameless > 0, first, -1),
    )


def _routes(routing: Routing) -> Records:
    """First the pools of every queue, then the queues of every pool."""
    return _filled(
        len(routing.pool) + len(routing.queue),
        ROUTE,
        to=np.concatenate([routing.pool, routing.queue]),
        rank=np.concatenate([routing.pool_rank, routing.queue_rank]),
    )


def _agents(agents: int, named: int, nameless: NDArray[np.int64]) -> Records:
    behind = np.arange(agents) + 1
    last = named + np.cumsum(nameless) - 1
    behind[last[nameless > 0]] = -1
    return _filled(
        agents,
        AGENT,
        pool=-1,
        room=UNLIMITED,
        spot=-1,
        listed=-1,
        back=-1,
        before=-1,
        behind=behind,
    )
