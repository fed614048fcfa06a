"""Customers who call again."""

import numpy as np
import pytest
from shiftcast.data.targets import QueueProfile
from shiftcast.scheduling.queueing.erlang import erlang_a
from shiftcast.scheduling.queueing.finite import finite_line
from shiftcast.scheduling.queueing.models import attempts_per_s
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.queueing.redials import erlang_a_with_redials


def test_the_rate_solves_its_own_equation() -> None:
    again = np.array([0.0, 0.3, 0.9])
    redials = erlang_a_with_redials(10 / 300, 300.0, 9, 120.0, again)
    rate = redials.rate_per_s
    gave_up = erlang_a(rate, 300.0, 9, 120.0).abandonment
    np.testing.assert_allclose(rate * (1 - again * gave_up), 10 / 300, rtol=1e-12)
    assert rate[0] == pytest.approx(10 / 300)
    np.testing.assert_allclose(redials.lost * 10 / 300, rate * gave_up * (1 - again), rtol=1e-12)


def test_without_callers_nobody_calls_again() -> None:
    redials = erlang_a_with_redials(np.array([0.0, 0.02]), 300.0, 4, 60.0, 0.5)
    assert redials.rate_per_s[0] == 0.0
    assert redials.rate_per_s[1] > 0.02


def test_without_agents_every_attempt_fails_and_one_in_two_is_repeated() -> None:
    # 1 + 1/2 + 1/4 + … = 2 attempts each.
    result = performance(QueueProfile("q", patience_s=60.0, redial_share=0.5), 0.02, 300.0, 0)
    assert result.repeats == pytest.approx(1.0)


def test_the_blocked_call_again_too() -> None:
    profile = QueueProfile("q", lines=6, redial_share=0.4)
    one = np.ones(())
    rate = attempts_per_s(profile, 0.02 * one, 300.0 * one, 5.0 * one)
    blocked = finite_line(rate, 300.0, 5, 6).blocked
    assert rate * (1 - 0.4 * blocked) == pytest.approx(0.02, rel=1e-12)


def test_every_agent_spares_calls() -> None:
    profile = QueueProfile("q", patience_s=60.0, redial_share=0.7)
    repeats = performance(profile, 0.2, 300.0, np.arange(1, 90)).repeats
    assert (np.diff(repeats) < 0).all()
