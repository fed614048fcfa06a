"""One key of a scenario through a range: how it is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.data.calendar import Calendar
from shiftcast.data.errors import InputError
from shiftcast.data.law import laws
from shiftcast.data.law.terms import Terms
from shiftcast.data.people import Contract
from shiftcast.data.readers.sweep import read_sweep
from shiftcast.data.scenario import Scenario
from shiftcast.data.scenario_people import HireChange
from shiftcast.data.targets import Channel, QueueProfile
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.planning.sweeping import sweep, sweep_of_needs
from shiftcast.scheduling.rostering.engine import SolveLimit

from tests.unit.planning.small import GRID, PROMOTION, Steady, a_centre, a_history

LIMIT = SolveLimit(seconds=20, rounds=2)
CENTRE = a_centre()


@pytest.fixture(scope="module")
def base() -> Plan:
    return plan_week(CENTRE, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())


def messages(text: str, file: Path | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_sweep(text, file, CENTRE)
    return [problem.message() for problem in caught.value.problems]


def test_both_ends_belong_to_a_range_of_decimals() -> None:
    found = read_sweep("volume.phone=0.7:0.9:0.1", None, CENTRE)
    assert found.values == (0.7, 0.8, 0.9)
    assert [one.contacts_of("phone") for one in found.scenarios] == [0.7, 0.8, 0.9]
    assert [one.name for one in found.scenarios][1] == "volume.phone = 0.8"
    assert read_sweep("volume.all=1:2:0.7", None, CENTRE).values == (1, 1.7)


def test_people_are_counted_and_nobody_is_no_entry() -> None:
    found = read_sweep("hire.full.count = 0:2:1", None, CENTRE)
    assert [one.hires for one in found.scenarios] == [
        (),
        (HireChange(1, "full"),),
        (HireChange(2, "full"),),
    ]
    assert found.roster_only


def test_who_is_hired_may_have_skills_of_their_own() -> None:
    (scenario,) = read_sweep("hire.full.phone+phone.count=3:3:1", None, CENTRE).scenarios
    assert scenario.hires == (HireChange(3, "full", frozenset({"phone"})),)
    assert messages("hire.full.fax+phone.count=3:3:1") == ["No queue needs a skill fax."]


@pytest.mark.parametrize(
    ("text", "roster_only"),
    [
        ("target.phone.service_level=0.7:0.8:0.1", False),
        ("promotion.sale.size=1:2:1", False),
        ("deflection.all=0:0.2:0.1", False),
        ("training.phone.count=1:2:1", True),
        ("absence.count=0:2:1", True),
        ("rules.rest_hours=10:12:1", True),
        ("rules.seats=2:6:2", True),
        ("rules.soft.nights=1:3:1", True),
        ("contract.full.hours_per_week=32:40:8", True),
        ("shift.E8.paid_minutes=420:480:30", True),
    ],
)
def test_what_can_be_swept(text: str, roster_only: bool) -> None:
    assert read_sweep(text, None, CENTRE).roster_only is roster_only


def test_the_number_in_the_place_of_a_laws() -> None:
    own = Terms(replace(CENTRE.rules, soft=(("rest", 2.0),)), CENTRE.contracts, (laws()["EU"],))
    lawful = CENTRE.under(own)
    found = read_sweep("rules.law_adjusted.rest_hours=9:10:1", None, lawful)
    rests = [one.terms.lawful()[0].min_rest_min for one in found.scenarios if one.terms is not None]
    assert rests == [540, 600]
    priced = read_sweep("rules.soft.nights=1:1:1", None, lawful).scenarios[0].terms
    assert priced is not None
    assert priced.rules.soft == (("rest", 2.0), ("nights", 1.0))


@pytest.mark.parametrize("key", ["rules.soft.skills", "rules.law_adjusted.seats", "rules.x.rest"])
def test_what_has_no_price_or_no_law_is_not_swept(key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_sweep(f"{key}=1:2:1", None, CENTRE)
    assert [problem.code for problem in caught.value.problems] == ["sweep.unknown_key"]


def test_one_phase_of_a_promotion() -> None:
    """Its type has other phases too, which stay."""
    returns = replace(PROMOTION, phase="returns")
    centre = replace(CENTRE, calendar=Calendar(promotions=(PROMOTION, returns)))
    (scenario,) = read_sweep("promotion.sale.returns.size=2:2:1", None, centre).scenarios
    changed = scenario.apply_to(centre, GRID.first_day, GRID.last_day).calendar.promotions
    assert [one.size for one in changed] == [1.0, 2.0]


def test_a_sweep_changes_a_scenario_further(tmp_path: Path) -> None:
    file = tmp_path / "flu.toml"
    file.write_text('name = "Flu"\nhire = [{count = 1}]\n[target.phone]\nmax_abandonment = 0.1\n')
    found = read_sweep("target.phone.service_level=0.7:0.8:0.1", file, CENTRE)
    assert found.without.name == "Flu"
    for scenario, level in zip(found.scenarios, (0.7, 0.8), strict=True):
        assert scenario.hires == (HireChange(1),)
        assert scenario.targets["phone"].service_level == level
        assert scenario.targets["phone"].max_abandonment == 0.1
    more = read_sweep("hire.count=2:2:1", file, CENTRE).scenarios[0]
    assert more.hires == (HireChange(1), HireChange(2))


def test_terms_and_shifts_through_a_range(tmp_path: Path) -> None:
    """A number of hours a week is the least and the most; what a file says of the shift stays."""
    file = tmp_path / "later.toml"
    file.write_text('shift = [{ code = "E8", name = "Later", earliest_start = "09:00" }]')
    days = GRID.first_day, GRID.last_day
    rests = read_sweep("rules.rest_hours=10:12:2", None, CENTRE).scenarios
    assert [one.apply_to(CENTRE, *days).rules.min_rest_min for one in rests] == [600, 720]
    (hours,) = read_sweep("contract.full.hours_per_week=32:32:1", None, CENTRE).scenarios
    full = hours.apply_to(CENTRE, *days).contract("full")
    assert (full.min_minutes, full.max_minutes, full.min_days) == (1920, 1920, 4)
    (shift,) = read_sweep("shift.E8.paid_minutes=450:450:1", file, CENTRE).scenarios
    early = shift.apply_to(CENTRE, *days).shifts[0]
    assert (early.name, early.earliest_start, early.paid_min) == ("Later", 540, 450)
    assert messages("shift.E9.paid_minutes=450:450:1") == [
        "There is no shift E9, and for a new one earliest_start is missing."
    ]


def test_chats_at_once_through_a_range() -> None:
    chat = QueueProfile("chat", Channel.CHAT, aht_by_concurrency=(1.0, 1.2))
    centre = replace(CENTRE, queues=(*CENTRE.queues, chat))
    found = read_sweep("concurrency.chat=1:3:1", None, centre)
    assert [one.concurrency for one in found.scenarios] == [{"chat": most} for most in (1, 2, 3)]
    assert not found.roster_only


@pytest.mark.parametrize(
    "key",
    [
        "colour", "volume", "volume.phone.size", "target.phone.definition", "target.service_level",
        "hire.full.phone.x.count", "promotion.size", "promotion.sale.first", "name",
        "rules.night", "rules.soft", "contract.hours_per_week", "contract.full.shifts",
        "shift.E8.breaks",
    ],
)  # fmt: skip
def test_a_key_that_is_none(key: str) -> None:
    assert messages(f"{key}=1:2:1") == [f"There is nothing to change under {key}."]


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ("3", "volume.all=3 is not a key with a range."),
        ("1:x:1", "volume.all=1:x:1 is not a key with a range."),
        ("2:1:1", "2:1:1 is not a range from the smaller to the larger number."),
        ("1:2:0", "1:2:0 is not a range from the smaller to the larger number."),
        ("1:inf:1", "1:inf:1 is not a range from the smaller to the larger number."),
        ("0:26:1", "The range has 27 values, and 25 are the most."),
    ],
)
def test_a_range_that_is_none(span: str, message: str) -> None:
    assert messages(f"volume.all={span}") == [message]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text("volume = {fax = 2}")
    assert messages("colour=5:1:1", file) == [
        "There is nothing to change under colour.",
        "5:1:1 is not a range from the smaller to the larger number.",
        "There is no queue fax.",
    ]
    assert messages("target.phone.service_level=0.9:1.1:0.1") == ["1.1 is not a share."]
    assert messages("hire.count=0:2:0.5") == ["0.5 is not a number of agents."]


def test_more_contacts_need_more_and_are_served_worse(base: Plan) -> None:
    """1,800 contacts as they are. The same people work them, so service falls."""
    asked = read_sweep("volume.all=1:2:0.5", None, CENTRE)
    points = list(sweep(base, asked.values, asked.scenarios, limit=LIMIT, forecaster=Steady()))
    assert [point.contacts for point in points] == pytest.approx([1800, 2700, 3600])
    needed = [point.required_hours for point in points]
    assert needed == sorted(needed)
    assert points[0].plan is not None
    assert points[0].plan.roster is base.roster
    levels = [
        float(point.plan.kpis.week["service_level"].iloc[0])
        for point in points
        if point.plan is not None
    ]
    assert len(levels) == 3
    assert levels == sorted(levels, reverse=True)


def test_a_value_without_a_roster_says_why_and_the_others_go_on(base: Plan) -> None:
    """The new agent has to work four days a week and has no shift to work."""
    never = Contract("never", shift_codes=("none",), min_days=4)
    wider = replace(base, centre=replace(base.centre, contracts=(*CENTRE.contracts, never)))
    hire = HireChange(1, "never", frozenset({"phone"}))
    scenarios = (Scenario("one", hires=(hire,)), Scenario("none"))
    one, other = sweep(wider, (1, 0), scenarios, limit=LIMIT, forecaster=Steady())
    assert (one.plan, other.obstacles) == (None, ())
    assert other.plan is not None
    assert one.required_hours == pytest.approx(other.required_hours)
    (problem,) = one.obstacles
    assert "NEW1" in problem.message()


class Stopping:
    """Stops the search, as Ctrl-C does, when it tells of its first roster."""

    def __init__(self) -> None:
        self.stopped = False

    def stage(self, name: str) -> None:
        pass

    def found(self, cost: float) -> None:
        if not self.stopped:
            self.stopped = True
            raise KeyboardInterrupt


def test_a_planner_who_stops_gets_what_there_is(base: Plan) -> None:
    asked = read_sweep("volume.all=1.1:1.3:0.1", None, CENTRE)
    (one,) = sweep(
        base, asked.values, asked.scenarios, limit=LIMIT, forecaster=Steady(), progress=Stopping()
    )
    assert one.value == 1.1
    assert one.plan is not None


def test_without_rosters_the_need_is_the_same(base: Plan) -> None:
    asked = read_sweep("volume.all=1:1.5:0.5", None, CENTRE)
    quick = list(sweep_of_needs(base, asked.values, asked.scenarios, forecaster=Steady()))
    whole = list(sweep(base, asked.values, asked.scenarios, limit=LIMIT, forecaster=Steady()))
    assert [point.plan for point in quick] == [None, None]
    for one, other in zip(quick, whole, strict=True):
        assert one.required_hours == pytest.approx(other.required_hours)
        assert one.peak_agents == pytest.approx(other.peak_agents)


def test_a_corrected_plan_is_swept_with_its_correction() -> None:
    """What the plan was raised by stays, so that the need does not jump beside the plan's own."""
    base = plan_week(
        a_centre(12), a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady(), correct=2
    )
    asked = read_sweep("volume.all=1:1.001:0.001", None, CENTRE)
    one, other = sweep_of_needs(base, asked.values, asked.scenarios, forecaster=Steady())
    assert one.required_hours == pytest.approx(other.required_hours, rel=0.01)


def test_a_chat_queue_has_reply_rates_to_sweep() -> None:
    chat = QueueProfile("chat", Channel.CHAT)
    centre = replace(CENTRE, queues=(*CENTRE.queues, chat))
    with pytest.raises(InputError) as caught:
        read_sweep("target.chat.reply_share=0.8:0.9:0.1", None, centre)
    assert [p.message() for p in caught.value.problems] == [
        "The reply rate of chat is not complete."
    ]
