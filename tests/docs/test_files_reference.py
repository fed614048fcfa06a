"""docs/reference/files.md says what the readers read, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import AliasChoices, BaseModel
from shiftcast.cli.capacity_view import CAPACITY_COLUMNS
from shiftcast.cli.exports.kpi_files import KPI_FILE_COLUMNS
from shiftcast.cli.exports.requirement_csv import REQUIREMENT_COLUMNS
from shiftcast.cli.exports.templates import columns, reading
from shiftcast.cli.exports.templates.fields import fields_of
from shiftcast.cli.exports.templates.names import EMPLOYEE_ID, SHIFT_CODE, START
from shiftcast.cli.exports.templates.rows import RowKind
from shiftcast.cli.workspace.plan_files import EFFECTS_COLUMNS
from shiftcast.cli.workspace.roster_csv import ROSTER_COLUMNS
from shiftcast.data.calendar import PHASES
from shiftcast.data.cleaning_report import REPORT_COLUMNS
from shiftcast.data.law import laws
from shiftcast.data.platforms import platforms
from shiftcast.data.readers import (
    calendar,
    config_models,
    meetings,
    people,
    requests,
    scenario_models,
    shift_demand,
    shifts,
)
from shiftcast.data.readers.columns import Column
from shiftcast.data.readers.config_models import ConfigFile, Table
from shiftcast.data.readers.contact_fields import CONTACT_FIELDS, OPEN_UNITS
from shiftcast.forecasting.tables import DAY_COLUMNS, INTERVAL_COLUMNS, PATH_COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "files.md"

FILES: dict[str, tuple[Column[Any], ...]] = {
    "calendar": calendar.LONG_COLUMNS,
    "calendar, one row a day": calendar.WIDE_COLUMNS,
    "agents": people.AGENT_COLUMNS,
    "shifts": shifts.SHIFT_COLUMNS,
    "time_off": requests.TIME_OFF_COLUMNS,
    "requests": requests.REQUEST_COLUMNS,
    "fixed": requests.FIXED_COLUMNS,
    "meetings": meetings.MEETING_COLUMNS,
    "shift_demand": shift_demand.SHIFT_DEMAND_COLUMNS,
    "adjustments": requests.ADJUSTMENT_COLUMNS,
}
TABLES: dict[str, type[Table]] = {
    "[centre]": config_models.CentreTable,
    "[files]": config_models.FilesTable,
    "[contacts]": config_models.ContactsTable,
    "[[queue]]": config_models.QueueTable,
    "[[contract]]": config_models.ContractTable,
    "[rules]": config_models.RulesTable,
    "[rules.law_adjusted]": config_models.LawAdjustedTable,
    "[[site]]": config_models.SiteTable,
    "[[breaks]]": config_models.BreaksTable,
    "[[least_staffing]]": config_models.LeastStaffingTable,
    "[[seat_limit]]": config_models.SeatLimitTable,
    "[[together]]": config_models.PairingTable,
    "[[apart]]": config_models.PairingTable,
    "[weights]": config_models.WeightsTable,
    "[roster]": config_models.RosterTable,
    "[export]": config_models.ExportTable,
}

SCENARIO: dict[str, type[BaseModel]] = {
    "a scenario": scenario_models.ScenarioFile,
    "[[promotion]]": scenario_models.PromotionTable,
    "[[absence]]": scenario_models.AbsenceTable,
    "[[hire]]": scenario_models.HireTable,
    "[[training]]": scenario_models.TrainingTable,
    "[target.QUEUE]": scenario_models.TargetTable,
    "[[shift]]": scenario_models.ShiftTable,
}
TEMPLATE_KEYS = {
    "[about]": reading.ABOUT_KEYS,
    "[file]": reading.FILE_KEYS,
    "[limits]": reading.LIMIT_KEYS,
    "[workbook]": reading.WORKBOOK_KEYS,
    "[[column]]": columns.COLUMN_KEYS,
}
PLAN_FILES = {
    "roster.csv": ROSTER_COLUMNS,
    "requirement.csv": REQUIREMENT_COLUMNS,
    "capacity.csv": CAPACITY_COLUMNS,
    "kpis.csv": KPI_FILE_COLUMNS,
    "effects.csv": EFFECTS_COLUMNS,
    "cleaning.csv": REPORT_COLUMNS,
    "forecast.csv": INTERVAL_COLUMNS,
    "paths.parquet": PATH_COLUMNS,
    "daily forecast": DAY_COLUMNS,
}


def table_under(heading: str) -> list[dict[str, str]]:
    """The first table below a heading: one dict a row, by the table's own headings."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.lstrip("# ") == heading and "#" in line)
    rows: list[list[str]] = []
    for line in lines[start + 1 :]:
        if line.startswith("|"):
            cells = line.replace("\\|", "\0").strip("|").split("|")
            rows.append([cell.strip().strip("`").replace("\0", "|") for cell in cells])
        elif rows or line.startswith("#"):
            break
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


@pytest.mark.parametrize("name", FILES)
def test_the_columns_of_a_file(name: str) -> None:
    written = {
        row["Column"]: (
            row["Type"],
            row["Unit"],
            row["Example"],
            row["If left out"] == "needed",
            row["Also recognised as"],
        )
        for row in table_under(name)
    }
    read = {
        column.name: (
            column.kind.name,
            column.unit,
            column.example,
            column.required,
            ", ".join(column.aliases),
        )
        for column in FILES[name]
    }
    assert written == read


@pytest.mark.parametrize("name", FILES)
def test_every_example_reads(name: str) -> None:
    for column in FILES[name]:
        if column.example:
            column.kind.parse(column.example)


def test_the_names_of_phases() -> None:
    written = {
        row["Phase"]: row["Also recognised as"] for row in table_under("phases of a promotion")
    }
    assert written == {
        phase: ", ".join(name for name, key in calendar.PHASE_NAMES.items() if key == phase != name)
        for phase in PHASES
    }


def test_the_fields_of_contacts() -> None:
    written = [
        (row["Field"], row["Type"], row["Unit"], row["Example"], row["Also recognised as"])
        for row in table_under("contacts")
    ]
    assert written == [
        (field.name, field.kind, field.unit, field.example, ", ".join(field.aliases))
        for field in CONTACT_FIELDS
    ]
    assert ", ".join(OPEN_UNITS) in PAGE.read_text(encoding="utf-8")


def test_the_rules_of_platforms() -> None:
    def clock(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    assert [tuple(row.values()) for row in table_under("platforms")] == [
        (
            platform.key,
            f"{platform.names['en']}, {platform.names['zh-CN']}",
            f"{rule.metric['en']}, {rule.metric['zh-CN']}",
            rule.counts.value,
            f"{rule.within_s:g} s",
            "" if rule.share is None else str(rule.share),
            f"{clock(rule.window[0])}-{clock(rule.window[1])}",
            str(rule.valid_from or ""),
            str(rule.review_by),
            rule.evidence,
        )
        for platform in platforms().values()
        for rule in platform.rules
    ]


def test_the_articles_of_laws() -> None:
    written = [
        (row["Key"], row["Name"], row["Article"], row["What it says"], row["Since"],
         row["Read from"])
        for row in table_under("laws")
    ]  # fmt: skip
    assert written == [
        (
            law.key,
            f"{law.names['en']}, {law.names['zh-CN']}",
            entry.article.article,
            entry.article.text["en"],
            str(entry.article.since),
            entry.article.evidence,
        )
        for law in laws().values()
        for entry in (*law.limits, *law.breaks, *law.told)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_the_keys_of_the_configuration(name: str) -> None:
    written = {row["Key"]: row["Default"] for row in table_under(name)}
    assert written == {key: default(TABLES[name], key) for key in TABLES[name].model_fields}


def default(table: type[Table], key: str) -> str:
    field = table.model_fields[key]
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    return "" if value in (None, "", [], {}) else json.dumps(value)


def test_no_table_of_the_configuration_is_left_out() -> None:
    tables = {name.strip("[]") for name in TABLES}
    assert {name for name in tables if "." not in name} == set(ConfigFile.model_fields)


@pytest.mark.parametrize("name", SCENARIO)
def test_the_keys_of_a_scenario(name: str) -> None:
    keys = set()
    for key, field in SCENARIO[name].model_fields.items():
        alias = field.validation_alias
        keys.add(alias.choices[0] if isinstance(alias, AliasChoices) else key)
    assert {row["Key"] for row in table_under(name)} == keys


@pytest.mark.parametrize("name", TEMPLATE_KEYS)
def test_the_keys_of_an_export_template(name: str) -> None:
    written = [key.strip(" `") for row in table_under(name) for key in row["Key"].split(",")]
    assert sorted(written) == sorted(TEMPLATE_KEYS[name])


@pytest.mark.parametrize("name", ["interval", "pay"])
def test_the_fields_of_rows_without_a_shift(name: str) -> None:
    (said,) = (row["What it says"] for row in table_under("[[column]]") if row["Key"] == "field")
    own = set(fields_of(RowKind(name))) - set(fields_of(RowKind.AGENT))
    assert {field for field in own if field not in said} == set()


def test_the_columns_of_names_for_exports() -> None:
    employees = [row["Column"] for row in table_under("employees.csv")]
    shifts = [row["Column"] for row in table_under("shift_codes.csv")]
    assert employees == [EMPLOYEE_ID, "SYSTEM"]
    assert shifts == [SHIFT_CODE, START, "SYSTEM"]


@pytest.mark.parametrize("name", PLAN_FILES)
def test_the_columns_of_a_plans_files(name: str) -> None:
    assert [row["Column"] for row in table_under(name)] == list(PLAN_FILES[name])
