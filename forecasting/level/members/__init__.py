"""The members of a day's level beside Prophet, one file each. To add or remove one, change
`COMPANIONS`, and `STORED` if what it learns is a class of its own."""

from .member import LevelMember, MemberForecaster

COMPANIONS: tuple[LevelMember, ...] = ()
STORED: tuple[type, ...] = ()
try:
    from ..boosted_days import BoostedDays
    from .boosted import Boosted
except OSError:
    # LightGBM needs the system's OpenMP library, which a bare machine may lack: Prophet then
    # forecasts alone.
    pass
else:
    COMPANIONS = (Boosted(),)
    STORED = (BoostedDays,)

__all__ = ["COMPANIONS", "STORED", "LevelMember", "MemberForecaster"]
