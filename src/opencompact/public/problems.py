"""A refusal of the API in its one shape, told in the language that was asked for; `error` and the keys are the same in all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from opencompact.language import one_of, said, told
from opencompact.public import languages


def refused(request: HttpRequest, status: int, error: str, problem: str, value: object, remedy: str) -> JsonResponse:
    """The answer of a refusal: `problem` and `remedy` are what was said, told here."""
    code = languages.asked(request)
    shown = None if value is None else str(value)
    content = {"error": error, "problem": told(problem, code), "value": shown, "remedy": told(remedy, code) or None}
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = code
    return response


def wrong(found: Mapping[str, Any], request: HttpRequest) -> tuple[str, str | None]:
    """What is wrong with a question, in words of ours, and the value at fault: `found` is what pydantic found first."""
    where = str((found.get("loc") or ("?",))[-1])
    context = found.get("ctx") or {}
    parts = request.resolver_match.kwargs if request.resolver_match else {}
    given = request.GET.get(where, parts.get(where))
    value = None if given is None else str(given)[:80]
    match found.get("type"):
        case "literal_error":
            known = one_of(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
            return said("“{where}” is {known}.", where=where, known=known), value
        case "int_parsing" | "int_type" | "int_from_float":
            return said("“{where}” is a whole number.", where=where), value
        case "greater_than_equal":
            return said("“{where}” is at least {least}.", where=where, least=context.get("ge")), value
        case "less_than_equal":
            return said("“{where}” is at most {most}.", where=where, most=context.get("le")), value
        case "string_too_long":
            return said("“{where}” has at most {most} characters.", where=where, most=context.get("max_length")), value
        case "string_too_short" | "missing":
            return said("“{where}” is asked for.", where=where), None
    return said("“{where}” is not written as it must be.", where=where), value
