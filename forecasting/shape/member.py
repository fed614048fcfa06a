"""What every way of finding a queue's usual shape has to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .lessons import Lessons


@dataclass(frozen=True)
class MemberShape:
    """`usual` (7, slots) is each weekday's profile on its next day; `checked` (checked days,
    slots) those of the checked days, each made from the weeks before its own. Rows sum to 1 and
    are 0 in closed slots."""

    usual: NDArray[np.float64]
    checked: NDArray[np.float64]


class ShapeMember(Protocol):
    """One file each. At least one day of `lessons` teaches, and there are two slots or more."""

    @property
    def name(self) -> str: ...

    def fit(self, lessons: Lessons) -> MemberShape: ...
