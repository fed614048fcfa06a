"""Law beside the planner's own numbers: the stricter holds, adjustments go first."""

from __future__ import annotations

from shiftcast.data.law import laws
from shiftcast.data.law.apply import A_WEEK, LawRow, LawStatus, apply_law
from shiftcast.data.law.wording import law_evidence, law_standing
from shiftcast.data.people import Contract
from shiftcast.data.rules import Rules

DE, UK, EU, CN, US = (laws()[key] for key in ("DE", "UK", "EU", "CN", "US"))
FULL = Contract("full")


def row_of(rows: tuple[LawRow, ...], limit: str, law: str | None = None) -> LawRow:
    (found,) = [row for row in rows if row.limit == limit and law in (None, row.law)]
    return found


def test_without_a_law_nothing_changes() -> None:
    rules = Rules(min_rest_min=600)
    assert apply_law(rules, [FULL], (), {})[:2] == (rules, (FULL,))


def test_the_laws_numbers_become_the_limits() -> None:
    rules, contracts, report = apply_law(Rules(min_rest_min=480), [FULL], (DE,), {})
    assert (rules.min_rest_min, rules.max_day_min, rules.min_weekly_rest_min) == (660, 600, 2100)
    assert (rules.max_average_week_min, rules.average_weeks) == (2880, 24)
    assert contracts == (FULL,)
    assert {row.status for row in report.rows if row.limit} == {LawStatus.HELD}


def test_the_planners_stricter_number_stays() -> None:
    own = Rules(min_rest_min=720, max_day_min=480, max_average_week_min=2400, average_weeks=4)
    rules, _, report = apply_law(own, [FULL], (DE,), {})
    assert (rules.min_rest_min, rules.max_day_min) == (720, 480)
    assert (rules.max_average_week_min, rules.average_weeks) == (2400, 4)
    rest = row_of(report.rows, "min_rest_min")
    assert (rest.status, rest.value, rest.used) == (LawStatus.STRICTER, 660, 720)


def test_an_average_over_fewer_weeks_keeps_the_one_over_more() -> None:
    """48 hours in any 4 weeks' average is no more than 48 in 24 weeks; 40 over 52 is not."""
    few = Rules(max_average_week_min=2880, average_weeks=4)
    many = Rules(max_average_week_min=2400, average_weeks=52)
    assert apply_law(few, [], (DE,), {})[0].average_weeks == 4
    rules = apply_law(many, [], (DE,), {})[0]
    assert (rules.max_average_week_min, rules.average_weeks) == (2400, 24)


def test_of_several_laws_the_strictest_holds() -> None:
    rules, _, report = apply_law(Rules(), [], (DE, UK), {})
    assert (rules.max_average_week_min, rules.average_weeks) == (2880, 17)
    assert len(report.rows) == sum(
        len(law.limits) + len(law.breaks) + len(law.told) for law in (DE, UK)
    )


def test_a_contracts_own_looser_number_gives_way() -> None:
    loose = Contract("night", min_rest_min=540, max_day_min=720)
    strict = Contract("part", min_rest_min=780)
    _, contracts, report = apply_law(Rules(), [loose, strict], (DE,), {})
    assert contracts == (Contract("night", min_rest_min=660, max_day_min=600), strict)
    assert row_of(report.rows, "min_rest_min").contracts == ("night",)


def test_days_and_hours_of_contracts() -> None:
    """China: 40 hours and six days a week; what a contract asks at least may not be above it."""
    busy = Contract("busy", min_days=7, max_days=7, min_minutes=2640, max_minutes=2880)
    part = Contract("part", max_days=5, max_minutes=1200)
    _, contracts, report = apply_law(Rules(), [busy, part], (CN,), {})
    assert contracts == (
        Contract("busy", min_days=6, max_days=6, min_minutes=2400, max_minutes=2400),
        part,
    )
    assert row_of(report.rows, "max_days").contracts == ("busy",)
    assert row_of(report.rows, "max_minutes").used == 2400


def test_an_adjusted_number_goes_before_the_law_and_the_rules() -> None:
    rules, contracts, report = apply_law(
        Rules(min_rest_min=660), [FULL], (CN, UK), {"min_rest_min": 600, "max_minutes": 3600}
    )
    assert rules.min_rest_min == 600
    assert contracts[0].max_minutes == 3600
    assert [(row.limit, row.value, row.used) for row in report.adjusted] == [
        ("max_minutes", 2400, 3600),
        ("min_rest_min", 660, 600),
    ]


def test_an_adjusted_average_has_its_own_weeks() -> None:
    rules, _, _ = apply_law(Rules(), [], (UK,), {"average_weeks": 52})
    assert (rules.max_average_week_min, rules.average_weeks) == (2880, 52)


def test_a_soft_rule_keeps_its_price() -> None:
    rules = Rules(soft=(("rest", 50.0),))
    assert row_of(apply_law(rules, [], (EU,), {})[2].rows, "min_rest_min").price == 50.0


def test_what_no_roster_holds_is_said() -> None:
    _, _, report = apply_law(Rules(), [], (US,), {})
    assert [row.status for row in report.rows] == [LawStatus.SHIFTS, LawStatus.TOLD]
    told = report.rows[1]
    assert law_standing(told, "en") == (
        "not held by the roster: it says what hours cost, not when they may be"
    )
    assert law_standing(report.rows[0], "en") == "breaks in shifts.csv are checked against it"


def test_how_a_limit_is_held_in_words() -> None:
    rules = Rules(min_rest_min=780, soft=(("contract_days", 20.0),))
    loose = Contract("busy", max_days=7)
    _, _, report = apply_law(rules, [loose], (CN, UK), {"max_average_week_min": 3000})
    said = {(row.law, row.limit): law_standing(row, "en") for row in report.rows}
    assert said["UK", "min_rest_min"] == "stricter here: at least 13 h of rest between shifts"
    assert said["CN", "max_day_min"] == "held: at most 11 h of work a day"
    assert said["CN", "max_days"] == (
        "held: at most 6 days of work a week; may be broken at 20 points; "
        "contracts made as strict: busy"
    )
    assert said["UK", "max_average_week_min"].startswith(
        "adjusted by the planner: at most 50 h a week over 17 weeks "
        "in place of 48 h a week over 17 weeks; "
    )
    rest = row_of(report.rows, "min_rest_min")
    assert law_evidence(rest, "en").startswith("taken from pages")
    assert all(law_standing(row, "zh-CN") for row in report.rows)


def test_who_has_opted_out_has_no_average_in_the_united_kingdom() -> None:
    """Regulation 5: the 48 hours hold for those who have not agreed to more; rest for all."""
    out = Contract("out", opt_out=True, min_rest_min=600)
    rules, contracts, report = apply_law(Rules(), [FULL, out], (UK,), {})
    assert [each.terms(rules).max_average_week_min for each in contracts] == [2880, A_WEEK]
    assert [each.terms(rules).min_rest_min for each in contracts] == [660, 660]
    row = row_of(report.rows, "max_average_week_min")
    assert row.opted_out == ("out",)
    assert "(opt_out): out" in law_standing(row, "en")
    assert row_of(report.rows, "min_rest_min").opted_out == ()


def test_the_planners_own_average_holds_for_who_has_opted_out() -> None:
    out = Contract("out", opt_out=True)
    rules, contracts, _ = apply_law(Rules(max_average_week_min=3600), [out], (UK,), {})
    assert rules.max_average_week_min == 2880
    assert contracts[0].terms(rules).max_average_week_min == 3600
    own = Contract("own", opt_out=True, max_average_week_min=3000)
    assert apply_law(Rules(), [own], (UK,), {})[1][0].max_average_week_min == 3000


def test_nobody_opts_out_of_a_law_that_does_not_let_them() -> None:
    out = Contract("out", opt_out=True)
    for chosen in ((DE,), (UK, EU)):
        rules, contracts, report = apply_law(Rules(), [out], chosen, {})
        assert contracts[0].terms(rules).max_average_week_min == 2880
        assert all(row.opted_out == () for row in report.rows)
