"""What a day of an agent is, as far as rules that count days care."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class DayKind(IntEnum):
    """What an agent does on a day."""

    OFF = 0
    PAID_LEAVE = 1
    UNPAID_LEAVE = 2
    SHIFT = 3
    UNKNOWN = 4  # before the grid, of which nothing is published


@dataclass(frozen=True)
class DayWork:
    """One day of one agent: `minutes` are paid minutes of the shift that starts on it, `shift` its
    code; `early`, `late` and `night` say which hours it touches. `begin` and `end` are its clock
    minutes as far as rules tell them apart (`clocks.ClockClasses`)."""

    kind: DayKind
    minutes: int = 0
    night: bool = False
    shift: str = ""
    early: bool = False
    late: bool = False
    begin: int = 0
    end: int = 0

    @property
    def worked(self) -> bool:
        return self.kind is DayKind.SHIFT
