"""What the keys of a JSON file and the columns of a CSV file are taken to mean; other names mean nothing here."""

from __future__ import annotations

import re

SPEAKERS = ("speaker", "speaker_name", "speakername", "name", "who", "voice", "label", "role")
"""The name of who speaks; where there are several of these, the first counts."""
WORDS = ("text", "words", "content", "utterance", "speech", "said", "statement", "paragraphs", "text_blocks", "body")
"""What is said; where there are several of these, the first counts."""
PAIRS = ("question", "answer")
"""A question and an answer in one record; each key is the label of its words."""
LISTS = (
    "turns", "segments", "sections", "utterances", "transcript", "dialogue", "dialog", "interview", "entries",
    "messages", "exchanges", "results", "data", "items", "monologues",
)  # fmt: skip
"""What holds turns, or holds what holds them."""
_FIELDS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "event_date": "date",
    "published": "published",
    "published_at": "published",
    "publish_date": "published",
    "language": "language",
    "lang": "language",
    "outlet": "outlet",
    "outlets": "outlet",
    "publication": "outlet",
    "place": "place",
    "location": "place",
    "url": "canonical",
    "source_url": "canonical",
    "href": "canonical",
}


def plain(key: str) -> str:
    """Return a key as it is compared: lower case, words joined by a low line."""
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def field_of(key: str) -> str:
    """Return what a fact under this key is called among the fields of a document; empty where it is none."""
    return _FIELDS.get(plain(key), "")
