"""Small simulated centres; the numbers of contacts keep standard errors near one point."""

import numpy as np
from shiftcast.scheduling.pooling.correction import corrected_groups
from shiftcast.scheduling.pooling.needs import lone_needs
from shiftcast.scheduling.pooling.recipe import Setting
from shiftcast.scheduling.pooling.trial import Trial
from shiftcast.scheduling.queueing.performance import performance

from tests.unit.pooling.made_crews import crew, demand

PAIR = (demand("a", 90.0, 12), demand("b", 60.0, 12, service_level=0.85, within_s=30.0))


def test_one_queue_is_served_as_the_formula_says() -> None:
    alone = demand("a", 90.0, 48)
    trial = Trial((alone,), crew("a", ["a"]), 30, replications=40, seed=3)

    found = trial.surplus(np.full((1, 48), 17.0))

    expected = performance(alone.profile, 90 / 1800, 300.0, 17).service_level - 0.8
    assert abs(found.value[0] - expected) < 3 * found.error[0] + 0.01
    assert found.error[0] < 0.02


def test_a_fraction_of_an_agent_is_there_now_and_then() -> None:
    trial = Trial((demand("a", 90.0, 12),), crew("a", ["a"]), 30, replications=20, seed=3)

    few, between, many = (
        trial.surplus(np.full((1, 12), agents)).value[0] for agents in (15.0, 15.5, 16.0)
    )

    assert few < between < many


def test_the_same_contacts_come_each_time() -> None:
    trial = Trial(PAIR, crew("ab", ["a", "b"]), 30, replications=5, seed=3)
    agents = np.full((2, 12), 16.0)

    assert (trial.surplus(agents).value == trial.surplus(agents).value).all()


def test_correction_meets_every_target_with_fewer_than_alone() -> None:
    pair = crew("ab", ["a", "b", "ab"], cost=[1.0, 1.0, 1.05])
    trial = Trial(PAIR, pair, 30, replications=20, seed=5)
    needs = lone_needs(PAIR, 30)

    found = corrected_groups(Setting(pair, needs), trial)

    assert found.met
    assert found.agents.sum() < needs.agents.sum()
    fresh = Trial(PAIR, pair, 30, replications=120, seed=77).surplus(found.agents)
    assert (fresh.value > -3 * fresh.error).all()
