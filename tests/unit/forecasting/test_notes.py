import numpy as np
from shiftcast.data.errors import Severity
from shiftcast.forecasting.notes import history_warnings

from tests.unit.forecasting.made_histories import after, queues


def test_queues_with_too_little_history_are_named():
    enough = np.full(40, 5.0)
    new = np.where(np.arange(40) < 35, np.nan, 5.0)
    history = queues([enough, new, np.zeros(40)], interval_min=1440)
    found = history_warnings(history, after(history))
    assert [problem.code for problem in found] == ["forecast.short_history", "forecast.no_history"]
    assert found[0].severity is Severity.WARNING
    assert "q1: only 5 days" in found[0].message()
    assert "q2" in found[1].message("zh-CN")
    assert "28" in found[0].hint()


def test_only_the_days_before_the_horizon_count():
    history = queues([np.full(60, 5.0)], interval_min=1440)
    early = after(queues([np.full(10, 5.0)], interval_min=1440))
    assert [problem.params["days"] for problem in history_warnings(history, early)] == [10]
    assert history_warnings(history, after(history)) == ()


def test_a_queue_that_borrows_names_its_donor():
    enough = np.full(40, 5.0)
    new = np.where(np.arange(40) < 35, np.nan, 5.0)
    history = queues([enough, new], interval_min=1440)
    (found,) = history_warnings(history, after(history), donors={"q1": "q0"})
    assert found.code == "forecast.borrowed"
    assert found.message().startswith("Queue q1 has 5 days of history; it borrows its week")
    assert "q0" in found.message("zh-CN")
    assert history_warnings(history, after(history), donors={"q0": "q1"})[0].code == (
        "forecast.short_history"
    )
