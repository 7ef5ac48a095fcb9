"""Every kind of page, found by walking the site, is accessible, fits every width, asks nobody else and is small."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from tests.browser.conftest import Open, Scheme
from tests.browser.walking import PAGES, Walked

KINDS = sorted(page.name for page in PAGES)
STATES = {
    "a list that filters have narrowed": "/interviews?year=2018&outlet=lakeside-gazette&sort=oldest",
    "a list that filters have emptied": "/interviews?year=2015",
    "a search before anything is asked": "/search",
    "a search that finds nothing": "/search?q=zanzibar",
    "a search in both sides with filters": "/search?q=ferry+OR+%22the+bridge%22&in=both&after=2012",
    "a search with a mistake": "/search?q=%22the+ferry+speaker%3Anobody",
    "a search that filters have emptied": "/search?q=ferry&speaker=petra-lindgate&after=2018",
    "a search in Russian": "/search?q=%D0%B4%D0%BE%D1%80%D0%BE%D0%B3%D0%B0",
    "an interview in Russian": "/interviews/2012-10-11-gornov-ozero-24",
    "an interview by nobody named": "/interviews/2017-05-northern-wire-conversation-with-ambassador-joss-merriden-on",
    "an interview with notes and a moderator": "/interviews/2013-05-15-marwick-zarechensky-northern-wire",
    "an interview with the matches of a search": "/interviews/2019-11-07-marwick-lakeside-gazette?q=ferry",
    "a redline": "/interviews/2018-03-22-marwick-morning-ledger/versions",
    "an older version": "/interviews/2018-03-22-marwick-morning-ledger?v=1",
    "a day without interviews": "/dates/2015/12/11",
    "a year without interviews": "/dates/2015",
    "no page": "/nothing/here",
    "a mistyped id": "/a/0123456789abc",
}
WIDTHS = (320, 768, 1440)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Those of the rules that look at colours."""
MOST_PLAIN, MOST_COMPRESSED = 60_000, 20_000
TELLING = 20_000
"""Bytes."""
LONG = 40
"""Exchanges from which on an interview may weigh more."""

_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false})
  .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary}`)))"""


def telling(walked: list[Walked], kind: str) -> Walked:
    """Return a full page of a kind, though not one so long that it only says the same again."""
    pages = sorted((page for page in walked if page.kind == kind), key=lambda page: page.plain)
    assert pages, f"no link leads to a page of the kind {kind!r}"
    return next((page for page in reversed(pages) if page.plain <= TELLING), pages[0])


@pytest.fixture(params=[*KINDS, *STATES])
def address(request: pytest.FixtureRequest, walked: list[Walked]) -> str:
    """A full page of each kind, and each state that no link leads to."""
    name: str = request.param
    return STATES.get(name) or telling(walked, name).address


def test_axe_finds_nothing_it_fits_every_width_in_light_and_dark_and_asks_nobody_else(
    opened: Open, axe: str, address: str
) -> None:
    with opened(address) as watched:
        _forgive_status(watched.faults)
        # What the browser is told from outside is not held to the policy of the page.
        watched.page.evaluate(axe)
        found = {
            look: [*(f"sticks out: {each}" for each in sticking_out(watched.page)), *_axe_on(watched.page, *look)]
            for look in looks(watched.page, ("light", "dark"))
        }
        assert {look: faults for look, faults in found.items() if faults} == {}


def _axe_on(page: Page, scheme: Scheme, _width: int) -> list[str]:
    """Return what axe finds; in the dark its rules of colour alone are asked, for nothing else is another there."""
    faults: list[str] = page.evaluate(_AXE, RULES if scheme == "light" else COLOURS)
    return faults


def looks(page: Page, schemes: tuple[Scheme, ...] = ("light",)) -> Iterator[tuple[Scheme, int]]:
    """Set a page in each colour scheme at each width."""
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            yield scheme, width


def _forgive_status(faults: list[str]) -> None:
    """Drop what Chromium logs of a page that is rightly a 404 or a 410."""
    faults[:] = [fault for fault in faults if "the server responded with a status of 4" not in fault]


def sticking_out(page: Page) -> list[str]:
    """Return what is wider than the window, if the page can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => { const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        return [...document.querySelectorAll("body *")]
          .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
          .map(e => e.outerHTML.slice(0, 120)).slice(-3); }"""
    )
    return found


def test_every_page_but_a_long_interview_is_light(walked: list[Walked], filled_client: TestClient) -> None:
    heavy = []
    for page in walked:
        # What is small as it is need not be compressed to be seen to be.
        compressed = page.plain if page.plain <= MOST_COMPRESSED else _compressed(page.address, filled_client)
        if page.plain > MOST_PLAIN or compressed > MOST_COMPRESSED:
            heavy.append((page.address, page.plain, compressed))
    assert [each for each in heavy if not _is_long(each[0], filled_client)] == []


def _compressed(address: str, client: TestClient) -> int:
    """Return how many bytes a browser of today gets of a page."""
    response = client.get(address, headers={"Accept-Encoding": "br"})
    assert response.headers["content-encoding"] == "br"
    return int(response.headers["content-length"])


def _is_long(address: str, client: TestClient) -> bool:
    path, mark, query = address.partition("?")
    if not path.startswith("/interviews/"):
        return False
    whole = path.removesuffix("/versions").removesuffix("/lines")
    return len(client.get(f"{whole}.json{mark}{query}").json()["exchanges"]) >= LONG
