"""Addresses of the page's views: what the script shows when one is opened."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def view_link(part: str, **shown: str | None) -> str:
    """`#day=2026-12-03&queue=chat&part=day`: a view by the names that page_view.js gives its
    choices (None: as at the start), looked at in the section `part`."""
    told = {name: value for name, value in shown.items() if value is not None}
    return "#" + urlencode({**told, "part": part}, quote_via=quote)
