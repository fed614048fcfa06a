"""Targets and queues check themselves."""

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget


def test_what_is_assessed_lies_inside_the_window() -> None:
    reply = ReplyTarget(180.0, window=((480, 720), (780, 1380)))
    minutes = np.array([0, 479, 480, 719, 720, 780, 1379, 1380])
    assert reply.assessed(minutes).tolist() == [
        False, False, True, True, False, True, True, False,
    ]  # fmt: skip
    assert ReplyTarget(180.0).assessed(minutes).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"within_s": 0.0},
        {"share": 1.2},
        {"turns_per_chat": 0.5},
        {"window": ()},
        {"window": ((600, 500),)},
    ],
)
def test_a_reply_target_that_makes_no_sense(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong)).split("_")[0]):
        ReplyTarget(**{"within_s": 180.0, **wrong})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"max_blocked": 0.0}, "max_blocked"),
        ({"wait_percentile": 1.0}, "wait_percentile"),
        ({"max_wait_s": -1.0}, "max_wait_s"),
        ({"service_level": 0.8}, "belong together"),
    ],
)
def test_a_target_that_makes_no_sense(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ServiceTarget(**wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lines": 0}, "lines"),
        ({"lines": 5, "channel": Channel.CHAT}, "lines"),
        ({"redial_share": 1.0}, "redial_share"),
        ({"redial_min": 0.0}, "redial_min"),
        ({"target": ServiceTarget(reply=ReplyTarget(60.0))}, "no chat queue"),
    ],
)
def test_a_queue_that_makes_no_sense(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        QueueProfile(**{"name": "q", **wrong})
