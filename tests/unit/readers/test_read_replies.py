"""Reply rates, lines and redials in shiftcast.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.errors import Problem, Problems
from shiftcast.data.readers.config import CentreConfig, read_config
from shiftcast.data.readers.config_errors import Lines
from shiftcast.data.readers.config_models import QueueTable
from shiftcast.data.readers.config_place import Place
from shiftcast.data.readers.config_replies import reply_target
from shiftcast.data.replies import ReplyTarget, ReplyUnit

HEAD = """\
[centre]
name = "Small"
time_zone = "Asia/Shanghai"

[[queue]]
name = "shop"
"""
CHAT = HEAD + 'channel = "chat"\n'


def read(tmp_path: Path, text: str) -> tuple[CentreConfig | None, list[Problem]]:
    path = tmp_path / "shiftcast.toml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_config(path, problems), list(problems)


def test_lines_and_redials_arrive(tmp_path: Path) -> None:
    text = HEAD + (
        "lines = 30\nmax_blocked = 0.01\nredial_share = 0.4\nredial_minutes = 15\n"
        "max_wait_seconds = 90\nwait_percentile = 0.95\n"
    )
    config, problems = read(tmp_path, text)
    assert config is not None, problems
    (queue,) = config.queues
    assert (queue.lines, queue.redial_share, queue.redial_min) == (30, 0.4, 15.0)
    target = queue.target
    assert (target.max_blocked, target.max_wait_s, target.wait_percentile) == (0.01, 90.0, 0.95)
    assert target.reply is None


def test_own_numbers_make_a_reply_target(tmp_path: Path) -> None:
    text = CHAT + (
        "reply_share = 0.9\nreply_within_seconds = 60\nreply_counts = 'turns'\n"
        'reply_window = "08:00-12:00, 13:00-23:00"\nturns_per_chat = 8\n'
    )
    config, problems = read(tmp_path, text)
    assert config is not None, problems
    assert config.queues[0].target.reply == ReplyTarget(
        60.0, 0.9, ReplyUnit.TURNS, ((480, 720), (780, 1380)), 8.0
    )


def of_platform(table: dict[str, object], today: date) -> tuple[ReplyTarget | None, Problems]:
    problems = Problems()
    queue = QueueTable.model_validate({"name": "shop", "channel": "chat", **table})
    place = Place("shiftcast.toml", Lines(CHAT), problems)
    return reply_target(("queue", 0), queue, place, today), problems


def test_a_platform_brings_its_rule_and_own_numbers_go_before_it() -> None:
    table = {"platform": "抖店", "reply_share": 0.95, "reply_within_seconds": 120}
    target, problems = of_platform(table, date(2026, 12, 1))
    window = ((480, 1380),)
    assert target == ReplyTarget(120.0, 0.95, ReplyUnit.TURNS, window, 6.0, "douyin")
    assert not problems


def test_a_rule_past_its_review_is_warned_of() -> None:
    table = {"platform": "douyin"}
    _, fresh = of_platform(table, date(2027, 5, 31))
    target, stale = of_platform(table, date(2027, 6, 1))
    assert not fresh
    assert told(stale) == [("platforms.outdated", 5, "queue[1].platform")]
    assert not stale.errors
    assert target is not None


def test_a_platform_without_a_public_threshold_is_reported_only() -> None:
    target, problems = of_platform({"platform": "pinduoduo"}, date(2026, 12, 1))
    assert target is not None
    assert target.share is None
    assert told(problems) == [("platforms.no_share", 5, "queue[1].platform")]
    assert not problems.errors


def test_an_unknown_platform_is_told_the_known_ones(tmp_path: Path) -> None:
    _, problems = read(tmp_path, CHAT + 'platform = "pinduo"\n')
    assert told(problems) == [("platforms.unknown", 8, "queue[1].platform")]
    assert "douyin, jd, kuaishou, pinduoduo, taobao, xiaohongshu" in problems[0].message()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "reply_share = 0.9\n", ("config.replies_need_chat", 7, "queue[1].reply_share")),
        (CHAT + "reply_share = 0.9\n", ("config.reply_pair", 8, "queue[1].reply_share")),
        (CHAT + 'reply_window = "08:00-23:00"\n',
         ("config.reply_pair", 8, "queue[1].reply_window")),
        (CHAT + 'platform = "jd"\nreply_share = 0.9\nreply_window = "late"\n',
         ("input.bad_span", 10, "queue[1].reply_window")),
        (CHAT + 'platform = "jd"\nreply_share = 0.9\nreply_window = "closed"\n',
         ("input.bad_span", 10, "queue[1].reply_window")),
        (CHAT + "lines = 4\n", ("config.lines_need_phone", 8, "queue[1].lines")),
        (HEAD + "max_blocked = 0.1\n", ("config.blocked_needs_lines", 7, "queue[1].max_blocked")),
        (HEAD + "redial_share = 0.5\n", ("config.redials_need_loss", 7, "queue[1].redial_share")),
        (HEAD + "redial_share = 1\n", ("config.must_be_below", 7, "queue[1].redial_share")),
        (HEAD + "wait_percentile = 90\n",
         ("config.must_be_below", 7, "queue[1].wait_percentile")),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, text: str, fault: tuple[str, int, str]) -> None:
    config, problems = read(tmp_path, text)
    assert config is None
    assert told(problems) == [fault]
