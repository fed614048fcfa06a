"""What a planner asks of a centre's rosters, before the law is put on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..people import Contract
from ..rules import Rules
from . import Law
from .apply import LawReport, apply_law


@dataclass(frozen=True)
class Terms:
    """Rules and contracts as the planner wrote them, the laws that they are to keep, and the
    numbers by limit that the planner puts in the place of a law's."""

    rules: Rules
    contracts: tuple[Contract, ...]
    laws: tuple[Law, ...] = ()
    adjusted: Mapping[str, int] = field(default_factory=dict)

    def lawful(self) -> tuple[Rules, tuple[Contract, ...], LawReport]:
        """What holds: rules, contracts, and how each article of the laws is held."""
        return apply_law(self.rules, self.contracts, self.laws, self.adjusted)
