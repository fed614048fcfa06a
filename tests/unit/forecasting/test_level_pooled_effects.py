import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, Promotion
from shiftcast.forecasting.events import Feature
from shiftcast.forecasting.level.level_forecast import LevelForecast
from shiftcast.forecasting.level.pooled_effects import pooled_levels
from shiftcast.forecasting.level.queue_level import learn_level

from tests.unit.forecasting.made_histories import marks_of
from tests.unit.forecasting.made_levels import sale, totals_of

KNOWN, AHEAD = 140, 7
SOLD = tuple(range(10, 136, 9))  # 14 days, no two on one weekday in a row
SOON = sale(143, name="soon")
KIND: tuple[Feature, ...] = (("promotion",), ("promotion", "sale"))


def queue(
    factor: float, occasions: tuple[int, ...], seed: int = 1, soon: Promotion = SOON
) -> LevelForecast:
    """What a queue with sales of this factor on these days expects of the week with a sale."""
    totals = totals_of(KNOWN, seed=seed)
    totals[list(occasions)] *= factor
    calendar = Calendar(promotions=(*(sale(at) for at in occasions), soon))
    marks = marks_of(calendar, KNOWN + AHEAD + 1)
    return learn_level(totals, marks).expect(totals, marks, AHEAD)


def factor(level: LevelForecast) -> float:
    return float(np.exp(level.effects["soon"][3]))


def deviation(level: LevelForecast) -> float:
    return float(np.sqrt(level.covariance[3, 3]))


@pytest.fixture(scope="module")
def sellers() -> list[LevelForecast]:
    """Three queues whose sales double their days."""
    return [queue(2.0, SOLD[number::3], seed=number) for number in range(3)]


def test_a_queue_that_never_saw_a_sale_takes_what_it_does_to_the_others(
    sellers: list[LevelForecast],
):
    novice = queue(1.0, ())
    assert factor(novice) == 1.0
    found = pooled_levels([*sellers, novice])[3]
    assert factor(found) == pytest.approx(2.0, rel=0.1)
    # It is less doubtful than on its own, and more so than those who saw it.
    assert deviation(sellers[0]) < deviation(found) < deviation(novice)
    # Days without the sale are as before.
    plain = [0, 1, 2, 4, 5, 6]
    assert found.mean[plain] == pytest.approx(novice.mean[plain])


def test_own_evidence_wins_where_there_is_much_of_it(sellers: list[LevelForecast]):
    own = queue(1.2, SOLD)
    found = pooled_levels([*sellers, own])[3]
    assert factor(found) == pytest.approx(1.2, rel=0.08)
    # Of one occasion only, more is believed of what the others tell.
    once = queue(1.2, SOLD[:1])
    pooled = pooled_levels([*sellers, once])[3]
    assert factor(pooled) > max(factor(once), factor(found))


def test_queues_that_agree_are_surer_together():
    few = [queue(2.0, SOLD[number : number + 2], seed=number) for number in range(4)]
    for alone, together in zip(few, pooled_levels(few), strict=True):
        assert abs(factor(together) - 2.0) < abs(factor(alone) - 2.0) + 0.05
        assert deviation(together) < deviation(alone)


def test_queues_that_disagree_teach_a_newcomer_less():
    def newcomer(factors: tuple[float, ...]) -> LevelForecast:
        known = [queue(each, SOLD, seed=number) for number, each in enumerate(factors)]
        return pooled_levels([*known, queue(1.0, ())])[-1]

    agreed, divided = newcomer((1.6, 1.6, 1.6)), newcomer((0.8, 1.6, 3.2))
    assert factor(agreed) == pytest.approx(1.6, rel=0.1)
    assert 1.2 < factor(divided) < 2.0
    assert deviation(divided) > 1.3 * deviation(agreed)


def test_a_phase_is_pooled_apart_from_other_phases():
    """The others had preheats that add a fifth and peaks that treble; the newcomer neither."""
    totals = totals_of(KNOWN)
    past = []
    for at in SOLD:
        past += [sale(at - 1, phase="preheat"), sale(at, phase="peak")]
        totals[at - 1] *= 1.2
        totals[at] *= 3.0
    soon = (sale(142, phase="preheat", name="warm"), sale(143, phase="peak", name="hot"))
    taught = marks_of(Calendar(promotions=(*past, *soon)), KNOWN + AHEAD + 1)
    fresh = marks_of(Calendar(promotions=soon), KNOWN + AHEAD + 1)
    sellers = [learn_level(totals, taught).expect(totals, taught, AHEAD)] * 2
    plain = totals_of(KNOWN)
    novice = learn_level(plain, fresh).expect(plain, fresh, AHEAD)
    effects = pooled_levels([*sellers, novice])[2].effects
    assert np.exp(effects["warm"][2]) == pytest.approx(1.2, rel=0.1)
    assert np.exp(effects["hot"][3]) == pytest.approx(3.0, rel=0.12)


def test_one_queue_alone_is_left_as_it_is(sellers: list[LevelForecast]):
    (alone,) = pooled_levels(sellers[:1])
    assert alone is sellers[0]
    stranger = queue(1.0, (), soon=sale(143, name="soon", type="fair"))
    assert pooled_levels([stranger, stranger]) == (stranger, stranger)


def test_stated_effects_are_not_pooled(sellers: list[LevelForecast]):
    stated = queue(1.0, (), soon=sale(143, name="soon", effect=5.0))
    found = pooled_levels([*sellers, stated])[3]
    assert found is stated
    assert factor(found) == pytest.approx(5.0)


def test_sizes_scale_what_the_others_tell(sellers: list[LevelForecast]):
    """Twice the uplift of one is an uplift of two."""
    large = queue(1.0, (), soon=sale(143, name="soon", size=2.0))
    assert factor(pooled_levels([*sellers, large])[3]) == pytest.approx(3.0, rel=0.12)


def test_a_kind_that_nobody_saw_is_what_others_make_of_its_like():
    """Sales double; of a first fair the sellers expect something between, and so does a queue
    that had neither. Whether the next week has a sale beside the fair changes nothing of it."""
    fair = sale(144, name="fair", type="fair")

    def expected(at: tuple[int, ...], *soon: Promotion) -> LevelForecast:
        totals = totals_of(KNOWN)
        totals[list(at)] *= 2.0
        marks = marks_of(Calendar(promotions=(*map(sale, at), *soon)), KNOWN + AHEAD + 1)
        return learn_level(totals, marks).expect(totals, marks, AHEAD)

    for soon in ((fair,), (fair, SOON)):
        *known, novice = pooled_levels([expected(SOLD, *soon), expected((), *soon)])
        factors = [float(np.exp(level.effects["fair"][4])) for level in (*known, novice)]
        assert 1.2 < factors[0] < 1.8
        assert factors[1] == pytest.approx(factors[0], rel=0.1)
        assert novice.covariance[4, 4] >= known[0].covariance[4, 4]
    assert factor(novice) == pytest.approx(2.0, rel=0.1)
