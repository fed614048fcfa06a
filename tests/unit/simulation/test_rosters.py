"""A roster as it will be worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.centre import Centre, Routing
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.simulation.crews import roster_crew
from shiftcast.scheduling.simulation.engine.inputs import Kind
from shiftcast.scheduling.simulation.kpis import (
    SIMULATED_COLUMNS,
    TARGET_COLUMNS,
    SimulatedKpis,
)
from shiftcast.scheduling.simulation.rosters import simulate_roster

FRIDAY = date(2026, 11, 27)
NINE_TO_FIVE = OpeningHours((((9 * 60, 17 * 60),),) * 7)
PHONE = QueueProfile(
    "phone",
    target=ServiceTarget(service_level=0.8, within_s=20, max_occupancy=0.9),
    aht_s=180,
    patience_s=120,
    opening=NINE_TO_FIVE,
)
MAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480), aht_s=600)
SKILLS = frozenset({"phone", "mail"})
CENTRE = Centre(
    "small",
    "UTC",
    60,
    (PHONE, MAIL),
    agents=tuple(Agent(f"a{i}", f"A{i}", "full", SKILLS) for i in range(8)),
)


def forecast(calls: float = 100, mails: float = 1.0, days: int = 1, paths: int = 1) -> Forecast:
    """Calls an hour from 9 to 17, e-mails an hour always."""
    grid = TimeGrid(FRIDAY, days, 60)
    day = (grid.minute_of_day >= 9 * 60) & (grid.minute_of_day < 17 * 60)
    mean = np.array([calls * day, np.full(grid.size, mails)])
    unknown = np.full_like(mean, np.nan)
    sampled = np.random.default_rng(1).poisson(mean, (paths, *mean.shape)).astype(float)
    sampled = mean[None] if paths == 1 else sampled
    return Forecast(grid, ("phone", "mail"), mean, mean, mean, mean, unknown, sampled, {})


def crew(phone: int = 7, mail: int = 1, days: int = 1, end: int = 17) -> tuple[Assignment, ...]:
    """Agents from 9 to `end`; an hour of break at noon."""

    def shift(agent: int, day: int, queue: str) -> Assignment:
        at = 1440 * day
        first, noon, last = at + 540, at + 720, at + 60 * end
        spans = (QueueSpan(first, noon, queue), QueueSpan(noon + 60, last, queue))
        return Assignment(f"a{agent}", day, "D", first, last, queues=spans)

    queues = ["phone"] * phone + ["mail"] * mail
    return tuple(shift(i, day, queue) for day in range(days) for i, queue in enumerate(queues))


def simulated(
    assignments: tuple[Assignment, ...],
    expected: Forecast | None = None,
    centre: Centre = CENTRE,
    **changes: object,
) -> SimulatedKpis:
    expected = forecast() if expected is None else expected
    options = {"replications": 20, "seed": 1, **changes}
    return simulate_roster(centre, expected, Roster(expected.grid, assignments), **options)


def row(frame: pd.DataFrame, queue: str, at: int = 0) -> pd.Series:
    return frame[frame["queue"] == queue].iloc[at]


def test_the_tables_keep_their_contract() -> None:
    found = simulated(crew(), forecast(days=2))
    for frame in (found.interval, found.day, found.week):
        assert tuple(frame.columns) == SIMULATED_COLUMNS
    for frame in (found.day_targets, found.week_targets):
        assert tuple(frame.columns) == TARGET_COLUMNS
    assert len(found.interval) == 2 * 48
    assert found.day["queue"].tolist() == ["phone", "phone", "mail", "mail", "all", "all"]
    # Friday and Saturday lie in one week that begins on Monday.
    assert row(found.week, "phone")["start"] == FRIDAY
    assert (found.replications, found.seed) == (20, 1)


def test_breaks_are_taken() -> None:
    found = simulated(crew(), forecast(calls=100))
    hours = found.interval[found.interval["queue"] == "phone"].set_index(np.arange(24))
    # Nobody is there from 12 to 13: few who call then have the patience to wait for the end.
    assert hours.loc[12, "service_level"] < 0.05
    assert hours.loc[12, "abandonment"] > 0.9
    assert hours.loc[10, "service_level"] > 0.6


def test_ratios_are_sums_divided() -> None:
    found = simulated(crew(), forecast())
    hours = found.interval[found.interval["queue"] == "phone"]
    good = (hours["service_level"] * hours["contacts"]).sum()
    assert row(found.day, "phone")["service_level"] == pytest.approx(
        good / hours["contacts"].sum(), rel=1e-6
    )


def test_what_has_no_meaning_is_no_number() -> None:
    day = simulated(crew()).day
    assert np.isnan(row(day, "mail")["service_level"])
    assert np.isnan(row(day, "phone")["deadline_met"])
    assert np.isnan(row(day, "phone")["backlog_hours"])


def test_nobody_calls_when_the_queue_is_closed() -> None:
    always = forecast()
    day = np.array([np.full(24, 50.0), np.zeros(24)])
    expected = replace(always, mean=day, p10=day, p50=day, p90=day, paths=day[None])
    found = simulated(crew(), expected)
    hours = found.interval[found.interval["queue"] == "phone"].set_index(np.arange(24))
    assert hours.loc[[8, 17], "contacts"].tolist() == [0, 0]


def test_who_waits_at_closing_is_served_by_those_who_stay() -> None:
    calls = [0.0] * 24
    calls[16] = 200
    expected = forecast()
    mean = np.array([calls, [0.0] * 24])
    patient = replace(PHONE, patience_s=None)
    centre = replace(CENTRE, queues=(patient, MAIL))
    expected = replace(expected, mean=mean, p10=mean, p50=mean, p90=mean, paths=mean[None])
    stay = row(simulated(crew(end=19), expected, centre).day, "phone")
    assert stay["abandonment"] == 0
    go = row(simulated(crew(end=17), expected, centre).day, "phone")
    assert go["abandonment"] > 0.1


def test_real_paths_bring_their_own_numbers() -> None:
    expected = forecast(paths=30)
    found = simulated(crew(), expected, replications=30)
    contacts = expected.paths[:, 0].sum(axis=1).mean()
    assert row(found.day, "phone")["contacts"] == pytest.approx(contacts)


def test_shrinkage_keeps_agents_away_for_whole_shifts() -> None:
    centre = replace(CENTRE, queues=(replace(PHONE, shrinkage=0.3), MAIL))
    roster = Roster(forecast().grid, crew(mail=0))
    made = roster_crew(centre, roster, Routing.ROSTER)
    present = []
    for r in range(300):
        found = made.present(seed=1, replication=r)
        moves = (found.kind == Kind.MOVE) | (found.kind == Kind.RETURN)
        agents = [found.where[moves & (found.who == a)] for a in range(7)]
        assert all((own >= 0).sum() in (0, 2) for own in agents)  # both halves or none
        present.append(sum((own >= 0).any() for own in agents))
    error = np.sqrt(0.3 * 0.7 / (7 * 300))
    assert np.mean(present) / 7 == pytest.approx(0.7, abs=4 * error)


def test_two_rosters_meet_the_same_contacts_and_absences() -> None:
    centre = replace(CENTRE, queues=(replace(PHONE, shrinkage=0.3), MAIL))
    few, many = (simulated(crew(phone), centre=centre) for phone in (5, 7))
    assert (few.interval["contacts"] == many.interval["contacts"]).all()
    assert row(few.day, "phone")["service_level"] < row(many.day, "phone")["service_level"]


def test_agents_help_out_where_they_have_the_skill() -> None:
    alone = simulated(crew(phone=5, mail=3))
    together = simulated(crew(phone=5, mail=3), route_by=Routing.SKILLS)
    assert row(together.day, "phone")["service_level"] > row(alone.day, "phone")["service_level"]
    # Without the skill nothing changes.
    agents = tuple(replace(agent, skills=frozenset()) for agent in CENTRE.agents)
    centre = replace(CENTRE, agents=agents)
    unskilled = simulated(crew(phone=5, mail=3), centre=centre, route_by=Routing.SKILLS)
    assert row(unskilled.day, "phone").equals(row(alone.day, "phone"))


def test_email_begins_with_what_monday_finds() -> None:
    # One e-mail an hour, due in 8 hours, open always: in the steady state that `carried_over`
    # means, the 24 of a day are done in a day. One agent does 6 an hour, 7 hours a day.
    found = row(simulated(crew(), forecast(mails=1.0)).day, "mail")
    assert found["contacts"] == pytest.approx(24, abs=4)
    assert found["backlog_hours"] == pytest.approx(7 / 6, abs=0.3)  # came from 17 to 24
    # Who writes from 17 to 1 waits until after the deadline of 8 hours, at 9 the next morning.
    assert 0.3 < found["deadline_met"] < 0.95


def test_the_chance_is_that_of_the_whole_week() -> None:
    found = simulated(crew(), replications=40)
    targets = found.week_targets.set_index(["queue", "target"])
    level = targets.loc[("phone", "service_level")]
    assert level["limit"] == 0.8
    assert level["reached"] == pytest.approx(row(found.week, "phone")["service_level"])
    assert level["chance"] < 0.2  # the break at noon costs an eighth of the calls
    assert targets.loc[("phone", "max_occupancy"), "chance"] == 1
    assert ("mail", "deadline_share") in targets.index


def test_a_roster_of_another_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="same grid"):
        simulate_roster(
            CENTRE, forecast(days=2), Roster(forecast().grid, ()), replications=1, seed=1
        )
