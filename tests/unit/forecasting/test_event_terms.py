from datetime import date

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.events import (
    design,
    event_terms,
    learned_effects,
    sized_log_effect,
    stated_effects,
)

from tests.unit.forecasting.made_histories import marks_of

SALE = Promotion(date(2024, 1, 3), date(2024, 1, 4), "sale", "January sale", size=2.0)


def holiday(first: int, last: int, name: str = "feast") -> SpecialDay:
    return SpecialDay(date(2024, 1, first), date(2024, 1, last), DayKind.HOLIDAY, name)


def test_a_holiday_has_features_from_wide_to_narrow_and_its_neighbours_theirs():
    marks = marks_of(Calendar(special_days=(holiday(3, 4),)), 7)
    values = design(event_terms(marks), 7, {})
    assert values["holiday",].tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert values["holiday", "feast"].tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert values["holiday", "feast", "2"].tolist() == [0, 0, 0, 1, 0, 0, 0]
    assert values["eve",].tolist() == [0, 1, 0, 0, 0, 0, 0]
    assert values["after", "feast"].tolist() == [0, 0, 0, 0, 1, 0, 0]


def test_size_scales_the_uplift_and_not_its_logarithm():
    # An uplift of one half, twice as large: factor 2.
    assert sized_log_effect(np.log(1.5), 2.0) == pytest.approx(np.log(2.0))
    assert sized_log_effect(np.log(1.5), 0.0) == 0.0
    # A falling off of 60 %, twice as large, would be below nothing: a day keeps 5 %.
    assert sized_log_effect(np.log(0.4), 2.0) == pytest.approx(np.log(0.05))


def test_what_is_learned_of_the_usual_size_is_forecast_for_another():
    marks = marks_of(Calendar(promotions=(SALE,)), 7)
    betas = {("promotion",): np.log(1.2), ("promotion", "sale"): np.log(1.5 / 1.2)}
    effect = learned_effects(event_terms(marks), 7, betas)["January sale"]
    assert np.exp(effect) == pytest.approx([1, 1, 2, 2, 1, 1, 1])


def test_the_design_is_linear_around_what_is_known_of_an_effect():
    marks = marks_of(Calendar(promotions=(SALE,)), 7)
    beta = np.log(3.0)
    values = design(event_terms(marks), 7, {("promotion", "sale"): beta})
    # Twice an uplift of 2 is a factor of 5: the feature times its coefficient must say so.
    assert values["promotion", "sale"][2] * beta == pytest.approx(np.log(5.0))


def test_a_stated_effect_is_taken_as_it_is_and_not_learned():
    stated = Promotion(date(2024, 1, 2), date(2024, 1, 2), "sale", "mailing", effect=1.8)
    marks = marks_of(Calendar(promotions=(stated,)), 7)
    assert event_terms(marks) == ()
    assert np.exp(stated_effects(marks)["mailing"]) == pytest.approx([1, 1.8, 1, 1, 1, 1, 1])


def test_two_promotions_on_one_day_multiply():
    other = Promotion(date(2024, 1, 4), date(2024, 1, 5), "sale", "extra")
    marks = marks_of(Calendar(promotions=(SALE, other)), 7)
    effects = learned_effects(event_terms(marks), 7, {("promotion", "sale"): np.log(1.5)})
    total = np.exp(sum(effects.values(), np.zeros(7)))
    assert total == pytest.approx([1, 1, 2, 3, 1.5, 1, 1])


def test_school_holidays_of_all_names_teach_each_other():
    days = (
        SpecialDay(date(2024, 1, 1), date(2024, 1, 2), DayKind.SCHOOL_HOLIDAY, "winter"),
        SpecialDay(date(2024, 1, 6), date(2024, 1, 6), DayKind.SCHOOL_HOLIDAY, "spring"),
    )
    values = design(event_terms(marks_of(Calendar(special_days=days), 7)), 7, {})
    assert values["school",].tolist() == [1, 1, 0, 0, 0, 1, 0]
