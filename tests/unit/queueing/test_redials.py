"""Customers who call again."""

import pytest
from shiftcast.scheduling.queueing.erlang import erlang_a
from shiftcast.scheduling.queueing.redials import erlang_a_with_redials


def test_nobody_calls_again() -> None:
    redials = erlang_a_with_redials(0.05, 300.0, 12, 120.0, 0.0)
    assert redials.rate_per_s == pytest.approx(0.05)
    assert redials.lost == pytest.approx(erlang_a(0.05, 300.0, 12, 120.0).abandonment)


def test_calls_balance() -> None:
    # All attempts = first calls + redials of those who gave up; the lost gave up for good.
    first, again = 0.05, 0.6
    redials = erlang_a_with_redials(first, 300.0, 12, 120.0, again)
    gave_up = redials.rate_per_s * redials.abandonment
    assert redials.rate_per_s == pytest.approx(first + again * gave_up, rel=1e-12)
    assert redials.lost * first == pytest.approx((1 - again) * gave_up, rel=1e-12)
