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

    def coupling(self, most: int) -> Coupling:
        """One row a cell; `most` people can come."""
        return cells(self.wanted, self.under, self.over, most)


def cells_of(compiled: Compiled) -> Cells:
    """All cells of a problem."""
    wanted = [(w.wanted, w.under, w.over) for w in compiled.cells]
    return Cells(*np.array(wanted, dtype=float).reshape(-1, 3).T)
