"""calendar.csv in its long and its wide form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.errors import InputError, Problems
from shiftcast.data.readers.calendar import read_calendar, read_calendar_table
from shiftcast.data.readers.tables import open_table


def read(
    tmp_path: Path, text: str, country: str | None = None, queues: list[str] | None = None
) -> Calendar:
    path = tmp_path / "calendar.csv"
    path.write_text(text, encoding="utf-8")
    return read_calendar(path, country, queues)


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as error:
        read(tmp_path, text, queues=["phone", "chat"])
    return told(error.value.problems)


def test_the_long_form(tmp_path: Path) -> None:
    calendar = read(
        tmp_path,
        "date,end_date,kind,name,type,size,effect,queue\n"
        "2026-10-01,2026-10-07,holiday,National Day,,,,\n"
        "2026-10-10,,调休上班,Make-up,,,,all\n"
        "2026-11-11,,promotion,Double 11,d11_peak,1.2,,\n"
        "2026-11-12,,promo,Parcels,,,1.8,chat\n",
        "CN",
    )
    assert calendar.country == "CN"
    assert calendar.special_days == (
        SpecialDay(date(2026, 10, 1), date(2026, 10, 7), DayKind.HOLIDAY, "National Day"),
        SpecialDay(date(2026, 10, 10), date(2026, 10, 10), DayKind.WORKDAY, "Make-up"),
    )
    day = date(2026, 11, 11)
    parcels = date(2026, 11, 12)
    assert calendar.promotions == (
        Promotion(day, day, "d11_peak", "Double 11", 1.2),
        Promotion(parcels, parcels, "Parcels", "Parcels", 1.0, 1.8, "chat"),
    )


PHASE_WORDS = {
    "preheat": "preheat 预热 Pre-heat",
    "deposit": "deposit 定金 预售",
    "opening": "Opening 开门红",
    "eve": "eve 前夜",
    "peak": "peak 高峰 正日",
    "shipping": "shipping 发货 物流",
    "returns": "returns 退货 售后",
    "Encore": "Encore",  # a phase of the planner's own
}


@pytest.mark.parametrize(("phase", "words"), PHASE_WORDS.items())
def test_phases_and_their_names(tmp_path: Path, phase: str, words: str) -> None:
    rows = "".join(f"2026-11-11,促销,618,{word}\n" for word in words.split())
    calendar = read(tmp_path, f"date,kind,type,阶段\n{rows}")
    assert {promotion.phase for promotion in calendar.promotions} == {phase}


def test_a_phase_and_the_planners_factor_on_handle_time(tmp_path: Path) -> None:
    """Without a name a promotion is called after its type and phase."""
    calendar = read(
        tmp_path,
        "date,kind,type,phase,handle_effect\n2026-11-11,promotion,double11,正日,0.95\n"
        "2026-11-12,promotion,double11,shipping,\n",
    )
    main, parcels = date(2026, 11, 11), date(2026, 11, 12)
    assert calendar.promotions == (
        Promotion(main, main, "double11", "double11 peak", phase="peak", handle_effect=0.95),
        Promotion(parcels, parcels, "double11", "double11 shipping", phase="shipping"),
    )


def test_what_only_promotions_have_is_warned_of_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(
        "date,kind,name,phase,effect,handle_effect\n2026-12-31,special,Stocktaking,peak,1.3,1.1\n"
        "2026-12-30,special,Stocktaking,,,\n",
        encoding="utf-8",
    )
    problems = Problems()
    source = open_table(path, problems)
    assert source is not None
    assert read_calendar_table(source, None, None, problems) is not None
    assert problems.errors == ()
    assert told(problems) == [
        ("input.only_promotions", 2, column) for column in ("phase", "effect", "handle_effect")
    ]
    assert problems.warnings[0].message() == (
        "This works for promotions only; on a row of kind special it does nothing."
    )


def test_the_wide_form_joins_days_into_runs(tmp_path: Path) -> None:
    calendar = read(
        tmp_path,
        "date,promo,holiday,school_holiday,open\n"
        "2026-11-09,0,,0,1\n2026-11-10,1,,0,1\n2026-11-11,1,0,0,1\n2026-11-12,0,,1,1\n"
        "2026-11-13,Sale,Founders Day,1,0\n2026-11-15,1,,0,1\n",
    )
    assert calendar.promotions == (
        Promotion(date(2026, 11, 10), date(2026, 11, 11), "promotion", "promotion"),
        Promotion(date(2026, 11, 13), date(2026, 11, 13), "Sale", "Sale"),
        Promotion(date(2026, 11, 15), date(2026, 11, 15), "promotion", "promotion"),
    )
    assert set(calendar.special_days) == {
        SpecialDay(
            date(2026, 11, 12), date(2026, 11, 13), DayKind.SCHOOL_HOLIDAY, "school_holiday"
        ),
        SpecialDay(date(2026, 11, 13), date(2026, 11, 13), DayKind.HOLIDAY, "Founders Day"),
        SpecialDay(date(2026, 11, 13), date(2026, 11, 13), DayKind.CLOSED, "closed"),
    }


def test_what_all_queues_of_a_wide_table_share_is_said_once(tmp_path: Path) -> None:
    calendar = read(
        tmp_path,
        "date,queue,promo,holiday,open\n2026-12-25,a,0,Christmas,0\n2026-12-25,b,0.5,Christmas,1\n",
    )
    day = date(2026, 12, 25)
    assert set(calendar.special_days) == {
        SpecialDay(day, day, DayKind.HOLIDAY, "Christmas"),
        SpecialDay(day, day, DayKind.CLOSED, "closed", "a"),
    }
    assert calendar.promotions == (
        Promotion(day, day, "promotion", "promotion", 0.5, None, "b"),  # a number is the size
    )


def test_every_fault_is_told(tmp_path: Path) -> None:
    text = (
        "date,end_date,kind,name,size,queue,handle_effect\n"
        "2026-02-30,,holiday,x,,,\n"
        "2026-02-03,2026-02-01,holiday,x,,,\n"
        "2026-02-03,,feast,x,,,\n"
        "2026-02-03,,promotion,x,-1,,0\n"
        "2026-02-03,,closed,x,,chta,\n"
        "2026-02-03,,promotion,x,,,-0.1\n"
        "2026-02-03,,promotion,x,,,longer\n"
    )
    assert sorted(faults(tmp_path, text), key=lambda fault: fault[1] or 0) == [
        ("input.no_such_date", 2, "date"),
        ("input.dates_order", 3, "end_date"),
        ("input.bad_choice", 4, "kind"),
        ("input.negative_number", 5, "size"),
        ("input.not_above_zero", 5, "handle_effect"),
        ("input.unknown_queue", 6, "queue"),
        ("input.not_above_zero", 7, "handle_effect"),
        ("input.bad_number", 8, "handle_effect"),
    ]


def test_a_table_that_is_neither_form(tmp_path: Path) -> None:
    assert faults(tmp_path, "date,name\n2026-02-03,x\n") == [("input.missing_column", None, "kind")]
