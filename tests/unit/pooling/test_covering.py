import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.pooling.covering import cheapest_groups, shared_out
from shiftcast.scheduling.pooling.crew import sets_that_bind

from tests.unit.pooling.made_crews import crew


def test_agents_of_two_skills_take_what_pooling_saves() -> None:
    # Alone 20 and 12, together 30: two agents count for both.
    pair = crew("ab", ["a", "b", "ab"], cost=[1.0, 1.0, 1.2])
    needs = np.array([[20.0], [12.0], [30.0]])

    agents = cheapest_groups(pair, sets_that_bind(pair), needs)

    assert agents[:, 0].tolist() == pytest.approx([18.0, 10.0, 2.0])


def test_cheap_specialists_replace_dear_generalists() -> None:
    # Two agents for both queues save two heads, which here cost less than the extra skill.
    pair = crew("ab", ["a", "b", "ab"], cost=[1.0, 1.0, 2.5])
    needs = np.array([[20.0], [12.0], [30.0]])

    agents = cheapest_groups(pair, sets_that_bind(pair), needs)

    assert agents[:, 0].tolist() == pytest.approx([20.0, 12.0, 0.0])


def test_of_equal_cost_the_crew_s_usual_mix() -> None:
    twice = crew("a", ["a", "a"], headcount=[30.0, 10.0])

    agents = cheapest_groups(twice, np.array([[True]]), np.array([[20.0]]))

    assert agents[:, 0].tolist() == pytest.approx([15.0, 5.0])


def test_those_there_are_come_first() -> None:
    # Three who know both stand in for those of a that are missing, and do b's work as well.
    few = crew("ab", ["a", "b", "ab"], headcount=[5.0, 50.0, 3.0], cost=[1.0, 1.0, 1.2])

    agents = cheapest_groups(few, np.eye(2, dtype=bool), np.array([[8.0], [4.0]]))

    assert agents[:, 0].tolist() == pytest.approx([5.0, 1.0, 3.0])


def test_what_is_needed_is_told_even_if_nobody_is_left() -> None:
    few = crew("ab", ["a", "b"], headcount=[5.0, 50.0])

    agents = cheapest_groups(few, np.eye(2, dtype=bool), np.array([[8.0], [4.0]]))

    assert agents[:, 0].tolist() == pytest.approx([8.0, 4.0])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 80), st.floats(0, 80), st.floats(0.6, 1.0)), min_size=1, max_size=5
    )
)
def test_every_set_is_covered(rows: list[tuple[float, float, float]]) -> None:
    pair = crew("ab", ["a", "ab"])
    sets = sets_that_bind(pair)
    both = np.array([max(a, b, (a + b) * part) for a, b, part in rows])
    wanted = {"a": np.array([a for a, _, _ in rows]), "b": np.array([b for _, b, _ in rows])}
    needs = np.array(
        [both if row.all() else wanted["a" if row[0] else "b"] for row in sets], dtype=float
    )

    agents = cheapest_groups(pair, sets, needs)

    for row, need in zip(sets, needs, strict=True):
        helping = pair.serves[:, row].any(axis=1)
        assert (agents[helping].sum(axis=0) >= need - 1e-6).all()


def test_queues_share_agents_by_what_they_want() -> None:
    pair = crew("ab", ["a", "b", "ab"])
    agents = np.array([[18.0], [4.0], [10.0]])

    shared = shared_out(pair, agents, wanted=np.array([[20.0], [20.0]]))

    # b gets all of the ten, and still has less than a.
    assert shared[:, 0].tolist() == pytest.approx([18.0, 14.0])


def test_what_is_over_is_shared_evenly_and_nothing_is_lost() -> None:
    pair = crew("ab", ["ab"])

    shared = shared_out(pair, np.array([[30.0, 0.0]]), wanted=np.array([[10.0, 0.0], [5.0, 0.0]]))

    assert shared.T.tolist() == [pytest.approx([20.0, 10.0]), pytest.approx([0.0, 0.0])]
