"""Reply rates: what chat platforms promise their customers on behalf of shops."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class ReplyUnit(StrEnum):
    """What a reply rate is a share of, and when one of them counts as replied to in time."""

    CUSTOMERS = "customers"  # customers; the first reply came in time
    TURNS = "turns"  # turns (a customer's messages until the reply); each by itself
    WHOLE_CHATS = "whole_chats"  # customers; every one of their turns was replied to in time


@dataclass(frozen=True)
class ReplyTarget:
    """A chat platform's reply rate: at least `share` (None: reported, not asked for) of what
    `counts` names is replied to by a person within `within_s` seconds.

    Only contacts that arrive inside `window`, spans of clock minutes (0–1440), are assessed.
    `turns_per_chat` is the mean number of turns of a chat, the first one included; `platform` the
    key of the platform whose rule this is, if it is one's.
    """

    within_s: float
    share: float | None = None
    counts: ReplyUnit = ReplyUnit.CUSTOMERS
    window: tuple[tuple[int, int], ...] = ((0, 1440),)
    turns_per_chat: float = 6.0
    platform: str = ""

    def __post_init__(self) -> None:
        if self.within_s <= 0:
            raise ValueError(f"reply within_s is {self.within_s}, expected above 0 seconds")
        if self.share is not None and not 0 < self.share <= 1:
            raise ValueError(f"reply share is {self.share}, expected above 0 and at most 1")
        if self.turns_per_chat < 1:
            raise ValueError(f"turns_per_chat is {self.turns_per_chat}, expected 1 or more")
        if not self.window or any(not 0 <= start < end <= 1440 for start, end in self.window):
            raise ValueError(f"reply window {self.window} is not within 0–1440 minutes")

    def assessed(self, minute_of_day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a contact that arrives at each of these clock minutes is assessed."""
        inside = np.zeros(minute_of_day.shape, dtype=bool)
        for start, end in self.window:
            inside |= (minute_of_day >= start) & (minute_of_day < end)
        return inside
