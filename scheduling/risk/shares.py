"""What is asked of each queue: the share of weeks, or of days, in which it keeps its promise."""

from __future__ import annotations

from typing import Literal

from ...data.centre import Centre
from ...data.targets import Channel

Each = Literal["week", "day"]


def risk_shares(centre: Centre, share: float | None = None) -> dict[str, float]:
    """By phone or chat queue: `share` for all of them, else what each says itself (`risk`); queues
    that say nothing are left out."""
    asked = {
        queue.name: queue.risk if share is None else share
        for queue in centre.queues
        if queue.channel is not Channel.EMAIL
    }
    return {name: wanted for name, wanted in asked.items() if wanted is not None}
