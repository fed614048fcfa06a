import numpy as np
import pytest
from shiftcast.forecasting.level.residual_process import (
    MONTH_WIDTH,
    PARTS,
    DayTraits,
    ResidualProcess,
    learn_process,
)

VARIANCES = np.array([0.02, 0.03, 0.01, 0.005, 0.004, 0.02, 0.01])
PRIOR = np.array([0.5, 0.2])


def days(count: int, *, sales: tuple[int, ...] = (), runs: bool = True) -> DayTraits:
    """Plain weeks with sales of one day each; every other one is also a `large` sale."""
    events, each = np.zeros((count, 2)), np.zeros((count, len(sales)))
    for number, day in enumerate(sales):
        events[day] = 1.0, float(number % 2)
        each[day, number] = 1.0
    return DayTraits(
        number=np.arange(count),
        weekday=np.eye(7)[np.arange(count) % 7],
        month=(np.arange(count) % 30) / 30.0,
        events=events,
        runs=each if runs else np.zeros((count, 0)),
    )


def parts_covariance(a: int, b: int, traits: DayTraits) -> np.ndarray:
    """Of each part of days a and b, written out from the definitions: (6,)."""
    apart = abs(int(traits.number[a] - traits.number[b]))
    half_turn = np.sin(np.pi * (traits.month[a] - traits.month[b]))
    return VARIANCES[:6] * [
        np.exp(-apart / 60),
        np.exp(-apart / 14),
        np.exp(-apart / 2),
        float(traits.weekday[a] @ traits.weekday[b]) * np.exp(-apart / 60),
        np.exp(-2 * half_turn**2 / MONTH_WIDTH**2),
        float(traits.runs[a] @ traits.runs[b]),
    ]


def test_the_posterior_is_that_of_the_joint_gaussian():
    """All parts of all days, the coefficients and what was seen as one Gaussian vector, which is
    conditioned the long way round."""
    traits, known, total = days(34, sales=(5, 12, 20, 30)), 25, 34
    rng = np.random.default_rng(3)
    left_over, chance = rng.normal(0.0, 0.3, known), rng.uniform(0.001, 0.02, known)
    # The vector is 34 days × 6 parts, then 2 coefficients.
    joint = np.zeros((total * 6 + 2, total * 6 + 2))
    for a in range(total):
        for b in range(total):
            block = np.diag(parts_covariance(a, b, traits))
            joint[a * 6 : a * 6 + 6, b * 6 : b * 6 + 6] = block
    joint[-2:, -2:] = np.diag(PRIOR**2)
    seen = np.zeros((known, len(joint)))
    for day in range(known):
        seen[day, day * 6 : day * 6 + 6] = 1.0
        seen[day, -2:] = traits.events[day]
    of_seen = seen @ joint @ seen.T + np.diag(VARIANCES[-1] + chance)
    gain = joint @ seen.T @ np.linalg.inv(of_seen)
    mean, covariance = gain @ left_over, joint - gain @ seen @ joint

    asked, ahead = np.arange(20, total), total - known
    found = ResidualProcess(VARIANCES).given(
        left_over, chance, traits.at(np.arange(known)), traits.at(asked), ahead, PRIOR
    )
    each = mean[:-2].reshape(total, 6)[asked]
    np.testing.assert_allclose(found.level, each[:, [0, 1, 2, 5]].sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(found.weekday, each[:, 3], atol=1e-9)
    np.testing.assert_allclose(found.month, each[:, 4], atol=1e-9)
    np.testing.assert_allclose(found.process, each.sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(found.coefficients, mean[-2:], atol=1e-9)
    np.testing.assert_allclose(found.coefficient_covariance, covariance[-2:, -2:], atol=1e-9)
    # A day to come: all its parts, what events do to it, and noise of its own.
    whole = np.zeros((ahead, len(joint)))
    for row, day in enumerate(range(known, total)):
        whole[row, day * 6 : day * 6 + 6] = 1.0
        whole[row, -2:] = traits.events[day]
    expected = whole @ covariance @ whole.T + VARIANCES[-1] * np.eye(ahead)
    np.testing.assert_allclose(
        found.day_covariance(traits.events[known:total]), expected, atol=1e-9
    )


def test_what_is_not_known_keeps_its_prior():
    """Without any day taught nothing moves, and the doubt is the whole variance."""
    traits = days(10, sales=(8,))
    found = ResidualProcess(VARIANCES).given(
        np.empty(0), np.empty(0), traits.at(np.arange(0)), traits.at(np.arange(7, 10)), 3, PRIOR
    )
    assert found.process.tolist() == [0.0, 0.0, 0.0]
    assert found.coefficients.tolist() == [0.0, 0.0]
    # A plain day: all parts but the run, and noise; the sale has its run and one feature more.
    plain = VARIANCES.sum() - VARIANCES[PARTS.index("run")]
    covariance = found.day_covariance(traits.events[7:])
    assert covariance[0, 0] == pytest.approx(plain)
    assert covariance[1, 1] == pytest.approx(VARIANCES.sum() + 0.5**2)


def test_a_promotion_is_measured_against_the_days_around_it():
    """The level rose by 0.5 half way, the sale came later: of its 0.9 only 0.4 is its own."""
    traits = days(120, sales=(100,))
    left_over = np.where(np.arange(120) >= 60, 0.5, 0.0)
    left_over[100] = 0.9
    variances = np.array([0.2, 0.05, 1e-4, 1e-4, 1e-4, 1e-4, 1e-3])
    chance = np.full(120, 1e-4)
    found = ResidualProcess(variances).given(left_over, chance, traits, traits, 0, np.ones(2))
    assert found.coefficients.sum() == pytest.approx(0.4, abs=0.05)


def test_what_recent_weeks_say_fades():
    """Three weeks 0.4 above: half a year later nothing of it is left, but the doubt is."""
    traits = days(380)
    known = 200
    left_over = np.where(np.arange(known) >= known - 21, 0.4, 0.0)
    found = ResidualProcess(VARIANCES).given(
        left_over,
        np.zeros(known),
        traits.at(np.arange(known)),
        traits.at(np.arange(known, 380)),
        180,
        PRIOR,
    )
    assert found.level[0] > 0.25
    assert abs(found.level[-1]) < 0.1 * found.level[0]
    doubt = np.diag(found.covariance)
    assert doubt[-1] > 2 * doubt[0]


def drawn(traits: DayTraits, variances: np.ndarray, seed: int) -> np.ndarray:
    """One history from the model itself."""
    made = ResidualProcess(variances)
    nothing = traits.at(np.arange(0))
    whole = made.given(np.empty(0), np.empty(0), nothing, traits, len(traits.number), PRIOR)
    covariance = whole.day_covariance(np.zeros_like(traits.events))
    return np.linalg.cholesky(covariance) @ np.random.default_rng(seed).normal(size=len(covariance))


@pytest.mark.parametrize(
    ("strong", "variance"), [("noise", 0.02), ("medium", 0.06), ("weekday", 0.04)]
)
def test_the_variances_of_data_drawn_from_the_model_are_found_again(strong: str, variance: float):
    """One part stands out; it is found within a factor of two, and found to be the largest."""
    variances = np.full(len(PARTS), 0.0004)
    variances[PARTS.index("noise")] = 0.004
    variances[PARTS.index(strong)] = variance
    traits = days(240)
    left_over = drawn(traits, variances, seed=5)
    found = learn_process(left_over, np.zeros(240), traits, PRIOR).variances
    assert PARTS[int(np.argmax(found))] == strong
    assert variance / 2 < found.max() < 2 * variance
    assert (found > 0).all()


def test_chance_is_no_noise():
    """Errors of 0.1 that counting 100 contacts a day explains leave next to no noise of the
    model's own; without that explanation they are noise of 0.01."""
    left_over = np.random.default_rng(2).normal(0.0, 0.1, 200)
    traits = days(200)
    told = learn_process(left_over, np.full(200, 0.01), traits, PRIOR).variances
    untold = learn_process(left_over, np.zeros(200), traits, PRIOR).variances
    noise = PARTS.index("noise")
    assert untold[noise] == pytest.approx(0.01, rel=0.4)
    assert told[noise] < 0.4 * untold[noise]


def test_an_earlier_process_is_where_the_next_one_begins():
    """A few steps from what was known weeks ago arrive where many from scratch do."""
    variances = np.array([0.002, 0.02, 0.002, 0.002, 0.001, 0.001, 0.01])
    traits = days(180)
    left_over = drawn(traits, variances, seed=8)
    chance = np.full(180, 1e-3)
    scratch = learn_process(left_over, chance, traits, PRIOR).variances
    earlier = learn_process(left_over[:160], chance[:160], traits.at(np.arange(160)), PRIOR)
    again = learn_process(left_over, chance, traits, PRIOR, earlier).variances
    # Slow, medium and brief levels are hardly told from each other: their sum is.
    assert again[:3].sum() == pytest.approx(scratch[:3].sum(), rel=0.15)
    assert again[-1] == pytest.approx(scratch[-1], rel=0.15)


def test_a_steady_history_has_a_floor_under_its_variances():
    traits = days(60)
    found = learn_process(np.zeros(60), np.zeros(60), traits, PRIOR)
    assert np.isfinite(found.variances).all()
    assert (found.variances > 0).all()
    assert found.run_variance == found.variances[PARTS.index("run")]
