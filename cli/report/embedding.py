"""Data for a page's script, inside the page."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup
from plotly.utils import PlotlyJSONEncoder


def embedded(data: dict[str, Any]) -> Markup:
    """JSON for a script element, in which nothing can end the element."""
    content = json.dumps(data, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        content = content.replace(character, f"\\u{ord(character):04x}")
    return Markup(content)
