from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.handle_time.effects import (
    USUAL_DEVIATIONS,
    Effect,
    RunEvidence,
    effect_of,
    event_runs,
    learn_deviations,
    pooled_effects,
    run_covariance,
)

from tests.unit.forecasting.made_histories import MONDAY, marks_of

PEAK, OTHER_PEAK = ("promotion", "eleven", "peak"), ("promotion", "june", "peak")
RETURNS = ("promotion", "eleven", "returns")


def evidence(*told: tuple[tuple[str, ...], float, float]) -> RunEvidence:
    """Runs seen apart from each other: (feature, log factor seen, its deviation)."""
    precision = np.array([sd**-2.0 for _, _, sd in told])
    seen = np.array([log for _, log, _ in told])
    return RunEvidence(tuple(f for f, _, _ in told), np.diag(precision), precision * seen)


def test_runs_are_promotions_to_be_learned_and_days_off_in_a_row():
    def day(number: int):
        return MONDAY + timedelta(days=number)

    calendar = Calendar(
        None,
        (
            SpecialDay(day(3), day(5), DayKind.HOLIDAY, "feast"),
            SpecialDay(day(9), day(9), DayKind.HOLIDAY, "feast"),
        ),
        (
            Promotion(day(-2), day(1), "eleven", "a", phase="peak"),
            Promotion(day(6), day(7), "eleven", "b", phase="peak", handle_effect=1.2),
            Promotion(day(8), day(8), "june", "c"),
        ),
    )
    runs = [(feature, days.tolist()) for feature, days in event_runs(marks_of(calendar, 10))]
    assert runs == [
        (PEAK, [0, 1]),
        (("promotion", "june", ""), [8]),
        (("holiday", "feast"), [3, 4, 5]),
        (("holiday", "feast"), [9]),
    ]


def test_an_effect_falls_back_on_the_next_wider_feature():
    effects = {
        ("promotion",): Effect(0.1, 0.3),
        ("promotion", "peak"): Effect(0.2, 0.2),
        PEAK: Effect(0.3, 0.1),
        ("holiday",): Effect(0.4, 0.1),
    }
    assert effect_of(PEAK, effects).mean == 0.3
    assert effect_of(OTHER_PEAK, effects).mean == 0.2
    assert effect_of(RETURNS, effects).mean == 0.1
    assert effect_of(("holiday", "feast"), effects).mean == 0.4


def test_one_run_is_shrunk_by_its_prior():
    # One queue, one run: the prior variance of its log factor is that of all its parts together.
    prior = float(run_covariance((PEAK,), USUAL_DEVIATIONS)[0, 0])
    run_variance = USUAL_DEVIATIONS[-1] ** 2
    (found,) = pooled_effects([evidence((PEAK, 0.2, 0.05))], USUAL_DEVIATIONS)
    expected = 0.2 * (prior - run_variance) / (prior + 0.05**2)
    assert found.effects[PEAK].mean == pytest.approx(expected)
    assert found.runs[0] == pytest.approx(0.2 * prior / (prior + 0.05**2))


def test_what_types_and_queues_share_goes_from_one_to_the_other():
    clear = evidence((PEAK, -0.2, 0.01), (RETURNS, 0.15, 0.01))
    quiet = evidence((RETURNS, 0.1, 1.0))
    first, second = pooled_effects([clear, quiet], USUAL_DEVIATIONS)
    own, lent = first.effects[PEAK], second.effects[PEAK]
    assert own.mean < lent.mean < -0.1
    assert own.sd < lent.sd
    # An unknown type of a known phase lies between that phase and nothing; one of no known phase
    # takes what promotions have in common, and is the least sure.
    phase, unheard = first.effects["promotion", "peak"], first.effects["promotion",]
    assert own.mean < phase.mean < unheard.mean
    assert own.sd < phase.sd < unheard.sd


def test_deviations_are_learned_from_all_queues():
    rng = np.random.default_rng(1)

    def centre(sd: float) -> list[RunEvidence]:
        """Twelve queues with six types of peaks, each with an effect that all queues share."""
        logs = rng.normal(0.0, sd, 6)
        return [
            evidence(*((("promotion", f"t{n}", "peak"), log, 0.01) for n, log in enumerate(logs)))
            for _ in range(12)
        ]

    strong, weak = learn_deviations(centre(0.1)), learn_deviations(centre(0.005))
    assert strong[2] > 2.0 * weak[2]  # of a type's phase
    assert strong[5] < USUAL_DEVIATIONS[5]  # queues are alike
    assert learn_deviations([evidence()]) == USUAL_DEVIATIONS
