"""The level's members beside Prophet, as they learn and forecast for a whole centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..parallel import Mapper
from ..queue_learning import LONGEST_CHECK, without_stated
from .members import LevelMember, MemberForecaster


@dataclass(frozen=True)
class Companion:
    """A member that has learned, and what it would have forecast of the last weeks: `past`
    (queues, origins, days), empty where no past week was forecast."""

    name: str
    learned: MemberForecaster
    past: NDArray[np.float64]

    def expect(
        self, totals: NDArray[np.float64], marks: Sequence[DayMarks], days: int
    ) -> NDArray[np.float64]:
        """Contacts of the days after `totals`, the planner's stated effects included: (queues,
        days)."""
        return _expected(self.learned, totals, marks, days)


@dataclass(frozen=True)
class _Lesson:
    """What a member is to learn from, and the origins to forecast from then on."""

    member: LevelMember
    totals: NDArray[np.float64]
    marks: tuple[DayMarks, ...]
    days: int
    known: int
    origins: tuple[int, ...]
    ahead: int


def learn_companions(
    members: Sequence[LevelMember],
    totals: NDArray[np.float64],
    marks: Sequence[DayMarks],
    days: int,
    origins: Sequence[int],
    mapped: Mapper,
) -> tuple[Companion, ...]:
    """Every member that the history is long enough for, learned from `totals` (queues, days up to
    the horizon) and, to tell how good it is, from those before the first of `origins`, from each
    of which the past is forecast."""
    ahead = min(days, LONGEST_CHECK)
    known = totals.shape[1]
    # What is learned may not depend on promotions to come: a what-if uses it again.
    begun = tuple(_begun_before(mark, known) for mark in marks)
    lessons = []
    for member in members:
        if not origins or origins[0] < member.least_days:
            continue
        for until, check in ((origins[0], tuple(origins)), (known, ())):
            lesson = _Lesson(member, totals, begun, days, until, check, ahead)
            lessons.append(lesson)
    done = mapped(_learn, lessons)
    return tuple(
        Companion(lesson.member.name, now, past)
        for lesson, (_, past), (now, _) in zip(lessons[::2], done[::2], done[1::2], strict=True)
    )


def _learn(lesson: _Lesson) -> tuple[MemberForecaster, NDArray[np.float64]]:
    plain, learned_marks = _without_stated(lesson.totals[:, : lesson.known], lesson.marks)
    learned = lesson.member.learn(plain, learned_marks, lesson.days)
    past = [
        _expected(learned, lesson.totals[:, :origin], lesson.marks, lesson.ahead)
        for origin in lesson.origins
    ]
    return learned, np.stack(past, axis=1) if past else np.empty((len(plain), 0, lesson.ahead))


def _expected(
    learned: MemberForecaster,
    totals: NDArray[np.float64],
    marks: Sequence[DayMarks],
    days: int,
) -> NDArray[np.float64]:
    known = totals.shape[1]
    plain, learned_marks = _without_stated(totals, marks)
    factors = np.stack(
        [without_stated(row, mark)[2] for row, mark in zip(totals, marks, strict=True)]
    )
    expected: NDArray[np.float64] = learned.expect(plain, learned_marks, days)
    return expected * factors[:, known : known + days]


def _begun_before(marks: DayMarks, day: int) -> DayMarks:
    begun = tuple(p for p in marks.promotions if (p.first - marks.first).days < day)
    return replace(marks, promotions=begun)


def _without_stated(
    totals: NDArray[np.float64], marks: Sequence[DayMarks]
) -> tuple[NDArray[np.float64], list[DayMarks]]:
    parts = [without_stated(row, mark) for row, mark in zip(totals, marks, strict=True)]
    return np.stack([part[0] for part in parts]), [part[1] for part in parts]
