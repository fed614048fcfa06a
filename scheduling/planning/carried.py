"""What agents bring along from earlier weeks: shifts that are shared fairly, requests refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...data.people import Request
from ...data.rules import Rules
from ..rostering.fairness import Burden, burdens
from ..rostering.problem import Carried
from ..rostering.requests import is_met
from ..rostering.roster import Assignment
from ..rostering.site_clocks import SiteClocks

MEMORY_DAYS = 28  # four weeks: the period most fair-sharing agreements look back on


def carried_shares(
    previous: Iterable[Assignment],
    clocks: SiteClocks,
    rules: Rules,
    requests: Sequence[Request] = (),
) -> tuple[Carried, ...]:
    """What the agents of the MEMORY_DAYS before the grid carry, in order of their ids.

    `previous` holds assignments on the grid of the clocks, with negative day numbers. Of the
    requests, those of days count on which somebody worked: of other days no roster is known.
    """
    by_agent: dict[str, list[Assignment]] = {}
    for shift in previous:
        if -MEMORY_DAYS <= shift.day < 0:
            by_agent.setdefault(shift.agent, []).append(shift)
    on_day = {(s.agent, s.day): s for shifts in by_agent.values() for s in shifts}
    known = {day for _, day in on_day}
    refused = dict.fromkeys(by_agent, 0)
    for request in requests:
        day = clocks.grid.day_number(request.day)
        if request.agent in refused and day in known:
            worked = on_day.get((request.agent, day))
            refused[request.agent] += not is_met(clocks, request, worked)
    found = []
    for agent in sorted(by_agent):
        counted = burdens(clocks, rules, by_agent[agent])
        counts = {burden.value: counted[burden] for burden in Burden}
        found.append(Carried(agent, refused=refused[agent], **counts))
    return tuple(found)
