"""Contacts and handle time of each queue."""

import numpy as np
import pytest
from shiftcast.data.errors import InputError
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.staffing.demand import queue_demands
from staffing_cases import centre_of, forecast_of, office_hours

EMAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=600), office_hours())
PHONE = QueueProfile("phone", opening=office_hours())


def test_callers_outside_opening_hours_are_nobodys_and_emails_wait() -> None:
    forecast = forecast_of({"phone": 5, "mail": 3}, {"phone": 200, "mail": 400})
    phone, mail = queue_demands(forecast, centre_of(PHONE, EMAIL))
    assert phone.contacts.sum() == 8 * 5  # 09:00–17:00
    assert mail.contacts.sum() == 24 * 3


def test_the_queues_own_handle_time_goes_first() -> None:
    forecast = forecast_of({"phone": 5}, {"phone": 200})
    (demand,) = queue_demands(forecast, centre_of(QueueProfile("phone", aht_s=240)))
    assert (demand.aht_s == 240).all()


def test_unknown_handle_times_take_the_mean_of_the_known_weighted_by_contacts() -> None:
    contacts, aht = np.zeros(24), np.full(24, np.nan)
    contacts[10:13], aht[10:12] = [3, 1, 6], [100, 300]
    forecast = forecast_of({"phone": contacts}, {"phone": aht})
    (demand,) = queue_demands(forecast, centre_of(PHONE))
    assert demand.aht_s[10:13].tolist() == [100, 300, (3 * 100 + 1 * 300) / 4]


def test_a_column_of_the_forecast_can_be_chosen() -> None:
    (demand,) = queue_demands(forecast_of({"phone": 5}, {"phone": 60}), centre_of(PHONE), "p90")
    assert demand.contacts[12] == 6.0


def test_all_that_is_missing_is_said_at_once() -> None:
    centre = centre_of(PHONE, EMAIL, QueueProfile("chat", Channel.CHAT))
    with pytest.raises(InputError) as caught:
        queue_demands(forecast_of({"phone": 5, "mail": 3}), centre)
    assert [problem.message() for problem in caught.value.problems] == [
        "Queue phone has contacts but no handle time.",
        "Queue mail has contacts but no handle time.",
        "The forecast has no queue chat.",
    ]
    assert "handle_seconds" in caught.value.problems[0].hint()


def test_a_queue_without_contacts_needs_no_handle_time() -> None:
    (demand,) = queue_demands(forecast_of({"phone": 0}), centre_of(PHONE))
    assert demand.contacts.sum() == 0
