"""Articles of a law as results say them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..data.law.apply import LawRow


@dataclass(frozen=True)
class LawLine:
    """One article of a law that the centre keeps: the day since which it holds, what it says and
    how it is held. `evidence` tells whether the article itself was read or pages about it."""

    law: str
    article: str
    since: str
    says: str
    status: str
    standing: str
    evidence: str


def law_line(row: LawRow, language: str) -> LawLine:
    """The line of an article in a language of the messages."""
    from ..data.law.wording import law_evidence, law_standing

    article = row.article
    return LawLine(
        law=row.law,
        article=article.article,
        since=article.since.isoformat(),
        says=article.text[language],
        status=row.status.value,
        standing=law_standing(row, language),
        evidence=law_evidence(row, language),
    )
