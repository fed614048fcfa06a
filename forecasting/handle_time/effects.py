"""What promotions and holidays do to handle time, learned from every queue together.

The log factor of a promotion is a sum of what promotions do in general, what its phase does, and
what this type's phase does; of a holiday, of what holidays do and what this one does. Each part is
a share that all queues have in common plus one of the queue's own, and no two runs (years) of one
event are quite alike. How large each of these is, is learned from all queues (empirical Bayes);
given that, everything follows in closed form. So a phase seen once in a small queue leans on the
other queues and the other types, and one never seen takes its phase's effect with a wider range.

`size` plays no part: ten times the customers ask the same questions.

Source: Gelman et al., Bayesian Data Analysis (3rd ed. 2013), chapters 5 and 15.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.calendar import Promotion
from ..climb import climb
from ..day_marks import DayMarks
from ..events import Feature

Array = NDArray[np.float64]

PROMOTION: Feature = ("promotion",)
HOLIDAY: Feature = ("holiday",)
# Standard deviation of each part of a log factor: usual value, and what is tried.
_PARTS = ("promotion", "phase", "type and phase", "holiday", "one holiday")
_USUAL_SD = (0.03, 0.06, 0.03, 0.03, 0.02)
_SD_CHOICES = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16)
_USUAL_OWN = 0.5  # a queue's own share of each part, as a multiple of the common one
_OWN_CHOICES = (0.125, 0.25, 0.5, 1.0, 2.0)
_USUAL_RUN_SD = 0.01
_RUN_CHOICES = (0.0025, 0.005, 0.01, 0.02, 0.04)
_LEARNED_FROM_QUEUES = 40
USUAL_DEVIATIONS = (*_USUAL_SD, _USUAL_OWN, _USUAL_RUN_SD)


@dataclass(frozen=True)
class Effect:
    """Log factor on handle time: expected, and its standard deviation for a run to come."""

    mean: float
    sd: float


@dataclass(frozen=True)
class RunEvidence:
    """What one queue's days tell of the runs of its events, its level being unknown: `features`
    names the event of each run, `information` (runs, runs) and `score` (runs,) are those of the
    normal likelihood of the runs' log factors."""

    features: tuple[Feature, ...]
    information: Array
    score: Array


def event_runs(marks: DayMarks) -> list[tuple[Feature, NDArray[np.int64]]]:
    """Each run of an event whose effect on handle time is to be learned, and its days."""
    runs: list[tuple[Feature, NDArray[np.int64]]] = []
    for promotion in marks.promotions:
        days = np.arange(marks.days)[marks.span(promotion)]
        if len(days) and promotion.handle_effect is None:
            runs.append((promotion_feature(promotion), days))
    keys = ["" if mark is None else mark.key for mark in marks.holiday]
    begin = 0
    for day in range(1, len(keys) + 1):
        if day == len(keys) or keys[day] != keys[begin]:
            if keys[begin]:
                runs.append(((*HOLIDAY, keys[begin]), np.arange(begin, day)))
            begin = day
    return runs


def promotion_feature(promotion: Promotion) -> Feature:
    return (*PROMOTION, promotion.type, promotion.phase)


def wider(feature: Feature) -> tuple[Feature, ...]:
    """Features that stand in for one never seen, the nearest first."""
    if feature[0] == PROMOTION[0] and len(feature) == 3:
        return ((*PROMOTION, feature[2]), PROMOTION)
    return (feature[:1],)


def effect_of(feature: Feature, effects: Mapping[Feature, Effect]) -> Effect:
    """The effect of a feature, or that of the nearest wider one."""
    return next(effects[key] for key in (feature, *wider(feature)) if key in effects)


@dataclass(frozen=True)
class Pooled:
    """One queue's `effects` by feature, and the expected log factor of each of its runs."""

    effects: dict[Feature, Effect]
    runs: Array


def pooled_effects(evidence: Sequence[RunEvidence], deviations: Sequence[float]) -> list[Pooled]:
    """Every queue's effects given all queues' evidence and `deviations` (as `USUAL_DEVIATIONS`)."""
    features = _features(evidence)
    *sd, own, run_sd = deviations
    common = _covariance(_structures(features), sd)
    belongs = [_belongs(one, features) for one in evidence]
    told = [_collapsed(one, belong, run_sd) for one, belong in zip(evidence, belongs, strict=True)]
    own_share = own**2 * common
    identity = np.eye(len(features))
    left = [np.linalg.inv(identity + one.information @ own_share) for one in told]
    total = np.sum([k @ one.information for k, one in zip(left, told, strict=True)], axis=0)
    score = np.sum([k @ one.score for k, one in zip(left, told, strict=True)], axis=0)
    common_covariance = common @ np.linalg.inv(identity + total @ common)
    common_mean = common_covariance @ score
    found = []
    for one, k, belong, queue in zip(told, left, belongs, evidence, strict=True):
        covariance = own_share @ k
        kept = identity - covariance @ one.information
        mean = kept @ common_mean + covariance @ one.score
        variance = np.diag(covariance + kept @ common_covariance @ kept.T) + run_sd**2
        effects = {
            feature: Effect(float(m), float(np.sqrt(v)))
            for feature, m, v in zip(features, mean, variance, strict=True)
        }
        found.append(Pooled(effects, _run_means(queue, belong @ mean, run_sd)))
    return found


def run_covariance(features: Sequence[Feature], deviations: Sequence[float]) -> Array:
    """What may be thought of a queue's runs beforehand: covariance of their log factors."""
    *sd, own, run_sd = deviations
    parts = _covariance(_structures(features), sd)
    covariance: Array = (1.0 + own**2) * parts + run_sd**2 * np.eye(len(features))
    return covariance


def learn_deviations(evidence: Sequence[RunEvidence]) -> tuple[float, ...]:
    """The likeliest deviations (as `USUAL_DEVIATIONS`), each held to what is usual."""
    if not any(one.features for one in evidence):
        return USUAL_DEVIATIONS
    clearest = sorted(evidence, key=lambda one: -float(np.trace(one.information)))
    clearest = clearest[:_LEARNED_FROM_QUEUES]
    features = _features(clearest)
    structures = _structures(features)
    belongs = [_belongs(one, features) for one in clearest]
    by_run_sd = {
        run_sd: [_collapsed(one, b, run_sd) for one, b in zip(clearest, belongs, strict=True)]
        for run_sd in _RUN_CHOICES
    }
    identity = np.eye(len(features))

    def likelihood(deviations: Sequence[float]) -> float:
        *sd, own, run_sd = deviations
        told = by_run_sd[run_sd]
        common = _covariance(structures, sd)
        own_share = own**2 * common
        information = np.stack([one.information for one in told])
        scores = np.stack([one.score for one in told])
        mixed = identity + information @ own_share
        solved = np.linalg.solve(mixed, np.concatenate([information, scores[..., None]], axis=2))
        total, score = solved[..., :-1].sum(axis=0), solved[..., -1].sum(axis=0)
        value = float(np.einsum("qk,kl,ql->", scores, own_share, solved[..., -1])) / 2.0
        value -= float(np.linalg.slogdet(mixed)[1].sum()) / 2.0
        joint = identity + total @ common
        value += float(score @ common @ np.linalg.solve(joint, score)) / 2.0
        value -= float(np.linalg.slogdet(joint)[1]) / 2.0
        away = np.log(np.asarray(deviations) / USUAL_DEVIATIONS)
        return value + sum(one.constant for one in told) - float(away @ away) / 2.0

    choices = (*(_SD_CHOICES,) * len(_PARTS), _OWN_CHOICES, _RUN_CHOICES)
    return climb(likelihood, USUAL_DEVIATIONS, choices)


@dataclass(frozen=True)
class _Told:
    """Evidence about features instead of runs, and what it adds to the log likelihood."""

    information: Array
    score: Array
    constant: float


def _collapsed(evidence: RunEvidence, belongs: Array, run_sd: float) -> _Told:
    runs = len(evidence.features)
    mixed = np.eye(runs) + run_sd**2 * evidence.information
    solved = np.linalg.solve(mixed, np.column_stack([evidence.information, evidence.score]))
    constant = run_sd**2 * float(evidence.score @ solved[:, -1]) / 2.0
    constant -= float(np.linalg.slogdet(mixed)[1]) / 2.0
    information: Array = belongs.T @ solved[:, :-1] @ belongs
    return _Told((information + information.T) / 2.0, belongs.T @ solved[:, -1], constant)


def _run_means(evidence: RunEvidence, expected: Array, run_sd: float) -> Array:
    """Each run's log factor: what its feature lets expect, moved by what its own days show."""
    mixed = np.eye(len(expected)) + run_sd**2 * evidence.information
    moved = np.linalg.solve(mixed, evidence.score - evidence.information @ expected)
    means: Array = expected + run_sd**2 * moved
    return means


def _features(evidence: Sequence[RunEvidence]) -> list[Feature]:
    """Every feature seen, and those that stand in for what was not."""
    seen = {feature for one in evidence for feature in one.features}
    above = {other for feature in seen for other in wider(feature)}
    return sorted(seen | above | {PROMOTION, HOLIDAY})


def _belongs(evidence: RunEvidence, features: Sequence[Feature]) -> Array:
    """1 where a run is of a feature: shape (runs, features)."""
    place = {feature: number for number, feature in enumerate(features)}
    belongs = np.zeros((len(evidence.features), len(features)))
    for run, feature in enumerate(evidence.features):
        belongs[run, place[feature]] = 1.0
    return belongs


def _structures(features: Sequence[Feature]) -> Array:
    """Which features share each of `_PARTS`: shape (parts, features, features)."""
    size = len(features)
    phases = [feature[-1] if len(feature) > 1 else None for feature in features]
    phase = np.array([a == b and a is not None for a in phases for b in phases], dtype=np.bool_)
    same = np.array([a == b for a in features for b in features], dtype=np.bool_)
    same, phase = same.reshape(size, size), phase.reshape(size, size) | same.reshape(size, size)
    promotion = np.array([feature[0] == PROMOTION[0] for feature in features], dtype=np.bool_)
    promotions = np.outer(promotion, promotion)
    holidays = np.outer(~promotion, ~promotion)
    shared = [promotions, promotions & phase, promotions & same, holidays, holidays & same]
    return np.stack(shared).astype(np.float64)


def _covariance(structures: Array, sd: Sequence[float]) -> Array:
    covariance: Array = np.tensordot(np.asarray(sd) ** 2, structures, axes=1)
    return covariance
