"""Contacts drawn before anything happens."""

import numpy as np
import pytest
from shiftcast.scheduling.simulation.arrivals import draw_contacts
from shiftcast.scheduling.simulation.engine.inputs import Contacts
from shiftcast.scheduling.simulation.queues import Patience, SimulatedQueue

QUARTER = 900.0


def drawn(queue: SimulatedQueue, contacts: object, **changes: object) -> Contacts:
    options = {"seed": 1, "replication": 0, **changes}
    expected = np.asarray(contacts, dtype=float)[None]
    return draw_contacts([queue], expected, QUARTER, **options)


def test_they_come_in_order_within_their_intervals() -> None:
    found = drawn(SimulatedQueue("q", 100.0), [100, 0, 50])
    assert (np.diff(found.arrival) >= 0).all()
    number = np.bincount((found.arrival // QUARTER).astype(int), minlength=3)
    assert number[1] == 0
    assert found.first.tolist() == [0, number.sum()]


def test_the_number_is_poisson_about_what_is_expected() -> None:
    numbers = [
        len(drawn(SimulatedQueue("q", 100.0), np.full(10, 4.0), replication=r).arrival)
        for r in range(400)
    ]
    assert np.mean(numbers) == pytest.approx(40, abs=4 * np.sqrt(40 / 400))
    assert np.var(numbers) == pytest.approx(40, rel=0.3)


def test_or_what_was_counted() -> None:
    found = drawn(SimulatedQueue("q", 100.0), [3, 0, 7], counted=True)
    assert np.bincount((found.arrival // QUARTER).astype(int)).tolist() == [3, 0, 7]


def test_a_fraction_of_a_contact_is_a_chance() -> None:
    numbers = [
        len(drawn(SimulatedQueue("q", 100.0), [2.25], counted=True, replication=r).arrival)
        for r in range(400)
    ]
    assert set(numbers) == {2, 3}
    assert np.mean(numbers) == pytest.approx(2.25, abs=4 * np.sqrt(0.25 * 0.75 / 400))


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0, 1.5])
def test_handle_times_have_their_mean_and_variation(cv: float) -> None:
    work = drawn(SimulatedQueue("q", 180.0, handle_cv=cv), [20_000]).work
    assert work.mean() == pytest.approx(180, rel=0.05)
    assert work.std() / work.mean() == pytest.approx(cv, abs=0.1)


def test_handle_time_and_patience_follow_the_interval_of_arrival() -> None:
    means = np.array([100.0, 400.0])
    found = drawn(SimulatedQueue("q", means, Patience(means / 2)), [5_000, 5_000])
    late = found.arrival >= QUARTER
    assert found.work[~late].mean() == pytest.approx(100, rel=0.1)
    assert found.work[late].mean() == pytest.approx(400, rel=0.1)
    assert found.patience[late].mean() == pytest.approx(200, rel=0.1)


def test_patience_may_be_none_or_of_several_kinds() -> None:
    assert np.isinf(drawn(SimulatedQueue("q", 100.0), [50]).patience).all()
    mixed = Patience(100.0, balking=0.2, short_share=0.5, short_mean_s=10.0)
    patience = drawn(SimulatedQueue("q", 100.0, mixed), [20_000]).patience
    assert (patience == 0).mean() == pytest.approx(0.2, abs=0.02)
    assert patience.mean() == pytest.approx(0.8 * 55, rel=0.1)


def test_another_queue_changes_nothing_in_the_first() -> None:
    one, two = SimulatedQueue("a", 100.0), SimulatedQueue("b", 50.0)
    alone = draw_contacts([one], np.full((1, 4), 5.0), QUARTER, seed=3, replication=2)
    both = draw_contacts([one, two], np.full((2, 4), 5.0), QUARTER, seed=3, replication=2)
    assert both.arrival[: both.first[1]].tolist() == alone.arrival.tolist()
    assert both.work[: both.first[1]].tolist() == alone.work.tolist()


def test_replications_and_seeds_differ() -> None:
    queue = SimulatedQueue("q", 100.0)
    found = [drawn(queue, [20], seed=s, replication=r).arrival for s, r in ((1, 0), (1, 1), (2, 0))]
    assert len({tuple(arrival) for arrival in found}) == 3


def test_work_from_before_is_due_when_it_is_said_to_be() -> None:
    mail = SimulatedQueue("mail", 600.0, deadline_s=7200.0)
    carried = np.array([[30.0, 0.0, 20.0]])
    found = drawn(mail, np.zeros(3), carried=carried)
    due = found.arrival + 7200
    assert set(due) == {QUARTER, 3 * QUARTER}
    assert (due == QUARTER).sum() == pytest.approx(30, abs=20)
    assert (np.diff(found.arrival) >= 0).all()
