"""How the functions of the event loop are compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

# Nothing in here makes an array, so numba need not count references to those it is given; counting
# would take most of the time.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}

compiled = njit(**_OPTIONS)
inlined = njit(**_OPTIONS, forceinline=True)
kept = njit(**_OPTIONS, cache=True)
"""For the entrance: its code holds that of all the others, so that it alone is kept on disk."""
