from datetime import date

import numpy as np
import pandas as pd
from shiftcast.cli.report.heat_map import heat_figure, hourly
from shiftcast.cli.report.wording import Wording
from shiftcast.data.grid import TimeGrid

GRID = TimeGrid(date(2026, 11, 30), 2, 15, "Asia/Shanghai")


def _interval(required: np.ndarray, rostered: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"required": required, "rostered": rostered})


def test_a_cell_is_the_mean_of_its_hour_and_keeps_short_and_over_apart() -> None:
    required, rostered = np.zeros(GRID.size), np.zeros(GRID.size)
    # Monday 09:00–10:00: 2 short, 2 short, 1 over, exact. Mean −0.75; 1 h short, 0.25 h over.
    required[36:40], rostered[36:40] = 5.0, (3.0, 3.0, 6.0, 5.0)
    heat = heat_figure(_interval(required, rostered), GRID, Wording("en")).data[0]
    assert list(heat.x) == ["09:00"]
    assert list(heat.y) == ["Mon 30 Nov", "Tue 1 Dec"]
    assert heat.z[0, 0] == -0.75
    assert list(heat.customdata[0, 0]) == [1.0, 0.25]
    assert heat.text[0][0] == "−0.8"


def test_hours_without_work_are_blank_and_closed_ends_of_the_day_are_left_out() -> None:
    required = np.zeros(GRID.size)
    required[32:36] = required[40:44] = 1.0  # 08:00 and 10:00 of Monday
    heat = heat_figure(_interval(required, required), GRID, Wording("en")).data[0]
    assert list(heat.x) == ["08:00", "09:00", "10:00"]
    assert np.isnan(heat.z[0, 1])
    assert list(heat.text[0]) == ["0", "", "0"]
    assert np.isnan(heat.z[1]).all()


def test_a_week_without_work_is_an_empty_map() -> None:
    nothing = np.zeros(GRID.size)
    heat = heat_figure(_interval(nothing, nothing), GRID, Wording("en")).data[0]
    assert heat.z.shape == (2, 24)
    assert np.isnan(heat.z).all()


def test_the_scale_is_the_same_to_both_sides() -> None:
    required, rostered = np.full(GRID.size, 10.0), np.full(GRID.size, 18.0)
    heat = heat_figure(_interval(required, rostered), GRID, Wording("en")).data[0]
    assert (heat.zmin, heat.zmid, heat.zmax) == (-8.0, 0, 8.0)


def test_the_hour_that_a_clock_change_repeats_holds_both() -> None:
    grid = TimeGrid(date(2026, 10, 25), 1, 30, "Europe/Berlin")
    assert hourly(np.ones(grid.size), grid)[0, 2] == 4
    spring = TimeGrid(date(2026, 3, 29), 1, 30, "Europe/Berlin")
    assert hourly(np.ones(spring.size), spring)[0, 2] == 0
