"""The Jinja environment, strict, and what every template is given; the words are in templates/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import FileSystemLoader, StrictUndefined

from app import permalinks
from app.archive.holdings import Generation, numbered
from app.citing import citations
from app.citing.coins import context_object
from app.exports.transcripts import Transcript
from app.web import embedding, lettering, redlines, wording
from app.web.alternates import Alternate
from app.web.assets import Assets
from app.web.below import prefixed
from app.web.compiling import Compiling
from app.web.structured import article


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page."""

    url: str
    """Absolute address, without a slash at its end."""
    navigation: Sequence[tuple[str, str]]
    """Paths and names of the ways in."""
    contact: str | None = None
    """Where readers tell of mistakes: mailto:…, or the absolute address of a page."""


class Templates:
    """The templates of one folder, each compiled once, at the latest when it is first used."""

    def __init__(self, folder: Path, site: Site, assets: Assets) -> None:
        # Escaping is on for every name of template: by suffix, it would be off for all but a few.
        self.site = site
        self._below = urlsplit(site.url).path
        self._environment = Compiling(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            site=site,
            asset=assets.path,
            address=address,
            contact_about=partial(_contact_about, site),
            interview_path=permalinks.interview_path,
            answer_path=permalinks.answer_path,
            paragraph_anchor=permalinks.paragraph_anchor,
            paragraphs=redlines.paragraphs,
            speaker_path=permalinks.speaker_path,
            outlet_path=permalinks.outlet_path,
            date_path=date_path,
            letter_anchor=lettering.anchor,
            citations=citations,
            context_object=context_object,
            article=article,
            frame=embedding.frame,
            quotation=embedding.quotation,
            wording=wording,
            numbered=numbered,
        )
        # Letters of other scripts stand in JSON as they are; what HTML could mistake is escaped all the same.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}

    @property
    def names(self) -> list[str]:
        """All that there are."""
        return self._environment.list_templates()

    def compile(self, name: str) -> None:
        """Compile one, if it was not used yet, so that no reader has to wait for that."""
        self._environment.get_template(name)

    def render(
        self,
        name: str,
        record: object,
        path: str,
        *,
        canonical: str | None = None,
        json: str | None = None,
        generation: Generation | None = None,
        exported: Transcript | None = None,
        others: Sequence[Alternate] = (),
    ) -> str:
        """Return the page that the template `name` makes of `record`; a name without a suffix is of HTML.

        `path` is where it is shown, `canonical` its permanent path and query, `json` where the same record is as JSON;
        `exported` what its other forms are made of, `others` where they are.
        """
        name = name if "." in name else f"{name}.html"
        text = self._environment.get_template(name).render(
            record=record,
            path=path,
            canonical=canonical,
            json=json,
            language="en",
            generation=generation,
            exported=exported,
            others=others,
        )
        return prefixed(text, self._below) if self._below and name.endswith(".html") else text


def address(path: str, **parameters: object) -> str:
    """Return `path` with those of the parameters in its query that are neither None nor empty."""
    query = "&".join(f"{name}={_quoted(str(value))}" for name, value in parameters.items() if value not in (None, ""))
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=256)
def _quoted(value: str) -> str:
    return quote(value, safe="")


def _contact_about(site: Site, path: str) -> str:
    """Return the contact as a link; a message has as its subject the address of the page at `path`."""
    contact = site.contact or ""
    return f"{contact}?subject={quote(site.url + path, safe='')}" if contact.startswith("mailto:") else contact


def date_path(date: str) -> str:
    """Return the path of the calendar page of a date at its own precision, YYYY, YYYY-MM or YYYY-MM-DD."""
    return f"/dates/{date.replace('-', '/')}"
