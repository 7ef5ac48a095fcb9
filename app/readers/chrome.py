"""Tells a page's own furniture from the text it carries, by structure and by no site's names; it reads no words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from app.readers import voices
from app.readers.furniture import AMP, ITEM_TYPES, ROLES, TAGS, WIDGETS
from app.readers.markup import BLOCKS, SILENT

_HIDDEN_CLASSES = frozenset(
    {"hidden", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "invisible"}
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAIN_TYPES = re.compile(r"schema\.org/(\w*Article|BlogPosting|Report|Interview)$")
_MEDIA = frozenset({"img", "picture", "video", "audio", "figure", "svg", "iframe", "object"})
_CONTAINERS = frozenset("div ul ol dl table section details center td dir".split())  # noqa: SIM905
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())  # noqa: SIM905
_NAMED_WORDS = re.compile(r"[A-Z]?[a-z]+")
_PROSE = 60
"""Characters outside links from which a block is a piece of prose."""


@dataclass(slots=True)
class Weight:
    """What an element holds, itself and within."""

    text: int = 0
    """Characters that are not space."""
    linked: int = 0
    links: int = 0
    prose: int = 0
    """Characters in blocks of prose."""
    said: int = 0
    """Characters in blocks of any length, outside links and furniture."""
    longest: int = 0
    """Characters outside links of the longest block."""
    paragraphs: int = 0
    headings: int = 0
    media: int = 0
    breaks: int = 0
    holds_title: bool = False
    own: int = 0
    """Characters outside links that stand in the element itself or in inline elements of it."""


class Chrome:
    """One page, weighed once; tells for each element whether it begins furniture."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._weights = _weighed(soup)
        whole = self._weights[id(soup.body or soup)]
        self._is_terse = whole.prose * 2 < whole.said
        self._whole = self._heft(soup.body or soup)
        self._main, self._is_declared = self._find_main(soup)
        self._above = {id(self._main), *(id(parent) for parent in self._main.parents)}
        self._after = False
        self._voices = voices.find(soup, self._main)

    def main(self) -> Tag:
        """Return the element that holds the page's text."""
        return self._main

    def reason(self, element: Tag) -> str:
        """Return why an element is furniture with all it holds, or "" where it is not by itself.

        Elements must be asked for in the order of the page.
        """
        if id(element) in self._above:
            self._after = self._after or element is self._main
            return ""
        if reason := self._voices.get(id(element)) or self._by_kind(element):
            return reason
        if element.name in BLOCKS and not self._is_in_main(element):
            if self._is_declared:
                return "outside the main text"
            if self._after:
                return "after the main text"
        return self._by_weight(element)

    def _heft(self, element: Tag) -> int:
        """Return how much of the text an element holds: its prose, or all words of a page of short paragraphs."""
        weight = self._weights[id(element)]
        return weight.said if self._is_terse else weight.prose

    def _is_in_main(self, element: Tag) -> bool:
        return any(parent is self._main for parent in element.parents)

    def _by_kind(self, element: Tag) -> str:
        weight = self._weights[id(element)]
        if element.name == "header":
            return "" if weight.holds_title or weight.prose else "page header"
        if element.name in TAGS:
            return TAGS[element.name]
        if element.name in AMP:
            return "embedded page"
        role = str(element.get("role", "")).lower()
        if role in ROLES:
            return ROLES[role]
        kind = str(element.get("itemtype", "")).rpartition("/")[2]
        if kind in ITEM_TYPES:
            return ITEM_TYPES[kind]
        classes = {name.lower() for name in element.get_attribute_list("class") if name}
        if any("tooltip" in name for name in classes):
            return "tooltip"
        if element.has_attr("hidden") or element.get("aria-hidden") == "true" or classes & _HIDDEN_CLASSES:
            return "hidden"
        if _HIDDEN_STYLE.search(str(element.get("style", ""))):
            return "hidden"
        return "" if weight.holds_title or self._heft(element) * 5 > self._whole else _widget(element)

    def _by_weight(self, element: Tag) -> str:
        weight = self._weights[id(element)]
        if element.name not in _CONTAINERS or not weight.text or weight.holds_title:
            return ""
        if weight.links and weight.longest < _PROSE and weight.linked * 4 >= weight.text:
            return "links"
        if weight.media and not (weight.paragraphs or weight.headings or weight.breaks) and weight.text < 400:
            return "figure caption"
        return ""

    def _find_main(self, soup: BeautifulSoup) -> tuple[Tag, bool]:
        """Return the element with the page's text, and whether the page itself declares it."""
        root = soup.body or soup
        whole = self._whole
        declared = [
            element for element in soup.find_all(_is_declared_main) if whole and self._heft(element) * 2 > whole
        ]
        if declared:
            titled = [element for element in declared if self._weights[id(element)].holds_title]
            return (titled or declared)[-1], True
        inner: Tag = root
        while whole:
            heavy = next((c for c in inner.children if isinstance(c, Tag) and self._is_most(c, whole)), None)
            if heavy is None or heavy.name not in BLOCKS or heavy.name in ("p", "pre"):
                break
            inner = heavy
        return inner, False

    def _is_most(self, element: Tag, whole: int) -> bool:
        return element.name not in SILENT and self._heft(element) * 100 >= whole * 85


def events(root: Tag) -> Iterator[tuple[int, Tag, str]]:
    """Yield (1, element, "") where one starts, (-1, element, "") where it ends and (0, around it, text) for text.

    In the order of the page, however deep, without SILENT, comments and declarations.
    """
    stack: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.children))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield -1, element, ""
        elif isinstance(child, Tag):
            if child.name not in SILENT:
                yield 1, child, ""
                stack.append((child, iter(child.children)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield 0, element, str(child)


def _is_declared_main(element: Tag) -> bool:
    return (
        element.name in ("main", "article")
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
        or bool(_MAIN_TYPES.search(str(element.get("itemtype", ""))))
    )


def _widget(element: Tag) -> str:
    """Return what an element in its class or id is called that stands around a text, as a notice of cookies."""
    if element.name not in _CONTAINERS:
        return ""
    names = " ".join([*map(str, element.get_attribute_list("class")), str(element.get("id", ""))])
    words = (word.lower() for word in _NAMED_WORDS.findall(names))
    return next((WIDGETS[word] for word in words if word in WIDGETS), "")


def _weighed(soup: BeautifulSoup) -> dict[int, Weight]:
    """Return what each element holds, by its id(); each element is visited once."""
    weights: dict[int, Weight] = {id(soup): Weight()}
    path: list[Tag] = [soup]
    links = furniture = 0
    for step, node, text in events(soup):
        if step == 0:
            letters = len("".join(text.split()))
            top = weights[id(path[-1])]
            top.text += letters
            if links:
                top.linked += letters
            elif not furniture:
                top.own += letters
            continue
        if step == 1:
            weights[id(node)] = Weight(holds_title=node.name == "h1", links=int(node.name == "a"))
            path.append(node)
        links += step * (node.name == "a")
        furniture += step * (node.name in TAGS or bool(_widget(node)))
        if step == -1:
            path.pop()
            _carry(weights[id(node)], weights[id(path[-1])], node)
    return weights


def _carry(inner: Weight, outer: Weight, element: Tag) -> None:
    """Add what an element that has just ended holds to the element around it."""
    if element.name in BLOCKS:
        inner.longest = max(inner.longest, inner.own)
        inner.prose += inner.own if inner.own >= _PROSE else 0
        inner.said += inner.own
    else:
        outer.own += inner.own
    outer.text += inner.text
    outer.linked += inner.linked
    outer.links += inner.links
    outer.prose += inner.prose
    outer.said += inner.said
    outer.longest = max(outer.longest, inner.longest)
    outer.paragraphs += inner.paragraphs + (element.name == "p")
    outer.headings += inner.headings + (element.name in _HEADINGS)
    outer.media += inner.media + (element.name in _MEDIA)
    outer.breaks += inner.breaks + (element.name == "br")
    outer.holds_title = outer.holds_title or inner.holds_title
