"""A folder → a centre, with the faults of all files told together."""

from __future__ import annotations

from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.errors import InputError, Problem
from shiftcast.data.readers.workspace import read_centre, read_centre_history

CONFIG = """\
[centre]
name = "Small"
time_zone = "Asia/Shanghai"
[[queue]]
name = "phone"
[[queue]]
name = "chat"
channel = "chat"
[[contract]]
id = "full"
shifts = ["E8"]
days_per_week = 5
hours_per_week = [0, 40]
[[contract]]
id = "any"
hours_per_week = [0, 20]
"""
FILES = {
    "shiftcast.toml": CONFIG,
    "contacts.csv": "timestamp,queue,offered\n2026-11-02 08:00,phone,1\n2026-11-02 08:00,chat,2\n",
    "agents.csv": "id,contract,skills\nA1,full,phone;chat\nA2,any,chat\n",
    "shifts.csv": "code,paid_minutes,earliest_start\nE8,480,08:00\nP4,240,08:00\n",
    "time_off.csv": "agent,from\nA1,2026-12-01\n",
    "requests.csv": "agent,date,kind,value\nA2,2026-12-01,shift,P4\n",
    "fixed.csv": "agent,date,shift,start\nA2,2026-12-02,P4,08:00\n",
    "adjustments.csv": "from,queue,percent\n2026-12-01,phone,10\n",
    "calendar.csv": "date,kind,queue\n2026-12-25,closed,phone\n",
}


def folder(tmp_path: Path, **changes: str | None) -> Path:
    """The small centre, some of its files changed (`agents="…"`) or left out (`None`)."""
    named = {Path(name).stem: name for name in FILES}
    for stem, name in named.items():
        text = changes.get(stem, FILES[name])
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read_centre(path)
    return error.value.problems


def faults(path: Path) -> list[tuple[str, str | None, int | None, str | None]]:
    problems = problems_of(path)
    told(problems)
    return [(problem.code, problem.file, problem.row, problem.column) for problem in problems]


def test_a_sound_folder(tmp_path: Path) -> None:
    inputs = read_centre(folder(tmp_path))
    centre = inputs.centre
    assert inputs.warnings == ()
    assert [agent.id for agent in centre.agents] == ["A1", "A2"]
    assert [shift.code for shift in centre.shifts] == ["E8", "P4"]
    assert len(centre.time_off) == len(centre.requests) == len(centre.fixed) == 1
    assert centre.calendar.special_days[0].queue == "phone"
    assert set(inputs.files) == {
        "config", "contacts", "calendar", "agents", "shifts", "time_off", "requests", "fixed",
        "adjustments",
    }  # fmt: skip
    assert read_centre_history(inputs).queues == ("phone", "chat")


def test_only_the_configuration_is_needed_to_begin(tmp_path: Path) -> None:
    (tmp_path / "shiftcast.toml").write_text(
        CONFIG.replace('shifts = ["E8"]\n', ""), encoding="utf-8"
    )
    inputs = read_centre(tmp_path)
    assert inputs.centre.agents == ()
    with pytest.raises(InputError, match=r"contacts\.csv: There is no such file"):
        read_centre_history(inputs)


def test_a_heading_alone_says_that_there_is_nothing(tmp_path: Path) -> None:
    headings = {Path(name).stem: text.splitlines()[0] + "\n" for name, text in FILES.items()}
    optional = ("time_off", "requests", "fixed", "adjustments", "calendar")
    centre = read_centre(folder(tmp_path, **{name: headings[name] for name in optional})).centre
    assert centre.time_off == centre.requests == centre.fixed == centre.adjustments == ()
    assert centre.calendar.special_days == ()


def test_agents_and_shifts_need_rows(tmp_path: Path) -> None:
    place = folder(tmp_path, agents="id,contract,skills\n", shifts="code,paid_minutes\n")
    with pytest.raises(InputError) as caught:
        read_centre(place)
    found = [(problem.code, problem.file) for problem in caught.value.problems]
    assert ("input.only_heading", "agents.csv") in found


def test_another_ending_and_another_name_are_found(tmp_path: Path) -> None:
    folder(tmp_path, shiftcast=CONFIG + '[files]\nagents = "people.csv"\n', agents=None)
    (tmp_path / "people.csv").write_text(FILES["agents.csv"], encoding="utf-8")
    assert len(read_centre(tmp_path).centre.agents) == 2
    (tmp_path / "people.csv").unlink()
    assert ("input.not_found", "people.csv", None, None) in faults(tmp_path)


def test_unknown_names_of_all_files_are_told_together(tmp_path: Path) -> None:
    found = faults(
        folder(
            tmp_path,
            agents="id,contract,skills\nA1,ful,phone;swimming\nA2,any,chat\n",
            time_off="agent,from\nA9,2026-12-01\n",
            requests="agent,date,kind,value\nA1,2026-12-01,shift,E9\n",
            fixed="agent,date,shift\nA8,2026-12-01,X1\n",
            adjustments="from,queue,percent\n2026-12-01,fax,10\n",
            calendar="date,kind,queue\n2026-12-25,closed,phones\n",
        )
    )
    assert sorted(found) == [
        ("input.unknown_agent", "fixed.csv", 2, "agent"),
        ("input.unknown_agent", "time_off.csv", 2, "agent"),
        ("input.unknown_contract", "agents.csv", 2, "contract"),
        ("input.unknown_queue", "adjustments.csv", 2, "queue"),
        ("input.unknown_queue", "calendar.csv", 2, "queue"),
        ("input.unknown_shift", "fixed.csv", 2, "shift"),
        ("input.unknown_shift", "requests.csv", 2, "value"),
        ("input.unknown_skill", "agents.csv", 2, "skills"),
    ]


def test_a_name_that_comes_near_is_suggested(tmp_path: Path) -> None:
    problems = problems_of(folder(tmp_path, agents="id,contract,skills\nA1,ful,phone;chat\n"))
    assert "perhaps full" in problems[0].hint()


def test_a_fault_in_a_row_does_not_make_its_agent_unknown(tmp_path: Path) -> None:
    found = faults(
        folder(tmp_path, agents="id,contract,skills,mon\nA1,full,phone;chat,x\nA2,any,chat,\n")
    )
    assert found == [("input.bad_span", "agents.csv", 2, "mon")]


def test_a_file_that_cannot_be_read_is_the_only_fault_it_makes(tmp_path: Path) -> None:
    assert faults(folder(tmp_path, agents="")) == [("input.empty_file", "agents.csv", None, None)]
    assert faults(folder(tmp_path, shifts="code,paid_minutes\nE8,480\n")) == [
        ("input.missing_column", "shifts.csv", None, "earliest_start")
    ]


def test_a_shift_longer_than_its_contract(tmp_path: Path) -> None:
    config = CONFIG.replace("hours_per_week = [0, 40]", "hours_per_week = [0, 7]").replace(
        "days_per_week = 5", "days_per_week = [0, 5]"
    )
    (problem,) = problems_of(folder(tmp_path, shiftcast=config))
    told([problem])
    assert str(problem) == (
        "shiftcast.toml, column contract full: hours_per_week: Shift E8 has 8 paid hours, but "
        "contract full allows at most 7 hours a week. "
        "Take the shift off the contract, shorten it, or raise hours_per_week."
    )


def test_shifts_open_to_all_may_be_too_long_for_some(tmp_path: Path) -> None:
    """Contract `any` has 20 hours and every shift: nobody has to work the long one."""
    config = CONFIG.replace("hours_per_week = [0, 20]", "hours_per_week = [0, 5]")
    assert read_centre(folder(tmp_path, shiftcast=config)).warnings == ()
    config = CONFIG.replace("hours_per_week = [0, 20]", "hours_per_week = [0, 3]")
    assert [fault[0] for fault in faults(folder(tmp_path, shiftcast=config))] == [
        "input.shift_exceeds_contract", "input.shift_exceeds_contract",
    ]  # fmt: skip


def test_days_and_hours_of_a_contract_have_to_go_together(tmp_path: Path) -> None:
    # Five days of eight hours are 40 hours, not 30 and not 50.
    for hours, code in (
        ("[0, 30]", "input.contract_days_exceed_hours"),
        ("[50, 60]", "input.contract_hours_out_of_reach"),
    ):
        config = CONFIG.replace("hours_per_week = [0, 40]", f"hours_per_week = {hours}")
        assert [fault[0] for fault in faults(folder(tmp_path, shiftcast=config))] == [code]


def test_an_agent_who_is_there_too_seldom(tmp_path: Path) -> None:
    """E8 lasts 08:00–16:00, so Monday does not fit; with Saturday and Sunday off four days do."""
    agents = (
        "id,contract,skills,mon,sat,sun\nA1,full,phone;chat,09:00-20:00,off,off\nA2,any,chat,,,\n"
    )
    assert faults(folder(tmp_path, agents=agents)) == [
        ("input.agent_days_impossible", "agents.csv", 2, "mon … sun")
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A1,2026-12-01,E8,", "input.fixed_on_leave"),
        ("A1,2026-12-02,E8,09:00", "input.fixed_start"),
        ("A2,2026-12-05,W4,", "input.fixed_weekday"),  # a Saturday
    ],
)
def test_fixed_assignments_that_cannot_be(tmp_path: Path, row: str, code: str) -> None:
    path = folder(
        tmp_path,
        fixed=f"agent,date,shift,start\n{row}\n",
        shifts="code,paid_minutes,earliest_start,weekdays\n"
        "E8,480,08:00,\nP4,240,08:00,\nW4,240,08:00,mon-fri\n",
    )
    assert faults(path) == [(code, "fixed.csv", 2, "shift")]


def test_a_shift_fixed_after_the_last_day(tmp_path: Path) -> None:
    agents = "id,contract,skills,last_day\nA1,full,phone;chat,\nA2,any,chat,2026-12-01\n"
    path = folder(tmp_path, agents=agents)
    assert faults(path) == [("input.fixed_not_employed", "fixed.csv", 2, "shift")]


def test_what_does_no_harm_is_a_warning(tmp_path: Path) -> None:
    inputs = read_centre(
        folder(
            tmp_path,
            agents="id,contract,skills\nA1,full,phone\n",
            time_off="agent,from,to\nA1,2026-12-01,2026-12-03\nA1,2026-12-03,\n",
            requests="agent,date,kind\nA1,2026-12-02,day_off\n",
            fixed=None,
        )
    )
    told(inputs.warnings)
    assert [warning.code for warning in inputs.warnings] == [
        "input.time_off_overlap", "input.request_on_leave", "input.queue_unserved",
    ]  # fmt: skip


def test_no_workspace(tmp_path: Path) -> None:
    assert faults(tmp_path) == [("config.not_found", "shiftcast.toml", None, None)]
