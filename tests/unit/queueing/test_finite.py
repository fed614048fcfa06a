"""A limited number of lines."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma
from shiftcast.data.targets import ServiceLevelDefinition as Definition
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_b, erlang_c
from shiftcast.scheduling.queueing.finite import finite_line
from shiftcast.scheduling.queueing.line import WaitingLine


def assert_same(line: WaitingLine, other: WaitingLine, rtol: float) -> None:
    for name, values in vars(line).items():
        np.testing.assert_allclose(values, getattr(other, name), rtol=rtol, atol=1e-12)


def test_no_room_to_wait_is_erlang_b() -> None:
    line = finite_line(0.1, 300.0, 25, 25, 60.0)
    assert line.blocked == pytest.approx(erlang_b(30.0, 25), rel=1e-12)
    assert line.p_wait == 0.0
    assert line.answered_within == pytest.approx(1 - line.blocked)
    assert line.asa_s == 0.0


def test_room_for_everybody_is_erlang_a() -> None:
    # Two different roads to the service level: incomplete beta functions, and an integral.
    n = np.array([0, 25, 33])
    assert_same(
        finite_line(0.1, 300.0, n, 400, 90.0, 20.0), erlang_a(0.1, 300.0, n, 90.0, 20.0), 1e-11
    )


def test_room_for_everybody_who_is_patient_is_erlang_c() -> None:
    n = np.array([33, 40])
    assert_same(finite_line(0.1, 300.0, n, 1200, None, 20.0), erlang_c(0.1, 300.0, n, 20.0), 1e-11)


def test_one_agent_and_one_waiting_place_by_hand() -> None:
    # λ = μ = θ = 1: weights 1, 1, 1/2 → shares 0.4, 0.4, 0.2.
    line = finite_line(1.0, 1.0, 1, 2, 1.0)
    assert line.blocked == pytest.approx(0.2)
    assert line.p_wait == pytest.approx(0.4)
    assert line.mean_wait_s == pytest.approx(0.2)  # 0.2 wait on average, one comes a second
    assert line.abandonment == pytest.approx(0.2)
    assert line.answered_within == pytest.approx(0.4)  # at once
    # Of the 0.4 who wait half are served, after min(service, patience): a mean of 1/2.
    assert line.asa_s == pytest.approx(0.2 * 0.5 / 0.6)


def test_patient_customers_wait_a_gamma_time() -> None:
    # λ = μ = 1, two lines wait behind one agent: four states of 1/4; j ahead wait for j + 1 ends.
    line = finite_line(1.0, 1.0, 1, 3, None, 0.7)
    assert line.blocked == pytest.approx(0.25)
    on_time = 0.25 + 0.25 * gamma.cdf(0.7, 1) + 0.25 * gamma.cdf(0.7, 2)
    assert line.answered_within == pytest.approx(on_time)
    assert line.asa_s == pytest.approx((0.25 * 1 + 0.25 * 2) / 0.75)
    assert line.abandonment == 0.0


def test_waits_end_by_answer_or_by_giving_up() -> None:
    # One ahead of a contact: its answer comes after two departures at rates 2 and 1 (θ = μ = 1);
    # it gives up within T if its own patience ends before both that answer and T.
    line = finite_line(1.0, 1.0, 1, 3, 1.0, 0.7)
    weights = np.array([1, 1, 1 / 2, 1 / 6])
    share = weights / weights.sum()
    none_ahead, _ = quad(lambda t: np.exp(-t) * np.exp(-t), 0, 0.7)
    # P(two departures take longer than t) = 2e^(−t) − e^(−2t)
    one_ahead, _ = quad(lambda t: np.exp(-t) * (2 * np.exp(-t) - np.exp(-2 * t)), 0, 0.7)
    gave_up = share[1] * none_ahead + share[2] * one_ahead
    assert line.abandoned_within == pytest.approx(gave_up)


def test_the_blocked_are_offered_and_not_answered() -> None:
    line = finite_line(0.1, 300.0, 25, 30, 60.0, 20.0)
    within, gave_up = line.answered_within, line.abandoned_within
    answered = 1 - line.blocked - line.abandonment
    assert line.service_level(Definition.OFFERED) == within
    assert line.service_level(Definition.ANSWERED) == pytest.approx(within / answered)
    assert line.service_level(Definition.EXCLUDING_SHORT_ABANDONS) == within / (1 - gave_up)
    assert line.service_level(Definition.INCLUDING_SHORT_ABANDONS) == within + gave_up


def test_agents_beyond_the_lines_have_nothing_to_do() -> None:
    line = finite_line(0.1, 300.0, np.array([20, 50]), 20, 60.0, 20.0)
    for values in vars(line).values():
        assert values[0] == values[1]


def test_edges() -> None:
    nobody_serves = finite_line(0.1, 300.0, 0, 5)
    assert (nobody_serves.blocked, nobody_serves.asa_s) == (1.0, np.inf)
    nobody_calls = finite_line(0.0, 300.0, np.array([0, 3]), 5, 60.0, 20.0)
    assert nobody_calls.answered_within.tolist() == [1.0, 1.0]
    assert nobody_calls.blocked.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("load", [0.01, 1.0, 500.0])
@pytest.mark.parametrize("patience", [0.1, 1e5, None])
def test_extremes_stay_shares_and_flow_balances(load: float, patience: float | None) -> None:
    agents = np.unique(np.ceil(load * np.array([0.5, 0.9, 1.0, 1.1, 2.0])))
    line = finite_line(
        load / 300, 300.0, agents[:, None], agents[-1] * np.array([1, 2]), patience, 20.0
    )
    for share in (line.p_wait, line.blocked, line.abandonment, line.answered_within):
        assert ((share >= 0) & (share <= 1 + 1e-12)).all()
    # Who comes is answered at once, blocked, or waits; agents work at most all the time.
    assert (line.p_wait + line.blocked <= 1 + 1e-12).all()
    assert (load * line.answered <= agents[:, None] * (1 + 1e-9)).all()
