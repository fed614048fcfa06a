"""Groups of like agents, and what replications have in common."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.scheduling.simulation.engine.world import ABANDONED, ANSWERED, AVAILABLE, OFFERED
from shiftcast.scheduling.simulation.groups import AgentGroup, simulate_groups
from shiftcast.scheduling.simulation.queues import Patience, SimulatedQueue
from shiftcast.scheduling.simulation.replications import Replications
from shiftcast.scheduling.simulation.routing import Pool

QUEUE = SimulatedQueue("phone", 180.0, Patience(120.0), within_s=20.0)
GROUP = AgentGroup("crew", np.array([4, 6, 5, 2]), Pool({"phone": 0}))
CONTACTS = np.array([[20.0, 30.0, 20.0, 5.0]])


def played(group: AgentGroup = GROUP, **changes: object) -> Replications:
    options = {"replications": 3, "seed": 1, **changes}
    return simulate_groups([QUEUE], CONTACTS, [group], 900.0, **options)


def test_agents_are_there_in_their_numbers() -> None:
    time = played(replications=1).time[0, 0, :, AVAILABLE]
    # Whoever is on a call when the group gets smaller finishes it.
    assert (time >= GROUP.agents * 900).all()
    assert time[:2].tolist() == [4 * 900, 6 * 900]


def test_who_was_to_go_with_chats_in_hand_stays_if_somebody_is_wanted() -> None:
    # Chats of an hour outlast the quarters in which one agent fewer is wanted.
    chat = SimulatedQueue("chat", 3600.0, Patience(600.0), aht_by_concurrency=(1.0, 1.2, 1.5))
    agents = np.array([3, 2, 3, 2, 3, 2, 3, 2])
    group = AgentGroup("crew", agents, Pool({"chat": 0}))

    found = simulate_groups([chat], np.full((1, 8), 6.0), [group], 900.0, replications=20, seed=4)

    time = found.time[:, 0, :, AVAILABLE]
    assert (time >= agents * 900 - 1e-6).all()
    assert (time <= 3 * 900 + 1e-6).all()
    ended = found.contacts[..., ANSWERED] + found.contacts[..., ABANDONED]
    assert (ended == found.contacts[..., OFFERED]).all()


def test_the_same_seed_plays_the_same() -> None:
    one, other = played(), played()
    assert (one.contacts == other.contacts).all()
    assert (one.time == other.time).all()


def test_two_crews_meet_the_same_contacts() -> None:
    more = replace(GROUP, agents=GROUP.agents + 2)
    few, many = played(), played(more)
    assert (few.contacts[..., OFFERED] == many.contacts[..., OFFERED]).all()
    assert few.contacts[..., ANSWERED].sum() < many.contacts[..., ANSWERED].sum()


def test_replications_take_the_paths_in_turn() -> None:
    paths = np.array([[[1.0, 2, 3, 4]], [[5.0, 6, 7, 8]]])
    found = simulate_groups([QUEUE], paths, [GROUP], 900.0, replications=3, seed=1, counted=True)
    assert found.contacts[:, 0, :, OFFERED].tolist() == [[1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 3, 4]]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="replications is 0"):
        played(replications=0)
    with pytest.raises(ValueError, match="differ"):
        played(replace(GROUP, agents=np.array([1, 2])))
    with pytest.raises(ValueError, match="no queues"):
        played(replace(GROUP, pool=Pool({"fax": 0})))
    with pytest.raises(ValueError, match="handle times"):
        replace(QUEUE, handle_cv=-1.0)
    with pytest.raises(ValueError, match="redial_share"):
        replace(QUEUE, redial_share=1.0)
    with pytest.raises(ValueError, match="one at a time"):
        replace(QUEUE, deadline_s=60.0, aht_by_concurrency=(1.0, 1.5))
    with pytest.raises(ValueError, match="balking"):
        Patience(10.0, balking=2.0)
    with pytest.raises(ValueError, match="mean_s"):
        Patience(0.0)
