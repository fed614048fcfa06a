"""Colours that readers with every kind of colour vision can tell apart.

Okabe and Ito, *Color Universal Design* (2008). Nothing in the report is said by colour alone.
"""

from __future__ import annotations

BLUE = "#0072B2"
SKY = "#56B4E9"
ORANGE = "#E69F00"
GREEN = "#009E73"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
INK = "#1b2733"
GREY = "#6b7785"

# In the order of the centre's queues; vermillion is kept for what goes wrong.
QUEUE_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW, GREY)

# Short of agents – as required – to spare; light enough for ink to be read on each.
SHORT_TO_SPARE = (
    (0.0, "#E8853D"),
    (0.25, "#F6C9A4"),
    (0.5, "#FFFFFF"),
    (0.75, "#B5D6EA"),
    (1.0, "#5BA7D1"),
)


def queue_colour(index: int) -> str:
    return QUEUE_COLOURS[index % len(QUEUE_COLOURS)]


def translucent(colour: str, share: float) -> str:
    """A colour with some of what lies behind it shining through, as CSS and plotly write it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"
