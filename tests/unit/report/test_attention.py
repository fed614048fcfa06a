import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shiftcast.cli.report.attention import (
    Promise,
    TargetCheck,
    promise,
    short_periods,
    target_checks,
    week_checks,
)
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.replies import ReplyTarget
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.kpis import KPI_COLUMNS, Kpis

GRID = TimeGrid(date(2026, 12, 1), 2, 60, "Asia/Shanghai")
PHONE = QueueProfile("phone", target=ServiceTarget(0.8, 20, max_abandonment=0.05))
CHAT = QueueProfile("chat", Channel.CHAT, weight=3.0)


def _kpis(short: dict[str, dict[int, float]], level: float = 0.5) -> Kpis:
    """Ten agents required in every hour, and as many rostered but where `short` says."""
    frames = []
    for queue, missing in short.items():
        frame = pd.DataFrame(0.0, index=range(GRID.size), columns=list(KPI_COLUMNS))
        frame = frame.assign(queue=queue, start=GRID.starts, contacts=30.0, required=10.0)
        frame["rostered"] = 10.0 - pd.Series(missing).reindex(frame.index).fillna(0.0)
        frames.append(frame.assign(service_level=level, deadline_met=np.nan))
    interval = pd.concat(frames, ignore_index=True)
    empty = interval.head(0)
    return Kpis(interval, empty, empty, 0.0, 0.0, empty)


def _periods(short: dict[str, dict[int, float]], level: float = 0.5) -> list[tuple[Any, ...]]:
    centre = Centre("c", GRID.tz, 60, (PHONE, CHAT))
    found = short_periods(centre, _kpis(short, level), GRID)
    return [(p.queue, p.first, p.last, p.short_hours, p.most) for p in found]


def test_neighbouring_intervals_make_one_period() -> None:
    assert _periods({"phone": {9: 1.0, 10: 3.0, 11: 2.0}}) == [("phone", 9, 11, 6.0, 3.0)]


def test_one_good_interval_in_between_does_not_split_two_do() -> None:
    assert _periods({"phone": {9: 1.0, 11: 2.0}}) == [("phone", 9, 11, 3.0, 2.0)]
    assert len(_periods({"phone": {9: 1.0, 12: 2.0}})) == 2


def test_the_end_of_the_day_splits() -> None:
    # Intervals 23 and 24 are 23:00 of the first and 00:00 of the second day.
    assert [p[1:3] for p in _periods({"phone": {23: 2.0, 24: 1.0}})] == [(23, 23), (24, 24)]


def test_less_than_half_an_agent_is_not_worth_a_word() -> None:
    assert _periods({"phone": {9: 0.49}}) == []
    assert len(_periods({"phone": {9: 0.5}})) == 1


def test_weight_times_hours_decides_the_order() -> None:
    # Chat weighs 3: 2 agent-hours of it go before 5 of phone, and 5 of phone before 1 of chat.
    found = _periods({"phone": {9: 5.0}, "chat": {9: 2.0, 20: 1.0}})
    assert [(p[0], p[3]) for p in found] == [("chat", 2.0), ("phone", 5.0), ("chat", 1.0)]


def test_a_period_that_keeps_its_promise_comes_last() -> None:
    centre = Centre("c", GRID.tz, 60, (PHONE,))
    kpis = _kpis({"phone": {9: 9.0, 20: 1.0}}, level=0.9)
    kpis.interval.loc[20, "service_level"] = 0.6
    found = short_periods(centre, kpis, GRID)
    assert [(p.first, p.served) for p in found] == [(20, False), (9, True)]


def test_a_good_noon_does_not_hide_a_bad_evening() -> None:
    # Short from 9 to 20; 18 and 20 break the promise, 19 keeps it and stands between them.
    centre = Centre("c", GRID.tz, 60, (PHONE,))
    kpis = _kpis({"phone": dict.fromkeys(range(9, 21), 1.0)}, level=0.95)
    kpis.interval.loc[[18, 20], "service_level"] = 0.5
    found = short_periods(centre, kpis, GRID)
    assert [(p.first, p.last, p.served) for p in found] == [(18, 20, False), (9, 17, True)]
    assert found[0].service == pytest.approx((0.5 + 0.95 + 0.5) / 3)


def test_what_is_told_of_one_period_is_not_told_of_another() -> None:
    # 10 breaks the promise between 9 and 11, which keep it: three periods, three hours in all.
    centre = Centre("c", GRID.tz, 60, (PHONE,))
    kpis = _kpis({"phone": {9: 1.0, 10: 1.0, 11: 1.0}}, level=0.95)
    kpis.interval.loc[10, "service_level"] = 0.5
    found = short_periods(centre, kpis, GRID)
    assert [(p.first, p.last, p.served) for p in found] == [
        (10, 10, False),
        (9, 9, True),
        (11, 11, True),
    ]


def test_service_of_a_period_is_weighed_by_contacts() -> None:
    centre = Centre("c", GRID.tz, 60, (PHONE,))
    kpis = _kpis({"phone": {9: 1.0, 10: 1.0}})
    kpis.interval.loc[9, ["contacts", "service_level"]] = (90.0, 0.6)
    kpis.interval.loc[10, ["contacts", "service_level"]] = (10.0, 0.1)
    (period,) = short_periods(centre, kpis, GRID)
    assert period.service == pytest.approx((90 * 0.6 + 10 * 0.1) / 100)


def test_deadline_work_is_not_short_by_the_interval() -> None:
    mail = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=1440))
    centre = Centre("c", GRID.tz, 60, (mail,))
    assert short_periods(centre, _kpis({"mail": {9: 5.0}}), GRID) == []


def test_a_period_without_contacts_has_no_service() -> None:
    centre = Centre("c", GRID.tz, 60, (PHONE,))
    kpis = _kpis({"phone": {9: 1.0}})
    kpis.interval.loc[9, ["contacts", "service_level"]] = (0.0, np.nan)
    assert math.isnan(short_periods(centre, kpis, GRID)[0].service)


@pytest.mark.parametrize(
    ("measure", "expected", "target", "at_least", "met"),
    [
        ("service_level", 0.79951, 0.8, True, True),  # both are shown as 80.0 %
        ("service_level", 0.7994, 0.8, True, False),
        ("abandonment", 0.0504, 0.05, False, True),
        ("abandonment", 0.0506, 0.05, False, False),
        ("asa_s", 30.4, 30.0, False, True),
        ("asa_s", 30.6, 30.0, False, False),
        ("service_level", math.nan, 0.8, True, True),
    ],
)
def test_what_reads_as_reached_is_reached(
    measure: str, expected: float, target: float, at_least: bool, met: bool
) -> None:
    assert TargetCheck("phone", measure, expected, target, at_least).met is met


def test_every_part_of_a_promise_is_checked() -> None:
    row = {"service_level": 0.7, "abandonment": 0.01, "asa_s": 5.0, "occupancy": 0.9}
    checks = target_checks(PHONE, row)
    assert [(c.measure, c.met) for c in checks] == [("service_level", False), ("abandonment", True)]


def test_lines_waits_and_replies_are_parts_of_a_promise_too() -> None:
    target = ServiceTarget(max_blocked=0.01, max_wait_s=60.0, reply=ReplyTarget(180.0, 0.9))
    chat = QueueProfile("chat", Channel.CHAT, target)
    row = dict.fromkeys(KPI_COLUMNS, np.nan) | {
        "blocked": 0.02, "wait_within": 0.95, "reply_rate": 0.85,
    }  # fmt: skip
    checks = {check.measure: check.met for check in target_checks(chat, row)}
    assert checks == {"blocked": False, "wait_within": True, "reply_rate": False}
    reported = replace(chat, target=ServiceTarget(reply=ReplyTarget(180.0)))
    assert target_checks(reported, row) == []


def test_a_queue_is_judged_by_what_it_promises_first() -> None:
    reply = ReplyTarget(180.0, 0.9)
    both = ServiceTarget(0.8, 20.0, reply=reply)
    assert promise(PHONE) == Promise("service_level", 0.8, 20)
    assert promise(QueueProfile("a", Channel.CHAT, both)).measure == "service_level"
    only_replies = QueueProfile("b", Channel.CHAT, ServiceTarget(reply=reply))
    assert promise(only_replies) == Promise("reply_rate", 0.9, 180.0)


def test_periods_of_a_queue_that_promises_replies_are_judged_by_them() -> None:
    chat = replace(CHAT, target=ServiceTarget(reply=ReplyTarget(180.0, 0.9)))
    kpis = _kpis({"chat": {9: 1.0, 15: 1.0}})
    kpis.interval.loc[[9, 15], "reply_rate"] = (0.95, 0.7)
    found = short_periods(Centre("c", GRID.tz, 60, (chat,)), kpis, GRID)
    assert [(p.first, p.served, p.service, p.target) for p in found] == [
        (15, False, pytest.approx(0.7), 0.9),
        (9, True, pytest.approx(0.95), 0.9),
    ]


def test_mail_is_judged_by_its_deadline() -> None:
    mail = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=1440))
    (check,) = target_checks(mail, {"deadline_met": 0.94})
    assert (check.measure, check.target, check.met) == ("deadline_met", 0.95, False)


def test_several_weeks_are_judged_together() -> None:
    # 90 contacts at 0.9 and 10 at 0.1 make 0.82 over both weeks, which reaches 0.8.
    week = pd.DataFrame(0.0, index=range(2), columns=list(KPI_COLUMNS))
    week = week.assign(queue="phone", contacts=[90.0, 10.0], service_level=[0.9, 0.1])
    kpis = Kpis(week, week, week, 0.0, 0.0, week)
    checks = week_checks(Centre("c", GRID.tz, 60, (PHONE,)), kpis)
    assert checks[0].expected == pytest.approx(0.82)
    assert checks[0].met
