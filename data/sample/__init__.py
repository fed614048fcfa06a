"""A sample centre, generated: two and a half years of contacts, sixty agents and their wishes.

`write_sample` and `write_empty` fill a folder; `truth` says what the history was drawn around.
"""

from __future__ import annotations

from .workspace import write_empty, write_sample

__all__ = ["write_empty", "write_sample"]
