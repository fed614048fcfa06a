"""Hours on the books against hours needed: every number by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.cli.capacity_view import capacity_rows, capacity_sentences
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, TimeOff
from shiftcast.data.shifts import BreakRule, ShiftTemplate
from shiftcast.data.targets import QueueProfile
from shiftcast.scheduling.planning.capacity import Capacity, capacity_of
from shiftcast.scheduling.rostering.problem import Demand

MONDAY = date(2026, 12, 7)
SHIFT = ShiftTemplate("D", 480, 540, 540, breaks=(BreakRule(60, True, 180, 240),))
CENTRE = Centre(
    name="Test",
    tz="Asia/Shanghai",
    interval_min=60,
    queues=(QueueProfile("phone"), QueueProfile("chat")),
    contracts=(Contract("full", max_days=5, max_minutes=2400),),
    agents=(
        *(Agent(f"P{i}", "", "full", frozenset({"phone"})) for i in range(4)),
        Agent("B", "", "full", frozenset({"phone", "chat"})),
    ),
    shifts=(SHIFT,),
)
"""Five agents of 40 paid hours a week, seven of eight of them on queues: 35 hours each."""


def capacity(hours: dict[str, list[float]], centre: Centre = CENTRE, **options: float) -> Capacity:
    """The capacity of weeks in which the queues need so many agent-hours, spread evenly over the
    168 hours of each week."""
    weeks = len(next(iter(hours.values())))
    grid = TimeGrid(MONDAY, 7 * weeks, 60, "Asia/Shanghai")
    demands = tuple(
        Demand(queue.name, queue.skill, np.repeat(hours[queue.name], 168) / 168.0, queue.weight)
        for queue in centre.queues
    )
    return capacity_of(centre, demands, grid, fit=options.get("fit", 1.0), lead_weeks=3)


def test_contract_hours_less_breaks_and_time_off() -> None:
    """P0 is away on Monday and Tuesday: two of five days of 35 hours. P1 is away all of the second
    week."""
    away = (
        TimeOff("P0", date(2026, 12, 7), date(2026, 12, 8)),
        TimeOff("P1", date(2026, 12, 14), date(2026, 12, 20)),
    )
    found = capacity({"phone": [100, 100], "chat": [0, 0]}, replace(CENTRE, time_off=away))
    assert [week.contract_hours for week in found.weeks] == [175, 175]
    assert [week.time_off_hours for week in found.weeks] == pytest.approx([14, 35])
    assert [week.spare_hours for week in found.weeks] == pytest.approx([61, 40])
    assert [week.start for week in found.weeks] == [MONDAY, date(2026, 12, 14)]


def test_days_before_the_first_and_after_the_last_have_no_hours() -> None:
    """P0 comes on Wednesday of the first week, P1 leaves at its end."""
    agents = (
        replace(CENTRE.agents[0], first_day=date(2026, 12, 9)),
        replace(CENTRE.agents[1], last_day=date(2026, 12, 13)),
        *CENTRE.agents[2:],
    )
    away = (TimeOff("P0", date(2026, 12, 7), date(2026, 12, 9)),)
    centre = replace(CENTRE, agents=agents, time_off=away)
    first, second = capacity({"phone": [70, 70], "chat": [0, 0]}, centre).weeks
    assert (first.contract_hours, second.contract_hours) == pytest.approx((161, 140))
    assert (first.time_off_hours, second.time_off_hours) == pytest.approx((7, 0))
    assert first.queues[0].skilled_agents == pytest.approx(4.4)
    assert second.queues[0].skilled_agents == pytest.approx(4)


def test_closed_weekdays_and_contracts_without_hours_count_their_days() -> None:
    """Two days of eight hours a week, seven of which are on queues."""
    contract = Contract("full", max_days=4)
    hours = (None, None, (), (), (), (), ())
    agent = Agent("A", "", "full", frozenset({"phone"}), availability=hours)
    centre = replace(CENTRE, contracts=(contract,), agents=(agent,))
    (week,) = capacity({"phone": [0], "chat": [0]}, centre).weeks
    assert week.contract_hours == 14


def test_agents_needed_and_agents_who_have_the_skill() -> None:
    """Everybody works 35 hours; P0 is away for two days of five."""
    away = (TimeOff("P0", date(2026, 12, 7), date(2026, 12, 8)),)
    (week,) = capacity({"phone": [140], "chat": [70]}, replace(CENTRE, time_off=away)).weeks
    assert [line.needed_agents for line in week.queues] == pytest.approx([4, 2])
    assert [line.skilled_agents for line in week.queues] == pytest.approx([4.6, 1])


def test_who_has_both_skills_works_where_hours_are_missing() -> None:
    """140 phone hours by four agents, 35 chat hours by the fifth: nobody is missing."""
    (week,) = capacity({"phone": [140], "chat": [35]}).weeks
    assert [line.short_hours for line in week.queues] == pytest.approx([0, 0], abs=1e-4)
    assert week.spare_hours == pytest.approx(0, abs=1e-4)


def test_hours_count_by_proficiency() -> None:
    """The fifth agent does half of the chat work in an hour, and so 17.5 hours' worth in 35."""
    (*phone, chatting) = CENTRE.agents
    slow = replace(chatting, proficiency=(("chat", 0.5),))
    (week,) = capacity({"phone": [140], "chat": [35]}, replace(CENTRE, agents=(*phone, slow))).weeks
    assert [line.short_hours for line in week.queues] == pytest.approx([0, 17.5], abs=0.01)
    assert week.queues[1].short_agents == pytest.approx(1, abs=0.01)
    assert week.queues[1].skilled_agents == pytest.approx(1)


def test_a_shortage_is_shared_evenly() -> None:
    """210 + 70 hours needed, 175 there, of which chat can have 35 at most: half of both is short
    of chat, and with equal shares phone would lack 105: only 70 have to be."""
    (week,) = capacity({"phone": [210], "chat": [70]}).weeks
    phone, chat = week.queues
    assert (phone.short_hours, chat.short_hours) == pytest.approx((70, 35), abs=0.01)
    assert (phone.short_agents, chat.short_agents) == pytest.approx((2, 1), abs=0.01)


def test_hours_that_do_not_fit_cover_nothing() -> None:
    """Of 175 hours nine tenths are where they are needed: 17.5 are missing, half an agent more."""
    (week,) = capacity({"phone": [175], "chat": [0]}, fit=0.9).weeks
    assert week.queues[0].short_hours == pytest.approx(17.5, abs=0.01)
    assert week.queues[0].short_agents == pytest.approx(17.5 / 31.5, abs=0.01)


def test_runs_of_short_weeks_say_when_to_hire_and_whom_to_train() -> None:
    found = capacity({"phone": [70, 70, 70, 70, 70], "chat": [0, 105, 140, 0, 70]})
    one, other = found.shortages
    assert (one.queue, one.first, one.last) == ("chat", date(2026, 12, 14), date(2026, 12, 27))
    assert one.agents == pytest.approx(3, abs=0.01)
    assert one.hours == pytest.approx(105, abs=0.01)
    assert one.hire_by == date(2026, 11, 23)
    assert one.trainable == 2  # four phone agents, two of whom are needed
    assert (other.first, other.last) == (date(2027, 1, 4), date(2027, 1, 10))


def test_capacity_in_sentences() -> None:
    found = capacity({"phone": [70, 70, 70, 70, 70], "chat": [0, 105, 140, 0, 70]})
    assert capacity_sentences(found, "en") == [
        "From Mon 14 Dec to Sun 27 Dec chat is 3 agents short (105 agent-hours a week at the "
        "worst). Who is to be there in the first of these weeks had to be hired by Mon 23 Nov: "
        "bridge it with overtime, moved leave or training. Or train 2 agents with hours to "
        "spare in chat.",
        "From Mon 4 Jan to Sun 10 Jan chat is 1 agent short (35 agent-hours a week at the worst). "
        "Hire by Mon 14 Dec. Or train 1 agent with hours to spare in chat.",
    ]
    enough = capacity({"phone": [70, 100], "chat": [0, 0]})
    assert capacity_sentences(enough, "en") == [
        "The agents on the books are enough in every week. The tightest is that of Mon 14 Dec, "
        "with 75 agent-hours to spare."
    ]


def test_rows_for_a_file() -> None:
    found = capacity({"phone": [168], "chat": [84]})
    assert capacity_rows(found) == [
        ["2026-12-07", "phone", 168.0, 1.0, 28.0, 0.8, 4.8, 5.0],
        ["2026-12-07", "chat", 84.0, 0.5, 49.0, 1.4, 2.4, 1.0],
    ]


def test_a_skill_that_nobody_has_is_short_altogether() -> None:
    centre = replace(CENTRE, agents=CENTRE.agents[:4])
    (short,) = capacity({"phone": [70], "chat": [35]}, centre).shortages
    assert (short.queue, short.trainable) == ("chat", 2)
    assert short.agents == pytest.approx(1, abs=0.01)


def test_parts_of_weeks_are_a_mistake() -> None:
    grid = TimeGrid(MONDAY, 8, 60, "Asia/Shanghai")
    with pytest.raises(ValueError, match="8 days are no whole number of weeks"):
        capacity_of(CENTRE, (), grid)
