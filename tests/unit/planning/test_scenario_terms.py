"""A scenario's rules, contracts and chats at once: what it makes of a centre, and every error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.errors import InputError
from shiftcast.data.law import laws
from shiftcast.data.law.terms import Terms
from shiftcast.data.people import Contract
from shiftcast.data.readers.scenario import read_scenario
from shiftcast.data.rules import Rotation, Rules
from shiftcast.data.scenario import Scenario
from shiftcast.data.targets import Channel, QueueProfile

from tests.unit.planning.small import GRID, a_centre

RULES = Rules(min_rest_min=720, seats=6, soft=(("nights", 5.0),))
PART = Contract("part", min_days=2, max_days=4, max_minutes=1440, max_start_spread_min=120)
CENTRE = a_centre(rules=RULES, contracts=(Contract("full", min_days=4, max_days=5), PART))
LAWFUL = CENTRE.under(Terms(RULES, CENTRE.contracts, (laws()["EU"],)))
CHAT = replace(
    CENTRE,
    queues=(
        *CENTRE.queues,
        QueueProfile("chat", Channel.CHAT, aht_by_concurrency=(1.0, 1.25, 1.75)),
        QueueProfile("video", Channel.CHAT),
    ),
)


def changed(tmp_path: Path, content: str, centre: Centre = CENTRE) -> Centre:
    path = tmp_path / "what.toml"
    path.write_text(content, encoding="utf-8")
    return read_scenario(path, centre).apply_to(centre, GRID.first_day, GRID.last_day)


def problems(
    tmp_path: Path, content: str, centre: Centre = CENTRE
) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(InputError) as caught:
        changed(tmp_path, content, centre)
    return [(p.row, p.column, p.message()) for p in caught.value.problems]


def test_rules_that_are_not_named_stay(tmp_path: Path) -> None:
    found = changed(tmp_path, "[rules]\nrest_hours = 10.5\nmax_nights = [2, 4]\n")
    assert found.rules == replace(RULES, min_rest_min=630, max_nights=(2, 4))
    assert found.contracts == CENTRE.contracts


def test_what_is_not_named_within_a_table_stays_too(tmp_path: Path) -> None:
    found = changed(tmp_path, "rules.soft = { rest = 3 }\n")
    assert found.rules == replace(RULES, soft=(("nights", 5.0), ("rest", 3.0)))


def test_limits_are_lifted(tmp_path: Path) -> None:
    """Seats as if the file did not name them, nights without a price; rest, which is 11 hours if
    nobody says otherwise, is none at all."""
    found = changed(tmp_path, '[rules]\nseats = "none"\nrest_hours = "none"\nsoft.nights = "none"')
    assert found.rules == replace(RULES, seats=None, min_rest_min=0, soft=())
    lifted = '[[contract]]\nid = "part"\nhours_per_week = "none"\ndays_per_week = "none"'
    part = changed(tmp_path, lifted).contract("part")
    assert part == replace(PART, max_minutes=None, min_days=0, max_days=7)


def test_a_rotation_that_is_none_is_its_own_value(tmp_path: Path) -> None:
    contracts = (replace(PART, id="full"), replace(PART, rotation=Rotation.FORWARD))
    centre = replace(CENTRE, contracts=contracts)
    found = changed(tmp_path, '[[contract]]\nid = "part"\nrotation = "none"', centre)
    assert found.contract("part").rotation is Rotation.NONE


@pytest.mark.parametrize("key", ["night", "weekend", "soft"])
def test_what_cannot_be_lifted_is_told(tmp_path: Path, key: str) -> None:
    ((row, column, _),) = problems(tmp_path, f'[rules]\n{key} = "none"')
    assert (row, column) == (2, f"rules.{key}")


def test_no_limit_of_a_law_is_lifted(tmp_path: Path) -> None:
    ((row, column, _),) = problems(tmp_path, '[rules]\nrest_hours = "none"', LAWFUL)
    assert (row, column) == (2, "rules.rest_hours")


def test_a_contract_changes_by_its_id_and_each_change_on_the_one_before(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        """
        [[contract]]
        id = "part"
        hours_per_week = [16, 30]
        shifts = ["E8"]
        [[contract]]
        id = "part"
        start_spread_hours = 4
        """,
    )
    part = replace(
        PART, min_minutes=960, max_minutes=1800, shift_codes=("E8",), max_start_spread_min=240
    )
    assert found.contracts == (CENTRE.contract("full"), part)


def test_errors_are_those_of_shiftcast_toml_at_the_line_of_the_scenario(tmp_path: Path) -> None:
    content = """[rules]
rest_hour = 10
seats = 0
[[contract]]
id = "part"
days_per_week = [5, 3]
[[contract]]
id = "parts"
[[contract]]
hours_per_week = 20
[[contract]]
id = "full"
hours_per_week = "many"
"""
    assert problems(tmp_path, content) == [
        (3, "rules.seats", "0 is below 1."),
        (2, "rules.rest_hour", "There is no key 'rest_hour'."),
        (6, "contract[1].days_per_week", "The least (5) is above the most (3)."),
        (8, "contract[2].id", "There is no contract parts."),
        (9, "contract[3]", "The key id is missing."),
        (13, "contract[4].hours_per_week", "'many' is not a list."),
    ]


def test_what_does_not_go_together_with_the_centres_own_is_told(tmp_path: Path) -> None:
    content = """
[rules]
max_consecutive_days = 4
shift_limits = { NIGHT = 2 }
[[contract]]
id = "full"
shifts = ["E8", "LATE"]
"""
    assert problems(tmp_path, content) == [
        (4, "rules.shift_limits", "There is no shift NIGHT."),
        (7, "contract[1].shifts", "There is no shift LATE."),
    ]
    told = problems(tmp_path, "[rules]\nmin_consecutive_days = 7\n")
    assert told[0] == (2, "rules.min_consecutive_days", "The least (7) is above the most (6).")
    assert problems(tmp_path, "rules = 3\ncontract = 4\n") == [
        (1, "rules", "This is not a table."),
        (2, "contract", "This is not a list of tables."),
    ]


def test_a_law_holds_in_a_scenario_too(tmp_path: Path) -> None:
    """EU: eleven hours of rest (Directive 2003/88/EC, Article 3)."""
    assert LAWFUL.rules.min_rest_min == 720
    found = changed(tmp_path, "rules.rest_hours = 11\n", LAWFUL)
    assert found.rules.min_rest_min == 660
    assert found.rules.max_average_week_min == LAWFUL.rules.max_average_week_min
    (told,) = problems(tmp_path, "[rules]\nrest_hours = 10\n", LAWFUL)
    assert told[:2] == (2, "rules.rest_hours")
    assert told[2].startswith("rest_hours would change nothing")
    adjusted = changed(tmp_path, "rules.law_adjusted.rest_hours = 10\n", LAWFUL)
    assert adjusted.rules.min_rest_min == 600
    assert [row.limit for row in adjusted.law.adjusted] == ["min_rest_min"]


def test_a_law_may_come_or_go(tmp_path: Path) -> None:
    """Without it the planner's own rules are left."""
    assert changed(tmp_path, 'rules.law = "EU"\n').rules == LAWFUL.rules
    assert changed(tmp_path, "rules.law = []\n", LAWFUL).rules == RULES


def test_overtime_of_a_scenario_comes_on_top_of_its_contracts(tmp_path: Path) -> None:
    content = 'overtime_hours = { part = 5 }\n[[contract]]\nid = "part"\nhourly_cost = 18\n'
    part = changed(tmp_path, content).contract("part")
    assert (part.overtime_min, part.hourly_cost) == (300, 18.0)


@pytest.mark.parametrize(
    ("content", "multiples"),
    [
        ("concurrency.chat = 2", (1.0, 1.25)),
        ("concurrency.all = 3\nhandle_time_by_concurrency.video = [1.0, 1.5]", (1.0, 1.25, 1.75)),
        ("concurrency.chat = 5", (1.0, 1.25, 1.75, 2.25, 2.75)),
        ("handle_time_by_concurrency.chat = [1, 1.1]", (1.0, 1.1)),
        ("concurrency.chat = 3\nhandle_time_by_concurrency.all = [1, 1.1]", (1.0, 1.1, 1.2)),
    ],
)
def test_chats_at_once(tmp_path: Path, content: str, multiples: tuple[float, ...]) -> None:
    """The third chat slows the others by 0.5, and so does each further one."""
    found = changed(tmp_path, content, CHAT)
    assert found.queue("chat").aht_by_concurrency == pytest.approx(multiples)
    assert found.queue("phone") == CHAT.queue("phone")


def test_chats_at_once_that_cannot_be(tmp_path: Path) -> None:
    assert problems(tmp_path, "concurrency.chat = 0\n", CHAT) == [
        (1, "concurrency.chat", "0 is not a number of chats at once.")
    ]
    content = """
[concurrency]
phone = 2
all = 2
[handle_time_by_concurrency]
chat = [1.1, 1.2]
"""
    assert problems(tmp_path, content, CHAT) == [
        (
            3,
            "concurrency.phone",
            "phone is no chat queue: its agents hold one contact at a time.",
        ),
        (
            6,
            "handle_time_by_concurrency.chat",
            "The list does not start with 1.0, the handle time of one chat at a time.",
        ),
        (4, "concurrency.all", "How much a second chat slows the first is not known of video."),
    ]
    with pytest.raises(ValueError, match="second chat"):
        Scenario("x", concurrency={"video": 2}).apply_to(CHAT, GRID.first_day, GRID.last_day)
