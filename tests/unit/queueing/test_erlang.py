"""Erlang B, C and A: identities, edges and extremes. Reference values are in tests/golden."""

import numpy as np
import pytest
from scipy.stats import poisson
from shiftcast.data.targets import ServiceLevelDefinition as Definition
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_b, erlang_c


def test_erlang_b_obeys_its_recursion() -> None:
    # B(n) = A B(n−1) / (n + A B(n−1)), Erlang 1917.
    load, n = 37.3, np.arange(1, 120)
    before, now = erlang_b(load, n - 1), erlang_b(load, n)
    np.testing.assert_allclose(now, load * before / (n + load * before), rtol=1e-12)


def test_erlang_b_edges() -> None:
    assert erlang_b(5.0, 0) == 1.0  # nobody to take a call
    assert erlang_b(0.0, 3) == 0.0  # nobody calls
    assert erlang_b(1.0, 1) == pytest.approx(0.5)  # one call and one line: half are blocked


def test_erlang_c_of_one_agent_is_the_single_server_queue() -> None:
    # M/M/1: P(wait) = ρ, mean wait = ρ/(μ − λ), P(wait > T) = ρ e^(−(μ−λ)T).
    line = erlang_c(0.008, 100.0, 1, 20.0)
    assert line.p_wait == pytest.approx(0.8)
    assert line.asa_s == pytest.approx(400.0)
    assert line.service_level() == pytest.approx(1 - 0.8 * np.exp(-0.002 * 20))


@pytest.mark.parametrize("agents", [0, 5, 10])
def test_erlang_c_without_spare_capacity_grows_without_end(agents: int) -> None:
    line = erlang_c(10 / 300, 300.0, agents, 20.0)  # 10 erlangs
    assert line.p_wait == 1.0
    assert line.service_level() == 0.0
    assert line.asa_s == np.inf


@pytest.mark.parametrize("agents", [0, 3])
def test_without_contacts_nobody_waits(agents: int) -> None:
    for line in (erlang_c(0.0, 300.0, agents, 20.0), erlang_a(0.0, 300.0, agents, 60.0, 20.0)):
        assert line.p_wait == 0.0
        assert line.abandonment == 0.0
        assert line.asa_s == 0.0
        assert line.service_level() == 1.0


def test_without_agents_everybody_gives_up() -> None:
    line = erlang_a(0.1, 300.0, 0, 60.0, 20.0)
    assert line.p_wait == 1.0
    assert line.abandonment == pytest.approx(1.0)
    assert line.mean_wait_s == pytest.approx(60.0)  # the patience itself
    assert line.service_level() == 0.0
    assert line.asa_s == np.inf  # nobody is answered
    # Whoever gives up within 20 s of a mean patience of 60 s:
    assert line.abandoned_within == pytest.approx(1 - np.exp(-20 / 60))


def test_patience_equal_to_handle_time_makes_the_number_of_contacts_poisson() -> None:
    # θ = μ: everybody leaves at rate μ, waiting or served, so N is Poisson(A), whatever n.
    load, n = 48.0, np.array([30, 45, 50, 70])
    line = erlang_a(load / 240, 240.0, n, 240.0)
    np.testing.assert_allclose(line.p_wait, poisson.sf(n - 1, load), rtol=1e-12)


def test_endless_patience_is_erlang_c() -> None:
    c = erlang_c(0.8, 60.0, 50, 20.0)
    a = erlang_a(0.8, 60.0, 50, 1e12, 20.0)
    assert a.p_wait == pytest.approx(c.p_wait, rel=1e-6)
    assert a.asa_s == pytest.approx(c.asa_s, rel=1e-6)
    assert a.service_level() == pytest.approx(c.service_level(), rel=1e-6)


def test_flow_balance_and_little() -> None:
    # Abandonments leave the queue at rate θ: λ P(ab) = θ E[queue] = θ λ E[wait].
    line = erlang_a(0.5, 300.0, np.array([100, 150, 200]), 180.0)
    np.testing.assert_allclose(line.abandonment, line.mean_wait_s / 180.0, rtol=1e-12)


def test_the_four_service_levels_are_ratios_of_the_same_counts() -> None:
    line = erlang_a(0.8, 60.0, 50, 120.0, 20.0)
    within, gave_up = line.answered_within, line.abandoned_within
    assert line.service_level() == within
    assert line.service_level(Definition.ANSWERED) == within / line.answered
    assert line.service_level(Definition.EXCLUDING_SHORT_ABANDONS) == within / (1 - gave_up)
    assert line.service_level(Definition.INCLUDING_SHORT_ABANDONS) == within + gave_up


def test_a_threshold_beyond_every_wait_counts_everybody() -> None:
    line = erlang_a(0.2, 300.0, 50, 90.0, 1e7)
    assert line.answered_within == pytest.approx(line.answered, rel=1e-12)
    assert line.abandoned_within == pytest.approx(line.abandonment, rel=1e-12)


@pytest.mark.parametrize("load", [0.01, 1.0, 1_000.0, 50_000.0])
@pytest.mark.parametrize("patience", [0.01, 60.0, 1e6])
def test_extremes_stay_numbers_in_range_and_in_order(load: float, patience: float) -> None:
    spread = np.array([0.1, 0.8, 0.99, 1.0, 1.01, 1.2, 4.0])
    agents = np.unique(np.ceil(load * spread))
    line = erlang_a(load / 300, 300.0, agents, patience, 20.0)
    for share in (line.p_wait, line.abandonment, line.service_level()):
        assert np.isfinite(share).all()
        assert (share >= 0).all()
        assert (share <= 1 + 1e-12).all()
    assert (np.diff(line.service_level()) >= -1e-12).all()
    assert (np.diff(line.abandonment) <= 1e-12).all()


def test_shapes_broadcast() -> None:
    rate, agents = np.linspace(0.1, 1.0, 672)[:, None], np.arange(200)[None, :]
    assert erlang_a(rate, 180.0, agents, 120.0, 20.0).p_wait.shape == (672, 200)
    assert erlang_c(rate, 180.0, agents, 20.0).asa_s.shape == (672, 200)
    assert erlang_c(0.1, 180.0, 30).p_wait.shape == ()
