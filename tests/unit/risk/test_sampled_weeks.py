"""Futures of a queue and the agents there in them."""

from dataclasses import replace

import numpy as np
import pytest
from risk_cases import GRID, PHONE, centre_of, sampled_forecast
from shiftcast.data.targets import ServiceTarget
from shiftcast.scheduling.risk.measure import measure_of
from shiftcast.scheduling.risk.sampled_weeks import SampledWeeks
from shiftcast.scheduling.staffing.demand import queue_demands
from shiftcast.scheduling.staffing.staff import agent_requirement


def weeks_of(paths: int = 60, spread: float = 0.1, shrinkage: float = 0.1) -> SampledWeeks:
    """Each path ten times over, if there are sixty."""
    profile = replace(PHONE, shrinkage=shrinkage)
    forecast = sampled_forecast(paths, spread)
    (demand,) = queue_demands(forecast, centre_of(profile))
    measure = measure_of(profile)
    assert measure is not None
    span = np.zeros(GRID.size, dtype=np.int64)
    return SampledWeeks.draw(demand, measure, GRID, span, forecast.paths[:, 0], 1)


def test_everybody_is_there_but_for_a_fraction() -> None:
    weeks = weeks_of(paths=2000, shrinkage=0.0)
    present = weeks.present(np.full(GRID.size, 7.25))
    assert set(np.unique(present)) == {7, 8}
    assert present.mean() == pytest.approx(7.25, abs=0.01)


def test_who_is_absent_is_so_all_day() -> None:
    # 100 agents, a tenth absent: 90 on average, ± 3 from day to day and hardly within it.
    present = weeks_of(paths=2000).present(np.full(GRID.size, 100.0))
    assert present.mean() == pytest.approx(90.0, abs=0.2)
    assert present[:, 0].std() == pytest.approx(3.0, abs=0.3)
    assert (np.ptp(present[:, :24], axis=1) <= 1).all()
    assert np.corrcoef(present[:, 0], present[:, 30])[0, 1] < 0.1  # another day


def test_more_agents_are_never_worse_in_the_same_weeks() -> None:
    weeks = weeks_of()
    few = weeks.by_formula(np.full(GRID.size, 12.0))
    more = weeks.by_formula(np.full(GRID.size, 12.5))
    assert (more >= few).all()
    assert (more > few).any()


def test_formula_and_simulation_tell_about_the_same() -> None:
    weeks = weeks_of()
    need = agent_requirement(weeks.demand, GRID).rostered
    formula = weeks.by_formula(need)[:60]
    played = weeks.by_simulation(need, np.arange(60))
    assert played.mean() == pytest.approx(formula.mean(), abs=0.03)
    assert np.corrcoef(formula[:, 0], played[:, 0])[0, 1] > 0.7


def test_the_measure_is_the_first_promise_there_is() -> None:
    by = {
        "level": ServiceTarget(service_level=0.8, within_s=20, max_abandonment=0.1),
        "loss": ServiceTarget(max_abandonment=0.1),
        "wait": ServiceTarget(max_asa_s=30),
    }
    found = {name: measure_of(replace(PHONE, target=target)) for name, target in by.items()}
    assert found["level"] is not None
    assert found["level"].goal == 0.8
    assert found["loss"] is not None
    assert found["loss"].goal == pytest.approx(0.9)
    assert found["wait"] is None
