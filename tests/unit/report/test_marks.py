from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.cli.report.marks import amount, forecast_marks
from shiftcast.cli.report.wording import Wording
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay

from tests.factories_plan import make_plan

PLAN = make_plan(agents=6)
EN = Wording("en")
QUIET = replace(PLAN.forecast, effects={})


def _labels(calendar: Calendar, adjustments: tuple[Adjustment, ...] = ()) -> list[str]:
    return [m.label for m in forecast_marks(QUIET, calendar, adjustments, "phone", EN)]


def test_an_event_says_what_it_adds_over_its_days() -> None:
    (mark,) = forecast_marks(PLAN.forecast, Calendar(), (), "phone", EN)
    # Thursday and Friday, the whole days: intervals 288 up to 479.
    assert (mark.first, mark.last) == (288, 479)
    added = PLAN.forecast.effects["phone", "Pre-sale"].sum()
    assert mark.label == f"Pre-sale: +{added:,.0f} contacts"


def test_less_is_said_with_a_minus_and_nothing_without_a_number() -> None:
    effect = np.zeros(PLAN.grid.size)
    effect[100] = -12.4
    tiny = np.zeros(PLAN.grid.size)
    tiny[300] = 0.2
    forecast = replace(QUIET, effects={("phone", "Holiday"): effect, ("phone", "Fair"): tiny})
    labels = [m.label for m in forecast_marks(forecast, Calendar(), (), "phone", EN)]
    assert labels == ["Holiday: −12 contacts", "Fair"]


def test_events_of_other_queues_stay_away() -> None:
    effect = np.ones(PLAN.grid.size)
    forecast = replace(QUIET, effects={("chat", "Sale"): effect})
    assert forecast_marks(forecast, Calendar(), (), "phone", EN) == []


def test_the_calendar_is_shown_where_the_model_learned_nothing() -> None:
    workday = SpecialDay(date(2026, 12, 5), date(2026, 12, 5), DayKind.WORKDAY, "Make-up day")
    past = SpecialDay(date(2026, 11, 1), date(2026, 11, 2), DayKind.SPECIAL, "Past")
    chat = Promotion(date(2026, 12, 1), date(2026, 12, 1), "flash", "Chat only", queue="chat")
    assert _labels(Calendar(special_days=(workday, past), promotions=(chat,))) == ["Make-up day"]


def test_a_promotion_that_began_before_the_week_is_cut_to_it() -> None:
    long = Promotion(date(2026, 11, 20), date(2026, 12, 1), "sale", "Long sale")
    (mark,) = forecast_marks(QUIET, Calendar(promotions=(long,)), (), "phone", EN)
    assert (mark.first, mark.last) == (0, 191)


def test_an_adjustment_covers_its_hours() -> None:
    change = Adjustment(
        date(2026, 12, 1), date(2026, 12, 1), "Mailing", None, 540, 720, percent=12.5
    )
    (mark,) = forecast_marks(QUIET, Calendar(), (change,), "phone", EN)
    # Tuesday begins at interval 96: 09:00 is 36 further, 12:00 ends with 47.
    assert (mark.first, mark.last) == (96 + 36, 96 + 47)
    assert mark.label == "Mailing: +12.5%"


@pytest.mark.parametrize(
    ("percent", "contacts", "said"),
    [(10.0, None, "+10%"), (-30.0, None, "−30%"), (None, -2.5, "−2.5 contacts per interval")],
)
def test_amounts_carry_their_sign(percent: float | None, contacts: float | None, said: str) -> None:
    day = date(2026, 12, 1)
    change = Adjustment(day, day, "x", percent=percent, contacts=contacts)
    assert amount(change, EN) == said


def test_marks_are_in_order_of_time() -> None:
    days = (("B", 2, 2), ("D", 5, 5), ("A", 1, 3), ("C", 3, 4))
    promotions = tuple(
        Promotion(date(2026, 12, a), date(2026, 12, b), name, name) for name, a, b in days
    )
    assert _labels(Calendar(promotions=promotions)) == ["A", "B", "C", "D"]


def test_names_cannot_become_markup() -> None:
    day = date(2026, 12, 1)
    promotion = Promotion(day, day, "x", '<a href="javascript:alert(1)">x</a>')
    assert "<" not in _labels(Calendar(promotions=(promotion,)))[0]
