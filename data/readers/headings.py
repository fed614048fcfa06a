"""Headings of contact exports, in English and Chinese → the fields we read.

The lists follow the documentation of the systems that write them. A mapping that the planner
gives (`[contacts.columns]`) goes before every list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import Problems

# Each field's own name is its first heading; the order of the others says which wins.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "timestamp": (
        "interval start utc date", "interval start date", "interval start", "date and time",
        "datetime", "date time", "start time", "starttime", "statstime", "time/day", "time day",
        "interval", "created_at", "created at", "created", "entered", "entry_ts", "queue_ts",
        "call time", "arrival", "ds",
        "时间", "日期时间", "时间段", "时段开始", "开始时间", "统计时间", "进线时间", "呼入时间",
        "创建时间", "会话开始时间", "咨询时间",
    ),
    "date": ("date_id", "day", "stat date", "日期", "统计日期"),
    "time": ("period", "time of day", "interval time", "时段", "时间点"),
    "hour": ("hour_id", "小时"),
    "minute": ("minute_id", "分钟"),
    "queue": (
        "queue name", "queuename", "queueid", "planning group", "skill name", "skillgroupname",
        "skill group", "group_name", "skill", "csq", "split", "split/skill", "acd id", "series",
        "队列", "队列名称", "技能组", "技能组名称", "业务线", "店铺", "渠道",
        "channel", "channeltype", "media type", "mediatype",
    ),
    "offered": (
        "contacts offered", "contacts queued", "calls offered", "calls presented", "presented",
        "callsqueued", "rvol", "inline_cnt", "request_cnt", "incoming", "volume", "received",
        "tickets created", "contacts", "calls",
        "呼入量", "呼叫量", "请求服务数", "进线量", "请求量", "会话总量", "总会话量", "会话量",
        "咨询人数", "用户咨询量", "咨询量", "轮次", "咨询轮次", "消息量", "消息数",
    ),
    "handled": (
        "interactions handled", "contacts handled", "calls handled", "acd calls", "num acd calls",
        "ready_cnt", "answered", "connected", "tickets resolved",
        "接待量", "应答量", "人工呼入接通数", "接通量", "接起量", "人工接待量", "转人工接待量",
        "接起会话数", "总接待客户数", "有效会话量", "人工有效会话量",
    ),
    "abandoned": (
        "abandons", "contacts abandoned", "calls abandoned", "num calls aband", "abandon_cnt",
        "callsabandonedinring", "lost", "dropped",
        "放弃量", "请求呼损数", "队列排队放弃次数", "排队放弃", "排队放弃量",
    ),
    "short_abandoned": ("short abandoned contacts", "short abandons", "客户速挂数", "速挂数"),
    "aht_s": (
        "aht", "average handle time in seconds", "average handle time", "avg handle time", "raht",
        "平均处理时长", "平均会话时长",
    ),
    "total_handle_s": ("total handle time", "总处理时长"),
    "handle_s": ("handle_time", "handling time", "ser_time", "处理时长", "会话时长"),
    "talk_s": (
        "avg talk time", "average talk time", "averagetalktime", "service_time_len", "talk time",
        "平均通话时长", "通话均长", "通话时长",
    ),
    "hold_s": ("avg hold time", "average hold time", "hold time", "平均保持时长", "保持时长"),
    "acw_s": (
        "avg after call", "avg acw", "acw_seconds", "after_contact_work_time", "averageworktime",
        "after call work", "acw", "平均话后处理时长", "话后处理时长",
    ),
    "total_talk_s": ("total talk time", "总通话时长"),
    "total_hold_s": ("total hold time", "总保持时长"),
    "total_acw_s": ("total acw", "total after call work time", "总话后处理时长"),
    "wait_s": ("wait", "wait time", "queue time", "q_time", "排队时长", "等待时长"),
    "outcome": ("disposition", "result", "status", "结果", "接听状态", "通话状态", "是否接通"),
    "agent": ("agent id", "agent name", "坐席", "座席", "客服", "客服工号", "坐席工号"),
    "contact_id": ("contact id", "call id", "conversation id", "session id", "ticket id",
                   "通话id", "会话id", "工单号"),
}  # fmt: skip

# Platform headings that count something other than contacts, and what they most likely count.
OPEN_UNITS: Mapping[str, str] = {
    "咨询人数": "people", "总接待客户数": "people", "用户咨询量": "people", "咨询量": "people",
    "会话总量": "sessions", "总会话量": "sessions", "会话量": "sessions", "接起会话数": "sessions",
    "有效会话量": "sessions", "人工有效会话量": "sessions", "接待量": "sessions",
    "人工接待量": "sessions", "转人工接待量": "sessions",
    "轮次": "turns", "咨询轮次": "turns", "消息量": "messages", "消息数": "messages",
}  # fmt: skip

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SCALES = (
    (re.compile(r"[(\[_ ](ms|msec|milliseconds?|毫秒)\b"), 0.001),
    (re.compile(r"[(\[_ ](mins?|minutes?|分钟|分)\b"), 60.0),
    (re.compile(r"[(\[_ ](hrs?|hours?|小时)\b"), 3600.0),
)


@dataclass(frozen=True)
class FieldPlaces:
    """Where each field of a contact export is: `index` of its column and its `heading`."""

    index: Mapping[str, int]
    heading: Mapping[str, str]

    def __contains__(self, field: str) -> bool:
        return field in self.index

    def has_any(self, *fields: str) -> bool:
        return any(field in self.index for field in fields)


def normal(heading: str) -> str:
    """A heading without case, width, spaces, signs and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return _NOT_A_LETTER.sub("", _IN_BRACKETS.sub("", folded)) or _NOT_A_LETTER.sub("", folded)


def seconds_a_unit(heading: str) -> float:
    """How many seconds a bare number under a heading means: 60 under `AHT (min)`, else 1."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return next((scale for pattern, scale in _SCALES if pattern.search(folded)), 1.0)


def counts_utc(heading: str) -> bool:
    """Whether a heading says that its clock is UTC, as `Interval Start UTC Date` does."""
    return "utc" in heading.casefold()


def find_fields(
    file: str, headings: Sequence[str], mapping: Mapping[str, str], problems: Problems
) -> FieldPlaces:
    """The column of each field: the planner's mapping first, then the field's own name, then the
    aliases in their order. Two headings of equal rank, and a mapping to a heading that the file
    lacks, are told."""
    places: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        places.setdefault(normal(heading), []).append(index)
    index_of: dict[str, int] = {}
    for field, heading in mapping.items():
        matches = places.get(normal(heading), [])
        if matches:
            index_of[field] = matches[0]
        else:
            problems.add(
                "input.mapped_heading_missing",
                file=file,
                column=heading,
                field=field,
                found=", ".join(headings),
            )
    taken = set(index_of.values())
    for field, aliases in ALIASES.items():
        if field in mapping:
            continue
        found = _match(file, field, aliases, places, taken, headings, problems)
        if found is not None:
            index_of[field] = found
            taken.add(found)
    return FieldPlaces(index_of, {field: headings[i] for field, i in index_of.items()})


def _match(
    file: str,
    field: str,
    aliases: tuple[str, ...],
    places: Mapping[str, list[int]],
    taken: set[int],
    headings: Sequence[str],
    problems: Problems,
) -> int | None:
    own = [i for i in places.get(normal(field), []) if i not in taken]
    others = [
        i
        for alias in dict.fromkeys(normal(alias) for alias in aliases)
        for i in places.get(alias, [])
        if i not in taken
    ]
    candidates = own or others
    volume = field in ("offered", "handled", "abandoned")
    if len(own) > 1 or (not own and volume and len(others) > 1):
        problems.add(
            "input.ambiguous_heading",
            file=file,
            column=field,
            headings=", ".join(headings[i] for i in candidates),
        )
    return candidates[0] if candidates else None
