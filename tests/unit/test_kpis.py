"""The service to expect from a roster."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.kpis import KPI_COLUMNS, Kpis, expected_kpis
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.rostering.roster import Assignment, Break, QueueSpan, Roster
from shiftcast.scheduling.staffing.requirement import AgentRequirement
from shiftcast.scheduling.staffing.staff import staff

FRIDAY = date(2026, 11, 27)
PHONE = QueueProfile(
    "phone", target=ServiceTarget(service_level=0.8, within_s=20), aht_s=180, patience_s=120
)
CHAT = QueueProfile(
    "chat",
    Channel.CHAT,
    ServiceTarget(service_level=0.8, within_s=60),
    aht_s=300,
    aht_by_concurrency=(1.0, 1.2),
)
MAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480), aht_s=600)
CENTRE = Centre(
    "small",
    "UTC",
    60,
    (PHONE, CHAT, MAIL),
    contracts=(Contract("full", hourly_cost=20.0),),
    agents=(
        Agent("ann", "Ann", "full", frozenset({"phone", "chat", "mail"})),
        Agent("bob", "Bob", "full", frozenset({"phone", "chat", "mail"}), hourly_cost=30.0),
    ),
)


def forecast(days: int = 1) -> Forecast:
    """100 calls and 30 chats an hour from 9 to 17, 3 e-mails an hour always."""
    grid = TimeGrid(FRIDAY, days, 60)
    day = (grid.minute_of_day >= 9 * 60) & (grid.minute_of_day < 17 * 60)
    mean = np.array([100.0 * day, 30.0 * day, np.full(grid.size, 3.0)])
    unknown = np.full_like(mean, np.nan)
    return Forecast(
        grid, ("phone", "chat", "mail"), mean, mean, mean, mean, unknown, mean[None], {}
    )


def shift(agent: str, day: int, queue: str, start: int = 9, end: int = 17) -> Assignment:
    """Hours of one day on one queue, with half an unpaid hour after three (at noon from 9)."""
    first, last = (day * 24 + start) * 60, (day * 24 + end) * 60
    pause = first + 180
    return Assignment(
        agent,
        day,
        "D",
        first,
        last,
        (Break(pause, pause + 30, paid=False),),
        (QueueSpan(first, pause, queue), QueueSpan(pause + 30, last, queue)),
    )


def kpis_of(assignments: list[Assignment], days: int = 1) -> Kpis:
    expected = forecast(days)
    roster = Roster(expected.grid, tuple(assignments))
    return expected_kpis(CENTRE, expected, staff(expected, CENTRE), roster)


def row(frame: pd.DataFrame, queue: str, start: object) -> pd.Series:
    return frame[(frame["queue"] == queue) & (frame["start"] == start)].iloc[0]


CREW = [
    *(shift("ann", 0, "phone") for _ in range(7)),
    *(shift("bob", 0, "chat") for _ in range(3)),
    *(shift("bob", 0, "mail") for _ in range(2)),
]


def test_frames_have_the_promised_columns_and_rows() -> None:
    kpis = kpis_of(CREW, days=2)
    for frame in (kpis.interval, kpis.day, kpis.week):
        assert tuple(frame.columns) == KPI_COLUMNS
    assert len(kpis.interval) == 3 * 48
    assert set(kpis.day["queue"]) == {"phone", "chat", "mail", "all"}
    assert len(kpis.day) == 4 * 2
    assert str(kpis.interval["start"].dt.tz) == "UTC"


def test_an_interval_is_the_formula_with_the_heads_of_the_roster() -> None:
    kpis = kpis_of(CREW)
    ten = pd.Timestamp("2026-11-27 10:00", tz="UTC")
    result = performance(PHONE, 100 / 3600, 180.0, 7)
    phone = row(kpis.interval, "phone", ten)
    assert phone["rostered"] == 7
    assert phone["service_level"] == pytest.approx(float(result.service_level))
    assert phone["occupancy"] == pytest.approx(float(result.occupancy))
    noon = row(kpis.interval, "phone", pd.Timestamp("2026-11-27 12:00", tz="UTC"))
    assert noon["rostered"] == 3.5  # everybody's break
    assert noon["service_level"] < phone["service_level"]


def test_a_day_weighs_by_contacts() -> None:
    kpis = kpis_of(CREW)
    phone = kpis.interval[kpis.interval["queue"] == "phone"]
    open_ = phone[phone["contacts"] > 0]
    day = row(kpis.day, "phone", FRIDAY)
    # The same 100 contacts in each of eight hours: the plain mean.
    assert day["service_level"] == pytest.approx(open_["service_level"].mean())
    assert day["abandonment"] == pytest.approx(open_["abandonment"].mean())
    answered = 100 * (1 - open_["abandonment"])
    assert day["asa_s"] == pytest.approx((open_["asa_s"] * answered).sum() / answered.sum())
    assert day["contacts"] == 800
    assert day["rostered"] == pytest.approx(7 * 7.5)


def test_all_queues_together_weigh_by_contacts_too() -> None:
    kpis = kpis_of(CREW)
    phone, chat, mail, together = (
        row(kpis.day, queue, FRIDAY) for queue in ("phone", "chat", "mail", "all")
    )
    assert together["contacts"] == 800 + 240 + 72
    assert together["service_level"] == pytest.approx(
        (800 * phone["service_level"] + 240 * chat["service_level"]) / 1040
    )
    assert together["deadline_met"] == mail["deadline_met"]
    assert together["backlog_hours"] == mail["backlog_hours"]
    assert together["required"] == pytest.approx(
        phone["required"] + chat["required"] + mail["required"]
    )


def test_under_and_over_staffing_are_not_netted() -> None:
    # Twice the agents in the morning, none in the afternoon.
    requirement = staff(forecast(), CENTRE).queues[0]
    assert isinstance(requirement, AgentRequirement)
    need = requirement.rostered[10]
    spans = (QueueSpan(9 * 60, 12 * 60, "phone"),)
    morning = Assignment("ann", 0, "M", 9 * 60, 12 * 60, (), spans)
    day = row(kpis_of([morning] * (2 * int(np.ceil(need)))).day, "phone", FRIDAY)
    assert day["over_hours"] == pytest.approx(
        sum(2 * np.ceil(need) - requirement.rostered[hour] for hour in (9, 10, 11))
    )
    assert day["under_hours"] == pytest.approx(5 * need)


def test_numbers_without_a_meaning_are_missing() -> None:
    kpis = kpis_of(CREW)
    night = pd.Timestamp("2026-11-27 03:00", tz="UTC")
    phone, mail = row(kpis.interval, "phone", night), row(kpis.interval, "mail", night)
    for name in ("service_level", "asa_s", "abandonment", "occupancy", "backlog_hours"):
        assert np.isnan(phone[name]), name
    for name in ("service_level", "asa_s", "abandonment"):
        assert np.isnan(mail[name]), name
    assert np.isnan(row(kpis.day, "phone", FRIDAY)["deadline_met"])


def test_a_queue_nobody_serves_has_service_level_zero() -> None:
    day = row(kpis_of([]).day, "phone", FRIDAY)
    assert day["service_level"] == 0
    assert day["abandonment"] == pytest.approx(1)
    assert np.isnan(day["occupancy"])


def test_email_is_measured_against_the_placed_work() -> None:
    kpis = kpis_of(CREW)
    mail = row(kpis.day, "mail", FRIDAY)
    # 72 e-mails of ten minutes are twelve hours; two agents for 7.5 hours do them all, but those
    # of the early night have waited longer than eight hours by nine o'clock.
    assert mail["required"] == pytest.approx(12)
    assert mail["rostered"] == 15
    assert 0.5 < mail["deadline_met"] < 1
    # Hours over are those in which nothing waited; short is what came due undone.
    assert mail["over_hours"] == pytest.approx(15 * (1 - mail["occupancy"]))
    assert 0 < mail["under_hours"] < 12
    nobody = kpis_of([]).day.set_index("queue").loc["mail"]
    assert nobody["deadline_met"] == 0
    assert nobody["over_hours"] == 0


def test_pay_goes_by_business_date_and_own_rate_before_contract() -> None:
    carried = shift("ann", -1, "phone", 22, 30)  # yesterday's night shift: paid yesterday
    kpis = kpis_of([shift("ann", 0, "phone"), shift("bob", 1, "phone"), carried], days=2)
    assert kpis.paid_by_day["start"].tolist() == [FRIDAY, date(2026, 11, 28)]
    assert kpis.paid_by_day["paid_hours"].tolist() == [7.5, 7.5]
    assert kpis.paid_by_day["cost"].tolist() == [7.5 * 20, 7.5 * 30]
    assert kpis.paid_hours == 15.0
    assert kpis.cost == 375.0


def test_weeks_begin_on_the_centres_first_weekday() -> None:
    # From a Friday over five days: Friday to Sunday, then Monday and Tuesday.
    week = kpis_of(CREW, days=5).week
    phone = week[week["queue"] == "phone"]
    assert phone["start"].tolist() == [FRIDAY, date(2026, 11, 30)]
    assert phone["contacts"].tolist() == [2400, 1600]
    # What waits is a stock: the last interval's, not a sum.
    kpis = kpis_of([], days=5)
    mail = kpis.week[kpis.week["queue"] == "mail"]["backlog_hours"]
    last = kpis.interval[kpis.interval["queue"] == "mail"]["backlog_hours"].iloc[-1]
    assert mail.iloc[-1] == last


def test_one_grid_for_all() -> None:
    expected = forecast(2)
    with pytest.raises(ValueError, match="not on the same grid"):
        expected_kpis(
            CENTRE, expected, staff(expected, CENTRE), Roster(TimeGrid(FRIDAY, 1, 60), ())
        )


def test_a_slower_agent_is_less_of_an_agent() -> None:
    # Seven and a half hours each; Ann's count 0.8 for the queue and in full for pay.
    slow = replace(CENTRE.agents[0], proficiency=(("mail", 0.8),))
    centre = replace(CENTRE, agents=(slow, CENTRE.agents[1]))
    expected = forecast()
    roster = Roster(expected.grid, (shift("ann", 0, "mail"), shift("bob", 0, "mail")))
    kpis = expected_kpis(centre, expected, staff(expected, centre), roster)
    mail = kpis.day.set_index("queue").loc["mail"]
    assert mail["rostered"] == pytest.approx(7.5 * 1.8)
    assert kpis.paid_hours == 15.0
