"""The OpenAPI description of the JSON: what FastAPI knows of it, and every status, parameter and header besides.

Its examples are of the archive that is served, so that each leads somewhere.
"""

from __future__ import annotations

from typing import Any

from fastapi.openapi.utils import get_openapi

from app import __version__
from app.archive import listing, reading
from app.archive.holdings import InterviewFilter
from app.archive.opening import Lease
from app.web import operations, siting

Described = dict[str, Any]
"""Objects of OpenAPI 3.1, as JSON has them."""

_QUERY = {
    "q": ("words to look for, with the operators of /search/help", "trade -war"),
    "in": ("what is looked at", "both"),
    "speaker": ("slug of who speaks on the side that is searched, or in the interviews that are listed", None),
    "outlet": ("slug of the outlet", None),
    "lang": ("language of the text, a BCP 47 tag; narrower ones are found with it", "en"),
    "after": ("on or after the first day of a year, a month or a day", "2015"),
    "before": ("before the first day of a year, a month or a day", "2020"),
    "sort": ("the order", "newest"),
    "text": ("words of a quotation, up to 2,000 characters", "as soon as we can"),
    "term": ("what is searched, up to five times", ["trade", "border"]),
    "by": ("how long a period is", "month"),
    "scale": ("found in how many answers: for 10,000 words, or in all", "count"),
    "page": ("page of a list, from 1; past the end, the last one", 1),
    "year": ("YYYY", 2015),
    "month": ("1 to 12", 12),
    "v": ("number of a version, as it was; without it the current one", 1),
}
"""What a parameter means, and an example; None where it is taken from the archive."""
_PATH = {
    "id": (
        "permanent id of an answer, a statement or a question; its last character checks the others",
        "[0-9a-z]{13}",
    ),
    "slug": ("end of the address of an interview, a speaker or an outlet", "[a-z0-9-]+"),
    "year": ("YYYY", "[0-9]{4}"),
    "month": ("MM", "[0-9]{2}"),
    "day": ("DD", "[0-9]{2}"),
    "part": ("name of a part of the sitemap", "[a-z]+-[0-9]+"),
}
_PROBLEM: Described = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "suggestion": {"type": "string", "description": "path of the page that may have been meant"},
        "last_words": {"type": "array", "items": {"type": "string"}, "description": "what an ended id last stood for"},
        "reason": {"type": "string"},
        "ended": {"type": "string", "description": "ISO 8601, UTC"},
        "successor": {"type": "string", "description": "path of what stands in its place"},
        "interview": {"type": "string", "description": "path of the interview that it stood in"},
        "version": {"type": "string", "description": "path and query of the last version that had it"},
        "history": {"type": "string", "description": "path of the page that tells each wording it had"},
        "language": {"type": "string", "description": "BCP 47 tag of the last words"},
    },
}
_PROBLEMS = {
    "404": ("Unknown, mistyped, or no cursor of such a list.", "Not in this archive", {}),
    "405": ("Something else than GET or HEAD was asked.", "Only reading", {"Allow": "GET, HEAD"}),
    "410": ("Ended, with its last words and what followed; or lawfully withheld, with the reason.", "Superseded", {}),
    "414": ("The address has more than 16,384 bytes.", "Address too long", {}),
    "500": ("The fault is ours.", "Something broke here", {}),
    "503": ("Too slow, or no archive just now.", "Too slow", {"Retry-After": "5"}),
}
_BARE: Described = {
    "302": {"description": "It stands elsewhere today.", "headers": {"Location": {"schema": {"type": "string"}}}},
    "308": {"description": "It stands elsewhere for good.", "headers": {"Location": {"schema": {"type": "string"}}}},
    "304": {"description": "What `If-None-Match` names has not changed."},
    "406": {
        "description": "`Accept-Encoding` refuses every coding that there is.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    },
}
_HEADERS: Described = {
    "ETag": {"description": "to ask again with, in `If-None-Match`", "schema": {"type": "string"}, "required": True},
    "X-Archive-Generation": {
        "description": "the generation that it was made from",
        "schema": {"type": "string"},
        "required": True,
    },
    "Cache-Control": {"description": "how long it may be kept", "schema": {"type": "string"}, "required": True},
}
_UNUSED = ("HTTPValidationError", "ValidationError")
_OUTER = ("default", "title", "description")
_OF_ALL, _OF_ONE = ("304", "404", "405", "406", "414", "500", "503"), ("302", "308", "410")


def whole(site: str, contact: dict[str, str] | None) -> Described:
    """Return the description of all pages of the site at an address, without examples of an archive."""
    description = get_openapi(
        title="Verbatim",
        version=__version__,
        description="Official interview transcripts, word for word. Every page of the site has its record here.",
        contact=contact,
        servers=[{"url": site}],
        routes=operations.described(),
    )
    parts = description.setdefault("components", {})
    schemas = parts["schemas"] = {name: each for name, each in parts["schemas"].items() if name not in _UNUSED}
    schemas["Problem"] = _PROBLEM
    problems = {status: _problem(int(status), *told) for status, told in _PROBLEMS.items()}
    parts["responses"] = _BARE | problems | {f"{status}-page": _as_page(each) for status, each in problems.items()}
    parts["headers"] = _HEADERS
    for path, ways in description["paths"].items():
        _complete(ways["get"], is_of_one="{" in path, is_json=path.endswith(".json"))
    return description


def _problem(status: int, description: str, title: str, headers: dict[str, str]) -> Described:
    example = {"type": "about:blank", "title": title, "status": status, "detail": description}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    told = {name: {"schema": {"type": "string"}, "example": value} for name, value in headers.items()}
    return {"description": description, "headers": told, "content": {"application/problem+json": content}}


def _as_page(problem: Described) -> Described:
    """Return a problem as it is told where something else than JSON was asked for: as a page, but to programs."""
    return problem | {"content": problem["content"] | {"text/html": {"schema": {"type": "string"}}}}


def _complete(operation: Described, *, is_of_one: bool, is_json: bool) -> None:
    for parameter in operation.get("parameters", ()):
        (_complete_path if parameter["in"] == "path" else _complete_query)(parameter)
    responses = operation["responses"]
    # FastAPI's own; what cannot be read here is no such page, or read as if it were not there.
    responses.pop("422", None)
    responses["200"]["description"] = (
        "The record of the page." if "application/json" in responses["200"]["content"] else "The whole of it."
    )
    responses["200"]["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    for status in (*_OF_ALL, *(_OF_ONE if is_of_one else ())):
        told = status if is_json or status not in _PROBLEMS else f"{status}-page"
        responses[status] = {"$ref": f"#/components/responses/{told}"}
    operation["responses"] = dict(sorted(responses.items()))


def _complete_path(parameter: Described) -> None:
    parameter["description"], pattern = _PATH[parameter["name"]]
    parameter["schema"] = {"type": "string", "pattern": f"^{pattern}$"}


def _complete_query(parameter: Described) -> None:
    """Say what a parameter means, and that whatever it cannot mean is read as if it were not there."""
    name, schema = parameter["name"], parameter["schema"]
    meaning, example = _QUERY.get(name, ("", None))
    if not parameter.get("description"):
        parameter["description"] = meaning
    if example is not None:
        parameter["example"] = example
    outer = {key: schema[key] for key in ("default",) if key in schema}
    meant = [kind for kind in schema.get("anyOf", [schema]) if kind != {"type": "null"}]
    plain = [
        {key: value for key, value in kind.items() if key not in ("default", "title", "description")} for kind in meant
    ]
    if plain != [{"type": "string"}] and plain[0].get("type") != "array":
        plain.append({"type": "string", "description": "anything else is read as if it were not there"})
    parameter["schema"] = (plain[0] if len(plain) == 1 else {"anyOf": plain}) | outer


def exemplify(description: Described, lease: Lease) -> None:
    """Put the newest interview, its first answer, speaker, outlet and date into the parameters that name such."""
    _, newest = listing.interviews(lease.connection, InterviewFilter(), limit=1)
    if not newest:
        return
    held = reading.interview(lease.connection, newest[0].slug)
    answer = next((turn.id for turn in held.turns if turn.role in ("answer", "statement") and not turn.withheld), None)
    speaker = next((each.slug for each in newest[0].speakers), None)
    outlet = next((each.slug for each in newest[0].outlets), None)
    date = dict(zip(("year", "month", "day"), (newest[0].date or "").split("-"), strict=False))
    part = next(iter(siting.parts(lease)), None)
    slugs = {"interviews": newest[0].slug, "speakers": speaker, "outlets": outlet}
    for path, ways in description["paths"].items():
        known = {"id": answer, "slug": slugs.get(path.split("/")[1]), "part": part, **date}
        for parameter in ways["get"].get("parameters", ()):
            named = known if parameter["in"] == "path" else {"speaker": speaker, "outlet": outlet}
            example = named.get(parameter["name"])
            if example:
                parameter["example"] = example
