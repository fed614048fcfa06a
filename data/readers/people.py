"""agents.csv: who can work, on which contract, with which skills, and when."""

from __future__ import annotations

from ..errors import Problems
from ..people import Agent
from . import columns as c
from .columns import Column, Row, Rows, read_rows
from .raw_table import TableSource
from .values import WEEKDAYS

ID = Column("id", c.NAME, example="A017", aliases=(
    "agent", "agent id", "employee id", "employee", "工号", "员工工号", "坐席工号", "客服工号",
))  # fmt: skip
NAME = Column("name", c.TEXT, "", ("agent name", "姓名", "名字"), example="Li Na")
TEAM = Column("team", c.TEXT, "", ("group", "班组", "组别", "团队"), example="East")
CONTRACT = Column("contract", c.NAME, aliases=("合同", "合同类型"), example="full")
SKILLS = Column("skills", c.NAMES, aliases=("skill", "技能"), example="phone; chat")
SECOND_SKILLS: Column[tuple[str, ...]] = Column(
    "second_skills", c.NAMES, (), ("second skill", "辅助技能", "备用技能"), example="email"
)
HOURLY_COST: Column[float | None] = Column(
    "hourly_cost", c.AMOUNT, None, ("cost", "时薪"), unit="currency an hour", example="45"
)
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
AGENT_COLUMNS = (
    ID, NAME, TEAM, CONTRACT, SKILLS, SECOND_SKILLS, HOURLY_COST, EMAIL, *AVAILABILITY
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
        agents.append(_agent(row))
    return tuple(agents), rows


def _agent(row: Row) -> Agent:
    return Agent(
        id=row[ID],
        name=row[NAME] or row[ID],
        contract=row[CONTRACT],
        skills=frozenset((*row[SKILLS], *row[SECOND_SKILLS])),
        team=row[TEAM],
        availability=tuple(row[day] for day in AVAILABILITY),
        hourly_cost=row[HOURLY_COST],
        email=row[EMAIL],
        second_skills=frozenset(row[SECOND_SKILLS]) - frozenset(row[SKILLS]),
    )
