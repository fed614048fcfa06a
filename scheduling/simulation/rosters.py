"""Simulation of a roster as it will be worked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre, Routing
from ...data.grid import TimeGrid
from ...data.targets import Channel
from ...forecasting.forecast import Forecast
from ...forecasting.tracking.stated_levels import has_real_paths
from ..rostering.roster import Roster
from ..staffing.deadlines import carried_over, deadline_work
from ..staffing.demand import QueueDemand, queue_demands
from .arrivals import draw_contacts
from .crews import roster_crew
from .engine.inputs import Changes, Contacts, Frame
from .kpis import SimulatedKpis, simulated_kpis
from .queues import engine_queues, simulated_queue
from .replications import Replications, Scene, replicate
from .routing import routing
from .sums import Sums, queue_sums

Array = NDArray[np.float64]


def simulate_roster(
    centre: Centre,
    forecast: Forecast,
    roster: Roster,
    *,
    replications: int,
    seed: int,
    route_by: Routing | None = None,
) -> SimulatedKpis:
    """Service of `roster`, played `replications` times against the forecast's sample paths.

    Replication r meets path r modulo paths, its contacts at random moments of their intervals;
    where the paths are no futures of their own, Poisson numbers about the mean. Agents work the
    shifts and breaks of the roster, finish the contact in hand when their time is up, and miss
    whole shifts with the probability of the queue's unplanned shrinkage. An agent of proficiency p
    in a queue's skill takes 1 ÷ p of its handle time. Who waits when a queue closes is served as
    long as anybody is on duty for it. Contacts find agents as `route_by` says, else as the centre
    routes them; by skill, an agent's rostered queue goes first. The same seed brings the same
    contacts and absences whatever the roster. Roster and forecast share one grid. Raises InputError
    as `staff` does.
    """
    grid = forecast.grid
    if roster.grid != grid:
        raise ValueError("forecast and roster are not on the same grid")
    demands = queue_demands(forecast, centre)
    played, homes = _play(
        centre, forecast, roster, demands, replications, seed, route_by or centre.routing
    )
    sums: dict[str, Sums] = {}
    backlog: dict[str, Array] = {}
    for row, demand in enumerate(demands):
        profile = demand.profile
        of_queue = [p for p, home in enumerate(homes) if home == profile.name]
        time = played.time[:, of_queue].sum(axis=1, dtype=float)
        sums[profile.name] = queue_sums(profile, grid, played.contacts[:, row], time)
        if profile.channel is Channel.EMAIL:
            backlog[profile.name] = _backlog_hours(demand, centre, grid, sums[profile.name])
    profiles = [demand.profile for demand in demands]
    weeks = grid.weeks(centre.first_weekday)
    return simulated_kpis(profiles, sums, backlog, grid, weeks, seed)


def _play(
    centre: Centre,
    forecast: Forecast,
    roster: Roster,
    demands: Sequence[QueueDemand],
    replications: int,
    seed: int,
    route_by: Routing,
) -> tuple[Replications, tuple[str, ...]]:
    """The replications, and the queue that each pool of agents is rostered on."""
    grid = forecast.grid
    queues = [simulated_queue(demand.profile, demand.aht_s) for demand in demands]
    crew = roster_crew(centre, roster, route_by)
    names = [profile.name for profile in centre.queues]
    scene = Scene(
        frame=Frame(grid.interval_min * 60.0, grid.size, seed),
        queues=engine_queues(queues),
        routing=routing(queues, crew.pools),
        named=crew.speed[:, [names.index(queue.name) for queue in queues]],
        nameless=np.zeros(len(crew.pools), dtype=np.int64),
    )
    paths, counted = _paths(forecast, demands)
    carried = np.stack([_carried(demand, centre, grid) for demand in demands])

    def draw(r: int) -> tuple[Contacts, Changes]:
        contacts = draw_contacts(
            queues,
            paths[r % len(paths)],
            scene.frame.interval_s,
            seed=seed,
            replication=r,
            counted=counted,
            carried=carried,
        )
        return contacts, crew.present(seed, r)

    played = [queue.name for queue in queues]
    return replicate(scene, played, crew.homes, replications, seed, draw), crew.homes


def _paths(forecast: Forecast, demands: Sequence[QueueDemand]) -> tuple[Array, bool]:
    """Contacts (paths, queues, intervals), and whether they are numbers rather than expectations.
    Where no customer is let in there are none."""
    mean = np.stack([demand.contacts for demand in demands])
    if not has_real_paths(forecast):
        return mean[None], False
    rows = [forecast.queues.index(demand.profile.name) for demand in demands]
    return np.where(mean > 0, forecast.paths[:, rows], 0.0), True


def _contact_rostered_s(demand: QueueDemand) -> Array:
    """Rostered seconds that a contact takes, by interval: as `deadline_work` counts them."""
    profile = demand.profile
    share = (1.0 - profile.shrinkage) * (profile.target.max_occupancy or 1.0)
    seconds: Array = demand.aht_s / share
    return seconds


def _carried(demand: QueueDemand, centre: Centre, grid: TimeGrid) -> Array:
    """E-mails that wait when the grid begins, by the interval in which they are due."""
    rostered_s = float(_contact_rostered_s(demand)[0])
    if demand.profile.channel is not Channel.EMAIL or rostered_s == 0:
        return np.zeros(grid.size)
    work = carried_over(deadline_work(demand, centre, grid))
    contacts: Array = work * grid.interval_min * 60.0 / rostered_s
    return contacts


def _backlog_hours(demand: QueueDemand, centre: Centre, grid: TimeGrid, sums: Sums) -> Array:
    """Rostered hours of work that wait at the end of each interval, mean of the replications."""
    waiting = _carried(demand, centre, grid).sum() + np.cumsum(
        (sums["contacts"] - sums["finished"]).mean(axis=0)
    )
    hours: Array = np.maximum(waiting, 0.0) * _contact_rostered_s(demand) / 3600.0
    return hours
