"""What a contact export may say, under which headings, in English and Chinese.

The lists follow the documentation of the systems that write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ContactField:
    """One thing that a contact export may say: how its cells are written, and the headings it is
    recognised by. Its own name is its first heading; the order of the others says which wins."""

    name: str
    kind: str
    unit: str
    example: str
    aliases: tuple[str, ...]


CONTACT_FIELDS = (
    ContactField(
        "timestamp", "date and time", "", "2026-11-02 08:15", (
            "interval start utc date", "interval start date", "interval start", "date and time",
            "datetime", "date time", "start time", "starttime", "statstime", "time/day",
            "time day", "interval", "created_at", "created at", "created", "entered", "entry_ts",
            "queue_ts", "call time", "arrival", "ds", "时间", "日期时间", "时间段", "时段开始",
            "开始时间", "统计时间", "进线时间", "呼入时间", "创建时间", "会话开始时间",
            "咨询时间",
        ),
    ),
    ContactField(
        "date", "date", "", "2026-11-02", (
            "date_id", "day", "stat date", "日期", "统计日期",
        ),
    ),
    ContactField(
        "time", "clock time", "", "08:15", (
            "period", "time of day", "interval time", "时段", "时间点",
        ),
    ),
    ContactField(
        "hour", "whole number", "hours", "8", (
            "hour_id", "小时",
        ),
    ),
    ContactField(
        "minute", "whole number", "minutes", "15", (
            "minute_id", "分钟",
        ),
    ),
    ContactField(
        "queue", "name", "", "phone", (
            "queue name", "queuename", "queueid", "planning group", "skill name",
            "skillgroupname", "skill group", "group_name", "skill", "csq", "split",
            "split/skill", "acd id", "series", "队列", "队列名称", "技能组", "技能组名称",
            "业务线", "店铺", "渠道", "channel", "channeltype", "media type", "mediatype",
        ),
    ),
    ContactField(
        "offered", "number, 0 or more", "contacts", "42", (
            "contacts offered", "contacts queued", "calls offered", "calls presented",
            "presented", "callsqueued", "rvol", "inline_cnt", "request_cnt", "incoming",
            "volume", "received", "tickets created", "contacts", "calls", "y", "呼入量", "呼叫量",
            "请求服务数", "进线量", "请求量", "会话总量", "总会话量", "会话量", "咨询人数",
            "用户咨询量", "咨询量", "轮次", "咨询轮次", "消息量", "消息数",
        ),
    ),
    ContactField(
        "handled", "number, 0 or more", "contacts", "39", (
            "interactions handled", "contacts handled", "calls handled", "acd calls",
            "num acd calls", "ready_cnt", "answered", "connected", "tickets resolved", "接待量",
            "应答量", "人工呼入接通数", "接通量", "接起量", "人工接待量", "转人工接待量",
            "接起会话数", "总接待客户数", "有效会话量", "人工有效会话量",
        ),
    ),
    ContactField(
        "abandoned", "number, 0 or more", "contacts", "3", (
            "abandons", "contacts abandoned", "calls abandoned", "num calls aband",
            "abandon_cnt", "callsabandonedinring", "lost", "dropped", "放弃量", "请求呼损数",
            "队列排队放弃次数", "排队放弃", "排队放弃量",
        ),
    ),
    ContactField(
        "short_abandoned", "number, 0 or more", "contacts", "1", (
            "short abandoned contacts", "short abandons", "客户速挂数", "速挂数",
        ),
    ),
    ContactField(
        "aht_s", "length of time", "seconds", "240", (
            "aht", "average handle time in seconds", "average handle time", "avg handle time",
            "raht", "平均处理时长", "平均会话时长",
        ),
    ),
    ContactField(
        "total_handle_s", "length of time", "seconds", "9360", (
            "total handle time", "总处理时长",
        ),
    ),
    ContactField(
        "handle_s", "length of time", "seconds", "03:25", (
            "handle_time", "handling time", "ser_time", "处理时长", "会话时长",
        ),
    ),
    ContactField(
        "talk_s", "length of time", "seconds", "180", (
            "avg talk time", "average talk time", "averagetalktime", "service_time_len",
            "talk time", "平均通话时长", "通话均长", "通话时长",
        ),
    ),
    ContactField(
        "hold_s", "length of time", "seconds", "12", (
            "avg hold time", "average hold time", "hold time", "平均保持时长", "保持时长",
        ),
    ),
    ContactField(
        "acw_s", "length of time", "seconds", "48", (
            "avg after call", "avg acw", "acw_seconds", "after_contact_work_time",
            "averageworktime", "after call work", "acw", "平均话后处理时长", "话后处理时长",
        ),
    ),
    ContactField(
        "total_talk_s", "length of time", "seconds", "7020", (
            "total talk time", "总通话时长",
        ),
    ),
    ContactField(
        "total_hold_s", "length of time", "seconds", "468", (
            "total hold time", "总保持时长",
        ),
    ),
    ContactField(
        "total_acw_s", "length of time", "seconds", "1872", (
            "total acw", "total after call work time", "总话后处理时长",
        ),
    ),
    ContactField(
        "wait_s", "length of time", "seconds", "17", (
            "wait", "wait time", "queue time", "q_time", "排队时长", "等待时长",
        ),
    ),
    ContactField(
        "outcome", "outcome", "", "answered", (
            "disposition", "result", "status", "结果", "接听状态", "通话状态", "是否接通",
        ),
    ),
    ContactField(
        "agent", "text", "", "A017", (
            "agent id", "agent name", "坐席", "座席", "客服", "客服工号", "坐席工号",
        ),
    ),
    ContactField(
        "contact_id", "text", "", "c-20261102-0815", (
            "contact id", "call id", "conversation id", "session id", "ticket id", "通话id",
            "会话id", "工单号",
        ),
    ),
)  # fmt: skip
ALIASES: Mapping[str, tuple[str, ...]] = {field.name: field.aliases for field in CONTACT_FIELDS}

# Platform headings that count something other than contacts, and what they most likely count.
OPEN_UNITS: Mapping[str, str] = {
    "咨询人数": "people", "总接待客户数": "people", "用户咨询量": "people", "咨询量": "people",
    "会话总量": "sessions", "总会话量": "sessions", "会话量": "sessions", "接起会话数": "sessions",
    "有效会话量": "sessions", "人工有效会话量": "sessions", "接待量": "sessions",
    "人工接待量": "sessions", "转人工接待量": "sessions",
    "轮次": "turns", "咨询轮次": "turns", "消息量": "messages", "消息数": "messages",
}  # fmt: skip
