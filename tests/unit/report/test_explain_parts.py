from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.cli.explain_parts import explained_days, forecast_parts
from shiftcast.data.adjustments import Adjustment
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.planning.stages import ForecastStage

from tests.factories_parts import an_event, explained
from tests.factories_plan import make_plan

PLAN = make_plan(agents=6)
TUESDAY = date(2026, 12, 1)
MAILING = Adjustment(TUESDAY, TUESDAY, "Mailing", "phone", percent=50.0)
MODEL = explained(PLAN.forecast, [an_event(), an_event(queue="chat")], weekday=1.25, promotion=0.8)


def stage(model: Forecast, *adjustments: Adjustment) -> ForecastStage:
    return ForecastStage(model, *apply_adjustments(model, adjustments))


def test_level_times_factors_is_the_model_and_with_adjustments_the_forecast() -> None:
    phone, chat, _ = forecast_parts(stage(MODEL, MAILING), [MAILING])
    for day, total in zip(phone.days, MODEL.daily_mean()[0], strict=True):
        assert day.level is not None
        assert day.level * np.prod(list(day.factors.values())) == pytest.approx(day.model)
        assert day.model == pytest.approx(total)
        assert day.forecast == pytest.approx(day.model + day.adjustments)
    tuesday = phone.days[1]
    assert tuesday.adjustments == pytest.approx(0.5 * tuesday.model)
    assert all(day.adjustments == 0 for day in (*chat.days, phone.days[0]))


def test_what_closed_hours_take_away_is_a_factor_of_its_own() -> None:
    """On Monday nothing is open, on Tuesday half of what the parts promise."""
    open_share = np.where(PLAN.grid.day_of == 0, 0.0, np.where(PLAN.grid.day_of == 1, 0.5, 1.0))
    closed = replace(MODEL, mean=MODEL.mean * open_share)
    phone = forecast_parts(stage(closed), ())[0]
    assert [day.factors["hours"] for day in phone.days] == pytest.approx([0, 0.5, 1, 1, 1, 1, 1])


def test_each_queue_has_its_own_events_and_members() -> None:
    phone, chat, email = forecast_parts(stage(MODEL), ())
    assert [[event.queue for event in part.events] for part in (phone, chat, email)] == [
        ["phone"],
        ["chat"],
        [],
    ]
    assert [(m.name, m.weight, m.past_wape) for m in phone.members] == [
        ("prophet", 0.6, 0.05),
        ("boosted", 0.4, None),
    ]


def test_adjustments_keep_the_size_that_the_planner_gave_them() -> None:
    """Two have the same reason, one lies before the week, one is cut to it."""
    changes = (
        Adjustment(date(2026, 11, 1), date(2026, 11, 2), "Mailing", percent=10.0),
        MAILING,
        Adjustment(TUESDAY, date(2026, 12, 24), "Mailing", None, 540, 600, contacts=2.0),
    )
    phone, chat, _ = forecast_parts(stage(MODEL, *changes), changes)
    assert [(a.percent, a.each_interval, a.last) for a in phone.adjustments] == [
        (50.0, None, TUESDAY),
        (None, 2.0, date(2026, 12, 6)),
    ]
    # Four quarters of an hour on each of six days, two contacts each.
    assert chat.adjustments[0].contacts == pytest.approx(48)
    assert (chat.adjustments[0].from_minute, chat.adjustments[0].to_minute) == (540, 600)


def test_a_method_that_cannot_tell_leaves_the_totals() -> None:
    part = forecast_parts(stage(PLAN.forecast), ())[0]
    assert not part.told
    assert part.days[0].level is None
    assert part.days[0].factors == {}
    assert part.days[0].forecast == pytest.approx(PLAN.forecast.daily_mean()[0, 0])
    assert explained_days([part]) is None


def test_no_effect_is_told_on_handle_times_that_are_not_known() -> None:
    event = an_event(handle_factor=1.1, handle_low=0.9, handle_high=1.3)
    known = explained(PLAN.forecast, [event])
    unknown = replace(known, aht_s=np.full_like(known.aht_s, np.nan))
    assert forecast_parts(stage(known), ())[0].events == (event,)
    (told,) = forecast_parts(stage(unknown), ())[0].events
    assert (told.handle_factor, told.handle_low, told.handle_high) == (1.0, 1.0, 1.0)


def test_the_explanation_can_be_had_back() -> None:
    back = explained_days(forecast_parts(stage(MODEL), ()))
    assert back is not None
    assert MODEL.explanation is not None
    assert back.members == MODEL.explanation.members
    for name in ("level", "weekday", "promotion", "members_say", "weights", "past_wape"):
        np.testing.assert_allclose(getattr(back, name), getattr(MODEL.explanation, name))
