"""Agents for a set of targets. Minimality in general is in tests/properties."""

import numpy as np
import pytest
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.staffing.agents import (
    DEFAULT_MAX_ABANDONMENT,
    DEFAULT_MAX_OCCUPANCY,
    agents_needed,
    effective_target,
)


def phone(patience_s: float | None = None, **target: float) -> QueueProfile:
    return QueueProfile("phone", target=ServiceTarget(**target), patience_s=patience_s)


def test_no_contacts_need_nobody() -> None:
    needed = agents_needed(phone(), np.array([0.0, 0.1]), 180.0)
    assert needed.least[0] == 0
    assert needed.fractional[0] == 0.0
    assert needed.least[1] > 0


def test_the_classic_example() -> None:
    # 100 calls of 3 minutes in half an hour, 80/20: 14 agents answer 88.8 %, 13 answer 79.6 %.
    needed = agents_needed(
        phone(service_level=0.8, within_s=20, max_occupancy=1.0), 100 / 1800, 180.0
    )
    assert needed.least == 14


def test_an_occupancy_cap_that_fits_exactly_needs_no_agent_more() -> None:
    # 0.85 k erlangs on k agents are 85 %, whatever the rounding of the product.
    k = np.arange(20, 2000)
    needed = agents_needed(phone(max_occupancy=0.85), 0.85 * k / 300, 300.0)
    np.testing.assert_array_equal(needed.least, k)
    np.testing.assert_allclose(needed.fractional, k)


def test_the_binding_target_decides() -> None:
    rate, aht = 0.1, 300.0  # 30 erlangs
    by_cap = agents_needed(phone(max_occupancy=0.75), rate, aht).least  # 30 / 0.75
    assert by_cap == 40
    by_asa = agents_needed(phone(max_asa_s=1.0, max_occupancy=1.0), rate, aht).least
    both = agents_needed(phone(max_asa_s=1.0, max_occupancy=0.75), rate, aht).least
    assert both == max(by_cap, by_asa)


def test_open_limits_fall_back_to_defaults_and_given_ones_stay() -> None:
    patient = effective_target(phone(service_level=0.8, within_s=20))
    assert patient.max_occupancy == DEFAULT_MAX_OCCUPANCY
    assert patient.max_abandonment is None  # nobody abandons
    impatient = effective_target(phone(60, max_occupancy=0.95))
    assert impatient.max_occupancy == 0.95
    assert impatient.max_abandonment == DEFAULT_MAX_ABANDONMENT


def test_impatience_does_not_lower_staffing_below_the_defaults() -> None:
    # 80/20 alone lets 936 agents carry 1,000 erlangs with 7 % giving up (queueing theory's trap).
    alone = phone(180, service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)
    assert agents_needed(alone, 1000 / 300, 300.0).least == 936
    guarded = phone(180, service_level=0.8, within_s=20)
    needed = agents_needed(guarded, 1000 / 300, 300.0).least
    met = performance(guarded, 1000 / 300, 300.0, needed)
    assert met.abandonment <= DEFAULT_MAX_ABANDONMENT
    assert met.occupancy <= DEFAULT_MAX_OCCUPANCY + 1e-12


def test_the_fraction_mixes_two_numbers_of_agents_to_just_meet_the_target() -> None:
    profile = phone(service_level=0.8, within_s=20, max_occupancy=1.0)
    needed = agents_needed(profile, 100 / 1800, 180.0)
    share = float(needed.fractional) - 13
    levels = performance(profile, 100 / 1800, 180.0, np.array([13, 14])).service_level
    assert (1 - share) * levels[0] + share * levels[1] == pytest.approx(0.8)


def test_where_the_answer_time_would_be_endless_the_whole_agent_is_needed() -> None:
    # 2 agents for 2 erlangs never catch up: an answer time cannot be mixed with infinity.
    needed = agents_needed(phone(max_asa_s=1000, max_occupancy=1.0), 2 / 300, 300.0)
    assert needed.least == 3
    assert needed.fractional == 3.0


def test_stability_alone_takes_a_whole_agent() -> None:
    needed = agents_needed(phone(max_occupancy=1.0), np.array([2.0, 2.5]) / 300, 300.0)
    assert needed.least.tolist() == [3, 3]
    assert needed.fractional.tolist() == [3.0, 3.0]


def test_chat_needs_fewer_agents_the_more_chats_they_hold() -> None:
    target = ServiceTarget(service_level=0.8, within_s=60)
    least = [
        agents_needed(
            QueueProfile("chat", Channel.CHAT, target, aht_by_concurrency=multiples),
            0.1,
            300.0,
        ).least
        for multiples in ((1.0,), (1.0, 1.15), (1.0, 1.15, 1.35))
    ]
    assert least[0] > least[1] > least[2]


def test_shapes_of_rate_and_handle_time_broadcast() -> None:
    needed = agents_needed(phone(), np.array([[0.01], [0.1]]), np.array([100.0, 200.0, 300.0]))
    assert needed.least.shape == (2, 3)
    assert (np.diff(needed.fractional, axis=1) > 0).all()
