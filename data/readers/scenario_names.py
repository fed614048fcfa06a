"""Names in a what-if file that the centre must have."""

from __future__ import annotations

from collections.abc import Sequence

from .config_errors import TomlPath
from .config_place import Place

_SHOWN = 12


def known_or_told(
    what: str, path: TomlPath, name: str, allowed: Sequence[str], place: Place
) -> bool:
    """Whether a name is allowed; if not, `scenario.unknown_<what>` says which are."""
    if name not in allowed:
        place.tell(f"scenario.unknown_{what}", path, name=name, known=listed(allowed))
    return name in allowed


def listed(names: Sequence[str]) -> str:
    """The first names, for people."""
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "") or "–"
