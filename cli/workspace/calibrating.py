"""Contact records of a centre → what they tell of its queues, beside what its settings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...data.errors import Problems
from ...data.readers.contacts import read_history
from ...data.targets import Channel, QueueProfile
from ...scheduling.estimates.calibration import (
    LEAST_CONTACTS,
    QueueEstimates,
    QueueKpis,
    calibrate_queue,
    observed_kpis,
    predict_queue,
)
from ...scheduling.estimates.concurrency import Concurrency, estimate_concurrency
from ...scheduling.estimates.estimate import Estimate
from ...scheduling.estimates.log import ContactLog, contact_log
from ...scheduling.estimates.presence import Spells, spells_of
from ...scheduling.estimates.shrinkage import Shrinkage, WorkTimes, estimate_shrinkage
from ...scheduling.estimates.suggestion import (
    QueueSettings,
    formula_kpis,
    off_phone_share,
    past_intervals,
)
from .folder import Workspace, previous_rows
from .roster_reader import RosterRow

USUAL_WITHIN_S = 20.0
CHECK_SHARE = 4
"""The newest quarter of the days is predicted from the others, as a check."""

LEAST_CHECK_DAYS = 12
"""With fewer days there is no check: a part of them teaches too little."""


@dataclass(frozen=True)
class Replay:
    """Waits that were, and what the staffing formula makes of the same contacts and agents with
    the settings in use and with those suggested. Services are shares answered within `within_s`
    seconds of all who came."""

    within_s: float
    observed: QueueKpis
    in_use: QueueKpis
    suggested: QueueKpis


@dataclass(frozen=True)
class Check:
    """The newest days, predicted from those before: `first_day` is the number of the first."""

    first_day: int
    days: int
    within_s: float
    predicted: QueueKpis
    observed: QueueKpis


@dataclass(frozen=True)
class CalibratedQueue:
    """A queue of the centre: what the records tell, and what is suggested. What they do not tell
    is None."""

    profile: QueueProfile
    estimates: QueueEstimates
    off_phone: Estimate | None
    concurrency: Concurrency | None
    suggested: QueueSettings
    replay: Replay | None
    check: Check | None


@dataclass(frozen=True)
class Calibrated:
    """All queues of a file of records, in the centre's order, and the shrinkage of their agents."""

    log: ContactLog
    queues: tuple[CalibratedQueue, ...]
    shrinkage: Shrinkage


def calibrate(place: Workspace, file: Path) -> Calibrated:
    """Reads one row a contact, as the workspace reads its contacts; InputError with every problem
    of the file, or if it holds no records with waits."""
    log = _read(place, file)
    spells = spells_of(log)
    worked = work_times(previous_rows(place), log)
    shrinkage = estimate_shrinkage(log, spells, worked)
    absent = shrinkage.overall.value if shrinkage.from_roster else 0.0
    queues = tuple(
        _calibrated(log, log.queues.index(profile.name), profile, spells, absent)
        for profile in place.centre.queues
        if profile.name in log.queues and profile.channel is not Channel.EMAIL
    )
    return Calibrated(log, queues, shrinkage)


def _read(place: Workspace, file: Path) -> ContactLog:
    centre = place.centre
    # The file may lack some of several queues; the only one of a centre needs no column.
    names = tuple(queue.name for queue in centre.queues) if len(centre.queues) == 1 else None
    found = read_history(
        file,
        place.settings.contacts,
        tz=centre.tz,
        interval_min=centre.interval_min,
        queues=names,
    )
    problems = Problems()
    records = found.records
    if records is None:
        problems.add("calibrate.no_records", file=file.name)
    elif records.frame["wait_s"].isna().all():
        problems.add("calibrate.no_waits", file=file.name)
    elif not _has_waiting_queue(records.frame["queue"].tolist(), centre.queues):
        problems.add("calibrate.no_waiting_queue", file=file.name)
    problems.raise_if_any()
    if records is None:
        raise ValueError("unreachable: the problem above is an error")
    return contact_log(records, centre.interval_min, centre.tz)


def _has_waiting_queue(found: Sequence[str], queues: Sequence[QueueProfile]) -> bool:
    waiting = {queue.name for queue in queues if queue.channel is not Channel.EMAIL}
    return bool(waiting & set(found))


def work_times(rows: Sequence[RosterRow], log: ContactLog) -> WorkTimes | None:
    """Rostered work, breaks left out, on the days of a log, of agents that it names; None if there
    is none, for instance because the records call agents by other names."""
    place = {name: code for code, name in enumerate(log.agents)}
    pieces = []
    for row in rows:
        if row.agent in place and log.grid.first_day <= row.day <= log.grid.last_day:
            shift = row.assignment(log.grid)
            pieces += [(place[row.agent], shift.day, *span) for span in shift.working()]
    if not pieces:
        return None
    agent, day, start, end = (np.array(column) for column in zip(*pieces, strict=True))
    return WorkTimes(agent, day, start * 60.0, end * 60.0)


def _calibrated(
    log: ContactLog, queue: int, profile: QueueProfile, spells: Spells, absent: float
) -> CalibratedQueue:
    chat = profile.channel is Channel.CHAT
    within = profile.target.within_s or USUAL_WITHIN_S
    estimates = calibrate_queue(log, queue, log.grid.days, within, one_at_a_time=not chat)
    patience_s, handling = estimates.patience.mean_s.value, estimates.handling
    told = QueueSettings(
        patience_s if np.isfinite(patience_s) else None,
        _handle_s(profile, estimates),
        profile.shrinkage,
    )
    if chat or handling is None or not log.agents or estimates.contacts < LEAST_CONTACTS:
        levels = estimate_concurrency(log.of_queue(queue)) if chat else None
        return CalibratedQueue(profile, estimates, None, levels, told, None, None)
    past = past_intervals(log, queue, spells, estimates)
    off = off_phone_share(log, queue, past, told, within)
    # The agents seen are those who came: absence is already off.
    present = replace(told, shrinkage=off.value)
    in_use = QueueSettings(profile.patience_s, profile.aht_s, profile.shrinkage)
    everything = np.ones(len(past.interval), dtype=bool)
    replay = Replay(
        within,
        observed_kpis(log, queue, [within]).over(_among(past.interval, log.grid.size)),
        formula_kpis(past, in_use, within).over(everything),
        formula_kpis(past, present, within).over(everything),
    )
    told = replace(told, shrinkage=1.0 - (1.0 - absent) * (1.0 - off.value))
    check = _check(log, queue, spells, within)
    return CalibratedQueue(profile, estimates, off, None, told, replay, check)


def _handle_s(profile: QueueProfile, estimates: QueueEstimates) -> float | None:
    """A handle time for settings that have one, after-call work added; else the history's stays."""
    if profile.aht_s is None or estimates.handling is None:
        return None
    after_call_s = estimates.returns.after_call_s.value
    return estimates.handling.mean_s.value + float(np.nan_to_num(after_call_s))


def _check(log: ContactLog, queue: int, spells: Spells, within_s: float) -> Check | None:
    """The newest quarter, predicted by the transient model from the days before."""
    days = log.grid.days // CHECK_SHARE
    if log.grid.days < LEAST_CHECK_DAYS:
        return None
    first = log.grid.days - days
    estimates = calibrate_queue(log, queue, first, within_s)
    if estimates.readiness is None:
        return None
    predicted = predict_queue(
        log, queue, estimates, range(first, log.grid.days), spells, [within_s]
    )
    kept = log.grid.day_of >= first
    observed = observed_kpis(log, queue, [within_s]).over(kept)
    return Check(first, days, within_s, predicted.over(kept), observed)


def _among(places: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """A mask of shape (size,) that keeps the given places."""
    mask = np.zeros(size, dtype=bool)
    mask[places] = True
    return mask
