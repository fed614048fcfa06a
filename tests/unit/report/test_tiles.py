from dataclasses import replace

import pytest
from shiftcast.cli.plan_view import queue_lines
from shiftcast.cli.report.tiles import definition, kpi_groups, kpi_heading, tiles
from shiftcast.cli.report.wording import Wording
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget

from tests.factories_plan import make_plan

PLAN = make_plan(agents=30)
EN = Wording("en")


def _week(queue: str) -> dict[str, float]:
    rows = PLAN.kpis.week[PLAN.kpis.week["queue"] == queue]
    return {name: rows[name].iloc[0] for name in rows.columns}


@pytest.mark.parametrize(("at", "queue"), [(0, "phone"), (1, "chat")])
def test_a_tile_shows_the_weeks_kpis(at: int, queue: str) -> None:
    tile, week = tiles(PLAN, EN)[at], _week(queue)
    assert tile.queue == queue
    assert tile.headline.value == f"{week['service_level'] * 100:.1f}%"
    shown = {figure.label: figure.value for figure in tile.figures}
    assert shown == {
        "Contacts": f"{week['contacts']:,.0f}",
        "Average answer time": EN.seconds(week["asa_s"]),
        "Abandoned": f"{week['abandonment'] * 100:.1f}%",
        "Occupancy": f"{week['occupancy'] * 100:.1f}%",
        "Hours short": f"{week['under_hours']:,.1f} h",
        "Hours over": f"{week['over_hours']:,.1f} h",
    }


def test_mail_is_headed_by_its_deadline() -> None:
    tile = tiles(PLAN, EN)[2]
    assert tile.headline.value == "97.0%"
    assert tile.headline.goal == "≥ 95%"
    assert tile.met
    assert [figure.label for figure in tile.figures][1] == "Work left over"


def test_goals_stand_beside_what_they_are_goals_of() -> None:
    phone, chat, _ = tiles(PLAN, EN)
    assert phone.headline.goal == "≥ 80%"
    assert {f.label: f.goal for f in phone.figures if f.goal} == {
        "Abandoned": "≤ 5%",
        "Occupancy": "≤ 90%",
    }
    assert {f.label: f.goal for f in chat.figures if f.goal} == {"Average answer time": "≤ 45 s"}


def test_thirty_agents_are_too_few_and_the_tile_says_so() -> None:
    phone = tiles(PLAN, EN)[0]
    assert not phone.met
    assert phone.missed_days == "A target is missed on every day."
    assert tiles(make_plan(agents=300), EN)[0].met


def test_single_days_below_the_target_are_named() -> None:
    day = PLAN.kpis.day.copy()
    phone = day["queue"] == "phone"
    day.loc[phone, ["service_level", "abandonment", "occupancy"]] = (0.9, 0.01, 0.8)
    day.loc[day.index[phone][[2, 5]], "service_level"] = 0.7
    plan = replace(PLAN, kpis=replace(PLAN.kpis, day=day))
    assert tiles(plan, EN)[0].missed_days == "A target is missed on Wed, Sat."


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("offered", "Answered within 20 s ÷ all offered"),
        ("answered", "Answered within 20 s ÷ all answered"),
        (
            "excluding_short_abandons",
            "Answered within 20 s ÷ (offered − abandoned within 20 s)",
        ),
        ("including_short_abandons", "(Answered or abandoned within 20 s) ÷ all offered"),
    ],
)
def test_the_service_level_is_defined_by_name(kind: str, said: str) -> None:
    target = ServiceTarget(0.8, 20, ServiceLevelDefinition(kind))
    assert definition(QueueProfile("phone", target=target), EN) == said


def test_deadlines_and_queues_without_a_promise_are_defined_too() -> None:
    mail = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480))
    assert definition(mail, EN) == "Answered within 8 h of arrival ÷ all arrived"
    assert definition(QueueProfile("x"), EN) == "No service level is promised"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (ReplyUnit.CUSTOMERS, "Customers with a first reply within 180 s ÷ all customers"),
        (ReplyUnit.TURNS, "Turns replied to within 180 s ÷ all turns"),
        (ReplyUnit.WHOLE_CHATS, "Customers with every reply within 180 s ÷ all customers"),
    ],
)
def test_a_chat_that_promises_replies_is_headed_by_them(counts: ReplyUnit, said: str) -> None:
    phone, chat, *others = PLAN.centre.queues
    target = ServiceTarget(reply=ReplyTarget(180.0, 0.9, counts))
    centre = replace(PLAN.centre, queues=(phone, replace(chat, target=target), *others))
    week = PLAN.kpis.week.copy()
    week.loc[week["queue"] == "chat", "reply_rate"] = 0.85
    kpis = replace(PLAN.kpis, week=week)
    tile = tiles(replace(PLAN, centre=centre, kpis=kpis), EN)[1]
    assert (tile.headline.label, tile.headline.value) == ("Reply rate", "85.0%")
    assert (tile.headline.goal, tile.headline.met) == ("≥ 90%", False)
    assert tile.definition == said
    line = queue_lines(centre, kpis)[1]
    assert (line.service, line.target, line.within_s) == (pytest.approx(0.85), 0.9, 180.0)


def test_a_platforms_measure_is_called_as_the_platform_calls_it() -> None:
    reply = ReplyTarget(180.0, 0.9, ReplyUnit.TURNS, platform="douyin")
    chat = QueueProfile("shop", Channel.CHAT, ServiceTarget(reply=reply))
    said = "Douyin, 3-minute human reply rate: Turns replied to within 180 s ÷ all turns"
    assert definition(chat, EN) == said
    assert definition(chat, Wording("zh-CN")).startswith("抖音“3分钟人工回复率”")


def test_the_channel_is_said_unless_the_name_says_it() -> None:
    renamed = replace(PLAN.centre.queues[0], name="Sales", skill="phone")
    centre = replace(PLAN.centre, queues=(renamed, *PLAN.centre.queues[1:]))
    frames = {
        name: getattr(PLAN.kpis, name).replace({"queue": {"phone": "Sales"}})
        for name in ("interval", "day", "week")
    }
    found = tiles(replace(PLAN, centre=centre, kpis=replace(PLAN.kpis, **frames)), EN)
    assert [(tile.queue, tile.channel) for tile in found] == [
        ("Sales", "phone"),
        ("chat", ""),
        ("email", ""),
    ]


def test_the_table_has_every_day_and_the_whole_week() -> None:
    groups = kpi_groups(PLAN, EN)
    assert [group.queue for group in groups] == ["phone", "chat", "email"]
    for group in groups:
        assert [row.whole for row in group.rows] == [False] * 7 + [True]
        assert all(len(row.cells) == len(kpi_heading(EN)) - 1 for row in group.rows)
    # The whole week's contacts are the tile's.
    assert groups[0].rows[-1].cells[0].value == tiles(PLAN, EN)[0].figures[0].value
