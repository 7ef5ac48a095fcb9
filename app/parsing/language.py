"""Tells the language of a text by its script and its small words; what a source states goes before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SMALL_WORDS = {
    "en": "the of and to in that is we for it this are not with you have as on be our they by at from was i but",
    "ru": "и в не на что с мы это как по но из у за к то я они их для от о вы так все был если уже или еще",
    "uk": "і в не на що з ми це як та але із у за до я вони їх для від про ви так є був якщо вже або ще його",
    "be": "і ў не на што з мы гэта як па але у за да я яны іх для ад пра вы так ёсць быў калі ўжо або яго",
    "bg": "и в не на че с ние това как по но от за към аз те да са ще се е или ако вече беше който",
    "fr": "le la les de des et que qui est nous vous dans pour pas une un en ce sur il avec plus je on au aux",
    "de": "der die das und ist nicht wir zu den mit von auf für ein eine dass es sich auch sie ich haben im dem",
    "es": "el la los las de que y en es no un una por con para se lo del nos como más pero está su al",
    "it": "il la di che è e un una per non con del della i gli le sono si da in questo ma come anche nel",
    "pt": "o a os as de que e em não um uma por com para se do da no na mais é nós como mas ao são",
    "nl": "de het een en van is niet wij dat in op te voor met zijn ook er aan die ik maar naar om bij",
    "pl": "i w nie na że z się to jest jak do o po ale za my od są dla już tak przez co czy tym",
    "tr": "ve bir bu da de için ile çok ne biz olarak daha var gibi kadar sonra olan ama ben değil",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)
_LIMIT = 9_000
"""Characters that tell a language."""
_OTHER = re.compile(r"[\u0370-\u03ff\u0530-\u1fff\u2e80-\ud7ff\uf900-\ufdff]")
"""A letter of a script that is neither Latin nor Cyrillic."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def detect(texts: Sequence[str]) -> str:
    """Return the BCP 47 tag of the language of `texts`; "und" where it cannot be told."""
    sample = _sample(texts)
    if _OTHER.search(sample):
        letters = len(_LETTER.findall(sample)) or 1
        for language, script in _SCRIPTS:
            if len(script.findall(sample)) * 4 > letters:
                return language
    words = Counter(_WORD.findall(sample.casefold()))
    scores = {language: sum(words.get(word, 0) for word in small) for language, small in _WORDS.items()}
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    total = words.total()
    if most < 3 or most * 12 < total or second * 10 > most * 9:
        return "und"
    return best


def _sample(texts: Sequence[str]) -> str:
    """Return the beginning, the middle and the end of the texts, as much as tells their language."""
    whole = " ".join(texts)
    if len(whole) <= _LIMIT:
        return whole
    third, middle = _LIMIT // 3, len(whole) // 2
    return f"{whole[:third]} {whole[middle : middle + third]} {whole[-third:]}"


def primary(tag: str) -> str | None:
    """Return the language alone of a tag such as "en-GB"; None for what is no tag."""
    tag = tag.strip().replace("_", "-")
    return tag.partition("-")[0].lower() if _TAG.fullmatch(tag) else None
