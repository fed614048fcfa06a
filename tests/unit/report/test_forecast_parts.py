"""The report's section on where the forecast comes from."""

from dataclasses import replace
from datetime import date

import pytest
from shiftcast.cli.report.forecast_parts import Bar, parts_sections
from shiftcast.cli.report.page import report_page
from shiftcast.cli.report.wording import Wording
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.messages import LANGUAGES, text
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.scheduling.planning.plan import Plan

from tests.factories_parts import an_event, explained
from tests.factories_plan import make_plan

BARE = make_plan(agents=6)
EN = Wording("en")
HOSTILE = "<script>alert(1)</script>"
TUESDAY = date(2026, 12, 1)


def a_plan(reason: str = "Mailing", **changes: object) -> Plan:
    """Weekdays add 50 %, promotions take 20 %; the first event doubles what the second halves."""
    double = an_event(factor=2.0, factor_low=1.5, factor_high=2.5, **changes)
    half = an_event(phase="eve", label="Eve", factor=0.5, factor_low=0.5, factor_high=0.5)
    model = explained(BARE.forecast, [double, half], weekday=1.5, promotion=0.8)
    change = Adjustment(TUESDAY, TUESDAY, reason, "phone", percent=10.0)
    adjusted, frame = apply_adjustments(model, [change])
    return replace(
        BARE,
        centre=replace(BARE.centre, adjustments=(change,)),
        model_forecast=model,
        forecast=adjusted,
        adjustments=frame,
    )


def test_every_queue_has_a_section_in_the_centres_order() -> None:
    sections = parts_sections(a_plan(), EN)
    assert [section.queue for section in sections] == ["phone", "chat", "email"]
    assert [len(section.rows) for section in sections] == [8, 8, 8]  # seven days and their sum
    assert [bool(section.events) for section in sections] == [True, False, False]


def test_the_planners_changes_stand_apart_from_the_model() -> None:
    phone, chat, _ = parts_sections(a_plan(), EN)
    assert phone.columns[-3:] == ("Model", "Your changes", "Forecast")
    assert phone.adjustments[0].startswith("Mailing: +10%, Tue 1 Dec")
    assert chat.columns == ("Day", "Average day", "Weekday", "Promotions", "Forecast")


def test_bars_grow_to_the_right_for_more_and_to_the_left_for_less() -> None:
    """The largest change, +50 %, fills half of the track; −20 % two fifths of the other half."""
    row = parts_sections(a_plan(), EN)[0].rows[0]
    _, weekday, promotion, *_, forecast = row.cells
    assert weekday.bar == Bar(50.0, 50.0)
    assert promotion.bar == Bar(30.0, 20.0, less=True)
    assert forecast.bar is not None
    assert forecast.bar.left == 0


def test_whiskers_share_one_track() -> None:
    """From 0.5 to 2.5: no effect lies at a quarter, twice as much at three quarters."""
    by_label = {row.label: row.whisker for row in parts_sections(a_plan(), EN)[0].events}
    double, half = by_label["Double 12: main day"], by_label["Eve"]
    assert (double.nothing, double.dot, double.range) == (25.0, 75.0, Bar(50.0, 50.0))
    assert (half.dot, half.range) == (0.0, Bar(0.0, 0.0))


def test_handle_times_have_a_column_where_an_event_changes_them() -> None:
    assert not parts_sections(a_plan(), EN)[0].handled
    longer = parts_sections(a_plan(handle_factor=1.1, handle_low=1.05, handle_high=1.15), EN)[0]
    assert longer.handled
    assert {row.handle_time for row in longer.events} == {"+10% (+5% to +15%)", "–"}


def test_the_days_are_added_up() -> None:
    plan = a_plan()
    whole = parts_sections(plan, EN)[0].rows[-1]
    assert whole.whole
    assert whole.cells[-1].text == f"{plan.forecast.mean[0].sum():,.0f}"
    assert whole.cells[1].text == ""  # factors have no sum


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_it_in_its_language(language: str) -> None:
    page = report_page(a_plan(), language)
    for key in ("page.title", "column.level", "column.holiday", "adjustments"):
        said = text(f"explain.{key}", language).replace("'", "&#39;")
        assert (said in page) == (key != "column.holiday")  # no holiday changes a day


def test_a_plan_whose_method_cannot_tell_has_a_section_too() -> None:
    page = report_page(BARE, "en")
    assert "How its days come about is not known of this forecast." in page
    (section, *_) = parts_sections(BARE, EN)
    assert section.columns[0] == "Day"
    assert section.columns[-1] == "Forecast"


def test_names_cannot_become_markup() -> None:
    page = report_page(a_plan(reason=HOSTILE, label=HOSTILE), "en")
    assert HOSTILE not in page
    # Among the events of its day, and where the forecast comes from.
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;: +10%") == 2
