"""The members of a day's level beside Prophet, one file each. To add or remove one, change
`COMPANIONS`, and `STORED` if what it learns is a class of its own."""

from ...boosted_days import BoostedDays
from .boosted import Boosted
from .member import LevelMember, MemberForecaster

COMPANIONS: tuple[LevelMember, ...] = (Boosted(),)
STORED: tuple[type, ...] = (BoostedDays,)

__all__ = ["COMPANIONS", "STORED", "Boosted", "LevelMember", "MemberForecaster"]
