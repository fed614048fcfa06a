"""shiftcast.toml: limits of contracts and rules, breaks by length, and who is there with whom."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.errors import Problems
from shiftcast.data.people import Contract
from shiftcast.data.presence import Company, Hours, LeastStaffing, Pairing, SeatLimit
from shiftcast.data.readers.config import CentreConfig, read_config
from shiftcast.data.rules import Rotation, Rules
from shiftcast.data.shifts import BreakPlan, BreakRule

CENTRE = """\
[centre]
name = "Small"
time_zone = "Europe/Berlin"
[[queue]]
name = "phone"
skill = "calls"
"""
LIMITS = """\
rest_hours = 10.5
weekly_rest_hours = 35
max_consecutive_days = 5
min_consecutive_days = 2
min_consecutive_days_off = 2
max_day_hours = 10
max_week_hours = 48
max_average_week_hours = 40
average_weeks = 17
overtime_hours = 4
max_weekends = [2, 4]
free_weekend_every = 3
whole_weekends = true
max_nights = [5, 2]
max_consecutive_nights = 4
morning_after_night = false
shift_limits = { N8 = 3, L8 = 6 }
shift_limit_weeks = 2
rotation = "forward"
"""
EVERY_LIMIT = {
    "min_rest_min": 630, "min_weekly_rest_min": 2100, "max_consecutive_days": 5,
    "min_run_days": 2, "min_run_days_off": 2, "max_day_min": 600, "max_week_min": 2880,
    "max_average_week_min": 2400, "average_weeks": 17, "overtime_min": 240,
    "max_weekends": (2, 4), "free_weekend_every": 3, "whole_weekends": True,
    "max_nights": (5, 2), "max_consecutive_nights": 4, "morning_after_night": False,
    "shift_limits": (("N8", 3), ("L8", 6)), "shift_limit_weeks": 2,
    "rotation": Rotation.FORWARD,
}  # fmt: skip


def read(tmp_path: Path, addition: str) -> tuple[CentreConfig | None, list[str]]:
    path = tmp_path / "shiftcast.toml"
    path.write_text(CENTRE + addition, encoding="utf-8")
    problems = Problems()
    config = read_config(path, problems)
    return config, [f"{code} {column}" for code, _, column in told(problems)]


def sound(tmp_path: Path, addition: str) -> CentreConfig:
    config, problems = read(tmp_path, addition)
    assert config is not None, problems
    return config


def test_every_limit_of_the_rules(tmp_path: Path) -> None:
    rules = sound(tmp_path, f'[rules]\nearly_before = "08:00"\n{LIMITS}').rules
    assert {name: getattr(rules, name) for name in EVERY_LIMIT} == EVERY_LIMIT


def test_every_limit_of_a_contract(tmp_path: Path) -> None:
    text = f'[rules]\nearly_before = "08:00"\n[[contract]]\nid = "full"\n{LIMITS}'
    (contract,) = sound(tmp_path, text).contracts
    assert {name: getattr(contract, name) for name in EVERY_LIMIT} == EVERY_LIMIT


def test_hours_of_a_period(tmp_path: Path) -> None:
    text = '[[contract]]\nid = "full"\nhours_per_period = [140, 160]\nperiod_weeks = 4\n'
    (contract,) = sound(tmp_path, text).contracts
    assert (contract.min_period_min, contract.max_period_min) == (8400, 9600)
    assert contract == Contract("full", min_period_min=8400, max_period_min=9600, period_weeks=4)


def test_rules_for_everybody(tmp_path: Path) -> None:
    text = (
        '[rules]\nearly_before = "08:00"\nlate_after = "26:00"\nbreaks_at_once = 3\n'
        "[rules.soft]\nrest = 50\nconsecutive_days = 12.5\n"
    )
    assert sound(tmp_path, text).rules == Rules(
        early_before=480,
        late_after=1560,
        breaks_at_once=3,
        soft=(("rest", 50.0), ("consecutive_days", 12.5)),
    )


def test_breaks_by_length(tmp_path: Path) -> None:
    text = (
        '[[breaks]]\nfrom_hours = 4\nbreaks = "15 paid 01:30-02:45"\n[[breaks]]\n'
        'from_hours = 6.5\nbreaks = "15 paid 01:30-02:45; 30 unpaid 03:00-06:00 after 01:30"\n'
    )
    tea = BreakRule(15, True, 90, 165)
    assert sound(tmp_path, text).break_plans == (
        BreakPlan(240, (tea,)),
        BreakPlan(390, (tea, BreakRule(30, False, 180, 360, gap_min=90))),
    )


def test_who_is_there(tmp_path: Path) -> None:
    text = (
        '[[least_staffing]]\nagents = 2\nqueue = "phone"\ndays = "mon-fri"\n'
        'hours = "22:00-26:00"\n'
        '[[least_staffing]]\nagents = 1\nskill = "senior"\nteam = "East"\nsite = "Porto"\n'
        'people = ["A1", "A2"]\n[[seat_limit]]\nseats = 0\nsite = "Porto"\n'
        'days = "sun"\n'
    )
    config = sound(tmp_path, text)
    workdays = Hours(frozenset(range(5)), 1320, 1560)
    assert config.least_staffing == (
        LeastStaffing(2, skill="calls", hours=workdays),  # the queue stands for its skill
        LeastStaffing(1, "senior", "East", "Porto", frozenset({"A1", "A2"})),
    )
    assert config.seat_limits == (SeatLimit(0, "Porto", Hours(frozenset({6}))),)


def test_who_goes_with_whom(tmp_path: Path) -> None:
    text = '[[apart]]\nagents = ["A1", "A2", "A3"]\n[[together]]\nagents = ["A4", "A5"]\n'
    assert sound(tmp_path, text).pairings == (
        Pairing(("A4", "A5"), Company.TOGETHER),
        Pairing(("A1", "A2", "A3"), Company.APART),
    )


@pytest.mark.parametrize(
    ("addition", "fault"),
    [
        ("[rules]\nbreaks_at_once = 0\n", "input.bad_number_or_share rules.breaks_at_once"),
        ('[rules]\nbreaks_at_once = "120%"\n', "input.bad_number_or_share rules.breaks_at_once"),
        ("[rules]\nmax_nights = [2, 0]\n", "config.in_weeks rules.max_nights"),
        (
            "[rules]\nmorning_after_night = false\n",
            "config.what_is_early rules.morning_after_night",
        ),
        ("[rules]\nmax_nights = 2\n", "config.not_list rules.max_nights"),
        ("[rules]\nmax_weekends = [2]\n", "config.wrong_length rules.max_weekends"),
        ("[rules]\nfree_weekend_every = 1\n", "config.must_be_at_least rules.free_weekend_every"),
        ('[rules]\nrotation = "backward"\n', "config.not_one_of rules.rotation"),
        ('[rules]\nwhole_weekends = "yes"\n', "config.not_valid rules.whole_weekends"),
        ('[rules]\nlate_after = "8 pm"\n', "input.bad_clock rules.late_after"),
        ("[rules.soft]\nrests = 5\n", "config.unknown_rule rules.soft.rests"),
        ("[rules.soft]\nskills = 5\n", "config.always_hard rules.soft.skills"),
        ("[rules.soft]\nrest = -5\n", "config.must_be_at_least rules.soft.rest"),
        (
            "[rules]\nmin_consecutive_days = 7\n",
            "config.range_order rules.min_consecutive_days",
        ),
        (
            '[[contract]]\nid = "a"\nmin_consecutive_days = 4\nmax_consecutive_days = 3\n',
            "config.range_order contract[1].min_consecutive_days",
        ),
        (
            '[[contract]]\nid = "a"\nhours_per_period = [160, 140]\n',
            "config.range_order contract[1].hours_per_period",
        ),
        ('[[breaks]]\nfrom_hours = 4\nbreaks = "tea"\n', "input.bad_break breaks[1].breaks"),
        (
            '[[breaks]]\nfrom_hours = 4\nbreaks = "15 paid 01:00-02:00 after 02:05"\n',
            "config.breaks_order breaks[1].breaks",
        ),
        (
            '[[breaks]]\nfrom_hours = 4\nbreaks = "15 paid 01:00-02:00 after 01:02"\n',
            "config.breaks_off_grid breaks[1].breaks",
        ),
        (
            '[[breaks]]\nfrom_hours = 4\nbreaks = "none"\n' * 2,
            "config.breaks_twice breaks[2].from_hours",
        ),
        (
            '[[least_staffing]]\nagents = 1\nqueue = "fone"\n',
            "input.unknown_queue least_staffing[1].queue",
        ),
        (
            '[[least_staffing]]\nagents = 1\nqueue = "phone"\nskill = "x"\n',
            "config.queue_or_skill least_staffing[1].queue",
        ),
        (
            '[[least_staffing]]\nagents = 1\nhours = "22:00-06:00"\n',
            "input.span_order least_staffing[1].hours",
        ),
        ('[[seat_limit]]\nseats = 3\ndays = "x"\n', "input.bad_weekday seat_limit[1].days"),
        ('[[apart]]\nagents = ["A1", "A1"]\n', "config.named_twice apart[1].agents"),
        ('[[together]]\nagents = ["A1"]\n', "config.wrong_length together[1].agents"),
    ],
)
def test_faults(tmp_path: Path, addition: str, fault: str) -> None:
    config, problems = read(tmp_path, addition)
    assert config is None
    assert problems == [fault]


@pytest.mark.parametrize(
    ("said", "number", "share"), [("2", 2, None), ('"20%"', None, 20), ('"15 %"', None, 15)]
)
def test_breaks_at_once_by_number_or_share(
    tmp_path: Path, said: str, number: int | None, share: int | None
) -> None:
    rules = sound(tmp_path, f"[rules]\nbreaks_at_once = {said}\n").rules
    assert (rules.breaks_at_once, rules.breaks_at_once_share) == (number, share)


def test_an_entry_may_have_its_own_price_or_none(tmp_path: Path) -> None:
    config = sound(
        tmp_path,
        "[[least_staffing]]\nagents = 1\nsoft = 60\n[[least_staffing]]\nagents = 2\nsoft = false\n"
        "[[seat_limit]]\nseats = 4\n[[seat_limit]]\nseats = 5\nsoft = 0\n"
        '[[apart]]\nagents = ["A1", "A2"]\nsoft = 12.5\n',
    )
    assert [entry.points for entry in config.least_staffing] == [60.0, math.inf]
    assert [limit.points for limit in config.seat_limits] == [None, 0.0]
    assert [pairing.points for pairing in config.pairings] == [12.5]
