"""When e-mails have to be done. Grids of hours, from a Monday."""

import numpy as np
import pytest
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.scheduling.staffing.deadlines import (
    carried_over,
    deadline_intervals,
    deadline_work,
    handed_over,
)
from shiftcast.scheduling.staffing.demand import queue_demands
from shiftcast.scheduling.staffing.requirement import DeadlineWork
from staffing_cases import centre_of, forecast_of, office_hours


def email(
    hours: float, opening: OpeningHours, max_occupancy: float | None = None, shrinkage: float = 0
) -> QueueProfile:
    target = ServiceTarget(deadline_min=hours * 60, max_occupancy=max_occupancy)
    return QueueProfile("mail", Channel.EMAIL, target, opening, aht_s=600, shrinkage=shrinkage)


def work_of(
    profile: QueueProfile, days: int = 1, contacts: float = 6, **more: float
) -> DeadlineWork:
    forecast = forecast_of({"mail": contacts}, days=days)
    centre = centre_of(profile)
    (demand,) = queue_demands(forecast, centre)
    return deadline_work(demand, centre, forecast.grid, **more)


def test_work_is_in_rostered_agent_intervals() -> None:
    # 6 e-mails of 600 s are one agent's hour; a fifth is lost to shrinkage, 0.8 may be busy.
    work = work_of(email(24, OpeningHours.always(), max_occupancy=0.8, shrinkage=0.2))
    assert work.work == pytest.approx(np.full(24, 1 / 0.8 / 0.8))


def test_the_first_contact_of_an_interval_sets_the_deadline() -> None:
    # From 10:00 with four hours: done by 14:00, in the interval 13:00–14:00 at the latest.
    work = work_of(email(4, OpeningHours.always()))
    assert work.latest[10] == 13
    assert deadline_intervals(email(4.5, OpeningHours.always()), 60) == 4
    assert deadline_intervals(email(0.5, OpeningHours.always()), 60) == 1


def test_latest_is_clipped_to_the_opening() -> None:
    work = work_of(email(4, office_hours()))  # open 09:00–17:00
    assert work.latest[12] == 15  # by 16:00
    assert work.latest[15] == 16  # 19:00 is closed: by 17:00
    assert work.open.sum() == 8


def test_what_cannot_be_done_in_time_counts_from_the_next_opening() -> None:
    work = work_of(email(4, office_hours()))
    assert work.latest[2] == 12  # 02:00 is due at 06:00: four hours from 09:00 instead
    assert work.latest[20] == 24 + 12  # in the evening: on the next day, beyond the grid
    assert work.latest[6] == 9  # 06:00 is due at 10:00: there is an hour for it


def test_a_weekend_is_bridged() -> None:
    work = work_of(email(24, office_hours()), days=7)
    saturday_noon, next_monday = 5 * 24 + 12, 7 * 24
    assert work.latest[saturday_noon] == next_monday + 16  # all of Monday


def test_a_steady_state_hands_on_what_it_was_handed() -> None:
    work = work_of(email(10, office_hours()), days=5)
    handed = handed_over(work)
    assert handed[: 4 * 24 + 7].sum() == 0  # due on the last day
    # Arrived after 17:00 on the last day: nothing of it can be done before the end.
    assert handed[4 * 24 + 17 :] == pytest.approx(work.work[4 * 24 + 17 :])
    carried = carried_over(work)
    assert carried.sum() == pytest.approx(handed.sum())
    # The grid has no weekend, so Friday's evening meets Monday: due ten hours after 09:00, by the
    # close at 17:00.
    assert np.flatnonzero(carried).tolist() == [16]


def test_work_due_beyond_the_end_is_split_by_open_time() -> None:
    # Always open, four hours: of what comes in the last hour, one of its four hours is inside.
    work = work_of(email(4, OpeningHours.always()))
    assert handed_over(work)[-4:] == pytest.approx(work.work[-4:] * np.array([0, 1, 2, 3]) / 4)
    # Three of its hours lie in the next period: due there in the hours 0, 1 and 2.
    assert np.flatnonzero(carried_over(work)).tolist() == [0, 1, 2]


def test_a_given_backlog_replaces_the_steady_state() -> None:
    work = work_of(email(4, OpeningHours.always()), backlog_contacts=12)
    carried = carried_over(work)
    assert carried.sum() == pytest.approx(2.0)  # 12 of 600 s are two agents' hours
    assert np.flatnonzero(carried).tolist() == [3]  # as if just arrived


def test_a_deadline_longer_than_the_grid_goes_round() -> None:
    # One day, three days' time: of what comes first, 24 of 72 open hours are inside.
    work = work_of(email(72, OpeningHours.always()))
    assert handed_over(work)[0] == pytest.approx(work.work[0] * 48 / 72)
    assert carried_over(work).sum() == pytest.approx(handed_over(work).sum())
