"""Shortest run of worked days."""

from __future__ import annotations

from .runs import shortest

RULE = shortest("shortest_run", of_work=True, least_of=lambda terms: terms.min_run_days)
