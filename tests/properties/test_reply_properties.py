"""What holds for every queue with limited lines, redials, a longest wait or a reply rate."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.percentiles import wait_percentile
from shiftcast.scheduling.queueing.performance import QueuePerformance, performance
from shiftcast.scheduling.staffing.agents import agents_needed, effective_target

loads = st.floats(0.01, 30.0)
handle_times = st.floats(20.0, 900.0)


@st.composite
def phones(draw: st.DrawFn) -> QueueProfile:
    patience = draw(st.none() | st.floats(5.0, 2000.0))
    lines = draw(st.none() | st.integers(1, 60))
    level = draw(st.none() | st.floats(0.3, 0.9))
    target = ServiceTarget(
        service_level=level,
        within_s=None if level is None else 20.0,
        max_wait_s=draw(st.none() | st.floats(1.0, 200.0)),
        wait_percentile=draw(st.floats(0.5, 0.95)),
        max_abandonment=0.3,
        max_occupancy=draw(st.floats(0.5, 1.0)),
    )
    return QueueProfile(
        "phone",
        target=target,
        patience_s=patience,
        lines=lines,
        redial_share=draw(st.floats(0.0, 0.9)),
    )


@st.composite
def chats(draw: st.DrawFn) -> QueueProfile:
    growth = draw(st.lists(st.floats(0.0, 0.4), max_size=3))
    reply = ReplyTarget(
        within_s=draw(st.floats(10.0, 300.0)),
        share=draw(st.floats(0.3, 0.95)),
        counts=draw(st.sampled_from(ReplyUnit)),
        turns_per_chat=draw(st.floats(1.0, 15.0)),
    )
    return QueueProfile(
        "chat",
        Channel.CHAT,
        ServiceTarget(reply=reply, max_occupancy=1.0),
        patience_s=draw(st.floats(20.0, 600.0)),
        aht_by_concurrency=(1.0, *(1.0 + np.cumsum(growth))),
    )


def met(profile: QueueProfile, result: QueuePerformance, slack: float) -> np.ndarray:
    target = effective_target(profile)
    ok = np.isfinite(result.asa_s)
    if target.service_level is not None:
        ok &= result.service_level >= target.service_level - slack
    if target.max_wait_s is not None:
        ok &= result.wait_within >= target.wait_percentile - slack
    if target.max_abandonment is not None:
        ok &= result.abandonment <= target.max_abandonment + slack
    if target.max_occupancy is not None:
        ok &= result.occupancy <= target.max_occupancy + slack
    if target.reply is not None and target.reply.share is not None:
        ok &= result.reply_rate >= target.reply.share - slack
    return ok


@given(phones() | chats(), loads, handle_times)
@settings(max_examples=120, deadline=None)
def test_the_least_number_of_agents_is_the_least(
    profile: QueueProfile, load: float, aht_s: float
) -> None:
    needed = agents_needed(profile, load / aht_s, aht_s)
    assume(not needed.beyond_reach)
    least = int(needed.least)
    result = performance(profile, load / aht_s, aht_s, np.arange(least + 1))
    assert met(profile, result, slack=1e-9)[least]
    assert not met(profile, result, slack=-1e-9)[:least].any()


@given(phones(), loads, handle_times)
@settings(max_examples=80, deadline=None)
def test_every_attempt_is_answered_blocked_or_given_up(
    profile: QueueProfile, load: float, aht_s: float
) -> None:
    agents = np.arange(int(2 * load) + 4)
    result = performance(profile, load / aht_s, aht_s, agents)
    lost = result.blocked + result.abandonment
    assert (lost >= -1e-12).all()
    assert (lost <= 1 + 1e-12).all()
    # Repeats are the share that tries again of all that is lost, attempt after attempt.
    attempts = 1 + result.repeats
    np.testing.assert_allclose(attempts * (1 - profile.redial_share * lost), 1.0, rtol=1e-9)
    # What the agents answer fills their time: contacts end at the rate at which they are answered.
    stable = np.isfinite(result.asa_s) & (agents > 0)
    busy = load * attempts * (1 - lost)
    np.testing.assert_allclose(
        (result.occupancy * agents)[stable], np.minimum(busy, agents)[stable], rtol=1e-9
    )


@given(phones(), loads, handle_times, st.floats(0.05, 0.99))
@settings(max_examples=80, deadline=None)
def test_a_percentile_is_where_its_share_has_waited(
    profile: QueueProfile, load: float, aht_s: float, share: float
) -> None:
    agents = int(load * 1.2) + 1
    wait = float(wait_percentile(profile, load / aht_s, aht_s, agents, share))
    assume(np.isfinite(wait))
    for seconds, at_least in ((wait * (1 + 1e-9), True), (wait * 0.99, False)):
        target = ServiceTarget(max_wait_s=seconds)
        asked = replace(profile, target=target)
        within = performance(asked, load / aht_s, aht_s, agents).wait_within
        if at_least:
            assert within >= share - 1e-9
        else:
            assert within < share + 1e-12 or wait == 0


@given(chats(), loads, handle_times)
@settings(max_examples=80, deadline=None)
def test_a_customer_is_harder_to_please_in_every_turn_than_in_the_first(
    profile: QueueProfile, load: float, aht_s: float
) -> None:
    reply = profile.target.reply
    assert reply is not None
    agents = int(load) + 1
    rates = {}
    for counts in ReplyUnit:
        target = replace(profile.target, reply=replace(reply, counts=counts))
        asked = replace(profile, target=target)
        rates[counts] = performance(asked, load / aht_s, aht_s, agents).reply_rate
    assert 0 <= rates[ReplyUnit.WHOLE_CHATS] <= rates[ReplyUnit.CUSTOMERS] + 1e-12 <= 1 + 1e-9
    assert 0 <= rates[ReplyUnit.TURNS] <= 1 + 1e-9
