"""How a centre stands to its laws, in the planner's words."""

from __future__ import annotations

from ..messages import text
from .apply import LawRow, LawStatus

MINUTES_AN_HOUR = 60


def law_standing(row: LawRow, language: str) -> str:
    """How it is held, at what price it may be broken, and what is left to the planner."""
    parts = [_status(row, language)]
    if row.price is not None:
        parts.append(text("law.soft", language, price=row.price))
    if row.contracts:
        parts.append(text("law.contracts", language, contracts=", ".join(row.contracts)))
    if row.opted_out:
        parts.append(text("law.opted_out", language, contracts=", ".join(row.opted_out)))
    if row.why is not None and row.status is not LawStatus.TOLD:
        parts.append(text(f"law.why.{row.why}", language))
    return text("law.join", language).join(parts)


def law_evidence(row: LawRow, language: str) -> str:
    return text(f"law.evidence.{row.article.evidence}", language)


def _status(row: LawRow, language: str) -> str:
    if row.status is LawStatus.TOLD:
        return text("law.told", language, why=text(f"law.why.{row.why}", language))
    if row.status is LawStatus.SHIFTS:
        return text("law.shifts", language)
    value = _number(row, row.value, language)
    used = text(f"law.limit.{row.limit}", language, number=_number(row, row.used, language))
    if row.status is LawStatus.ADJUSTED:
        return text("law.adjusted", language, used=used, value=value)
    if row.status is LawStatus.STRICTER:
        return text("law.stricter", language, used=used)
    return text("law.held", language, used=used)


def _number(row: LawRow, number: int | None, language: str) -> str:
    if number is None:
        raise ValueError(f"{row.law} {row.article.article} is no limit")
    if row.is_days:
        return text("law.days", language, days=number)
    hours = number / MINUTES_AN_HOUR
    if row.weeks is None:
        return text("law.hours", language, hours=hours)
    return text("law.hours_in_weeks", language, hours=hours, weeks=row.weeks)
