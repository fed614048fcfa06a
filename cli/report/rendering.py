"""Pages from templates: everything that comes from a file is escaped, and nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup


def rendered(template: str, **content: object) -> str:
    """A page of ours with its content put in."""
    return _environment().get_template(template).render(**content)


@cache
def _environment() -> Environment:
    """Made once: a thousand agents' pages come from one template."""
    return Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def asset(name: str) -> Markup:
    """A file of the package, ours and safe to inline."""
    return Markup(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def embedded(data: dict[str, Any]) -> Markup:
    """JSON for a script element, in which nothing can end the element."""
    from plotly.utils import PlotlyJSONEncoder

    content = json.dumps(data, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        content = content.replace(character, f"\\u{ord(character):04x}")
    return Markup(content)
