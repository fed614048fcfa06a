"""What a what-if changes about the shifts there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .centre import Centre
from .law.terms import Terms
from .people import Contract
from .shifts import ShiftTemplate


@dataclass(frozen=True)
class ShiftChanges:
    """`templates` stand in the place of those with their code, or are new; the codes `removed` are
    worked by nobody."""

    templates: tuple[ShiftTemplate, ...] = ()
    removed: frozenset[str] = frozenset()

    def applied_to(self, centre: Centre) -> Centre:
        """The centre with these shifts. What is fixed, wanted, limited or allowed of a shift that
        is removed falls away; ValueError if that leaves a contract without a shift."""
        changed = {shift.code: shift for shift in self.templates}
        kept = [shift for shift in centre.shifts if shift.code not in self.removed]
        new = changed.keys() - {shift.code for shift in kept}
        shifts = [changed.get(shift.code, shift) for shift in kept]
        shifts += [shift for shift in self.templates if shift.code in new]
        centre = replace(centre, shifts=tuple(shifts))
        return self._without_removed(centre) if self.removed else centre

    def _without_removed(self, centre: Centre) -> Centre:
        gone, terms = self.removed, centre.terms
        centre = replace(
            centre,
            shifts=tuple(
                replace(shift, not_before=shift.not_before - gone) for shift in centre.shifts
            ),
            fixed=tuple(entry for entry in centre.fixed if entry.shift_code not in gone),
            wanted_shifts=tuple(one for one in centre.wanted_shifts if one.shift_code not in gone),
        )
        rules = replace(terms.rules, shift_limits=self._limits(terms.rules.shift_limits))
        contracts = tuple(self._contract(contract) for contract in terms.contracts)
        return centre.under(Terms(rules, contracts, terms.laws, terms.adjusted))

    def _contract(self, contract: Contract) -> Contract:
        codes = tuple(code for code in contract.shift_codes if code not in self.removed)
        if contract.shift_codes and not codes:
            raise ValueError(f"contract {contract.id} would have no shift")
        limits = contract.shift_limits
        return replace(
            contract,
            shift_codes=codes,
            shift_limits=None if limits is None else self._limits(limits),
        )

    def _limits(self, limits: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        return tuple((code, most) for code, most in limits if code not in self.removed)
