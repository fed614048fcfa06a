"""What holds for every queue, load and target."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.data.targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget
from shiftcast.scheduling.queueing.deadline import work_off
from shiftcast.scheduling.queueing.performance import QueuePerformance, performance
from shiftcast.scheduling.staffing.agents import agents_needed, effective_target

shares = st.floats(0.05, 0.98)
maybe = st.none


@st.composite
def targets(draw: st.DrawFn) -> ServiceTarget:
    level = draw(maybe() | shares)
    return ServiceTarget(
        service_level=level,
        within_s=None if level is None else draw(st.sampled_from([0.0, 5.0, 20.0, 120.0])),
        definition=draw(st.sampled_from(ServiceLevelDefinition)),
        max_asa_s=draw(maybe() | st.floats(1.0, 300.0)),
        max_abandonment=draw(maybe() | st.floats(0.005, 1.0)),
        max_occupancy=draw(maybe() | st.floats(0.3, 1.0)),
    )


@st.composite
def queues(draw: st.DrawFn) -> QueueProfile:
    chat = draw(st.booleans())
    growth = draw(st.lists(st.floats(0.0, 0.25), min_size=1, max_size=3)) if chat else []
    return QueueProfile(
        "queue",
        Channel.CHAT if chat else Channel.PHONE,
        draw(targets()),
        patience_s=draw(maybe() | st.floats(5.0, 3000.0)),
        aht_by_concurrency=(1.0, *(1.0 + np.cumsum(growth))),
    )


loads = st.floats(0.01, 60.0)
handle_times = st.floats(20.0, 1500.0)


def met(profile: QueueProfile, result: QueuePerformance, slack: float) -> np.ndarray:
    """Every target of the queue, read off the performance directly."""
    target = effective_target(profile)
    ok = np.isfinite(result.asa_s)
    if target.service_level is not None:
        ok &= result.service_level >= target.service_level - slack
    if target.max_asa_s is not None:
        ok &= result.asa_s <= target.max_asa_s + slack
    if target.max_abandonment is not None:
        ok &= result.abandonment <= target.max_abandonment + slack
    if target.max_occupancy is not None:
        ok &= result.occupancy <= target.max_occupancy + slack
    return ok


@given(queues(), loads, handle_times)
@settings(max_examples=150, deadline=None)
def test_the_least_number_of_agents_is_the_least(
    profile: QueueProfile, load: float, aht_s: float
) -> None:
    least = int(agents_needed(profile, load / aht_s, aht_s).least)
    result = performance(profile, load / aht_s, aht_s, np.arange(least + 1))
    assert met(profile, result, slack=1e-9)[least]
    assert not met(profile, result, slack=-1e-9)[:least].any()


@given(queues(), loads, handle_times)
@settings(max_examples=100, deadline=None)
def test_the_fraction_lies_in_the_last_agent(
    profile: QueueProfile, load: float, aht_s: float
) -> None:
    needed = agents_needed(profile, np.array([0.0, load]) / aht_s, aht_s)
    assert needed.least[0] == needed.fractional[0] == 0
    assert needed.least[1] - 1 < needed.fractional[1] <= needed.least[1]


@given(queues(), loads, handle_times)
@settings(max_examples=100, deadline=None)
def test_every_agent_helps(profile: QueueProfile, load: float, aht_s: float) -> None:
    most = int(2 * load) + 12
    result = performance(profile, load / aht_s, aht_s, np.arange(most))
    rounding = 1e-9
    if profile.target.within_s is not None:
        assert (np.diff(result.service_level) >= -rounding).all()
    assert (np.diff(result.abandonment) <= rounding).all()
    assert (np.diff(result.occupancy) <= rounding).all()
    asa = result.asa_s[np.isfinite(result.asa_s)]
    assert (np.diff(asa) <= rounding * asa[:-1] + rounding).all()


@given(queues(), loads, handle_times, st.floats(1.01, 2.0))
@settings(max_examples=100, deadline=None)
def test_more_contacts_never_need_fewer_agents(
    profile: QueueProfile, load: float, aht_s: float, more: float
) -> None:
    needed = agents_needed(profile, np.array([load, load * more]) / aht_s, aht_s)
    assert needed.least[0] <= needed.least[1]


@given(
    st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), min_size=1, max_size=30),
    st.integers(1, 12),
    st.floats(0, 20),
)
@settings(max_examples=100, deadline=None)
def test_work_is_neither_lost_nor_made(
    steps: list[tuple[float, float]], allowed: int, backlog: float
) -> None:
    arrivals, capacity = np.array(steps).T
    latest = np.arange(arrivals.size) + allowed - 1
    flow = work_off(arrivals, latest, capacity, backlog)
    np.testing.assert_allclose(
        flow.backlog, backlog + np.cumsum(arrivals) - np.cumsum(flow.done), atol=1e-9
    )
    assert (flow.done <= capacity + 1e-9).all()
    assert (flow.done >= -1e-9).all()
    assert (flow.in_time <= flow.known + 1e-9).all()
    # Never idle while work waits.
    idle = flow.done < capacity - 1e-9
    assert (flow.backlog[idle] < 1e-9).all()
