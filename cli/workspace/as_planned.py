"""The centre as a plan sees it: what was preferred for it, and who is absent in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...data.centre import Centre
from ...scheduling.planning.prefer import preferred
from .manifest import Absent, Manifest


def as_planned(
    centre: Centre, manifest: Manifest, absent: Sequence[Absent] | None = None
) -> Centre:
    """The centre with what was preferred for a plan, without adjustments that its forecast holds
    already, and with those who are absent in it (or `absent` in their place) beside those of the
    files. Absences of agents whom the centre does not have any more are left out."""
    centre = preferred(centre, manifest.prefer)
    if manifest.forecast_from is not None:
        centre = replace(centre, adjustments=())
    ids = {agent.id for agent in centre.agents}
    away = manifest.absent if absent is None else absent
    return centre.with_absences(tuple(one.time_off() for one in away if one.agent in ids))
