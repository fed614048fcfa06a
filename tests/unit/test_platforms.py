"""The dated rules of chat platforms."""

from __future__ import annotations

from datetime import date

import pytest
from shiftcast.data.messages import LANGUAGES
from shiftcast.data.platforms import Platform, platform_named, platforms
from shiftcast.data.replies import ReplyTarget, ReplyUnit


def test_the_platforms_there_are() -> None:
    assert list(platforms()) == ["douyin", "jd", "kuaishou", "pinduoduo", "taobao", "xiaohongshu"]


@pytest.mark.parametrize("platform", platforms().values(), ids=lambda platform: platform.key)
def test_every_rule_is_named_dated_and_sourced(platform: Platform) -> None:
    assert platform.names.keys() == LANGUAGES.keys()
    for rule in platform.rules:
        assert rule.metric.keys() == LANGUAGES.keys()
        assert rule.sources
        assert rule.evidence in ("single", "several")
        assert len(rule.sources) > 1 or rule.evidence == "single"
        assert rule.review_by > (rule.valid_from or date.min)
        ReplyTarget(rule.within_s, rule.share, rule.counts, (rule.window,))  # checks itself


@pytest.mark.parametrize(
    ("word", "key"),
    [("pinduoduo", "pinduoduo"), ("PDD", "pinduoduo"), (" 天猫 ", "taobao"), ("抖音", "douyin"),
     ("小红书", "xiaohongshu"), ("JD.com", "jd"), ("快手", "kuaishou")],
)  # fmt: skip
def test_planners_write_platforms_in_many_ways(word: str, key: str) -> None:
    platform = platform_named(word)
    assert platform is not None
    assert platform.key == key


def test_no_platform() -> None:
    assert platform_named("myspace") is None
    assert platform_named("") is None


def test_the_rule_of_a_day() -> None:
    taobao = platforms()["taobao"]
    assert taobao.rule_on(date(2024, 12, 31)).window == (480, 1440)
    assert taobao.rule_on(date(2025, 1, 1)).window == (480, 1380)
    xiaohongshu = platforms()["xiaohongshu"]
    # Nothing older is known: the first rule stands in for the time before it.
    assert xiaohongshu.rule_on(date(2020, 1, 1)) is xiaohongshu.rules[0]


def test_what_is_counted() -> None:
    # Pinduoduo: one late message makes the customer late; JD: the first reply alone; Douyin: turns.
    counts = {key: platform.rules[-1].counts for key, platform in platforms().items()}
    assert counts["pinduoduo"] is ReplyUnit.WHOLE_CHATS
    assert counts["jd"] is ReplyUnit.CUSTOMERS
    assert counts["douyin"] is ReplyUnit.TURNS
