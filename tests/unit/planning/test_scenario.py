"""A scenario file, every error in it, and what it makes of a centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shiftcast.data.calendar import Calendar, Promotion
from shiftcast.data.centre import Centre
from shiftcast.data.errors import InputError
from shiftcast.data.people import Agent, Contract, FixedAssignment, TimeOff
from shiftcast.data.readers.scenario import read_scenario
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.scenario import PromotionChange, Scenario
from shiftcast.data.scenario_people import AbsenceChange, HireChange, TrainingChange
from shiftcast.data.shifts import ShiftTemplate
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget

MONDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 13)
LAST_YEAR = Promotion(date(2025, 12, 12), date(2025, 12, 12), "double12", "Double 12 2025")
THIS_YEAR = Promotion(date(2026, 12, 11), date(2026, 12, 12), "double12", "Double 12 2026")
SALE = Promotion(date(2026, 12, 1), date(2026, 12, 9), "sale", "Winter sale", queue="chat")

CENTRE = Centre(
    name="Test",
    tz="Asia/Shanghai",
    interval_min=15,
    queues=(
        QueueProfile(
            "phone",
            target=ServiceTarget(0.8, 20.0),
            aht_s=200.0,
            patience_s=120.0,
            shrinkage=0.08,
        ),
        QueueProfile("chat"),
    ),
    calendar=Calendar("CN", promotions=(LAST_YEAR, THIS_YEAR, SALE)),
    contracts=(Contract("full"),),
    agents=tuple(Agent(f"A{i}", f"N{i}", "full", frozenset({"phone"})) for i in range(1, 7)),
    shifts=(ShiftTemplate("E8", 480, 480, 480),),
    time_off=(TimeOff("A2", date(2026, 12, 13), date(2026, 12, 20)),),
    fixed=(FixedAssignment("A1", date(2026, 12, 8), "E8"),),
)


def read(tmp_path: Path, content: str, centre: Centre = CENTRE) -> Scenario:
    path = tmp_path / "what.toml"
    path.write_text(content, encoding="utf-8")
    return read_scenario(path, centre)


def problems(
    tmp_path: Path, content: str, centre: Centre = CENTRE
) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content, centre)
    return [(p.row, p.column, p.message()) for p in caught.value.problems]


def test_every_part_of_a_file_is_read(tmp_path: Path) -> None:
    scenario = read(
        tmp_path,
        """
        name = "Everything"
        [volume]
        all = 1.2
        chat = 1.5
        [deflection]
        chat = 0.5
        [handle_time]
        phone = 1.1
        [shrinkage]
        all = 0.12
        [[promotion]]
        type = "double12"
        size = 2.0
        [[promotion]]
        first = 2026-12-08
        type = "flash"
        effect = 1.8
        [[absence]]
        agent = "A3"
        from = 2026-12-07
        to = 2026-12-08
        [[absence]]
        count = 2
        from = 2026-12-07
        to = 2026-12-13
        [[hire]]
        count = 2
        skills = ["phone"]
        from = 2026-12-09
        [[training]]
        skill = "chat"
        agent = "A1"
        [patience]
        phone = 0.5
        [overtime_hours]
        full = 2.5
        [voluntary_hours]
        all = 1.5
        [target.phone]
        service_level = 0.9
        deadline_hours = 4
        """,
    )
    assert scenario.name == "Everything"
    assert (scenario.contacts_of("phone"), scenario.contacts_of("chat")) == (1.2, 0.75)
    assert (scenario.handle_time_of("phone"), scenario.handle_time_of("chat")) == (1.1, 1.0)
    assert scenario.promotions[0] == PromotionChange("double12", size=2.0)
    assert scenario.promotions[1].added().last == date(2026, 12, 8)
    assert scenario.absences[0] == AbsenceChange(date(2026, 12, 7), date(2026, 12, 8), "A3")
    assert scenario.hires == (HireChange(2, skills=frozenset({"phone"}), first=date(2026, 12, 9)),)
    assert scenario.trainings == (TrainingChange("chat", "A1"),)
    assert scenario.overtime_min == {"full": 150}
    assert (scenario.voluntary_min_of("full"), scenario.voluntary_min_of("part")) == (90, 90)
    assert scenario.targets["phone"].deadline_min == 240
    assert scenario.apply_to(CENTRE, MONDAY, SUNDAY).queue("phone").patience_s == 60.0


def test_an_empty_file_changes_nothing_and_is_named_after_itself(tmp_path: Path) -> None:
    scenario = read(tmp_path, "")
    assert scenario.name == "what"
    assert scenario.apply_to(CENTRE, MONDAY, SUNDAY) == CENTRE


def test_only_promotions_from_the_first_day_on_change() -> None:
    """Last year's teaches how much Double 12 brings: were it larger too, the learned effect would
    be half as large for each unit of size and the scenario would change nothing."""
    scenario = Scenario("x", promotions=(PromotionChange("double12", size=2.0),))
    assert scenario.apply_to(CENTRE, MONDAY, SUNDAY).calendar.promotions == (
        LAST_YEAR,
        replace(THIS_YEAR, size=2.0),
        SALE,
    )


MAIN_DAY = replace(THIS_YEAR, name="Main day", phase="peak")
RETURNS = Promotion(
    date(2026, 12, 13), date(2026, 12, 20), "double12", "Returns", 0.6, phase="returns"
)


def test_a_phase_may_change_apart_from_the_others() -> None:
    """The later change of the file goes before the earlier one where both match."""
    changes = (
        PromotionChange("double12", size=2.0),
        PromotionChange(phase="returns", size=1.2, handle_effect=1.1),
    )
    centre = replace(CENTRE, calendar=Calendar("CN", promotions=(MAIN_DAY, RETURNS)))
    assert Scenario("x", promotions=changes).apply_to(
        centre, MONDAY, SUNDAY
    ).calendar.promotions == (
        replace(MAIN_DAY, size=2.0),
        replace(RETURNS, size=1.2, handle_effect=1.1),
    )


def test_a_new_phase_is_read_and_added(tmp_path: Path) -> None:
    scenario = read(
        tmp_path,
        """
        [[promotion]]
        type = "double12"
        phase = "退货"
        first = 2026-12-13
        last = 2026-12-20
        handle_effect = 1.05
        """,
    )
    (*_, added) = scenario.apply_to(CENTRE, MONDAY, SUNDAY).calendar.promotions
    assert added == Promotion(
        date(2026, 12, 13),
        date(2026, 12, 20),
        "double12",
        "double12 returns",
        phase="returns",
        handle_effect=1.05,
    )


def test_a_phase_that_the_calendar_has_not_is_told_with_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "what.toml"
    path.write_text(
        '[[promotion]]\ntype = "double12"\nphase = "eve"\nhandle_effect = 0\n'
        '[[promotion]]\ntype = "double12"\nphase = "eve"\nsize = 2\n',
        encoding="utf-8",
    )
    calendar = Calendar("CN", promotions=(MAIN_DAY, RETURNS, SALE))
    with pytest.raises(InputError) as caught:
        read_scenario(path, replace(CENTRE, calendar=calendar))
    assert [p.message() for p in caught.value.problems] == ["0 is not a number above 0."]
    path.write_text(path.read_text(encoding="utf-8").replace("= 0\n", "= 1\n"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(path, replace(CENTRE, calendar=calendar))
    assert [(p.row, p.message(), p.hint()) for p in caught.value.problems] == [
        (
            row,
            "The calendar has no promotion double12, eve.",
            "It has double12 (peak, returns), sale; to add a promotion give first, last and type.",
        )
        for row in (1, 5)
    ]


def test_a_change_of_nothing_in_particular_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="found by its type, phase or name"):
        PromotionChange(size=2.0)
    with pytest.raises(ValueError, match="a new promotion has a type"):
        PromotionChange(phase="peak", first=MONDAY)


def test_a_promotion_under_way_is_cut_in_two() -> None:
    scenario = Scenario("x", promotions=(PromotionChange(name="Winter sale", effect=1.5),))
    assert scenario.apply_to(CENTRE, MONDAY, SUNDAY).calendar.promotions[2:] == (
        replace(SALE, last=date(2026, 12, 6)),
        replace(SALE, first=MONDAY, effect=1.5),
    )


def test_counted_absences_take_the_first_agents_who_are_there() -> None:
    """A2 is on leave on the last day, A1 is named already: the first two of the others."""
    scenario = Scenario(
        "x",
        absences=(
            AbsenceChange(MONDAY, MONDAY, agent="A1"),
            AbsenceChange(MONDAY, SUNDAY, count=2),
        ),
    )
    changed = scenario.apply_to(CENTRE, MONDAY, SUNDAY)
    assert [off.agent for off in changed.time_off] == ["A2", "A1", "A3", "A4"]


def test_who_is_absent_need_not_come_for_a_fixed_assignment() -> None:
    scenario = Scenario("x", absences=(AbsenceChange(MONDAY, SUNDAY, agent="A1"),))
    assert scenario.apply_to(CENTRE, MONDAY, SUNDAY).fixed == ()


def test_an_absence_without_days_lasts_as_long_as_the_plan() -> None:
    scenario = Scenario("x", absences=(AbsenceChange(count=1),))
    (_, away) = scenario.apply_to(CENTRE, MONDAY, SUNDAY).time_off
    assert (away.agent, away.first, away.last) == ("A1", MONDAY, SUNDAY)


def test_who_is_hired_is_as_most_are() -> None:
    """Four of five agents take phone calls only; NEW1 is taken."""
    crew = (
        *(Agent(f"A{i}", f"N{i}", "full", frozenset({"phone"})) for i in range(3)),
        Agent("NEW1", "N", "part", frozenset({"phone"})),
        Agent("B1", "B", "part", frozenset({"chat"})),
        Agent("B2", "B", "part", frozenset({"chat"})),
    )
    contracts = (Contract("full"), Contract("part"))
    centre = replace(CENTRE, contracts=contracts, agents=crew, time_off=(), fixed=())
    until = date(2026, 12, 10)
    hires = (
        HireChange(1),
        HireChange(1, contract="part", last=until),
        HireChange(1, "full", frozenset("e"), MONDAY),
    )
    changed = Scenario("x", hires=hires).apply_to(centre, MONDAY, SUNDAY)
    assert [(a.id, a.contract, sorted(a.skills)) for a in changed.agents[len(crew) :]] == [
        ("NEW2", "full", ["phone"]),
        ("NEW3", "part", ["chat"]),
        ("NEW4", "full", ["e"]),
    ]
    days = [(agent.first_day, agent.last_day) for agent in changed.agents[len(crew) :]]
    assert days == [(None, None), (None, until), (MONDAY, None)]


def test_hires_and_trainings_have_the_proficiency_that_is_said(tmp_path: Path) -> None:
    hire = '[[hire]]\ncount = 1\ncontract = "full"\nskills = ["phone", "chat:0.8"]\n'
    training = '[[training]]\nskill = "chat:0.7"\nagent = "A1"\n'
    centre = replace(CENTRE, agents=(Agent("A1", "N", "full", frozenset({"phone"})),),
                     contracts=(Contract("full"),), time_off=(), fixed=())  # fmt: skip
    changed = read(tmp_path, hire + training, centre).apply_to(centre, MONDAY, SUNDAY)
    trained, new = changed.agents
    assert (sorted(trained.skills), trained.proficiency) == (["chat", "phone"], (("chat", 0.7),))
    assert (sorted(new.skills), new.proficiency) == (["chat", "phone"], (("chat", 0.8),))


def test_a_new_agent_is_as_proficient_as_most() -> None:
    slow = Agent("A1", "N", "full", frozenset({"chat"}), proficiency=(("chat", 0.9),))
    centre = replace(CENTRE, agents=(slow, replace(slow, id="A2")), contracts=(Contract("full"),),
                     time_off=(), fixed=())  # fmt: skip
    changed = Scenario("x", hires=(HireChange(1),)).apply_to(centre, MONDAY, SUNDAY)
    assert changed.agents[-1].proficiency == slow.proficiency


@pytest.mark.parametrize("skill", ["", "chat; phone"])
def test_one_skill_is_learned_at_a_time(skill: str, tmp_path: Path) -> None:
    told = problems(tmp_path, f'[[training]]\nskill = "{skill}"\ncount = 1\n')
    assert [row for row, _, _ in told] == [2]


def test_a_proficiency_that_cannot_be_is_told(tmp_path: Path) -> None:
    told = problems(tmp_path, '[[training]]\nskill = "chat:9"\ncount = 1\n')
    assert [(row, column) for row, column, _ in told] == [(2, "training[1].skill")]


def test_counted_trainings_take_the_first_who_lack_the_skill() -> None:
    crew = (
        Agent("A1", "N1", "full", frozenset({"phone", "chat"})),
        *(Agent(f"A{i}", f"N{i}", "full", frozenset({"phone"})) for i in (2, 3, 4)),
    )
    centre = replace(CENTRE, agents=crew, time_off=())
    trainings = (TrainingChange("chat", "A4"), TrainingChange("chat", count=1))
    changed = Scenario("x", trainings=trainings).apply_to(centre, MONDAY, SUNDAY)
    assert [agent.id for agent in changed.agents if "chat" in agent.skills] == ["A1", "A2", "A4"]


def test_overtime_is_allowed_by_contract(tmp_path: Path) -> None:
    contracts = (Contract("full", max_minutes=2400), Contract("part", max_minutes=1200))
    centre = replace(CENTRE, contracts=contracts)
    scenario = read(tmp_path, "overtime_hours = {all = 1, part = 4}", centre)
    changed = scenario.apply_to(centre, MONDAY, SUNDAY)
    assert [contract.overtime_min for contract in changed.contracts] == [60, 240]


def test_people_that_cannot_be_are_told_together(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        """[[hire]]
count = 2
contract = "half"
skills = ["fax"]
[[hire]]
count = 1
skills = ["chat"]
[[training]]
skill = "chat"
[patience]
chat = 1.5
[overtime_hours]
half = 3
""",
    )
    assert told == [
        (13, "overtime_hours.half", "There is no contract half."),
        (11, "patience.chat", "Nobody gives up waiting in chat, so that there is no patience to "
         "change."),
        (4, "hire[1].skills", "No queue needs a skill fax."),
        (3, "hire[1].contract", "There is no contract half."),
        (5, "hire[2]", "No agent has this contract or these skills, so that the rest of the new "
         "agents is not known."),
        (8, "training[1]", "A training names one agent or counts agents."),
    ]  # fmt: skip


def test_queues_get_their_shrinkage_target_and_handle_time(tmp_path: Path) -> None:
    scenario = read(
        tmp_path,
        """
        shrinkage = {all = 0.2, chat = 0.1}
        handle_time = {phone = 1.5}
        target = {phone = {service_level = 0.9, max_abandonment = 0.03}}
        """,
    )
    phone, chat = scenario.apply_to(CENTRE, MONDAY, SUNDAY).queues
    assert (phone.shrinkage, chat.shrinkage) == (0.2, 0.1)
    assert phone.aht_s == 300.0
    assert phone.target == ServiceTarget(0.9, 20.0, max_abandonment=0.03)


def test_a_reply_rate_is_changed_in_part_or_made_anew(tmp_path: Path) -> None:
    def with_chat(target: ServiceTarget) -> Centre:
        chat = QueueProfile("chat", Channel.CHAT, target)
        return replace(CENTRE, queues=(CENTRE.queues[0], chat))

    text = "target = {chat = {reply_share = 0.9, max_wait_seconds = 60, wait_percentile = 0.8}}"
    had = ReplyTarget(180.0, 0.8, ReplyUnit.TURNS, ((480, 1380),), 8.0, "douyin")
    centre = with_chat(ServiceTarget(reply=had))
    chat = read(tmp_path, text, centre).apply_to(centre, MONDAY, SUNDAY).queue("chat")
    assert chat.target == ServiceTarget(
        max_wait_s=60.0, wait_percentile=0.8, reply=replace(had, share=0.9)
    )
    bare = with_chat(ServiceTarget())
    new = "target = {chat = {reply_share = 0.9, reply_within_seconds = 30}}"
    chat = read(tmp_path, new, bare).apply_to(bare, MONDAY, SUNDAY).queue("chat")
    assert chat.target.reply == ReplyTarget(30.0, 0.9)
    told = [problem for _, _, problem in problems(tmp_path, text, bare)]
    assert told == ["The reply rate of chat is not complete."]
    text = "target = {phone = {reply_share = 0.9}}"
    told = [problem for _, _, problem in problems(tmp_path, text, bare)]
    assert told == ["phone is not a chat queue and has no reply rate."]


def test_every_wrong_value_is_told_with_its_line(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        """name = "x"
[volume]
phone = -1
[shrinkage]
all = 1.0
[[absence]]
agent = "A1"
from = "soon"
[target.phone]
service_level = 80
colour = "red"
""",
    )
    assert told == [
        (3, "volume.phone", "-1 is not a factor."),
        (5, "shrinkage.all", "1.0 is not a share of time lost."),
        (8, "absence[1].from", "soon is not a date."),
        (10, "target.phone.service_level", "80 is not a share."),
        (11, "target.phone.colour", "Unknown key colour."),
    ]


def test_names_that_the_centre_does_not_have_are_told_together(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        """[volume]
fax = 2
[[absence]]
agent = "B1"
count = 3
from = 2026-12-08
to = 2026-12-07
[[promotion]]
type = "easter"
size = 2
[[promotion]]
size = 2
[[promotion]]
first = 2026-12-08
last = 2026-12-07
[target.chat]
service_level = 0.9
""",
    )
    assert told == [
        (2, "volume.fax", "There is no queue fax."),
        (3, "absence[1]", "An absence names one agent or counts agents."),
        (3, "absence[1]", "The period ends before it begins."),
        (4, "absence[1].agent", "There is no agent B1."),
        (8, "promotion[1]", "The calendar has no promotion easter."),
        (11, "promotion[2]", "A promotion is found by its type, phase or name."),
        (13, "promotion[3].type", "The key type is missing."),
        (13, "promotion[3]", "The period ends before it begins."),
        (16, "target.chat", "A service level needs the seconds it is promised within."),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = ", "The file is not valid TOML: Invalid value (at end of document)."),
        ("absence = 3", "This is not a list of tables."),
        ("volume = 3", "This is not a table."),
        ("name = 3", "3 is not text."),
    ],
)
def test_a_file_of_the_wrong_shape_is_told(tmp_path: Path, content: str, message: str) -> None:
    assert [told[2] for told in problems(tmp_path, content)] == [message]


def test_a_missing_file_and_one_that_is_not_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no such scenario file\."):
        read_scenario(tmp_path / "none.toml", CENTRE)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"The file is not UTF-8 text\."):
        read_scenario(tmp_path / "bad.toml", CENTRE)
