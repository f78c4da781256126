"""Compiled functions that are compiled anew when anything they are made of has changed.

numba keeps what it has compiled and looks whether the file of a function has changed, but not the files of the functions
and constants that it takes from elsewhere: after a change in `distance.py` the kernel would go on with the old distance.
Here the modules of this package stand for one another.
Own.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Shorts = NDArray[np.int16]
Whole = NDArray[np.int32]
Long = NDArray[np.int64]
Bits = NDArray[np.uint64]
Nats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Decorates a function that numba compiles when it is first called, and keeps until a module changes."""

    def decorate(function: Callable[..., Any]) -> Any:
        kept = njit(cache=True, **options)(function)
        file: Any = getattr(getattr(kept, "_cache", None), "_cache_file", None)
        if not hasattr(file, "_source_stamp"):  # a numba that keeps its code in another way: rather compile every time
            return njit(**options)(function)
        file._source_stamp = (file._source_stamp, _own_stamp())
        return kept

    return decorate


@cache
def _own_stamp() -> int:
    return stamp(sorted(Path(__file__).parent.glob("*.py")))


def stamp(files: Iterable[Path]) -> int:
    """A number that is another one when the content of a file is."""
    found = 0
    for file in files:
        found = zlib.crc32(file.read_bytes(), zlib.crc32(file.name.encode(), found))
    return found
