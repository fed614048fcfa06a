"""What one replication is given: contacts, queues, routing and the agents' comings and goings.

Times are seconds from the start of the grid. A *pool* is a set of agents who at the moment serve
the same queues with the same priorities; agents of one pool stand in one line for work.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNLIMITED = 1 << 40
"""More than any number of contacts."""


class Contacts(NamedTuple):
    """Contacts queue after queue, in order of arrival within a queue; `first` (queues + 1,) is
    where each queue begins. `work` is the handle time of a contact held alone by an agent of usual
    speed, `patience` the wait after which its customer gives up (infinite if never)."""

    first: Ints
    arrival: Floats
    work: Floats
    patience: Floats


class Queues(NamedTuple):
    """How contacts of each queue behave; arrays of shape (queues,) but for `pace` and `inside`.

    An agent holds up to `slots` contacts of a queue at a time; while it holds i contacts, one of
    this queue advances at 1 ÷ `pace[queue, i − 1]` of its speed alone. `deferrable` work may be
    done later and is due `deadline_s` after its arrival. A contact that finds `lines` contacts of
    its queue in the house is turned away. A customer who gives up or is turned away calls again
    with probability `redial`, after an exponential time of mean `redial_delay_s`. Three thresholds
    of the wait are counted: `within_s` of the service level, `reply_s` of a reply rate, `long_s`
    of a wait that is not to be exceeded. Towards the reply rate a first reply within `reply_s`
    counts `first_reply`, and a finished chat `inside[queue, i − 1]` if its agent holds i chats at
    the end; if `prompt_only`, that too only after a first reply within `reply_s`.
    """

    slots: Ints
    pace: Floats
    deferrable: Flags
    interruptible: Flags  # deferrable work that is laid aside for a customer who would wait
    within_s: Floats
    reply_s: Floats
    long_s: Floats
    first_reply: Floats
    inside: Floats
    prompt_only: Flags
    deadline_s: Floats
    lines: Ints
    redial: Floats
    redial_delay_s: Floats
    timed: Flags  # who gives up must be noticed at once: limited lines or redials


class Routing(NamedTuple):
    """Who serves whom, each list by rank (0 goes first, equal ranks by longest idle or longest
    waiting). The pools of queue q are `pool[pool_first[q]:pool_first[q + 1]]`, with `pool_rank`;
    the queues of pool p are `queue[queue_first[p]:queue_first[p + 1]]`, with `queue_rank`."""

    pool_first: Ints
    pool: Ints
    pool_rank: Ints
    queue_first: Ints
    queue: Ints
    queue_rank: Ints


class Kind(IntEnum):
    """What changes at a moment."""

    MOVE = 0  # agent `who` is on pool `where` from now on; −1 goes off duty
    JOIN = 1  # one more nameless agent on pool `where`
    DROP = 2  # one less: somebody idle, else the first to finish a contact
    OPEN = 3  # queue `where` opens
    CLOSE = 4  # queue `where` closes: who waits is served while anybody is there to serve
    RETURN = 5  # agent `who` is back from a break, later if the break began later


class Changes(NamedTuple):
    """Changes in order of time; arrays of one shape."""

    time: Floats
    kind: Ints
    who: Ints
    where: Ints


class Frame(NamedTuple):
    """The grid: `intervals` of `interval_s` seconds; and the seed of the redials."""

    interval_s: float
    intervals: int
    seed: int
