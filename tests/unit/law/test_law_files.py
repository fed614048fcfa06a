"""The laws there are: what their files hold, and how they are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.law import Law, law_named, laws, with_beside
from shiftcast.data.law.apply import RULE_OF_LIMIT
from shiftcast.data.messages import LANGUAGES, catalogue


def law(key: str) -> Law:
    return laws()[key]


def number(key: str, limit: str) -> tuple[int, int | None]:
    """A law's number and, for averages, its weeks."""
    (found,) = [entry for entry in law(key).limits if entry.limit == limit]
    return found.value, found.weeks


def test_the_laws_there_are() -> None:
    assert list(laws()) == ["CN", "DE", "EU", "UK", "US", "US-CA"]


def test_numbers_that_everybody_knows() -> None:
    """Eleven hours of rest (EU, DE, UK), 48 hours a week on average, ten hours a day (DE), 40 hours
    and one day of rest a week (CN)."""
    assert [number(key, "min_rest_min") for key in ("EU", "DE", "UK")] == [(660, None)] * 3
    assert number("EU", "max_average_week_min") == number("UK", "max_average_week_min")
    assert number("UK", "max_average_week_min") == (48 * 60, 17)
    assert number("DE", "max_average_week_min") == (48 * 60, 24)
    assert number("DE", "max_day_min") == (600, None)
    assert number("CN", "max_minutes") == (2400, None)
    assert number("CN", "max_days") == (6, None)
    assert law("US").limits == ()  # it prices hours and does not limit them


def test_more_than_six_hours_begin_a_minute_after_six() -> None:
    first, second, _ = law("DE").breaks
    assert (first.from_min, first.minutes, first.piece) == (361, 30, 15)
    assert (second.from_min, second.minutes) == (541, 45)
    rests = [duty for duty in law("US-CA").breaks if duty.paid]
    assert [(duty.from_min, duty.minutes) for duty in rests] == [(210, 10), (361, 20), (601, 30)]


@pytest.mark.parametrize("key", laws())
def test_every_limit_is_one_that_a_roster_has(key: str) -> None:
    assert {limit.limit for limit in law(key).limits} <= set(RULE_OF_LIMIT)


@pytest.mark.parametrize("key", laws())
def test_everything_is_said_in_every_language(key: str) -> None:
    assert set(law(key).names) == set(law(key).title) == {"en", "zh-CN"}
    for told in law(key).told:
        for language in LANGUAGES:
            assert f"law.why.{told.why}" in catalogue(language)


@pytest.mark.parametrize("key", laws())
def test_a_law_is_looked_at_again_after_it_was_checked(key: str) -> None:
    assert law(key).review_by > law(key).checked


@pytest.mark.parametrize("word", ["de", "Germany", "德国", " DE "])
def test_a_law_is_found_by_its_names(word: str) -> None:
    found = law_named(word)
    assert found is not None
    assert found.key == "DE"


def test_a_state_has_the_federal_law_beside_its_own() -> None:
    assert with_beside((law("US-CA"),)) == (law("US-CA"), law("US"))
    assert with_beside((law("US"), law("US-CA"))) == (law("US"), law("US-CA"))
    assert law_named("Atlantis") is None


def test_an_article_has_a_source_and_says_how_good_it_is() -> None:
    article = law("DE").limits[0].article
    with pytest.raises(ValueError, match="evidence is hearsay"):
        replace(article, evidence="hearsay")
    with pytest.raises(ValueError, match="lacks a language or a source"):
        replace(article, sources=())
    with pytest.raises(ValueError, match="lacks a language or a source"):
        replace(article, text={"en": "Eleven hours."})
