"""The exact day against what is known in closed form."""

import numpy as np
import pytest
from scipy.stats import poisson
from shiftcast.data.targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.queueing.transient import Leaving, TransientLine, transient_line

TARGET = ServiceTarget(service_level=0.8, within_s=20)


def phone(
    patience_s: float | None = None,
    definition: ServiceLevelDefinition = ServiceLevelDefinition.OFFERED,
) -> QueueProfile:
    target = ServiceTarget(service_level=0.8, within_s=20, definition=definition)
    return QueueProfile("phone", target=target, patience_s=patience_s)


def last_level(profile: QueueProfile, line: TransientLine) -> float:
    level = line.service_level(np.ones(line.p_wait.size), profile.target.definition)
    return float(level[-1])


@pytest.mark.parametrize("patience_s", [None, 90.0])
@pytest.mark.parametrize("definition", ServiceLevelDefinition)
def test_after_a_long_time_it_is_the_stationary_formula(
    patience_s: float | None, definition: ServiceLevelDefinition
) -> None:
    # 7 erlangs on 9 agents for eight hours.
    profile = phone(patience_s, definition)
    line = transient_line(profile, np.full(480, 7 / 180), 180.0, 9, 60.0)
    known = performance(profile, 7 / 180, 180.0, 9)
    assert line.p_wait[-1] == pytest.approx(float(known.p_wait), rel=1e-6)
    assert line.abandonment[-1] == pytest.approx(float(known.abandonment), rel=1e-6, abs=1e-12)
    assert last_level(profile, line) == pytest.approx(float(known.service_level), rel=1e-6)


def test_chat_settles_at_the_balanced_chain() -> None:
    chat = QueueProfile(
        "chat", Channel.CHAT, TARGET, patience_s=180.0, aht_by_concurrency=(1.0, 1.3, 1.6)
    )
    line = transient_line(chat, np.full(240, 0.05), 300.0, 8, 60.0)
    known = performance(chat, 0.05, 300.0, 8)
    assert line.p_wait[-1] == pytest.approx(float(known.p_wait), rel=1e-6)
    assert line.answered_within[-1] == pytest.approx(float(known.good), rel=1e-6)


def test_where_customers_are_as_patient_as_calls_are_long_contacts_are_poisson() -> None:
    # Everybody leaves at rate μ, in service or not: N(t) is Poisson with m(t) = a (1 − e^(−μt)).
    profile = phone(patience_s=180.0)
    line = transient_line(profile, np.full(900, 10 / 180), 180.0, 11, 1.0)
    middle = np.arange(900) + 0.5
    load = 10 * (1 - np.exp(-middle / 180))
    assert line.present == pytest.approx(load, abs=1e-3)
    assert line.p_wait == pytest.approx(poisson.sf(10, load), abs=1e-5)


def test_the_length_of_steps_does_not_matter() -> None:
    profile = phone(120.0)
    rates, agents = np.repeat([0.02, 0.06, 0.03], 30), np.repeat([6, 9, 8], 30)
    fine = transient_line(profile, rates, 150.0, agents, 60.0, leaving=Leaving.HANDED_BACK)
    coarse = transient_line(
        profile, rates[::15], 150.0, agents[::15], 900.0, leaving=Leaving.HANDED_BACK
    )
    assert fine.p_wait.reshape(6, 15).mean(axis=1) == pytest.approx(coarse.p_wait, rel=1e-9)


def test_agents_who_go_take_their_contact_along_or_hand_it_back() -> None:
    # Ten contacts on ten agents; five go, and for a second hardly anything else happens.
    settled, second = np.full(200, 60 / 600), np.zeros(1)
    profile = phone()
    rates, agents = np.concatenate([settled, second]), np.repeat([10, 5], [200, 1])
    taken = transient_line(profile, rates, 60.0, agents, 1.0)
    back = transient_line(profile, rates, 60.0, agents, 1.0, leaving=Leaving.HANDED_BACK)
    assert back.present[-1] == pytest.approx(back.present[-2], rel=0.02)
    assert taken.present[-1] == pytest.approx(back.present[-1] / 2, rel=0.3)
    assert taken.p_wait[-1] < back.p_wait[-1]


def test_whoever_goes_is_busy_as_often_as_anybody() -> None:
    # Without arrivals and with endless calls: of 6 contacts on 10 agents, 4 agents take 2.4 along.
    profile = phone()
    rates = np.array([6.0, 0.0, 0.0])
    line = transient_line(profile, rates, 1e9, np.array([400, 400, 240]), 1.0)
    assert line.present[2] == pytest.approx(0.6 * line.present[1], rel=1e-6)


def test_an_empty_closed_queue_stays_empty() -> None:
    line = transient_line(phone(60.0), np.zeros(3), 60.0, 0, 60.0)
    assert line.present.tolist() == [0, 0, 0]


def test_nobody_there_means_everybody_gives_up() -> None:
    line = transient_line(phone(60.0), np.full(30, 0.1), 60.0, 0, 60.0)
    assert line.abandonment == pytest.approx(np.ones(30))
    assert line.answered_within.tolist() == [0.0] * 30
    assert line.present[-1] == pytest.approx(6.0)  # 0.1 a second, each for a minute


def test_groups_are_weighted_by_contacts() -> None:
    line = transient_line(phone(), np.array([0.01, 0.09, 0.02]), 60.0, 4, 600.0)
    of = np.array([0, 0, 1])
    contacts = np.array([6.0, 54.0, 12.0])
    level = line.service_level(contacts, ServiceLevelDefinition.OFFERED, of)
    assert level[0] == pytest.approx(line.answered_within[:2] @ [0.1, 0.9])
    assert level[1] == line.answered_within[2]


def test_email_has_no_line() -> None:
    mail = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=60))
    with pytest.raises(ValueError, match="mail is e-mail"):
        transient_line(mail, np.ones(2), 60.0, 1, 60.0)
