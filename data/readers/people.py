"""agents.csv: who can work, on which contract, with which skills, and when."""

from __future__ import annotations

import re
from datetime import date

from ..errors import Problems
from ..people import Agent
from ..person_names import is_at_an_end
from . import columns as c
from . import values
from .columns import Column, Row, Rows, read_rows
from .raw_table import TableSource
from .telling import in_order
from .values import WEEKDAYS

MOST_PROFICIENT = 3.0  # the work of three others: more is a slip of the pen
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")

ID = Column("id", c.NAME, example="A017", aliases=(
    "agent", "agent id", "employee id", "employee", "工号", "员工工号", "坐席工号", "客服工号",
))  # fmt: skip
NAME = Column("name", c.TEXT, "", ("agent name", "姓名", "名字"), example="Li Na")
FAMILY_NAME = Column(
    "family_name", c.TEXT, "", ("surname", "last name", "姓", "姓氏"), example="Li"
)
TEAM = Column("team", c.TEXT, "", ("group", "班组", "组别", "团队"), example="East")
CONTRACT = Column("contract", c.NAME, aliases=("合同", "合同类型"), example="full")
Skills = tuple[tuple[str, float], ...]  # each with its proficiency


def skills(cell: str) -> Skills:
    """`phone; chat:0.8`: each skill with its proficiency, 1 where none is given. A name may hold a
    colon: what follows the last one counts as proficiency if it is a number."""
    found: dict[str, float] = {}
    for entry in values.names(cell):
        name, _, level = (part.strip() for part in entry.rpartition(":"))
        if not name or not _NUMBER.fullmatch(level):
            found[entry] = 1.0
        elif 0 < float(level) <= MOST_PROFICIENT:
            found[name] = float(level)
        else:
            raise values.BadValueError("input.bad_proficiency", value=entry, most=MOST_PROFICIENT)
    return tuple(found.items())


SKILL_LIST = c.Kind("skills, separated by ;", skills)
SKILLS = Column("skills", SKILL_LIST, aliases=("skill", "技能"), example="phone; chat:0.8")
SECOND_SKILLS: Column[Skills] = Column(
    "second_skills", SKILL_LIST, (), ("second skill", "辅助技能", "备用技能"), example="email"
)
HOURLY_COST: Column[float | None] = Column(
    "hourly_cost", c.AMOUNT, None, ("cost", "时薪"), unit="currency an hour", example="45"
)
SITE = Column("site", c.TEXT, "", ("location", "职场", "站点"), example="Lisbon")
EMAIL = Column("email", c.TEXT, "", ("e-mail", "mail", "邮箱"), example="li.na@example.com")
AVAILABILITY = tuple(
    Column(day, c.HOURS, None, aliases, example=example)
    for day, aliases, example in zip(
        WEEKDAYS,
        (
            ("monday", "周一", "星期一"),
            ("tuesday", "周二", "星期二"),
            ("wednesday", "周三", "星期三"),
            ("thursday", "周四", "星期四"),
            ("friday", "周五", "星期五"),
            ("saturday", "周六", "星期六"),
            ("sunday", "周日", "星期日", "星期天"),
        ),
        ("08:00-20:00", "08:00-26:00", "", "", "", "off", "off"),
        strict=True,
    )
)
FIRST_DAY: Column[date | None] = Column(
    "first_day", c.DATE, None, ("hire date", "入职日期"), example="2026-12-14"
)
LAST_DAY: Column[date | None] = Column(
    "last_day", c.DATE, None, ("leave date", "离职日期", "最后工作日"), example="2027-02-28"
)
AGENT_COLUMNS = (
    ID, NAME, TEAM, SITE, CONTRACT, SKILLS, SECOND_SKILLS, HOURLY_COST, EMAIL, *AVAILABILITY,
    FIRST_DAY, LAST_DAY, FAMILY_NAME,
)  # fmt: skip


def read_agents(source: TableSource, problems: Problems) -> tuple[tuple[Agent, ...], Rows] | None:
    """The agents in file order, each id once, and the rows they come from."""
    rows = read_rows(source, AGENT_COLUMNS, problems)
    if rows is None:
        return None
    first_row: dict[str, int] = {}
    agents = []
    for row in rows.good:
        if row[ID] in first_row:
            problems.add(
                "input.duplicate",
                file=rows.file,
                row=row.number,
                column=ID.name,
                value=row[ID],
                first_row=first_row[row[ID]],
            )
            continue
        first_row[row[ID]] = row.number
        first, last = row[FIRST_DAY] or date.min, row[LAST_DAY] or date.max
        _check_family_name(row, rows.file, problems)
        if in_order(first, last, problems, file=rows.file, row=row.number, column=LAST_DAY.name):
            agents.append(_agent(row))
    return tuple(agents), rows


def _check_family_name(row: Row, file: str, problems: Problems) -> None:
    family, name = row[FAMILY_NAME], row[NAME]
    if family and not is_at_an_end(name, family):
        problems.add(
            "input.family_name",
            file=file,
            row=row.number,
            column=FAMILY_NAME.name,
            value=family,
            name=name,
        )


def _agent(row: Row) -> Agent:
    first, second = dict(row[SKILLS]), dict(row[SECOND_SKILLS])
    levels = {**second, **first}
    return Agent(
        id=row[ID],
        name=row[NAME] or row[ID],
        contract=row[CONTRACT],
        skills=frozenset(levels),
        team=row[TEAM],
        availability=tuple(row[day] for day in AVAILABILITY),
        hourly_cost=row[HOURLY_COST],
        email=row[EMAIL],
        second_skills=frozenset(second) - frozenset(first),
        proficiency=tuple((skill, level) for skill, level in levels.items() if level != 1.0),
        site=row[SITE],
        first_day=row[FIRST_DAY],
        last_day=row[LAST_DAY],
        family_name=row[FAMILY_NAME],
    )
