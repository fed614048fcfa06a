"""From a roster to the comings and goings of its agents."""

from __future__ import annotations

from datetime import date

import numpy as np
from shiftcast.data.centre import Centre, Routing
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.simulation.crews import Crew, roster_crew
from shiftcast.scheduling.simulation.engine.inputs import Kind
from shiftcast.scheduling.simulation.routing import Pool

GRID = TimeGrid(date(2026, 11, 30), 1, 60)
PHONE, CHAT = QueueProfile("phone"), QueueProfile("chat", Channel.CHAT)
MAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480))
MINUTE = 60.0


def crew_of(
    *spans: QueueSpan,
    route_by: Routing = Routing.ROSTER,
    skills: tuple[str, ...] = ("phone", "chat"),
    phone: QueueProfile = PHONE,
) -> Crew:
    agents = (Agent("ann", "Ann", "full", frozenset(skills)),)
    centre = Centre("small", "UTC", 60, (phone, CHAT, MAIL), agents=agents)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    day = first // 1440
    shift = Assignment("ann", day, "D", first, last, queues=spans)
    return roster_crew(centre, Roster(GRID, (shift,)), route_by)


def moves(crew: Crew) -> list[tuple[float, str, str]]:
    """(minute, kind, rostered queue) of each change of an agent; the queue is – off duty."""
    changes = crew.changes
    rows = zip(changes.time, changes.kind, changes.where, strict=True)
    return [
        (time / MINUTE, Kind(kind).name, crew.homes[where] if where >= 0 else "–")
        for time, kind, where in rows
        if kind in (Kind.MOVE, Kind.RETURN)
    ]


def test_a_shift_is_its_spans_and_what_lies_between() -> None:
    spans = QueueSpan(540, 720, "phone"), QueueSpan(780, 900, "phone"), QueueSpan(900, 1020, "chat")
    assert moves(crew_of(*spans)) == [
        (540, "MOVE", "phone"),
        (720, "MOVE", "–"),
        (780, "RETURN", "phone"),
        (900, "MOVE", "chat"),
        (1020, "MOVE", "–"),
    ]


def test_changes_are_on_end_so_that_the_simulation_is_compiled_once() -> None:
    changes = crew_of(QueueSpan(540, 720, "phone")).changes
    assert all(part.flags.c_contiguous for part in changes)


def test_a_shift_of_the_eve_is_there_from_the_start() -> None:
    spans = QueueSpan(-300, -60, "phone"), QueueSpan(-30, 120, "phone")
    assert moves(crew_of(*spans)) == [(0, "MOVE", "phone"), (120, "MOVE", "–")]


def test_a_shift_into_the_next_day_is_worked_to_its_end() -> None:
    assert moves(crew_of(QueueSpan(1320, 1800, "phone")))[-1] == (1800, "MOVE", "–")


def test_a_queue_that_is_gone_is_no_work() -> None:
    spans = QueueSpan(540, 600, "fax"), QueueSpan(600, 660, "phone")
    assert moves(crew_of(*spans)) == [(600, "MOVE", "phone"), (660, "MOVE", "–")]


def test_agents_who_help_out_serve_their_own_queue_first() -> None:
    spans = QueueSpan(540, 720, "phone"), QueueSpan(720, 900, "mail")
    made = crew_of(*spans, route_by=Routing.SKILLS, skills=("phone", "chat"))
    ranks = [{"phone": 0, "chat": 1}, {"mail": 0, "phone": 1, "chat": 1}]
    assert made.pools == tuple(Pool(own, own) for own in ranks)
    assert made.homes == ("phone", "mail")
    assert crew_of(*spans).pools == (
        Pool({"phone": 0}, {"phone": 0}),
        Pool({"mail": 0}, {"mail": 0}),
    )


def test_queues_open_and_close_before_agents_move() -> None:
    nine_to_five = OpeningHours((((540, 1020),),) * 7)
    phone = QueueProfile("phone", opening=nine_to_five)
    changes = crew_of(QueueSpan(540, 1020, "phone"), phone=phone).changes
    kinds = [Kind(kind).name for kind in changes.kind]
    at = list(zip((changes.time / MINUTE).tolist(), kinds, strict=True))
    # Phone is closed at midnight, chat closes with the grid; e-mail never does.
    assert at == [
        (0, "CLOSE"),
        (540, "OPEN"),
        (540, "MOVE"),
        (1020, "CLOSE"),
        (1020, "MOVE"),
        (1440, "CLOSE"),
    ]


def test_nobody_is_absent_without_shrinkage() -> None:
    made = crew_of(QueueSpan(540, 720, "phone"))
    present = made.present(seed=1, replication=0)
    assert np.array_equal(present.where, made.changes.where)


def test_second_skills_come_last() -> None:
    ann = Agent(
        "ann", "Ann", "full", frozenset({"phone", "chat"}), second_skills=frozenset({"phone"})
    )
    text = QueueProfile("text", skill="chat")
    centre = Centre("small", "UTC", 60, (PHONE, CHAT, text), agents=(ann,))
    shift = Assignment("ann", 0, "D", 540, 720, queues=(QueueSpan(540, 720, "chat"),))

    (pool,) = roster_crew(centre, Roster(GRID, (shift,)), Routing.SKILLS).pools

    assert pool.serves == {"chat": 0, "text": 1, "phone": 2}
