"""How a plan stands to the laws that its centre keeps: each article, whether it was kept, who broke
it when, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ...scheduling.planning.law_kept import LawVerdict, law_verdicts
from ...scheduling.planning.plan import Plan
from ...scheduling.rostering.why.trial import Effect
from ..law_lines import LawLine, law_line
from .closing import NOT_SOUGHT, Closing
from .findings import violation_text
from .wording import Wording


@dataclass(frozen=True)
class KeptLine(LawLine):
    """An article, whether the roster keeps it by the law's own number (None: no roster can hold
    it), who breaks it when, and what it costs in words and in hours short and points (None: not
    known). Empty words: the article has no limit that could be lifted."""

    kept: bool | None
    breaches: tuple[str, ...]
    cost: str
    hours: float | None
    points: float | None

    @property
    def place(self) -> str:
        return f"{self.law} {self.article}"


def law_lines(plan: Plan, wording: Wording, closing: Closing = NOT_SOUGHT) -> tuple[KeptLine, ...]:
    """Every article, in the order of the laws."""
    verdicts = law_verdicts(plan.centre, plan.problem, plan.roster)
    return tuple(_line(plan, one, wording, closing) for one in verdicts)


def law_words(lines: tuple[KeptLine, ...], wording: Wording) -> str:
    """All of it in a sentence; empty without a law."""
    held = [line for line in lines if line.kept is not None]
    if not held:
        return ""
    laws = wording.join(list(dict.fromkeys(line.law for line in lines)))
    broken = [
        wording.say("legal.times", place=line.place, times=len(line.breaches))
        for line in held
        if not line.kept
    ]
    if not broken:
        return wording.count("legal.all_kept", len(held), laws=laws)
    return wording.say("legal.some_broken", laws=laws, broken=wording.join(broken))


def _line(plan: Plan, verdict: LawVerdict, wording: Wording, closing: Closing) -> KeptLine:
    row = verdict.row
    effect = None if row.limit is None else closing.law.get(row.limit)
    hours = None if effect is None else float(effect.closed.sum())
    return KeptLine(
        **vars(law_line(row, wording.language)),
        kept=verdict.kept,
        breaches=tuple(_breaches(plan, verdict, wording)),
        cost="" if row.limit is None else _cost(effect, wording),
        hours=hours,
        points=None if effect is None else effect.saved,
    )


def _breaches(plan: Plan, verdict: LawVerdict, wording: Wording) -> list[str]:
    names = {agent.id: agent.name for agent in plan.centre.agents}
    said = [violation_text(plan, violation, wording) for violation in verdict.broken]
    for shift, fault in verdict.breaks:
        how = wording.say(
            f"legal.breaks.{fault.kind}", found=f"{fault.found:g}", wanted=f"{fault.wanted:g}"
        )
        day = wording.day(plan.grid.first_day + timedelta(days=shift.day))
        who = names.get(shift.agent, shift.agent)
        said.append(wording.say("list_space").join((who, day, how)))
    return said


def _cost(effect: Effect | None, wording: Wording) -> str:
    if effect is None:
        return wording.say("legal.cost_unknown")
    if effect.saved < 0.5:
        return wording.say("legal.free")
    hours = wording.number(float(effect.closed.sum()), 1)
    return wording.say("legal.cost", hours=hours, points=wording.number(effect.saved))
