"""Small centres with one contradiction each: which rules cannot hold together, and for whom."""

from __future__ import annotations

from .alone import of_a_contract, of_days, of_fixed_shifts, of_nights
from .centre import Case
from .together import of_a_hundred, of_breaks, of_several

__all__ = ["Case", "cases"]


def cases() -> list[Case]:
    """All of them: most concern one agent, the last ones some of several, or of a hundred."""
    return [
        *of_a_contract(),
        *of_fixed_shifts(),
        *of_nights(),
        *of_days(),
        *of_several(),
        *of_breaks(),
        *of_a_hundred(),
    ]
