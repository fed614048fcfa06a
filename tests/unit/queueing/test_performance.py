"""Which model answers for which queue."""

import numpy as np
import pytest
from shiftcast.data.targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget
from shiftcast.scheduling.queueing.chat import balanced_chat
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_c
from shiftcast.scheduling.queueing.finite import finite_line
from shiftcast.scheduling.queueing.performance import performance

TARGET = ServiceTarget(service_level=0.8, within_s=20)


def test_phone_without_patience_is_erlang_c() -> None:
    result = performance(QueueProfile("phone", target=TARGET), 0.1, 200.0, 24)
    line = erlang_c(0.1, 200.0, 24, 20.0)
    assert result.service_level == line.service_level()
    assert result.asa_s == line.asa_s
    assert result.occupancy == pytest.approx(20 / 24)


def test_phone_with_patience_is_erlang_a_and_the_definition_is_the_queues_own() -> None:
    definition = ServiceLevelDefinition.ANSWERED
    target = ServiceTarget(service_level=0.8, within_s=20, definition=definition)
    result = performance(QueueProfile("phone", target=target, patience_s=90), 0.1, 200.0, 18)
    line = erlang_a(0.1, 200.0, 18, 90.0, 20.0)
    assert result.service_level == line.service_level(definition)
    assert result.counted == line.answered
    assert result.occupancy == pytest.approx(20 * line.answered / 18)


def test_chat_occupancy_is_that_of_slots() -> None:
    profile = QueueProfile(
        "chat", Channel.CHAT, TARGET, patience_s=90, aht_by_concurrency=(1.0, 1.2)
    )
    result = performance(profile, 0.1, 200.0, 14)
    chat = balanced_chat(0.1, 200.0, 14, (1.0, 1.2), 90, 20.0)
    assert result.occupancy == chat.slot_occupancy
    assert result.abandonment == chat.line.abandonment


def test_a_load_without_agents_leaves_no_time_idle() -> None:
    phone = QueueProfile("phone", target=TARGET)
    result = performance(phone, np.array([0.1, 0.0]), 200.0, 0)
    assert result.occupancy.tolist() == [1.0, 0.0]
    assert result.service_level.tolist() == [0.0, 1.0]


def test_overload_fills_all_time_and_no_more() -> None:
    assert performance(QueueProfile("phone", target=TARGET), 0.1, 200.0, 10).occupancy == 1.0


def test_without_a_threshold_there_is_no_service_level() -> None:
    result = performance(QueueProfile("phone"), 0.1, 200.0, np.array([0, 24]))
    assert np.isnan(result.service_level).all()


def test_email_has_no_waiting_line() -> None:
    email = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=60))
    with pytest.raises(ValueError, match="mail is e-mail"):
        performance(email, 0.1, 200.0, 3)


def test_phone_with_few_lines_counts_the_blocked() -> None:
    result = performance(QueueProfile("phone", target=TARGET, lines=22), 0.1, 200.0, 18)
    line = finite_line(0.1, 200.0, 18, 22, None, 20.0)
    assert result.blocked == line.blocked
    assert result.service_level == line.answered_within
    assert result.occupancy == pytest.approx(20 * (1 - line.blocked) / 18)


def test_attempts_that_return_are_part_of_the_load() -> None:
    again = QueueProfile("phone", target=TARGET, patience_s=90, redial_share=0.5)
    result = performance(again, 0.1, 200.0, 18)
    rate = 0.1 * (1 + result.repeats)
    assert result.service_level == pytest.approx(
        erlang_a(rate, 200.0, 18, 90.0, 20.0).service_level(), rel=1e-12
    )
    assert (
        result.abandonment
        > performance(
            QueueProfile("phone", target=TARGET, patience_s=90), 0.1, 200.0, 18
        ).abandonment
    )


def test_the_longest_wait_has_its_own_threshold() -> None:
    target = ServiceTarget(service_level=0.8, within_s=20, max_wait_s=60)
    result = performance(QueueProfile("phone", target=target, patience_s=90), 0.1, 200.0, 18)
    line = erlang_a(0.1, 200.0, 18, 90.0, 60.0)
    assert result.wait_within == line.answered_within + line.abandoned_within
    assert result.service_level == erlang_a(0.1, 200.0, 18, 90.0, 20.0).service_level()
