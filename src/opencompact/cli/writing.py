"""What a command writes never takes the place of what it reads."""

from __future__ import annotations

from pathlib import Path

from opencompact.errors import InputError


def refuse_to_overwrite(out: Path | None, *read: Path | None) -> None:
    """Raises InputError where a command would write over a file that it reads."""
    for file in read:
        if out is not None and file is not None and out.resolve() == file.resolve():
            raise InputError("This file is read: it is not written over.", file=out, remedy="Give --out another name.")
