"""Shortest run of days off."""

from __future__ import annotations

from .runs import shortest

RULE = shortest("shortest_days_off", of_work=False, least_of=lambda terms: terms.min_run_days_off)
