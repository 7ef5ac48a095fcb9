"""How programs read this archive: addresses, forms, lists, errors, and what stays as it is."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from app import permalinks
from app.archive.opening import Lease
from app.exports import forms
from app.search.examples import examples
from app.search.excerpts import ELLIPSIS
from app.search.results import Hit, SearchRequest, find
from app.web.bounds import LONGEST_ADDRESS
from app.web.given import SiteAddress
from app.web.pages import interviews

ADDRESS = "/api"

_QUOTED = 8
"""Words of an answer that the example of the quotation check looks for."""


@dataclass(frozen=True, slots=True)
class HandedForm:
    """A form that an interview and an answer have at their address and a suffix."""

    suffix: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Api:
    """What a program has to know."""

    url: str
    lines: dict[str, str]
    """Commands for a shell, by what they show; each does something in this archive, as its site is addressed."""
    forms: tuple[HandedForm, ...]
    page_size: int
    """Interviews in one page of a list."""
    longest_address: int
    """Bytes."""


def page(lease: Lease, site: SiteAddress) -> Api:
    """Return how programs read the archive, with commands that can be run."""
    return Api(
        url=ADDRESS,
        lines=_lines(lease, site),
        forms=tuple(HandedForm(form.suffix, form.name, form.media_type) for form in forms()),
        page_size=interviews.SIZE,
        longest_address=LONGEST_ADDRESS,
    )


def _lines(lease: Lease, site: str) -> dict[str, str]:
    shown = {
        "list": _curl(f"{site}/interviews.json?sort=oldest"),
        "head": _curl("-I", f"{site}/index.json"),
        "problem": _curl(f"{site}/a/0123456789abc.json"),
        "conditional": _curl(
            "--etag-compare", "tag", "--etag-save", "tag", "-o", "list.json", f"{site}/interviews.json"
        ),
        "jsonl": _curl("-o", "interviews.jsonl", f"{site}/bulk/interviews.jsonl"),
        "csv": _curl("-o", "answers.csv", f"{site}/bulk/answers.csv"),
        "archive": _curl("-C", "-", "-o", "archive.db", f"{site}/bulk/archive.db"),
        "manifest": _curl(f"{site}/bulk/manifest.json"),
    }
    found = next(iter(examples(lease.connection)), None)
    if found is not None:
        word = found.found.request.q
        hit = find(lease.connection, SearchRequest(word, size=1)).hits[0]
        shown |= _of_a_hit(hit, word, site)
    return shown


def _of_a_hit(hit: Hit, word: str, site: str) -> dict[str, str]:
    runs = "".join(piece.text for piece in hit.excerpt).split(ELLIPSIS)
    said = max(runs, key=len).split()[:_QUOTED]
    answer, interview = site + permalinks.answer_path(hit.id), site + permalinks.interview_path(hit.interview.slug)
    return {
        "interview": _curl(f"{interview}.json"),
        "answer": _curl(f"{answer}.json"),
        "version": _curl(f"{answer}.json?v=1"),
        "form": _curl(f"{answer}.bib"),
        "search": _curl("-G", f"{site}/search.json", "--data-urlencode", f"q={word}", "-d", "sort=newest"),
        "results": _curl("-G", f"{site}/search.csv", "--data-urlencode", f"q={word}", "-o", "search.csv"),
        "quote": _curl("-G", f"{site}/quote.json", "--data-urlencode", f"text={' '.join(said)}"),
        "oembed": _curl("-G", f"{site}/oembed", "--data-urlencode", f"url={answer}"),
    }


def _curl(*arguments: str) -> str:
    return shlex.join(["curl", *arguments])
