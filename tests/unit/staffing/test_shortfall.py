"""Targets of every kind, all at once, and what no number of agents can do."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Arrivals, Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.erlang import erlang_b
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.reach import reach_warnings
from shiftcast.scheduling.staffing.staff import staff
from staffing_cases import centre_of, forecast_of

RATE, AHT_S = 0.1, 240.0


def chat(**reply: object) -> QueueProfile:
    target = ServiceTarget(
        reply=ReplyTarget(**{"within_s": 60.0, "share": 0.9, **reply}), max_occupancy=1.0
    )
    return QueueProfile(
        "chat",
        Channel.CHAT,
        target,
        patience_s=240.0,
        aht_by_concurrency=(1.0, 1.15, 1.35),
        arrivals=Arrivals.STATIONARY,
    )


def phone(**target: float) -> QueueProfile:
    return QueueProfile("phone", target=ServiceTarget(**target), patience_s=200.0, lines=60)


CASES = [
    phone(max_wait_s=30.0, max_occupancy=1.0, max_abandonment=1.0),
    replace(phone(max_blocked=1e-3, max_occupancy=1.0), patience_s=None),
    phone(service_level=0.9, within_s=10, max_asa_s=5, max_wait_s=30, max_blocked=1e-4),
    replace(phone(service_level=0.8, within_s=20), lines=None, redial_share=0.6),
    chat(counts=ReplyUnit.CUSTOMERS),
    chat(counts=ReplyUnit.TURNS),
    chat(counts=ReplyUnit.WHOLE_CHATS, within_s=120.0),
]


def kept(profile: QueueProfile, agents: int) -> bool:
    """Whether every target holds, each asked for by name."""
    result, target = performance(profile, RATE, AHT_S, agents), profile.target
    abandonment, occupancy = target.max_abandonment or 0.05, target.max_occupancy or 0.85
    reply = target.reply
    return all(
        (
            target.service_level is None or result.service_level >= target.service_level,
            target.max_asa_s is None or result.asa_s <= target.max_asa_s,
            target.max_wait_s is None or result.wait_within >= target.wait_percentile,
            target.max_blocked is None or result.blocked <= target.max_blocked,
            reply is None or reply.share is None or result.reply_rate >= reply.share,
            result.abandonment <= abandonment,
            result.occupancy <= occupancy + 1e-12,
        )
    )


@pytest.mark.parametrize("profile", CASES, ids=range(len(CASES)))
def test_the_least_number_keeps_all_targets_and_one_less_does_not(profile: QueueProfile) -> None:
    needed = agents_needed(profile, RATE, AHT_S)
    least = int(needed.least)
    assert kept(profile, least)
    assert not kept(profile, least - 1)
    assert least - 1 < needed.fractional <= least
    assert not needed.beyond_reach


def test_too_few_lines_block_whatever_the_agents() -> None:
    # 24 erlangs on 25 lines: 16 % are blocked even if every line has its agent.
    profile = replace(phone(max_blocked=0.01, max_occupancy=1.0), lines=25)
    needed = agents_needed(profile, np.array([0.01, RATE]), AHT_S)
    assert needed.beyond_reach.tolist() == [False, True]
    blocked = performance(profile, RATE, AHT_S, needed.least[1]).blocked
    assert needed.least[1] <= 25
    assert blocked <= erlang_b(24.0, 25) + 0.005  # as good as it gets, within half a point


def test_a_reply_that_takes_its_time_is_no_matter_of_agents() -> None:
    profile = chat(counts=ReplyUnit.WHOLE_CHATS, within_s=5.0)
    needed = agents_needed(profile, RATE, AHT_S)
    assert needed.beyond_reach
    assert needed.least < 80  # 24 chats at a time: agents without end would not help


def test_a_reply_rate_binds_inside_its_window_only() -> None:
    asked = replace(chat(counts=ReplyUnit.TURNS, window=((540, 720),)), aht_s=300.0, shrinkage=0.1)
    centre = centre_of(asked)
    (need,) = staff(forecast_of({"chat": 60.0}), centre).queues
    inside = agents_needed(asked, 60 / 3600, 300.0).fractional / 0.9
    free = replace(asked, target=replace(asked.target, reply=None))
    outside = agents_needed(free, 60 / 3600, 300.0).fractional / 0.9
    assert inside > outside
    expected = np.where(np.isin(np.arange(24), (9, 10, 11)), inside, outside)
    np.testing.assert_allclose(need.rostered, expected)


def test_a_rate_that_is_only_reported_asks_for_nobody() -> None:
    reported = chat(share=None)
    free = replace(reported, target=replace(reported.target, reply=None))
    assert (
        agents_needed(reported, RATE, AHT_S).fractional
        == agents_needed(free, RATE, AHT_S).fractional
    )


def test_what_is_beyond_reach_is_said() -> None:
    limited = replace(phone(max_blocked=0.01), lines=3, arrivals=Arrivals.STATIONARY)
    contacts = np.where(np.arange(24) == 10, 90.0, 1.0)
    forecast = forecast_of({"phone": contacts}, {"phone": np.full(24, 240.0)})
    (warning,) = reach_warnings(staff(forecast, centre_of(limited)))
    assert "1 interval" in warning.message()
    assert "10:00" in warning.message("zh-CN")
    assert warning.hint()
    enough = replace(limited, lines=50)
    assert reach_warnings(staff(forecast, centre_of(enough))) == ()
