"""What the operating system and a parser refuse, in words that can be told in the reader's language (decision 0083).

    except OSError as problem:
        raise unreadable(path, problem) from problem

One fault has one sentence, wherever it happens: a file that is not there, one that may not be opened, a folder without room.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

from opencompact.errors import InputError, OutputError
from opencompact.language import N_, said

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("the system does not permit it"),
    errno.EROFS: N_("the file system can only be read"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EEXIST: N_("something of this name is there already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.ENOSPC: N_("no space is left on the device"),
    errno.EDQUOT: N_("the quota of the disk is used up"),
    errno.EFBIG: N_("the file would be too large"),
    errno.ENOMEM: N_("there is not enough memory"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("links lead in a circle"),
    errno.EBUSY: N_("it is in use"),
    errno.EINVAL: N_("the system does not accept the request"),
    errno.EIO: N_("the device reports an error"),
    errno.ESTALE: N_("the connection to the network folder is lost"),
    errno.ETIMEDOUT: N_("no answer came in time"),
    errno.ECONNREFUSED: N_("the connection was refused"),
    errno.ECONNRESET: N_("the connection was broken off"),
    errno.EHOSTUNREACH: N_("the server cannot be reached"),
    errno.ENETUNREACH: N_("the network cannot be reached"),
    errno.EADDRINUSE: N_("the address is in use"),
    errno.EADDRNOTAVAIL: N_("this machine does not have the address"),
}
# A parser of JSON says what it expected; a reader asks what is wrong. Each beginning of its words, and what it means.
_JSON = {
    "Expecting value": N_("a value is missing"),
    "Expecting property name": N_("a name in double quotation marks is missing"),
    "Expecting ',' delimiter": N_("a comma is missing"),
    "Expecting ':' delimiter": N_("a colon is missing"),
    "Extra data": N_("something follows after its end"),
    "Unterminated string": N_("a quotation mark is not closed"),
    "Invalid control character": N_("a text holds a line break or another control character"),
    "Invalid \\": N_("a backslash stands before a character that it cannot mark"),
    "Illegal trailing comma": N_("there is a comma too many"),
}


def reason(problem: OSError) -> str:
    """Why the operating system refuses, as a part of a sentence; what has no number says it in its own words."""
    return str(problem) if problem.errno is None else reason_of(problem.errno)


def reason_of(number: int) -> str:
    """The meaning of a number of the operating system (`errno`), as a part of a sentence."""
    words = _REASONS.get(number)
    if words is not None:
        return said(words)
    return said("the system reports {name}", name=errno.errorcode.get(number, os.strerror(number)))


def unreadable(file: str | Path, problem: OSError, *, rule: str | None = None) -> InputError:
    """The error of a file that is absent, a folder, or may not be opened."""
    if problem.errno == errno.ENOENT:
        return absent(file, rule=rule)
    if problem.errno == errno.EISDIR:
        return InputError("This is a folder, not a file.", file=file, rule=rule, remedy="Name one file in it.")
    return InputError(
        said("The file cannot be read: {reason}.", reason=reason(problem)),
        file=file,
        rule=rule,
        remedy="Check its name, and that you may read it.",
    )


def absent(file: str | Path, *, rule: str | None = None) -> InputError:
    """The error of a file that is not there."""
    return InputError("There is no such file.", file=file, rule=rule, remedy="Check the name and the folder.")


def unwritable(file: str | Path, problem: OSError) -> OutputError:
    """The error of a file that cannot be written, with the remedy that its reason asks for."""
    return OutputError(
        said("The file cannot be written: {reason}.", reason=reason_of_writing(problem)),
        file=file,
        remedy=room(problem),
    )


def reason_of_writing(problem: OSError) -> str:
    """What is in the way of writing: of a file that is not there yet, "there is no such file" would say nothing."""
    if problem.errno == errno.ENOENT:
        return said("no folder can be made there")
    if problem.errno in (errno.EEXIST, errno.ENOTDIR) and problem.filename is not None:
        return said("a file stands where a folder is wanted")
    return reason(problem)


def room(problem: OSError) -> str:
    """What to do where something cannot be written."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return said("Free space there, or choose another folder.")
    if problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS):
        return said("Choose a folder that you may write to.")
    return said("Free space there, or choose a folder that you may write to.")


def broken_json(problem: json.JSONDecodeError) -> str:
    """What is wrong with a text that is no JSON, as a part of a sentence."""
    return next((said(words) for beginning, words in _JSON.items() if problem.msg.startswith(beginning)), problem.msg)
