"""The service of each number of agents."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget
from shiftcast.data.targets import Arrivals, Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.kpi_tally import live_tally
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.curve import staffing_curve
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.requirement import RequirementForm

PHONE = QueueProfile(
    "phone",
    target=ServiceTarget(service_level=0.8, within_s=20),
    patience_s=120,
    arrivals=Arrivals.STATIONARY,
)
CONTACTS = np.array([0.0, 30.0, 90.0])


def demand_of(profile: QueueProfile) -> QueueDemand:
    return QueueDemand(profile, CONTACTS, np.full(3, 180.0))


def test_without_absence_it_is_the_formula() -> None:
    curve = staffing_curve(demand_of(PHONE), 60, most=9)
    assert curve.form is RequirementForm.CURVE
    assert curve.service.shape == (3, 10)
    expected = performance(PHONE, CONTACTS[1:, None] / 3600, 180.0, np.arange(10))
    np.testing.assert_allclose(curve.service[1:], expected.service_level)
    assert np.isnan(curve.service[0]).all()
    np.testing.assert_allclose(curve.counted, CONTACTS[:, None] * np.ones(10))


def test_absence_makes_it_what_the_kpis_expect_of_a_roster() -> None:
    demand = demand_of(replace(PHONE, shrinkage=0.1))
    curve = staffing_curve(demand, 60, most=9)
    for heads in (1, 5, 9):
        tally = live_tally(demand, np.zeros(3), np.full(3, float(heads)), 60)
        np.testing.assert_allclose(curve.good[:, heads], tally["good"], rtol=1e-5)


def test_it_rises_and_reaches_as_far_as_the_targets_ask() -> None:
    curve = staffing_curve(demand_of(PHONE), 60)
    assert (np.diff(curve.good, axis=1) >= -1e-9).all()
    needed = agents_needed(PHONE, CONTACTS / 3600, 180.0).least
    assert curve.service.shape[1] > needed.max()
    assert (curve.service[[1, 2], needed[1:]] >= 0.8).all()


def test_a_chat_is_judged_by_its_replies_inside_their_window() -> None:
    reply = ReplyTarget(within_s=60, share=0.9)
    chat = QueueProfile(
        "chat", Channel.CHAT, ServiceTarget(reply=reply), patience_s=120,
        aht_by_concurrency=(1.0, 1.2), arrivals=Arrivals.STATIONARY,
    )  # fmt: skip
    inside = np.array([True, True, False])
    demand = QueueDemand(chat, CONTACTS, np.full(3, 180.0), inside)
    curve = staffing_curve(demand, 60, most=4)
    result = performance(chat, CONTACTS[1:, None] / 3600, 180.0, np.arange(5))
    np.testing.assert_allclose(curve.service[1], result.reply_rate[0])
    np.testing.assert_allclose(curve.service[2], 1 - result.abandonment[1])


def test_a_queue_without_contacts() -> None:
    nobody = QueueDemand(PHONE, np.zeros(3), np.full(3, 180.0))
    curve = staffing_curve(nobody, 60)
    assert curve.counted.sum() == 0
    assert np.isnan(curve.service).all()


def test_a_queue_without_a_threshold_is_judged_by_who_is_answered() -> None:
    profile = replace(PHONE, target=ServiceTarget(), lines=6)
    curve = staffing_curve(demand_of(profile), 60, most=6)
    result = performance(profile, 90 / 3600, 180.0, 4)
    assert curve.service[2, 4] == pytest.approx(float(1 - result.abandonment - result.blocked))
