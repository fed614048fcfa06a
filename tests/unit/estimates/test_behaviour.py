"""Patience, handle time, returns and presence, from logs whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from estimate_logs import log_of
from shiftcast.scheduling.estimates.handle_time import estimate_handle_times, level_by_day
from shiftcast.scheduling.estimates.patience import estimate_patience
from shiftcast.scheduling.estimates.presence import mean_present, spells_of
from shiftcast.scheduling.estimates.returns import estimate_returns
from shiftcast.scheduling.estimates.shrinkage import WorkTimes, estimate_shrinkage

HOUR = 3600.0


def test_patience_is_time_waited_over_those_who_gave_up() -> None:
    """Waits 0 + 30 + 60 + 90 + 120 = 300 s, two gave up: 150 s; answered at once adds nothing."""
    log = log_of(
        [
            (100.0, 0.0, 50.0, "A"),
            (200.0, 30.0, 50.0, "A"),
            (300.0, 60.0, None, ""),
            (400.0, 90.0, 50.0, "B"),
            (500.0, 120.0, None, ""),
        ]
    )
    found = estimate_patience(log, balked=5)
    assert found.mean_s.value == 150.0
    assert found.mean_s.count == 2
    assert found.balking.value == 0.5
    # Of four who waited, one gave up with three left at 60 s, the last one at 120 s.
    assert found.curve.at(60.0).value == pytest.approx(2 / 3)
    assert found.median_s == 120.0


def test_exponential_patience_fits_and_a_bent_one_does_not() -> None:
    rng = np.random.default_rng(1)
    offered = rng.exponential(120.0, 4000)  # the wait that the queue had in store

    def patience_of(patience: np.ndarray) -> tuple[float, float, float]:
        gave_up = patience < offered
        wait = np.minimum(patience, offered)
        log = log_of(
            [(i * 10.0, wait[i], None if gave_up[i] else 60.0, "A") for i in range(len(wait))]
        )
        found = estimate_patience(log)
        return found.mean_s.low, found.mean_s.high, found.misfit

    low, high, misfit = patience_of(rng.exponential(200.0, 4000))
    assert low < 200.0 < high
    assert misfit < 0.03
    hasty = np.where(rng.random(4000) < 0.3, rng.exponential(10.0, 4000), 1000.0)
    assert patience_of(hasty)[2] > 0.1


def test_contacts_that_gave_up_at_once_or_whose_wait_is_unknown_are_told_apart() -> None:
    log = log_of([(0.0, 0.0, None, ""), (10.0, np.nan, 60.0, "A"), (20.0, 5.0, 60.0, "A")])
    assert (log.balked, log.unknown_wait, len(log.wait_s)) == ((1,), (1,), 1)


def test_handle_time_of_agents_and_hours_is_told_apart() -> None:
    """B takes twice as long as A, the afternoon half as long again as the morning; B works mostly
    in the afternoon, so that plain means would mix the two."""
    rng = np.random.default_rng(2)
    rows = []
    for i in range(8000):
        late = rng.random() < 0.5
        agent = "B" if rng.random() < (0.8 if late else 0.2) else "A"
        mean = 100.0 * (2.0 if agent == "B" else 1.0) * (1.5 if late else 1.0)
        rows.append((i * 1.0 + (15 if late else 9) * HOUR, 0.0, mean * rng.exponential(), agent))
    found = estimate_handle_times(log_of(sorted(rows)))
    assert found is not None
    pace = found.pace
    # Mornings: 80 % by A in 100 s, 20 % by B in 200 s.
    assert found.by_hour_s[9] == pytest.approx(120.0, rel=0.08)
    assert pace.agent[1] / pace.agent[0] == pytest.approx(2.0, rel=0.08)
    assert pace.hour[15] / pace.hour[9] == pytest.approx(1.5, rel=0.08)
    agent_b = pace.expected_s(np.array([15]), np.array([1]))
    assert agent_b[0] == pytest.approx(300.0, rel=0.08)


def test_short_contacts_are_counted_apart() -> None:
    log = log_of([(0.0, 0.0, 5.0, "A"), (60.0, 0.0, 95.0, "A"), (200.0, 0.0, 105.0, "A")])
    found = estimate_handle_times(log)
    assert found is not None
    assert (found.mean_s.value, found.without_short_s.value) == (pytest.approx(205 / 3), 100.0)
    assert found.short.value == pytest.approx(1 / 3)
    assert np.isnan(found.by_hour_s[0])  # too few for an hour of its own


def test_nobody_answered_has_no_handle_time() -> None:
    assert estimate_handle_times(log_of([(0.0, 20.0, None, "")])) is None


def test_level_follows_the_days() -> None:
    """200 s in the first week, 100 s in the second: a third above and below their mean, which is
    log 2 apart, half of it on each side."""
    day = 86_400.0
    rows = [
        (d * day + i * 60.0, 0.0, 200.0 if d < 7 else 100.0, "A")
        for d in range(14)
        for i in range(200)
    ]
    log = log_of(rows)
    found = estimate_handle_times(log)
    assert found is not None
    level = level_by_day(log, found.pace)
    assert level[:7] == pytest.approx(200 / 150, rel=0.1)
    assert level[7:] == pytest.approx(100 / 150, rel=0.1)
    assert found.day_spread == pytest.approx(np.log(2) / 2, rel=0.15)


def test_return_is_seen_only_while_customers_wait() -> None:
    """A ends at 100 with somebody waiting since 50 and is back at 106; A ends at 206 with an empty
    queue, so the way to the contact at 300 tells nothing."""
    log = log_of(
        [(0.0, 0.0, 100.0, "A"), (50.0, 56.0, 100.0, "A"), (300.0, 0.0, 60.0, "A")],
    )
    found = estimate_returns(log)
    assert found.curve.time_s.tolist() == [6.0]
    assert found.after_call_s.value == pytest.approx(6.0)
    assert found.after_call_s.count == 1


def test_return_is_cut_off_when_the_queue_empties() -> None:
    """Both agents end at 100 with one customer waiting, whom A takes at 110: B was away for at
    least 10 s. The last event is A's, at which half are back."""
    log = log_of(
        [
            (0.0, 0.0, 100.0, "A"),
            (0.0, 0.0, 100.0, "B"),
            (50.0, 60.0, 100.0, "A"),
            (400.0, 0.0, 60.0, "B"),
        ]
    )
    found = estimate_returns(log)
    assert found.curve.at_risk.tolist() == [2]
    assert found.curve.at(10.0).value == pytest.approx(0.5)


def test_gaps_are_bridged_up_to_the_limit() -> None:
    """A: contacts 0–60 and 960–1020 (gap 900 s), then 4020–4080 (gap 3000 s)."""
    log = log_of(
        [(0.0, 0.0, 60.0, "A"), (950.0, 10.0, 60.0, "A"), (4020.0, 0.0, 60.0, "A")],
    )
    spells = spells_of(log, bridged_s=1800.0)
    assert spells.start_s.tolist() == [0.0, 4020.0]
    assert spells.end_s.tolist() == [1020.0, 4080.0]
    assert len(spells_of(log, bridged_s=600.0).agent) == 3
    edges = np.array([0.0, 510.0, 2040.0, 4050.0])
    present = mean_present(spells, np.ones(2), edges)
    assert present == pytest.approx([1.0, 510 / 1530, 30 / 2010])


def test_a_spell_is_shared_by_the_contact_time_of_its_queues() -> None:
    log = log_of(
        [(0.0, 0.0, 100.0, "A"), (200.0, 0.0, 300.0, "A"), (0.0 + 600.0, 0.0, 60.0, "B")],
        queues=["chat", "phone", "phone"],
    )
    spells = spells_of(log)
    assert spells.share[:, 0].tolist() == [0.25, 0.75]
    assert spells.share[:, 1].tolist() == [0.0, 1.0]


def test_shrinkage_against_a_roster_and_from_activity() -> None:
    """A is rostered 0:00–2:00 on Monday and seen 0:00–0:30 and 1:30–2:00; B rostered, never seen on
    Tuesday. Monday 50 %, Tuesday 100 %, both 75 %; from activity A is away half of the day."""
    half = HOUR / 2
    log = log_of(
        [
            (0.0, 0.0, half, "A"),
            (3 * half, 0.0, half, "A"),
            (86_400.0 * 2, 0.0, 60.0, "B"),
        ]
    )
    spells = spells_of(log)
    rostered = WorkTimes(
        np.array([0, 1]),
        np.array([0, 1]),
        np.array([0.0, 86_400.0]),
        np.array([2 * HOUR, 86_400.0 + 2 * HOUR]),
    )
    found = estimate_shrinkage(log, spells, rostered)
    assert [found.by_weekday[day].value for day in (0, 1)] == [0.5, 1.0]
    assert np.isnan(found.by_weekday[4].value)
    assert found.overall.value == 0.75
    alone = estimate_shrinkage(log, spells, None)
    assert alone.by_weekday[0].value == 0.5
    assert not alone.from_roster
