"""From a forecast to the requirement."""

import numpy as np
import pytest
from shiftcast.data.errors import InputError
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.requirement import AgentRequirement, DeadlineWork
from shiftcast.scheduling.staffing.staff import staff
from staffing_cases import centre_of, forecast_of, office_hours

PHONE = QueueProfile(
    "phone",
    target=ServiceTarget(service_level=0.8, within_s=20),
    opening=office_hours(),
    shrinkage=0.2,
)
EMAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=1440), aht_s=600)


def test_each_queue_has_the_form_that_its_work_allows() -> None:
    forecast = forecast_of({"mail": 6, "phone": 60}, {"phone": 180})
    requirement = staff(forecast, centre_of(PHONE, EMAIL))
    phone, mail = requirement.queues  # in the centre's order
    assert isinstance(phone, AgentRequirement)
    assert isinstance(mail, DeadlineWork)
    assert requirement.grid == forecast.grid


def test_agents_follow_the_rate_and_shrinkage_divides() -> None:
    forecast = forecast_of({"phone": 60}, {"phone": 180})
    (phone,) = staff(forecast, centre_of(PHONE)).queues
    assert isinstance(phone, AgentRequirement)
    expected = agents_needed(PHONE, 60 / 3600, 180.0).fractional
    # From the second hour on; in the first the load has to build up.
    assert phone.on_queue[10:17] == pytest.approx(np.full(7, expected))
    assert phone.on_queue[9] < expected
    assert phone.rostered == pytest.approx(phone.on_queue / 0.8)
    assert phone.on_queue[:9].tolist() == [0.0] * 9  # closed


def test_a_higher_quantile_asks_for_more_agents() -> None:
    forecast, centre = forecast_of({"phone": 60}, {"phone": 180}), centre_of(PHONE)
    needs = [staff(forecast, centre, demand=level).queues[0] for level in ("p10", "mean", "p90")]
    noon = [need.on_queue[12] for need in needs if isinstance(need, AgentRequirement)]
    assert noon[0] < noon[1] < noon[2]


def test_waiting_emails_are_part_of_the_work() -> None:
    forecast = forecast_of({"mail": 6})
    (mail,) = staff(forecast, centre_of(EMAIL), backlog={"mail": 18}).queues
    assert isinstance(mail, DeadlineWork)
    assert mail.backlog == pytest.approx(3.0)  # 18 × 600 s in hours


def test_without_a_handle_time_the_planner_is_asked_for_it() -> None:
    with pytest.raises(InputError, match="phone has contacts but no handle time"):
        staff(forecast_of({"phone": 60}), centre_of(PHONE))


def test_the_forecast_is_not_changed() -> None:
    forecast = forecast_of({"phone": 60}, {"phone": 180})
    before = forecast.mean.copy()
    staff(forecast, centre_of(PHONE))
    np.testing.assert_array_equal(forecast.mean, before)
