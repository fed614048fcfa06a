"""A limited number of lines."""

import numpy as np
import pytest
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_b
from shiftcast.scheduling.queueing.finite import finite_line


def test_no_room_to_wait_is_erlang_b() -> None:
    line = finite_line(0.1, 300.0, 25, 25, 60.0)
    assert line.blocked == pytest.approx(erlang_b(30.0, 25), rel=1e-12)
    assert line.p_wait == 0.0
    assert line.answered_within == pytest.approx(1 - line.blocked)


def test_room_for_everybody_is_erlang_a() -> None:
    # Two different roads to the service level: incomplete beta functions, and an integral.
    line = finite_line(0.1, 300.0, np.array([25, 33]), 400, 90.0, 20.0)
    endless = erlang_a(0.1, 300.0, np.array([25, 33]), 90.0, 20.0)
    np.testing.assert_allclose(line.p_wait, endless.p_wait, rtol=1e-12)
    np.testing.assert_allclose(line.abandonment, endless.abandonment, rtol=1e-12)
    np.testing.assert_allclose(line.answered_within, endless.answered_within, rtol=1e-12)
    np.testing.assert_allclose(line.queue_length, 0.1 * endless.mean_wait_s, rtol=1e-12)


def test_one_agent_and_one_waiting_place_by_hand() -> None:
    # λ = μ = θ = 1: weights 1, 1, 1/2 → shares 0.4, 0.4, 0.2.
    line = finite_line(1.0, 1.0, 1, 2, 1.0)
    assert line.blocked == pytest.approx(0.2)
    assert line.p_wait == pytest.approx(0.4)
    assert line.queue_length == pytest.approx(0.2)
    assert line.abandonment == pytest.approx(0.2)
    assert line.answered_within == pytest.approx(0.4)  # at once
