"""What given heads do for one queue. Intervals of one hour."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Arrivals, Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.kpi_tally import TALLY, email_tally, live_tally
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.requirement import DeadlineWork

HOUR = 60
TARGET = ServiceTarget(service_level=0.8, within_s=20)


def phone(contacts: list[float], shrinkage: float = 0.0, patience_s: float | None = 120):
    profile = QueueProfile("phone", target=TARGET, patience_s=patience_s, shrinkage=shrinkage)
    count = np.array(contacts, dtype=float)
    return QueueDemand(profile, count, np.full(count.shape, 180.0))


def tally_of(demand: QueueDemand, heads: list[float], required: list[float] | None = None):
    needed = np.zeros(len(heads)) if required is None else np.array(required, dtype=float)
    return live_tally(demand, needed, np.array(heads, dtype=float), HOUR)


def expected(demand: QueueDemand, agents: int):
    return performance(demand.profile, demand.contacts[0] / 3600, 180.0, agents)


def test_everybody_present_is_the_formula_itself() -> None:
    demand = phone([100])
    tally, result = tally_of(demand, [6]).iloc[0], expected(demand, 6)
    assert tuple(tally.index) == TALLY
    assert tally["good"] / tally["counted"] == pytest.approx(float(result.service_level))
    assert tally["wait_s"] / tally["answered"] == pytest.approx(float(result.asa_s))
    assert tally["abandoned"] == pytest.approx(100 * float(result.abandonment))
    assert tally["busy_hours"] == pytest.approx(6 * float(result.occupancy))
    assert tally["available_hours"] == 6


def test_half_an_hour_of_a_seventh_agent_is_half_of_each() -> None:
    demand = phone([100])
    good = [float(expected(demand, n).good) for n in (6, 7)]
    assert tally_of(demand, [6.5])["good"][0] == pytest.approx(100 * sum(good) / 2)


def test_absence_is_binomial() -> None:
    # Two agents, each there half the time: nobody, one or both in 1, 2 and 1 quarters of cases.
    demand = phone([20], shrinkage=0.5)
    good = [float(expected(demand, n).good) for n in range(3)]
    tally = tally_of(demand, [2]).iloc[0]
    assert tally["good"] == pytest.approx(20 * (good[0] + 2 * good[1] + good[2]) / 4)
    assert tally["available_hours"] == 1.0  # of two hours rostered
    assert tally["rostered_hours"] == 2.0


def test_many_agents_have_their_mean_and_lose_nothing_in_the_tails() -> None:
    tally = tally_of(phone([3000], shrinkage=0.1), [200]).iloc[0]
    assert tally["counted"] == pytest.approx(3000)
    assert tally["answered"] + tally["abandoned"] == pytest.approx(3000)
    # 150 erlangs are carried by about 180 agents: all but the few abandoned.
    assert tally["busy_hours"] == pytest.approx(tally["answered"] * 180 / 3600, rel=1e-9)


@pytest.mark.parametrize("patience_s", [None, 120])
def test_a_load_without_agents_has_no_service(patience_s: float | None) -> None:
    tally = tally_of(phone([50], patience_s=patience_s), [0]).iloc[0]
    assert tally["good"] == 0
    assert tally["counted"] == pytest.approx(50)
    assert tally["available_hours"] == 0
    assert tally["abandoned"] == pytest.approx(0 if patience_s is None else 50)


def test_a_line_that_grows_without_end_waits_one_interval() -> None:
    # 5 erlangs on 4 agents, nobody gives up: the formula's answer time is infinite.
    tally = tally_of(phone([100], patience_s=None), [4]).iloc[0]
    assert tally["wait_s"] / tally["answered"] == pytest.approx(3600)
    assert tally["busy_hours"] == pytest.approx(4)
    assert tally["good"] == 0


def test_no_contacts_leave_idle_agents_and_no_service_level() -> None:
    tally = tally_of(phone([0]), [3], required=[1]).iloc[0]
    assert tally["counted"] == 0
    assert tally["busy_hours"] == 0
    assert tally["available_hours"] == 3
    assert tally["over_hours"] == 2


def test_a_queue_without_a_threshold_stays_out_of_the_service_level() -> None:
    demand = QueueDemand(QueueProfile("phone"), np.array([50.0]), np.array([180.0]))
    tally = tally_of(demand, [5]).iloc[0]
    assert tally["counted"] == 0
    assert tally["answered"] == pytest.approx(50)


def test_with_stationary_arrivals_an_interval_does_not_depend_on_the_others() -> None:
    both = phone([100, 40], shrinkage=0.1)
    both = replace(both, profile=replace(both.profile, arrivals=Arrivals.STATIONARY))
    one = tally_of(phone([40], shrinkage=0.1), [3.5])
    np.testing.assert_allclose(tally_of(both, [7, 3.5]).iloc[1], one.iloc[0])


def test_contacts_in_progress_carry_over_into_the_next_interval() -> None:
    # 40 contacts an hour after 100: some of the hundred are still in progress.
    both = tally_of(phone([100, 40]), [7, 3])
    alone = tally_of(phone([40]), [3])
    assert both["wait_s"][1] > alone["wait_s"][0]
    assert both["contacts"][1] == alone["contacts"][0]


def email(contacts: list[float], hours: float, heads: list[float], shrinkage: float = 0.0):
    """E-mails of one hour's work each, always open; a backlog stands for the steady state."""
    target = ServiceTarget(deadline_min=hours * 60)
    profile = QueueProfile("mail", Channel.EMAIL, target, shrinkage=shrinkage)
    count = np.array(contacts, dtype=float)
    size = count.size
    latest = np.arange(size) + int(hours) - 1
    work = DeadlineWork("mail", count / (1 - shrinkage), latest, np.ones(size, dtype=bool))
    demand = QueueDemand(profile, count, np.full(size, 3600.0))
    placed = np.array([1.0] * size)
    return email_tally(demand, work, placed, np.array(heads, dtype=float), HOUR)


def test_emails_are_done_first_in_first_out_and_judged_by_their_deadline() -> None:
    # Four come at once, one is done an hour; two hours is the deadline.
    tally = email([4, 0, 0, 0, 0, 0], 2, [1] * 6)
    assert tally["in_time"].tolist() == [2, 0, 0, 0, 0, 0]
    assert tally["due"].tolist() == [4, 0, 0, 0, 0, 0]
    assert tally["backlog_hours"].tolist() == [3, 2, 1, 0, 0, 0]
    assert tally["busy_hours"].sum() == pytest.approx(4)
    assert tally["available_hours"].sum() == 6


def test_emails_that_are_due_after_the_end_are_not_judged_before() -> None:
    # In the last hour two come and the steady state has handed on one: one is left at the end.
    tally = email([0, 0, 2], 2, [1, 1, 1])
    assert tally["due"][2] == pytest.approx(tally["in_time"][2])
    assert tally["backlog_hours"][2] == pytest.approx(1.0)


def test_email_hours_are_rostered_and_present_hours_are_busy() -> None:
    # A fifth is lost: one hour of work takes 1.25 rostered hours, of which one is worked.
    tally = email([1, 0, 0, 0], 4, [1.25, 0, 0, 0], shrinkage=0.2)
    assert tally["in_time"].sum() == pytest.approx(1)
    assert tally["busy_hours"].sum() == pytest.approx(1)
    assert tally["available_hours"].sum() == pytest.approx(1)
    assert tally["over_hours"].sum() == pytest.approx(0)  # nobody was without work
    assert tally["under_hours"].sum() == pytest.approx(0)  # nothing came due undone


def test_few_lines_block_and_the_blocked_are_neither_answered_nor_given_up() -> None:
    demand = phone([100])
    limited = replace(demand, profile=replace(demand.profile, lines=8))
    tally, result = tally_of(limited, [6]).iloc[0], expected(limited, 6)
    assert tally["blocked"] == pytest.approx(100 * float(result.blocked))
    assert tally["limited"] == 100
    assert tally["answered"] + tally["abandoned"] + tally["blocked"] == pytest.approx(100)
    assert tally_of(demand, [6])["limited"].sum() == 0  # no limit, nothing to report


def test_those_who_call_again_are_attempts_more() -> None:
    demand = phone([100])
    again = replace(demand, profile=replace(demand.profile, redial_share=0.5))
    tally, result = tally_of(again, [6]).iloc[0], expected(again, 6)
    assert tally["contacts"] == 100
    assert tally["waiting"] == pytest.approx(100 * (1 + float(result.repeats)))
    # Of all attempts, half of those that fail are repeats of an earlier one.
    assert tally["waiting"] - 100 == pytest.approx(tally["abandoned"] / 2)


def test_a_reply_rate_counts_inside_its_window_only() -> None:
    reply = ReplyTarget(within_s=60, share=0.9, counts=ReplyUnit.TURNS, turns_per_chat=4)
    profile = QueueProfile(
        "chat",
        Channel.CHAT,
        ServiceTarget(reply=reply),
        patience_s=120,
        aht_by_concurrency=(1.0, 1.2),
        arrivals=Arrivals.STATIONARY,
    )
    demand = QueueDemand(
        profile, np.array([40.0, 40.0]), np.full(2, 300.0), np.array([True, False])
    )
    tally = tally_of(demand, [4, 4])
    result = performance(profile, 40 / 3600, 300.0, 4)
    assert tally["replied"][0] / tally["reply_counted"][0] == pytest.approx(
        float(result.reply_rate)
    )
    assert tally["reply_counted"][1] == 0
    assert tally["answered"][1] == pytest.approx(tally["answered"][0])


def test_the_longest_wait_is_counted_among_those_let_in() -> None:
    demand = phone([100])
    target = ServiceTarget(max_wait_s=90)
    calm = replace(demand, profile=replace(demand.profile, target=target, lines=8))
    tally, result = tally_of(calm, [6]).iloc[0], expected(calm, 6)
    assert tally["let_in"] == pytest.approx(100 * (1 - float(result.blocked)))
    assert tally["waited_within"] / tally["let_in"] == pytest.approx(float(result.wait_within))
    assert tally_of(demand, [6])["let_in"].sum() == 0
