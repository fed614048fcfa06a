"""What would close the hours that a plan is short of, in sentences: overtime for the worst periods,
changes of terms and people for the whole, and which rules stand in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from ...data.messages import text
from ...scheduling.planning.closing_gaps import GapOvertime, gap_overtime
from ...scheduling.planning.law_kept import law_costs
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.why_words import change_words
from ...scheduling.rostering.why.closing import Way, ways_to_close
from ...scheduling.rostering.why.contract_dials import LIMITS
from ...scheduling.rostering.why.proposals import Means
from ...scheduling.rostering.why.reached import Reached, reached_limits
from ...scheduling.rostering.why.trial import Effect
from ...scheduling.rostering.why.worth import Worth, worth_of
from .attention import ShortPeriod, short_periods
from .wording import Wording

MOST_PERIODS = 3  # for which overtime is sought
LEAST_SHORT = 1.0  # agent-hours: nobody comes for less
_RULE_OF_LIMIT = {limit.what: limit.rule for limit in reversed(LIMITS)}


@dataclass(frozen=True)
class Closing:
    """Overtime for the periods for which it was sought, ways to close hours over all days, the
    limits of contracts that somebody is at, what one more of something would be worth, and what the
    law's limits cost, by limit."""

    overtime: tuple[tuple[ShortPeriod, GapOvertime], ...] = ()
    ways: tuple[Way, ...] = ()
    reached: tuple[Reached, ...] = ()
    worth: tuple[Worth, ...] = ()
    law: Mapping[str, Effect] = field(default_factory=dict)

    def of_period(self, period: ShortPeriod) -> GapOvertime | None:
        """The overtime for a period; None if none was sought."""
        return next((found for one, found in self.overtime if one == period), None)


NOT_SOUGHT = Closing()


def sought(plan: Plan, law: Mapping[str, Effect] | None = None) -> Closing:
    """Overtime and ways, all of them tried, the limits reached and what one more is worth: some
    seconds on 60 agents. What the law's limits cost is sought too, unless it is told."""
    problem, roster = plan.problem, plan.roster
    return replace(
        sought_overtime(plan),
        ways=ways_to_close(problem, roster),
        reached=reached_limits(problem, roster),
        worth=worth_of(problem, roster),
        law=law_costs(plan.centre, problem, roster) if law is None else law,
    )


def sought_overtime(plan: Plan) -> Closing:
    """Overtime alone, for the worst periods in which a promise is broken."""
    broken = [
        period
        for period in short_periods(plan.centre, plan.kpis, plan.grid)
        if not period.served and period.short_hours >= LEAST_SHORT
    ]
    overtime = tuple(
        (one, gap_overtime(plan.problem, plan.roster, one.queue, one.first, one.last))
        for one in broken[:MOST_PERIODS]
    )
    return Closing(overtime)


def overtime_words(plan: Plan, found: GapOvertime, wording: Wording) -> str:
    """Whom to offer overtime, and how much of the period it closes."""
    if not found.offers:
        return wording.say("closing.none")
    names = _names(plan)
    offers = []
    for offer in found.offers:
        shift = offer.shift
        site = plan.problem.clocks.of(shift.shift_code)
        start, end = site.moment(shift.start), site.moment(shift.end)
        when = f"{wording.day(start.date())} {wording.span(start, end)}"
        agent = names.get(shift.agent, shift.agent)
        offers.append(wording.say("closing.offer", agent=agent, when=when))
    return wording.count(
        "closing.enough" if found.is_enough else "closing.part",
        len(offers),
        closed=wording.number(found.closed, 1),
        hours=wording.number(found.short, 1),
        offers=wording.join(offers),
    )


def way_words(plan: Plan, closing: Closing, wording: Wording) -> list[str]:
    """The way of each means that closes most, the most hours first."""
    best = {way.means: way for way in reversed(closing.ways)}
    return [
        _sentence(_way(plan, way, wording)) for way in sorted(best.values(), key=lambda w: -w.hours)
    ]


def binding_words(plan: Plan, closing: Closing, wording: Wording) -> dict[str, list[str]]:
    """By rule, who is at its limits, whom it binds most, and what giving way would close."""
    found: dict[str, list[str]] = {}
    sides = sorted(closing.reached, key=lambda one: (one.rule, not one.upper))
    for (rule, upper), those in groupby(sides, key=lambda one: (one.rule, one.upper)):
        crews = [
            wording.say(
                "rules.reached",
                contract=one.contract,
                agents=len(one.agents),
                crew=one.crew,
                value=f"{one.value:g}",
            )
            for one in those
        ]
        side = "rules.at_most" if upper else "rules.at_least"
        found.setdefault(rule, []).append(wording.say(side, crews=wording.join(crews)))
    for way in closing.ways:
        for rule, who in _bound(plan, way, wording):
            words = change_words(way, wording.language, _names(plan))
            hours = wording.number(way.hours, 1)
            said = wording.say("rules.binds", who=who, way=words, hours=hours)
            found.setdefault(rule, []).append(said)
    return found


def _bound(plan: Plan, way: Way, wording: Wording) -> Iterator[tuple[str, str]]:
    """The rule that a way loosens, with whom it binds; nothing where it loosens none."""
    params = way.params
    if way.means is Means.CONTRACT:
        who = wording.say(
            "rules.bound_agents", agents=params["agents"], contract=params["contract"]
        )
        yield _RULE_OF_LIMIT[way.what], who
    elif way.means is Means.AVAILABILITY:
        agent = str(params["agent"])
        yield "availability", _names(plan).get(agent, agent)
    elif way.means is Means.BREAKS:
        yield "shift_shape", wording.say("rules.bound_shift", shift=params["shift"])


def _way(plan: Plan, way: Way, wording: Wording) -> str:
    language = wording.language
    queues = [
        text("why.close.queue", language, queue=queue, hours=wording.number(hours, 1))
        for queue, hours in way.queues
    ]
    return text(
        "why.close.way",
        language,
        way=change_words(way, language, _names(plan)),
        hours=wording.number(way.hours, 1),
        queues=wording.join(queues),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _names(plan: Plan) -> dict[str, str]:
    return {agent.id: agent.name or agent.id for agent in plan.centre.agents}
