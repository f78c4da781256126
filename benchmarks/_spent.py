"""CPU seconds of a step, of which the lowest of several runs says least about the machine's other work."""

from __future__ import annotations

import time
from collections.abc import Callable


def spent(step: Callable[[], object], runs: int = 3) -> tuple[float, float]:
    """Lowest and highest CPU seconds of so many runs."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        step()
        seconds.append(time.process_time() - start)
    return min(seconds), max(seconds)
