"""Reply rates and telephone lines of a `[[queue]]` table: keys that belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ..platforms import platform_named, platforms
from ..replies import ReplyTarget, ReplyUnit
from . import values
from .config_errors import TomlPath
from .config_models import QueueTable
from .config_place import Place

_REPLY_KEYS = ("platform", "reply_share", "reply_within_seconds", "reply_counts", "reply_window")
_ALL_DAY: tuple[tuple[int, int], ...] = ((0, values.MINUTES_A_DAY),)


def check_lines(at: TomlPath, table: QueueTable, place: Place) -> None:
    """Tells of line limits and redials that have nothing to act on."""
    if table.channel != "phone" and table.lines is not None:
        place.tell("config.lines_need_phone", (*at, "lines"), queue=table.name)
    if table.max_blocked is not None and table.lines is None:
        place.tell("config.blocked_needs_lines", (*at, "max_blocked"), queue=table.name)
    if table.redial_share and table.patience_seconds is None and table.lines is None:
        place.tell("config.redials_need_loss", (*at, "redial_share"), queue=table.name)


def reply_target(
    at: TomlPath, table: QueueTable, place: Place, today: date | None = None
) -> ReplyTarget | None:
    """The reply rate of a chat queue: its platform's, with the planner's own numbers before it.

    A platform's rule is the one of `today` (left out: the clock's); one that was to be compared
    with the platform's own pages before that day is warned of.
    """
    given = [key for key in _REPLY_KEYS if getattr(table, key) is not None]
    if not given:
        return None
    if table.channel != "chat":
        place.tell("config.replies_need_chat", (*at, given[0]), queue=table.name)
        return None
    own = _own_numbers(at, table, place)
    if table.platform is not None:
        known = _of_platform((*at, "platform"), table.platform, today or date.today(), place)
        target = None if known is None else replace(known, **own)
    elif "within_s" in own and "share" in own:
        target = ReplyTarget(**own)
    else:
        place.tell("config.reply_pair", (*at, given[0]), queue=table.name)
        return None
    if target is not None and target.share is None:
        place.warn("platforms.no_share", (*at, "platform"), queue=table.name)
    return target


def _own_numbers(at: TomlPath, table: QueueTable, place: Place) -> dict[str, Any]:
    """The parts of a reply target that the planner gives."""
    window = None
    if table.reply_window is not None:
        window = place.read((*at, "reply_window"), _window, table.reply_window, _ALL_DAY)
    parts = {
        "within_s": table.reply_within_seconds,
        "share": table.reply_share,
        "counts": None if table.reply_counts is None else ReplyUnit(table.reply_counts),
        "window": window,
        "turns_per_chat": table.turns_per_chat,
    }
    return {name: value for name, value in parts.items() if value is not None}


def _of_platform(path: TomlPath, name: str, today: date, place: Place) -> ReplyTarget | None:
    platform = platform_named(name)
    if platform is None:
        place.tell("platforms.unknown", path, value=name, known=", ".join(platforms()))
        return None
    rule = platform.rule_on(today)
    if rule.review_by < today:
        place.warn("platforms.outdated", path, platform=platform.key, day=rule.review_by)
    return ReplyTarget(
        within_s=rule.within_s,
        share=rule.share,
        counts=rule.counts,
        window=(rule.window,),
        platform=platform.key,
    )


def _window(text: str) -> tuple[tuple[int, int], ...]:
    spans = values.opening(text)
    if not spans:
        raise values.BadValueError("input.bad_span", value=text)
    return spans
