"""Request bodies held against the interfaces' documented types: anything else is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from shiftcast.cli.exports.templates.names import Names
from shiftcast.data.errors import Problems

from tests.unit.exports.handed import NAMES, PLAN, SOURCE, bodies_of, codes, files_of


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Graph(Strict):
    model_config = ConfigDict(alias_generator=to_camel)


class DingSchedule(Strict):
    userid: str
    work_date: int
    shift_id: int
    is_rest: bool


class DingBody(Strict):
    op_user_id: str
    group_id: int
    schedules: Annotated[list[DingSchedule], Field(max_length=201)]


class FeishuShift(Strict):
    group_id: str
    shift_id: str
    month: int
    user_id: str
    day_no: int


class FeishuBody(Strict):
    user_daily_shifts: Annotated[list[FeishuShift], Field(max_length=50)]


class WecomItem(Strict):
    userid: str
    day: Annotated[int, Field(ge=1, le=31)]
    schedule_id: int


class WecomBody(Strict):
    groupid: int
    yearmonth: int
    items: list[WecomItem]


class Activity(Graph):
    is_paid: bool
    start_date_time: str
    end_date_time: str
    code: str
    display_name: str


class SharedShift(Graph):
    display_name: str
    notes: str
    start_date_time: str
    end_date_time: str
    theme: Literal["blue"]
    activities: list[Activity]


class ShiftBody(Graph):
    user_id: str
    scheduling_group_id: str
    shared_shift: SharedShift


class GraphRequest(Graph):
    id: str
    method: Literal["POST"]
    url: Literal["/teams/T1/schedule/shifts"]
    headers: dict[str, str]
    body: ShiftBody


class GraphBatch(Strict):
    requests: Annotated[list[GraphRequest], Field(max_length=20)]


def test_dingtalk() -> None:
    many = [DingBody.model_validate(b) for b in bodies_of("dingtalk", op_user_id="u", group_id=7)]
    (body,) = many
    # 30 November 2026 00:00 +08:00 is 29 November 16:00 UTC.
    monday = int(datetime(2026, 11, 29, 16, tzinfo=UTC).timestamp()) * 1000
    assert len(body.schedules) == 10 * 7
    assert body.schedules[0] == DingSchedule(
        userid="user-a000", work_date=monday, shift_id=1001, is_rest=False
    )
    days = [one for one in body.schedules if one.userid == "user-a000"]
    assert [(one.shift_id, one.is_rest) for one in days[5:]] == [(1, True)] * 2
    # a003 is on leave on Tuesday.
    leave = [one for one in body.schedules if one.userid == "user-a003"][1]
    assert (leave.shift_id, leave.is_rest) == (1, True)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 28), 0),
        # 180 days before Saturday 5 December: only the Sunday lies further away.
        (date(2026, 6, 8), 1),
        (date(2027, 6, 30), 7),
    ],
)
def test_dingtalk_takes_days_of_half_a_year_around_today(today: date, days: int) -> None:
    problems = Problems()
    source = replace(SOURCE, names=NAMES, today=today)
    files = files_of("dingtalk", source, problems=problems, op_user_id="u", group_id=7)
    assert files
    told = [p.params["days"] for p in problems.warnings if p.code == "exports.check.days_away"]
    assert told == ([days] if days else [])


def test_feishu_takes_fifty_at_a_time() -> None:
    many = [FeishuBody.model_validate(b) for b in bodies_of("feishu", group_id="g")]
    assert [len(body.user_daily_shifts) for body in many] == [50, 20]
    first, second = many[0].user_daily_shifts[:2]
    assert (first.month, first.day_no, first.shift_id) == (202611, 30, "1001")
    assert (second.month, second.day_no) == (202612, 1)
    assert many[0].user_daily_shifts[5].shift_id == "0"


def test_wecom_has_a_body_a_month() -> None:
    november, december = (WecomBody.model_validate(b) for b in bodies_of("wecom", group_id="226"))
    assert (november.groupid, november.yearmonth, december.yearmonth) == (226, 202611, 202612)
    assert [len(body.items) for body in (november, december)] == [10, 60]
    assert november.items[0] == WecomItem(userid="user-a000", day=30, schedule_id=1001)
    assert [item.schedule_id for item in december.items[4:6]] == [0, 0]


def test_teams_shifts_are_in_utc_and_twenty_a_batch() -> None:
    bodies = bodies_of("teams-shifts", team_id="T1", scheduling_group_id="TAG_1")
    many = [GraphBatch.model_validate(body) for body in bodies]
    requests = [request for batch in many for request in batch.requests]
    assert [len(batch.requests) for batch in many[:-1]] == [20] * (len(many) - 1)
    assert len({request.id for request in requests}) == len(requests)
    first = requests[0].body
    assert (first.user_id, first.scheduling_group_id) == ("user-a000", "TAG_1")
    assert first.shared_shift.start_date_time == "2026-11-29T23:30:00Z"
    assert first.shared_shift.end_date_time == "2026-11-30T08:15:00Z"
    assert [(a.is_paid, a.start_date_time) for a in first.shared_shift.activities] == [
        (True, "2026-11-30T00:45:00Z"),
        (False, "2026-11-30T02:30:00Z"),
    ]


def test_everybody_and_every_shift_without_a_name_there_is_told_at_once() -> None:
    names = Names({"a000": "u"}, {("E8", ""): "eight"})
    problems = Problems()
    source = replace(SOURCE, names=names)
    assert files_of("dingtalk", source, problems=problems, op_user_id="u") == {}
    assert codes(problems).count("check.no_value") == 1
    assert codes(problems).count("check.no_employee") == 9
    missing = {p.params["shift"] for p in problems if p.code == "exports.check.no_shift"}
    assert missing == {"M8", "L8", "S8"}
    (wrong,) = (p for p in problems if p.code == "exports.check.no_number")
    assert wrong.params["value"] == "eight"


def test_a_shift_that_is_longer_than_a_day_is_refused_by_teams() -> None:
    shift = PLAN.roster.assignments[0]
    roster = replace(PLAN.roster, assignments=(replace(shift, end=shift.start + 1500),))
    problems = Problems()
    source = replace(SOURCE, roster=roster, names=Names({a.id: a.id for a in PLAN.centre.agents}))
    values = {"team_id": "T1", "scheduling_group_id": "TAG_1"}
    assert files_of("teams-shifts", source, problems=problems, **values) == {}
    assert codes(problems) == ["check.long_shift"]
    assert next(iter(problems)).params["date"] == date(2026, 11, 30)
