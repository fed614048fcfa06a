"""shiftcast.toml: what it gives, and every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.errors import Problem, Problems
from shiftcast.data.readers.config import CentreConfig, read_config
from shiftcast.data.readers.settings import DemandBasis, Unit
from shiftcast.data.targets import Channel, ServiceLevelDefinition

SMALL = """\
[centre]
name = "Small"
time_zone = "Europe/Berlin"

[[queue]]
name = "phone"
"""

FULL = """\
[centre]
name = "客服中心"
time_zone = "Asia/Shanghai"
country = "CN"
interval_minutes = 30
first_weekday = "sunday"
language = "zh-CN"
currency = "CNY"

[files]
contacts = "进线.xlsx"

[contacts]
unit = "sessions"
demand = "handled"
short_abandon_weight = 0
[contacts.columns]
timestamp = "进线时间"
[contacts.queues]
"热线" = "phone"

[[queue]]
name = "phone"
service_level = 0.8
within_seconds = 20
definition = "answered"
max_occupancy = 0.85
patience_seconds = 180
shrinkage = 0.08
[queue.opening]
mon-fri = "08:00-12:00, 13:00-24:00"
sat = "closed"

[[queue]]
name = "mail"
channel = "email"
skill = "writing"
deadline_hours = 24
deadline_share = 0.9

[[queue]]
name = "chat"
channel = "chat"
handle_time_by_concurrency = [1, 1.2]

[[contract]]
id = "full"
shifts = ["E8", "L8", "E8"]
days_per_week = 5
hours_per_week = [30, 40]
rest_hours = 12

[rules]
night = "22:00-06:00"
weekend = ["sat", "sun"]
seats = 12

[weights]
under = 50

[roster]
seconds = 5
seed = 7

[export]
hr_template = "hr.toml"
"""


def read(tmp_path: Path, text: str) -> tuple[CentreConfig | None, list[Problem]]:
    path = tmp_path / "shiftcast.toml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_config(path, problems), list(problems)


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    config, problems = read(tmp_path, text)
    assert config is None
    return told(problems)


def test_a_small_file_leaves_everything_else_at_its_default(tmp_path: Path) -> None:
    config, problems = read(tmp_path, SMALL)
    assert config is not None
    assert not problems
    assert (config.interval_min, config.first_weekday, config.country) == (15, 0, None)
    (queue,) = config.queues
    assert (queue.channel, queue.skill, queue.patience_s) == (Channel.PHONE, "phone", None)
    assert queue.opening.week == (((0, 1440),),) * 7
    assert config.settings.contacts.unit is None
    assert config.rules.min_rest_min == 660


def test_everything_arrives(tmp_path: Path) -> None:
    config, problems = read(tmp_path, FULL)
    assert config is not None, problems
    assert (config.name, config.interval_min, config.first_weekday) == ("客服中心", 30, 6)
    assert dict(config.files) == {"contacts": "进线.xlsx"}
    contacts = config.settings.contacts
    assert (contacts.unit, contacts.demand) == (Unit.SESSIONS, DemandBasis.HANDLED)
    assert contacts.short_abandon_weight == 0.0
    assert contacts.columns == {"timestamp": "进线时间"}
    phone, mail, chat = config.queues
    assert phone.target.definition is ServiceLevelDefinition.ANSWERED
    assert phone.opening.week[0] == ((480, 720), (780, 1440))
    assert phone.opening.week[5] == phone.opening.week[6] == ()  # sat closed, sun not named
    assert (mail.skill, mail.target.deadline_min, mail.target.deadline_share) == (
        "writing", 1440.0, 0.9,
    )  # fmt: skip
    assert chat.concurrency == 2
    (contract,) = config.contracts
    assert contract.shift_codes == ("E8", "L8")
    assert (contract.min_days, contract.max_days) == (5, 5)
    assert (contract.min_minutes, contract.max_minutes) == (1800, 2400)
    assert contract.min_rest_min == 720
    assert (config.rules.night_from, config.rules.night_to) == (1320, 360)
    assert config.rules.seats == 12
    assert (config.weights.under, config.weights.over) == (50.0, 4.0)
    settings = config.settings
    assert (settings.roster_seconds, settings.roster_seed) == (5.0, 7)
    assert settings.hr_template == tmp_path / "hr.toml"


def test_every_fault_of_the_shape_is_told_with_its_line(tmp_path: Path) -> None:
    text = SMALL + (
        'service_lvl = 0.8\nshrinkage = 1.5\nchannel = "fax"\nweight = "heavy"\n'
        "[[contract]]\ndays_per_week = [1, 2, 3]\n[shop]\nx = 1\n"
    )
    assert sorted(faults(tmp_path, text), key=str) == [
        ("config.missing_key", 11, "contract[1].id"),
        ("config.mistyped_key", 7, "queue[1].service_lvl"),
        ("config.must_be_below", 8, "queue[1].shrinkage"),
        ("config.not_number", 10, "queue[1].weight"),
        ("config.not_one_of", 9, "queue[1].channel"),
        ("config.unknown_key", 13, "shop"),
        ("config.wrong_length", 12, "contract[1].days_per_week"),
    ]


def test_did_you_mean(tmp_path: Path) -> None:
    _, problems = read(tmp_path, SMALL + "service_lvl = 0.8\n")
    assert str(problems[0]) == (
        "shiftcast.toml, row 7, column queue[1].service_lvl: "
        "There is no key 'service_lvl'. Did you mean 'service_level'?"
    )


@pytest.mark.parametrize(
    ("addition", "fault"),
    [
        ("service_level = 0.8\n", ("config.service_level_pair", 5, "queue[1]")),
        ('channel = "email"\n', ("config.email_deadline", 5, "queue[1]")),
        (
            'channel = "email"\ndeadline_hours = 24\nobjective = "service"\n',
            ("config.email_objective", 9, "queue[1].objective"),
        ),
        (
            "handle_time_by_concurrency = [1.1, 1.3]\n",
            ("config.concurrency_start", 7, "queue[1].handle_time_by_concurrency"),
        ),
        (
            '[queue.opening]\nmon = "8-12"\n',
            ("input.bad_clock", 8, "queue[1].opening.mon"),
        ),
        (
            '[queue.opening]\nmonday = "08:00-12:00"\nmon-fri = "09:00-12:00"\n',
            ("config.weekday_twice", 9, "queue[1].opening.mon-fri"),
        ),
        ('[[queue]]\nname = "phone"\n', ("config.repeated", 8, "queue[2].name")),
        (
            '[[contract]]\nid = "a"\nhours_per_week = [40, 30]\n',
            ("config.range_order", 9, "contract[1].hours_per_week"),
        ),
        (
            '[[contract]]\nid = "a"\ndays_per_week = 6\ndays_off_together = 2\n',
            ("config.days_off_impossible", 10, "contract[1].days_off_together"),
        ),
        ('[[queue]]\nname = "All"\n', ("config.reserved_name", 8, "queue[2].name")),
        ('[rules]\nnight = "late"\n', ("input.bad_span", 8, "rules.night")),
        ('[contacts.queues]\na = "fone"\n', ("input.unknown_queue", 8, "contacts.queues.a")),
        ('[contacts.columns]\nofered = "x"\n',
         ("config.unknown_field", 8, "contacts.columns.ofered")),
        ("[roster]\nseconds = 0\n", ("config.must_be_above", 8, "roster.seconds")),
        ("[roster]\nseed = 1.5\n", ("config.not_whole", 8, "roster.seed")),
        ("[rules]\nweekend = 6\n", ("config.not_list", 8, "rules.weekend")),
        ("[files]\nagents = 7\n", ("config.not_text", 8, "files.agents")),
        ("[rules]\nseats = -1\n", ("config.must_be_at_least", 8, "rules.seats")),
        ("deadline_share = 95\n", ("config.must_be_at_most", 7, "queue[1].deadline_share")),
    ],
)  # fmt: skip
def test_faults_of_meaning(tmp_path: Path, addition: str, fault: tuple[str, int, str]) -> None:
    assert faults(tmp_path, SMALL + addition) == [fault]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ('country = "CN"', True),
        ('country = "DE"', False),
        ("", False),
        ('country = "CN"\nname_order = "given-first"', False),
        ('name_order = "family-first"', True),
    ],
)
def test_order_of_names(tmp_path: Path, said: str, first: bool) -> None:
    text = SMALL.replace("[centre]\n", f"[centre]\n{said}\n")
    config, problems = read(tmp_path, text)
    assert problems == []
    assert config is not None
    assert config.family_first is first


def test_places_that_do_not_exist(tmp_path: Path) -> None:
    text = SMALL.replace("Europe/Berlin", "Europe/Berln").replace(
        "[[queue]]", 'country = "XX"\nfirst_weekday = "someday"\n[[queue]]'
    )
    assert faults(tmp_path, text) == [
        ("config.time_zone", 3, "centre.time_zone"),
        ("config.country", 5, "centre.country"),
        ("input.bad_weekday", 6, "centre.first_weekday"),
    ]


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, "[centre]\nname = \n") == [("config.syntax", 2, None)]


def test_no_file_and_no_text(tmp_path: Path) -> None:
    problems = Problems()
    assert read_config(tmp_path / "shiftcast.toml", problems) is None
    (tmp_path / "shiftcast.toml").write_bytes("[centre]\nname='中'".encode("gbk"))
    assert read_config(tmp_path / "shiftcast.toml", problems) is None
    assert [code for code, _, _ in told(problems)] == ["config.not_found", "input.bad_encoding"]
