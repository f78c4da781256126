"""What was said, told in the reader's language. No catalogue is read before a language other than English is asked for."""

from __future__ import annotations

import string
from typing import Any

from opencompact.saying import Listed, Name, Said


def told(words: str, code: str) -> str:
    """The words in the language of that code; what is in no catalogue stays as it is.

    In Arabic every value, option and quoted code stands in an isolate of its own (Unicode TR9, FSI … PDI), so that a file
    name or a number stays whole where a terminal orders the line from right to left.
    """
    if code == "en":
        return str(words)
    if isinstance(words, Name):
        return words.names.get(code, str(words))
    if isinstance(words, Listed):
        from opencompact.language.catalogue import isolated
        from opencompact.language.formats import format_list

        members = [told(one, code) if isinstance(one, Said) else isolated(one, code) for one in words.members]
        return format_list(members, code, words.style)
    from opencompact.language.catalogue import anywhere

    if not isinstance(words, Said) or not words.values:
        return anywhere(str(words), code)
    template = anywhere(words.template, code, many=words.many, n=words.n)
    return _Reader(code).vformat(template, (), words.values)


class _Reader(string.Formatter):
    """Fills a template in as the readers of a language write values."""

    def __init__(self, code: str) -> None:
        self.code = code

    def format_field(self, value: Any, format_spec: str) -> str:
        from opencompact.language.catalogue import isolated
        from opencompact.language.formats import with_separators_of

        if isinstance(value, Said | Listed | Name):
            return format(told(value, self.code), format_spec)
        text: str = super().format_field(value, format_spec)
        if isinstance(value, int | float) and not isinstance(value, bool) and format_spec:
            text = with_separators_of(self.code, text)
        return isolated(text, self.code)
