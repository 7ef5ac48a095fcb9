"""Reads JSON files that say who speaks and what, in the usual shapes; any other shape is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.errors import SourceRefused
from app.readers import keys
from app.readers.decoding import decode
from app.readers.trees import Tree, Value, first_line, plant, values
from app.records import Block, Document, Field

SUFFIXES = (".json",)
MEDIA_TYPE = "application/json"

_HTML = re.compile(r"</(?:p|div|b|strong|span)>|<br\s*/?>", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[\[(].*[\])]\.?\s*", re.DOTALL)


@dataclass(slots=True)
class _Said:
    """What has been read so far."""

    blocks: list[Block] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """The keys that stand as labels."""


def read(data: bytes) -> Document:
    """Return the blocks of a JSON file; a line is that on which a value begins.

    Understood are a list of turns, or an object with facts and such a list under one of keys.LISTS, in sections or
    not; a turn is an object with one of keys.SPEAKERS and one of keys.WORDS, or with both of keys.PAIRS; and an object
    with facts and the whole text under one of keys.WORDS. Raises SourceRefused (with no name) for anything else.
    """
    decoded = decode(data)
    tree = plant(decoded.text)
    said = _Said()
    if isinstance(tree, list):
        whole = [item for item in tree if isinstance(item, dict) and any(keys.field_of(key) for key in item)]
        if len([item for item in whole if any(keys.plain(key) in keys.LISTS for key in item)]) > 1:
            raise SourceRefused("", first_line(tree), "several interviews in one file: one file holds one", "several")
        _read_turns(said, tree)
    elif isinstance(tree, dict):
        _read_object(said, tree)
    if not any(block.kind == "text" for block in said.blocks):
        raise _not_understood(tree, "no turns are found: a list of objects that have a speaker and a text")
    witness = " ".join([*(value.text for value in values(tree)), *said.labels])
    return Document(tuple(said.blocks), witness, decoded.encoding, False, tuple(said.fields), decoded.findings)


def _not_understood(tree: Tree, reason: str) -> SourceRefused:
    return SourceRefused("", first_line(tree), reason, "not-understood")


def _read_object(said: _Said, record: dict[str, Tree]) -> None:
    """Read an object that is no turn: facts, and what holds turns."""
    lists = [key for key, tree in record.items() if keys.plain(key) in keys.LISTS and isinstance(tree, list | dict)]
    words = "" if lists else _first(record, keys.WORDS)
    for key, tree in record.items():
        if key in lists:
            _read_turns(said, tree if isinstance(tree, list) else [tree])
        elif key == words and isinstance(tree, Value):
            _read_text(said, tree)
        else:
            _set_aside(said, key, tree, is_fact=True)


def _read_turns(said: _Said, items: list[Tree]) -> None:
    for item in items:
        if isinstance(item, Value):
            _read_text(said, item)
        elif isinstance(item, list):
            _read_turns(said, item)
        elif isinstance(item, dict):
            pair = [key for key in item if keys.plain(key) in keys.PAIRS]
            words, speaker = _first(item, keys.WORDS), _first(item, keys.SPEAKERS)
            if len(pair) == 2 and not words:
                _read_pair(said, item, pair)
            elif words:
                _read_turn(said, item, speaker, words)
            else:
                _read_section(said, item)


def _read_section(said: _Said, record: dict[str, Tree]) -> None:
    """Read an object among turns that holds turns of its own, under a heading or not."""
    if not any(keys.plain(key) in keys.LISTS for key in record):
        if list(values(record)):
            raise _not_understood(record, f"an object without words or turns: it has {', '.join(record)}")
        return
    for key in record:
        value = record[key]
        if keys.field_of(key) == "title" and isinstance(value, Value) and value.text.strip():
            said.blocks.append(Block(" ".join(value.text.split()), value.line, "heading"))
    _read_object(said, {key: tree for key, tree in record.items() if keys.field_of(key) != "title"})


def _read_turn(said: _Said, record: dict[str, Tree], speaker: str, words: str) -> None:
    name = record.get(speaker)
    named = _name(said, speaker, name)
    paragraphs = list(_paragraphs(said, words, record[words]))
    for key, tree in record.items():
        if key not in (speaker, words):
            _set_aside(said, key, tree)
    if not named and paragraphs and not all(_ASIDE.fullmatch(text) for text, _ in paragraphs):
        raise _not_understood(record, "no speaker is named for these words")
    _say(said, named, paragraphs)
    if named and not paragraphs and name is not None:
        said.blocks.append(Block(named, first_line(name), "furniture", reason="speaker without words"))


def _read_pair(said: _Said, record: dict[str, Tree], pair: list[str]) -> None:
    for key, tree in record.items():
        if key not in pair:
            _set_aside(said, key, tree)
    for key in sorted(pair, key=lambda key: keys.PAIRS.index(keys.plain(key))):
        paragraphs = list(_paragraphs(said, key, record[key]))
        if paragraphs:
            said.labels.append(key)
            _say(said, key, paragraphs)


def _say(said: _Said, speaker: str, paragraphs: list[tuple[str, int]]) -> None:
    for number, (text, line) in enumerate(paragraphs):
        said.blocks.append(Block(text, line, speaker=(speaker or None) if not number else None))


def _name(said: _Said, key: str, tree: Tree) -> str:
    """Return a speaker's name: a text or a number, or the name in an object; the rest of it is set aside."""
    if isinstance(tree, Value):
        return " ".join(tree.text.split())
    if isinstance(tree, dict):
        inner = _first(tree, ("name", "full_name", "label", "id"))
        name = tree.get(inner)
        _set_aside(said, key, {other: value for other, value in tree.items() if other != inner})
        return _name(said, key, name)
    if tree is not None:
        raise _not_understood(tree, "the speaker is neither a text nor an object with a name")
    return ""


def _paragraphs(said: _Said, key: str, tree: Tree) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a text, or of a list of texts, each with its line."""
    if isinstance(tree, Value):
        if _HTML.search(tree.text):
            raise _not_understood(tree, "the text is HTML: save it as a page")
        for part in re.split(r"[\r\n]+", tree.text):
            if part.strip():
                yield part.strip(), tree.line
    elif isinstance(tree, list):
        for item in tree:
            yield from _paragraphs(said, key, item)
    elif isinstance(tree, dict):
        words = _first(tree, keys.WORDS)
        if not words:
            raise _not_understood(tree, f"the words under {key!r} are in a shape that is not known")
        yield from _paragraphs(said, words, tree[words])
        for other, value in tree.items():
            if other != words:
                _set_aside(said, other, value)


def _read_text(said: _Said, value: Value) -> None:
    """Read a text that says by labels who speaks."""
    said.blocks += [Block(text, line) for text, line in _paragraphs(said, "text", value)]


def _set_aside(said: _Said, key: str, tree: Tree, *, is_fact: bool = False) -> None:
    """Keep what is under a key beside the text, maybe as a fact of the document; refuse it where it holds turns."""
    if isinstance(tree, dict):
        if _first(tree, keys.WORDS) and _first(tree, keys.SPEAKERS):
            raise _not_understood(tree, f"turns stand under {key!r}, which is no known key for them")
        for inner, value in tree.items():
            _set_aside(said, inner, value, is_fact=is_fact)
    elif isinstance(tree, list):
        for item in tree:
            _set_aside(said, key, item, is_fact=is_fact)
    elif isinstance(tree, Value) and (text := " ".join(tree.text.split())):
        if is_fact and (fact := keys.field_of(key)):
            said.fields.append(Field(fact, text, tree.line))
            if fact == "title" and all(block.kind == "furniture" for block in said.blocks):
                said.blocks.append(Block(text, tree.line, "heading"))
                return
        said.blocks.append(Block(text, tree.line, "furniture", reason=keys.plain(key) or "value without a name"))


def _first(record: dict[str, Tree], wanted: tuple[str, ...]) -> str:
    """Return the key of the first of the wanted names that an object has; empty where it has none."""
    names = {keys.plain(key): key for key, tree in record.items() if tree is not None}
    return next((names[name] for name in wanted if name in names), "")
