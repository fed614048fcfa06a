"""People wanted on shifts of days ("cells"), and what they cost where others come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..compile import Compiled
from .column import FloatArray, IntArray
from .coupling import Coupling, cells


@dataclass(frozen=True)
class Cells:
    """(cells,) people wanted, and the points of each one too few and of each one too many."""

    wanted: FloatArray
    under: FloatArray
    over: FloatArray

    @property
    def dearest(self) -> float:
        """Points of the dearest person, too few or too many."""
        return float(max(self.under.max(initial=0), self.over.max(initial=0)))

    def some(self, which: IntArray) -> Cells:
        """Those with these numbers alone."""
        return Cells(self.wanted[which], self.under[which], self.over[which])

    def points(self, there: FloatArray) -> FloatArray:
        """(cells,) points with so many people there."""
        missing = self.wanted - there
        return self.under * np.maximum(missing, 0) + self.over * np.maximum(-missing, 0)

    def eager(self, points: float) -> Eager:
        """The same, but where nobody is missing one person too many earns so many points."""
        return Eager(self.wanted, self.under, self.over, points)

    def coupling(self, most: int) -> Coupling:
        """One row a cell; `most` people can come."""
        return cells(self.wanted, self.under, self.over, most)


@dataclass(frozen=True)
class Eager(Cells):
    """Cells that take one person too many each gladly."""

    earned: float

    def points(self, there: FloatArray) -> FloatArray:
        one = np.clip(there - self.wanted, 0, 1)
        return super().points(there) - (self.over + self.earned) * one


def cells_of(compiled: Compiled) -> Cells:
    """All cells of a problem."""
    wanted = [(w.wanted, w.under, w.over) for w in compiled.cells]
    return Cells(*np.array(wanted, dtype=float).reshape(-1, 3).T)
