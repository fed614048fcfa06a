import numpy as np
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.people import Agent, Contract
from shiftcast.data.targets import QueueProfile
from shiftcast.scheduling.pooling.crew import Crew, crew_of, sets_that_bind

from tests.unit.pooling.made_crews import crew


def named(found: np.ndarray, queues: str) -> set[str]:
    return {"".join(np.array(list(queues))[row]) for row in found}


def test_agents_with_the_same_skills_are_one_group() -> None:
    def agent(id_: str, *skills: str, cost: float | None = None) -> Agent:
        return Agent(id_, id_, "full", frozenset(skills), hourly_cost=cost)

    centre = Centre(
        "c",
        "UTC",
        30,
        (QueueProfile("phone"), QueueProfile("chat", skill="written")),
        contracts=(Contract("full", hourly_cost=20.0),),
        agents=(
            agent("1", "phone"),
            agent("2", "phone", cost=30.0),
            agent("3", "phone", "written"),
            agent("4", "coffee"),
        ),
    )

    found = crew_of(centre, ["phone", "chat"])

    assert found.serves.tolist() == [[True, True], [True, False]]
    assert found.headcount.tolist() == [1, 2]
    assert found.hourly_cost.tolist() == [20.0, 25.0]
    assert found.unserved == ()


def test_agents_count_by_their_proficiency() -> None:
    """One does 0.8 of a chat agent's work, one all of it: 1.8 agents for twice 18 an hour."""

    def agent(id_: str, *skills: str, level: float = 1.0) -> Agent:
        return Agent(id_, id_, "full", frozenset(skills), proficiency=(("chat", level),))

    centre = Centre(
        "c",
        "UTC",
        30,
        (QueueProfile("phone"), QueueProfile("chat")),
        contracts=(Contract("full", hourly_cost=18.0),),
        agents=(agent("1", "chat", level=0.8), agent("2", "chat"),
                agent("3", "phone", "chat", level=0.5)),
    )  # fmt: skip
    found = crew_of(centre, ["phone", "chat"])
    assert found.headcount.tolist() == [0.75, 1.8]
    assert found.hourly_cost.tolist() == [24.0, 20.0]


def test_a_queue_that_nobody_can_serve_is_named() -> None:
    assert crew("abc", ["a", "ab"]).unserved == ("c",)


def test_a_group_must_serve_something() -> None:
    with pytest.raises(ValueError, match="serves no queue"):
        Crew(("a",), np.array([[False]]), np.array([1.0]), np.array([1.0]))


def test_queues_without_common_agents_are_not_looked_at_together() -> None:
    assert named(sets_that_bind(crew("ab", ["a", "b"])), "ab") == {"a", "b"}


def test_a_chain_binds_each_queue_each_neighbours_and_all() -> None:
    # a and c have no agent in common: what both need together follows from each alone.
    found = sets_that_bind(crew("abc", ["a", "b", "c", "ab", "bc"]))

    assert named(found, "abc") == {"a", "b", "c", "ab", "bc", "abc"}


def test_queues_with_the_very_same_agents_bind_only_together() -> None:
    # Whoever may serve a may serve b: the need of both covers that of each.
    assert named(sets_that_bind(crew("ab", ["ab"])), "ab") == {"ab"}


def test_many_queues_are_looked_at_by_threes() -> None:
    queues = "abcdefghijkl"
    found = sets_that_bind(crew(queues, [queues]))

    assert found.sum(axis=1).max() == 3
