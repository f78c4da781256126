"""The marks of a matrix as small pictures of their own, for print."""

from __future__ import annotations

from opencompact.look.charts.coverage import State
from opencompact.look.tokens import tokens


def state_mark(state: State) -> str:
    """A square that is full, half full, empty with a cross, or a dot."""
    colour = tokens().colour
    frame = f'<path d="M1 1h12v12H1z" fill="{colour["paper"]}" stroke="{{}}" stroke-width="1.5"/>'
    shapes = {
        "full": f'<path d="M0 0h14v14H0z" fill="{colour["accent"]}"/>',
        "part": frame.format(colour["accent"]) + f'<path d="M1 7h12v6H1z" fill="{colour["accent"]}"/>',
        "none": frame.format(colour["signal"])
        + f'<path d="M3 3l8 8M3 11l8-8" stroke="{colour["signal"]}" stroke-width="1.5"/>',
        "not-asked": f'<circle cx="7" cy="7" r="2" fill="{colour["grey"]}"/>',
    }
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14" width="14" height="14">{shapes[state]}</svg>'
