from dataclasses import replace
from datetime import date

import pytest
from shiftcast.cli.explain_events import EventGroup, Range, event_groups
from shiftcast.cli.explain_parts import AdjustmentParts, DayParts, MemberParts, QueueParts
from shiftcast.cli.explain_words import ExplainWords, shown_columns
from shiftcast.cli.report.wording import Wording

from tests.factories_parts import an_event

EN, ZH = ExplainWords(Wording("en")), ExplainWords(Wording("zh-CN"))
DAY = date(2026, 12, 1)
NOTHING = {"weekday": 1.0, "season": 1.0, "holiday": 1.0, "promotion": 1.0, "members_say": 1.0}
CHANGE = AdjustmentParts("Mailing", DAY, DAY, 0, 1440, 12.5, None, 40.4)


def a_day(adjustments: float = 0.0, **factors: float) -> DayParts:
    return DayParts(DAY, 100.0, {**NOTHING, "hours": 1.0, **factors}, 99, adjustments, 99)


def a_part(*days: DayParts) -> QueueParts:
    return QueueParts("phone", days, (), (), ())


def a_group(**changes: object) -> EventGroup:
    return event_groups([an_event(**changes)])[0]


@pytest.mark.parametrize(
    ("factor", "said"),
    [(1.124, "+12%"), (0.85, "−15%"), (1.004, "0%"), (0.996, "0%"), (3.0, "+200%"), (0.0, "−100%")],
)
def test_factors_are_said_as_changes(factor: float, said: str) -> None:
    assert EN.percent(factor) == said


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ((1.55, 1.45, 1.66), "+55% (+45% to +66%)"),
        ((1.3, 1.3, 1.3), "+30%"),
        ((1.0, 0.9, 1.1), "0% (−10% to +10%)"),
        ((1.0, 1.0, 1.0), "–"),
    ],
)
def test_effects_have_a_range_where_there_is_doubt(effect: Range, said: str) -> None:
    assert EN.effect(effect) == said


@pytest.mark.parametrize(
    ("last", "english", "chinese"),
    [
        (DAY, "Tue 1 Dec", "12月1日 周二"),
        (date(2026, 12, 3), "1–3 Dec", "12月1–3日"),
        (date(2027, 1, 3), "1 Dec – 3 Jan", "12月1日–1月3日"),
    ],
)
def test_days_are_said_briefly(last: date, english: str, chinese: str) -> None:
    assert EN.span(DAY, last) == english
    assert ZH.span(DAY, last) == chinese


def test_runs_are_counted() -> None:
    assert EN.when(a_group()) == "3–4 Dec"
    assert EN.when(replace(a_group(), runs=3)) == "3 times, 3–4 Dec"


@pytest.mark.parametrize(
    ("source", "said"),
    [("learned", "learned from 2"), ("pooled", "similar events"), ("stated", "stated by you")],
)
def test_an_event_says_what_it_comes_from(source: str, said: str) -> None:
    assert EN.source(a_group(source=source)) == said


def test_the_legend_tells_of_similar_events_only_where_there_are_some() -> None:
    assert not any("Similar" in line for line in EN.events_legend([a_group()]))
    assert any("Similar" in line for line in EN.events_legend([a_group(source="pooled")]))


def test_columns_in_which_nothing_happens_are_left_out() -> None:
    assert shown_columns(a_part(a_day(), a_day(weekday=1.1, season=1.004))) == [
        "level",
        "weekday",
        "forecast",
    ]
    assert shown_columns(a_part(a_day(), a_day(hours=0.0, adjustments=5.0))) == [
        "level",
        "hours",
        "model",
        "adjustments",
        "forecast",
    ]
    untold = DayParts(DAY, None, {}, 99, 0, 99)
    assert shown_columns(a_part(untold)) == ["forecast"]
    assert EN.legend(a_part(untold)) == ["How its days come about is not known of this forecast."]


def test_a_day_without_an_event_has_a_blank_there() -> None:
    day = a_day(weekday=1.0)
    assert [EN.cell(day, name) for name in ("level", "weekday", "promotion", "adjustments")] == [
        "100",
        "0%",
        "",
        "",
    ]
    assert EN.cell(a_day(adjustments=-7.2), "adjustments") == "−7"


def test_adjustments_say_their_size_their_hours_and_what_they_add() -> None:
    assert EN.adjustment(CHANGE) == "Mailing: +12.5%, Tue 1 Dec (+40 contacts)"
    hours = replace(CHANGE, percent=None, each_interval=-2.0, from_minute=570, contacts=-8.0)
    assert EN.adjustment(replace(hours, to_minute=630)) == (
        "Mailing: −2 contacts an interval, Tue 1 Dec, 09:30–10:30 (−8 contacts)"
    )


def test_members_say_their_share_and_how_far_they_were_off() -> None:
    prophet = MemberParts("prophet", 0.6, 0.048)
    mine = MemberParts("my_own", 0.4, None)
    first, second = EN.members([prophet, mine])
    assert first.startswith("60%: trend, weekdays")
    assert first.endswith("it was off by 4.8%.")
    assert second == "40%: my_own. The history is too short to say how far it is off."
    (alone,) = EN.members([prophet])
    assert alone.startswith("One method: trend")


def test_borrowed_weeks_and_jumps_of_the_level_are_told() -> None:
    part = replace(a_part(a_day()), borrowed_from="chat", shifts=(DAY,))
    borrowed, jumped = EN.notes(part)
    assert "taken from chat" in borrowed
    assert "2026-12-01" in jumped
    assert EN.notes(a_part(a_day())) == []
