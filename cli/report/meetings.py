"""Meetings in words: when they are held, and who misses them, why."""

from __future__ import annotations

from dataclasses import dataclass

from ...scheduling.planning.meetings import MeetingSummary, meeting_summaries
from ...scheduling.planning.plan import Plan
from .wording import MISSING, Wording

MOST_TIMES = 3
MOST_NAMES = 8


@dataclass(frozen=True)
class MeetingRow:
    """One meeting; `missing` names everybody who misses it with the reason, empty if nobody
    does."""

    name: str
    times: str
    present: str
    missing: str


def meeting_rows(plan: Plan, wording: Wording) -> list[MeetingRow]:
    """A row for each meeting of the plan's days."""
    return [
        MeetingRow(
            summary.name,
            _times(summary, wording),
            wording.say("meetings.present", present=summary.present, asked=summary.asked),
            wording.join(_missing(plan, summary, wording)),
        )
        for summary in meeting_summaries(plan.problem, plan.roster)
    ]


def missed_meetings(plan: Plan, wording: Wording) -> list[str]:
    """A sentence for each meeting that somebody misses."""
    said = []
    for summary in meeting_summaries(plan.problem, plan.roster):
        names = _missing(plan, summary, wording)
        if names:
            key = "finding.missed" if len(names) <= MOST_NAMES else "finding.missed_more"
            listed = wording.join(names[:MOST_NAMES])
            params = {"name": summary.name, "missed": len(names), "asked": summary.asked}
            said.append(wording.say(key, names=listed, **params))
    return said


def _missing(plan: Plan, summary: MeetingSummary, wording: Wording) -> list[str]:
    names = {agent.id: agent.name for agent in plan.centre.agents}
    return [
        wording.say("meetings.who", agent=names[agent], reason=wording.say(f"missed.{reason}"))
        for agent, reason in summary.missed
    ]


def _times(summary: MeetingSummary, wording: Wording) -> str:
    """When it is held; where there are many times, on how many occasions."""
    if not summary.times:
        return MISSING
    if len(summary.times) > MOST_TIMES:
        return wording.say("meetings.times", times=len(summary.times))
    space = wording.say("list_space")
    return wording.join(
        [
            space.join((wording.day(start.date()), wording.span(start, end)))
            for start, end in summary.times
        ]
    )
