"""Whether what the files of a workspace ask of one another is possible at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..calendar import each_day
from ..centre import Centre
from ..errors import Problems
from ..people import Agent, Contract, FixedAssignment, Request, TimeOff
from ..presence import LeastStaffing
from ..rules import Rules
from ..shifts import ShiftTemplate
from ..targets import QueueProfile
from . import people, requests
from .columns import Rows
from .telling import tell

Shifts = Mapping[str, ShiftTemplate]
AgentDay = tuple[str, date]


def check_contracts(
    contracts: Iterable[Contract], shifts: Shifts, rules: Rules, problems: Problems
) -> None:
    """The shifts of a contract fit into its week, and can fill it. A warning for each that it names
    and that is longer than a day may be: nobody will work it."""
    for contract in contracts:
        longest = contract.terms(rules).max_day_min
        for shift in shifts_of(contract, shifts) if contract.shift_codes and longest else ():
            if longest is not None and shift.paid_min > longest:
                problems.warn(
                    "input.shift_exceeds_day",
                    file="shiftcast.toml",
                    column=f"contract {contract.id}: shifts",
                    shift=shift.code,
                    contract=contract.id,
                    hours=_hours(shift.paid_min),
                    most=_hours(longest),
                )
        for code, params in _contract_faults(contract, shifts):
            params["contract"] = contract.id
            column = f"contract {contract.id}: hours_per_week"
            tell(problems, code, params, file="shiftcast.toml", column=column)


def _contract_faults(contract: Contract, shifts: Shifts) -> list[tuple[str, dict[str, object]]]:
    own = shifts_of(contract, shifts)
    if not own:
        return []
    faults: list[tuple[str, dict[str, object]]] = []
    lengths = [shift.paid_min for shift in own]
    params: dict[str, object]
    most = contract.max_minutes
    if most is not None:
        # Of shifts that are open to everybody, those that are too long are simply not worked.
        held_to = own if contract.shift_codes or min(lengths) > most else ()
        for shift in held_to:
            if shift.paid_min > most:
                params = {"shift": shift.code, "hours": _hours(shift.paid_min)}
                faults.append(("input.shift_exceeds_contract", {**params, "most": _hours(most)}))
        if min(lengths) <= most < min(lengths) * contract.min_days:
            params = {"days": contract.min_days, "hours": _hours(min(lengths))}
            faults.append(("input.contract_days_exceed_hours", {**params, "most": _hours(most)}))
    if max(lengths) * contract.max_days < contract.min_minutes:
        params = {"days": contract.max_days, "hours": _hours(max(lengths))}
        least = _hours(contract.min_minutes)
        faults.append(("input.contract_hours_out_of_reach", {**params, "least": least}))
    return faults


def check_availability(
    rows: Rows,
    agents: Iterable[Agent],
    contracts: Mapping[str, Contract],
    shifts: Shifts,
    problems: Problems,
) -> None:
    """Each agent is available for a shift on as many weekdays as the contract asks for."""
    number = {row[people.ID]: row.number for row in reversed(rows.good)}
    for agent in agents:
        contract = contracts.get(agent.contract)
        own = shifts_of(contract, shifts) if contract is not None else ()
        if contract is None or not own:
            continue
        days = sum(any(_fits(agent, day, shift) for shift in own) for day in range(7))
        if days < contract.min_days:
            problems.add(
                "input.agent_days_impossible",
                file=rows.file,
                row=number[agent.id],
                column="mon … sun",
                agent=agent.id,
                days=days,
                contract=contract.id,
                least=contract.min_days,
            )


def check_queues_served(rows: Rows, queues: Iterable[QueueProfile], problems: Problems) -> None:
    """A warning for each queue that nobody has the skill for."""
    skills = {
        skill
        for column in (people.SKILLS, people.SECOND_SKILLS)
        for named in rows.seen(column)
        for skill, _ in named
    }
    for queue in queues:
        if queue.skill not in skills:
            problems.warn(
                "input.queue_unserved",
                file=rows.file,
                column=people.SKILLS.name,
                queue=queue.name,
                skill=queue.skill,
            )


def check_sites(
    rows: Rows, agents: Iterable[Agent], shifts: Iterable[ShiftTemplate], problems: Problems
) -> None:
    """An agent's site has shifts, of its own or for every site."""
    sites = {shift.site for shift in shifts}
    number = {row[people.ID]: row.number for row in reversed(rows.good)}
    for agent in agents:
        if agent.site and sites and not sites & {agent.site, ""}:
            problems.add(
                "input.site_without_shifts",
                file=rows.file,
                row=number[agent.id],
                column=people.SITE.name,
                agent=agent.id,
                site=agent.site,
                known=", ".join(sorted(sites)),
            )


def check_presence(centre: Centre, problems: Problems) -> None:
    """There are as many people as least staffing asks for, and somebody at each meeting."""
    for staffing in centre.least_staffing:
        there = sum(staffing.counts(agent) for agent in centre.agents)
        if there < staffing.agents:
            problems.add(
                "input.least_staffing_impossible",
                file="shiftcast.toml",
                column="least_staffing",
                wanted=staffing.agents,
                there=there,
                who=_who(staffing),
            )
    for meeting in centre.meetings:
        if not any(meeting.attends(agent) for agent in centre.agents):
            problems.add("input.meeting_empty", file="meetings.csv", name=meeting.name)


def _who(staffing: LeastStaffing) -> str:
    words = (staffing.skill, staffing.team, staffing.site, *sorted(staffing.people))
    return " ".join(word for word in words if word) or "—"


def check_leave(
    time_off: Iterable[TimeOff], wishes: Iterable[Request], problems: Problems
) -> frozenset[AgentDay]:
    """The whole days on which agents are away. Leave entered twice, and a wish for a day of leave,
    are warned of: neither does harm."""
    away: set[AgentDay] = set()
    for off in (off for off in time_off if off.whole_days):
        days = {(off.agent, day) for day in each_day(off.first, off.last)}
        if days & away:
            problems.warn(
                "input.time_off_overlap",
                file="time_off.csv",
                agent=off.agent,
                first=off.first,
                last=off.last,
            )
        away |= days
    for wish in wishes:
        if (wish.agent, wish.day) in away:
            problems.warn(
                "input.request_on_leave", file="requests.csv", agent=wish.agent, day=wish.day
            )
    return frozenset(away)


def check_fixed(
    rows: Rows,
    fixed: Iterable[FixedAssignment],
    away: frozenset[AgentDay],
    agents: Iterable[Agent],
    shifts: Shifts,
    problems: Problems,
) -> None:
    """Fixed assignments are shifts that can start then, on days on which the agent is there."""
    known = {agent.id: agent for agent in agents}
    number = {
        (row[requests.AGENT], row[requests.DATE]): row.number
        for row in reversed(rows.good)
        if row[requests.FIXED_KIND] == "fixed"
    }
    for assignment in fixed:
        if assignment.forbidden:
            continue
        at = (assignment.agent, assignment.day)
        agent = known.get(assignment.agent)
        employed = agent is None or agent.employed_on(assignment.day)
        for code, params in _fixed_faults(assignment, at in away, employed, shifts):
            params |= {"agent": assignment.agent, "day": assignment.day}
            column = requests.SHIFT.name
            tell(problems, code, params, file=rows.file, row=number[at], column=column)


def _fixed_faults(
    assignment: FixedAssignment, away: bool, employed: bool, shifts: Shifts
) -> list[tuple[str, dict[str, object]]]:
    faults: list[tuple[str, dict[str, object]]] = []
    if assignment.shift_code is not None and away:
        faults.append(("input.fixed_on_leave", {}))
    if assignment.shift_code is not None and not employed:
        faults.append(("input.fixed_not_employed", {}))
    shift = shifts.get(assignment.shift_code or "")
    if shift is None:
        return faults
    if assignment.day.weekday() not in shift.weekdays:
        faults.append(("input.fixed_weekday", {"shift": shift.code}))
    start = assignment.start_minute
    if start is not None and start not in shift.starts:
        params: dict[str, object] = {
            "shift": shift.code,
            "start": _clock(start),
            "earliest": _clock(shift.earliest_start),
            "latest": _clock(shift.latest_start),
            "every": shift.grid_min,
        }
        faults.append(("input.fixed_start", params))
    return faults


def shifts_of(contract: Contract, shifts: Shifts) -> tuple[ShiftTemplate, ...]:
    """The shifts a contract may work: those it names, or every one."""
    if not contract.shift_codes:
        return tuple(shifts.values())
    return tuple(shifts[code] for code in contract.shift_codes if code in shifts)


def _fits(agent: Agent, weekday: int, shift: ShiftTemplate) -> bool:
    """Whether some start of the shift lies with its end within the agent's hours of the day."""
    hours = agent.availability[weekday]
    if weekday not in shift.weekdays:
        return False
    if hours is None:
        return True
    if len(hours) == 0:
        return False
    earliest, latest = hours
    return any(earliest <= start and start + shift.length_min <= latest for start in shift.starts)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:g}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
