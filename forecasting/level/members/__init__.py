from .member import LevelMember, MemberForecaster

COMPANIONS: tuple[LevelMember, ...] = ()
STORED: tuple[type, ...] = ()
__all__ = ["COMPANIONS", "STORED", "LevelMember", "MemberForecaster"]
