"""meetings.csv: meetings, training and talks."""

from __future__ import annotations

from ..errors import Problems
from ..presence import Meeting
from ..shifts import SHIFT_STEP_MIN
from . import columns as c
from . import values
from .columns import Column, Row, Rows, read_rows
from .raw_table import TableSource
from .requests import FROM, FROM_TIME, TO, TO_TIME, in_order
from .telling import tell

NAME = Column("name", c.NAME, aliases=("meeting", "会议", "培训", "名称"), example="Team meeting")
AGENTS: Column[tuple[str, ...]] = Column(
    "agents", c.NAMES, (), ("agent", "参会人", "参加人员"), example="A017; A018"
)
TEAM = Column("team", c.TEXT, "", ("group", "班组", "组别", "团队"), example="East")
MINUTES = Column(
    "minutes", c.WHOLE, aliases=("length", "时长", "分钟"), unit="minutes", example="30"
)
ONE_TIME = Column("one_time", c.YES_NO, True, ("同时", "同时参加"), example="yes")
WEIGHT = Column("weight", c.AMOUNT, 50.0, ("权重",), unit="points", example="50")
MEETING_COLUMNS = (NAME, AGENTS, TEAM, MINUTES, FROM, TO, FROM_TIME, TO_TIME, ONE_TIME, WEIGHT)


def read_meetings(
    source: TableSource, problems: Problems
) -> tuple[tuple[Meeting, ...], Rows] | None:
    """The meetings in file order, each for the agents named or for one team."""
    rows = read_rows(source, MEETING_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    found = tuple(_meeting(row) for row in rows.good if _is_sound(row, rows.file, problems))
    return found, rows


def _meeting(row: Row) -> Meeting:
    return Meeting(
        name=row[NAME],
        minutes=row[MINUTES],
        first=row[FROM],
        last=row[TO] or row[FROM],
        agents=row[AGENTS],
        team=row[TEAM],
        from_minute=row[FROM_TIME],
        to_minute=row[TO_TIME],
        one_time=row[ONE_TIME],
        weight=row[WEIGHT],
    )


def _is_sound(row: Row, file: str, problems: Problems) -> bool:
    sound = in_order(row, file, problems)
    faults: list[tuple[str, str, dict[str, object]]] = []
    length = row[MINUTES]
    if bool(row[AGENTS]) == bool(row[TEAM]):
        faults.append(("input.meeting_people", TEAM.name, {}))
    if length == 0 or length % SHIFT_STEP_MIN:
        params: dict[str, object] = {"value": length, "step": SHIFT_STEP_MIN}
        faults.append(("input.meeting_minutes", MINUTES.name, params))
    elif row[FROM_TIME] + length > row[TO_TIME] or row[FROM_TIME] >= values.MINUTES_A_DAY:
        faults.append(("input.meeting_hours", TO_TIME.name, {"value": length}))
    if ";" in row[NAME]:  # which parts the meetings of a shift in roster.csv
        faults.append(("input.meeting_name", NAME.name, {}))
    for code, column, params in faults:
        params["name"] = row[NAME]
        tell(problems, code, params, file=file, row=row.number, column=column)
    return sound and not faults
