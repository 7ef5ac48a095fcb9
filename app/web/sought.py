"""A search as an address asks for it, on the page of its results and on the pages they lead to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Literal

from pydantic import BeforeValidator

from app.search.results import SearchRequest
from app.web.asking import Depends, PageNumber, Query, Text
from app.web.templating import address

RESULTS = "/search"

Side = Literal["answer", "question", "both"]
Sort = Literal["relevance", "newest", "oldest"]

_SIDES = ("answer", "question", "both")
_SORTS = ("relevance", "newest", "oldest")
_Side = Annotated[
    Side,
    BeforeValidator(lambda value: value if value in _SIDES else "answer"),
    Query(alias="in", description="what is looked at: answers, questions or both"),
]
_Sort = Annotated[Sort, BeforeValidator(lambda value: value if value in _SORTS else "relevance")]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, by the names that addresses have for it but for `in`, a word of Python's own."""

    q: str = ""
    side: Side = "answer"
    speaker: str | None = None
    outlet: str | None = None
    lang: str | None = None
    after: str | None = None
    before: str | None = None
    sort: Sort = "relevance"
    page: int = 1

    def parameters(self) -> dict[str, str]:
        """Return what the address says beside the words and the page, in its order."""
        stated = {
            "speaker": self.speaker,
            "outlet": self.outlet,
            "lang": self.lang,
            "after": self.after,
            "before": self.before,
            "in": self.side if self.side != "answer" else None,
            "sort": self.sort if self.sort != "relevance" else None,
        }
        return {name: value for name, value in stated.items() if value}

    def query(self, version: int | None = None) -> str:
        """Return what stands behind the question mark of a page that shows this search's matches; nothing without q."""
        return (self.at("", v=version) if self.q else address("", v=version)).removeprefix("?")

    def at(self, path: str = RESULTS, /, **changes: object) -> str:
        """Return `path` with this search in its query; `changes` may set or, by None, leave out parameters."""
        turned = self.page if self.page > 1 else None
        stated: dict[str, object] = {"q": self.q, **self.parameters(), "page": turned}
        return address(path, **(stated | changes))

    def request(self) -> SearchRequest:
        """Return the same for the search itself."""
        named = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "lang"}
        return SearchRequest(language=self.lang, **named)


def _sought(
    q: Text = None,
    side: _Side = "answer",
    speaker: Text = None,
    outlet: Text = None,
    lang: Text = None,
    after: Text = None,
    before: Text = None,
    sort: _Sort = "relevance",
    page: PageNumber = 1,
) -> Sought:
    return Sought(q or "", side, speaker, outlet, lang, after, before, sort, page)


Asked = Annotated[Sought, Depends(_sought)]
"""The search that an address asks for, or that led to it; any input gives one."""
