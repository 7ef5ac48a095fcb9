"""Takes people's names apart as catalogues do: family name, given names, addition; which names there are is not known.

A document tells how somebody is called, not which word is the family name. What cannot be told stays in one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Name:
    """A name, taken apart; where it is of one piece (an office, one word), `family` is all of it."""

    family: str
    given: str = ""
    """Given names, initials and patronymic, each as the source writes it, with spaces between."""
    addition: str = ""
    """ "Jr.", "III"."""
    family_first: bool = False
    """Whether the family name is spoken first, as in "Wang Yi", so that nothing is turned round in a list."""

    @property
    def plain(self) -> str:
        """The name in the order in which it is spoken."""
        words = (self.family, self.given) if self.family_first else (self.given, self.family)
        return " ".join(filter(None, (*words, self.addition)))

    @property
    def inverted(self) -> str:
        """The name as an alphabetical list has it: "Lavrov, Sergey"."""
        if self.family_first:
            return self.plain
        return ", ".join(filter(None, (self.family, self.given, self.addition)))

    @property
    def initials(self) -> str:
        """The initials of the given names, each with its full stop: "S. V.", of "Jean-Yves" "J.-Y."."""
        return " ".join("-".join(f"{part[0].upper()}." for part in _parts(word)) for word in self.given.split())


_HONORIFICS = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame"}
_ADDITIONS = {"jr", "sr", "ii", "iii", "iv"}
_PARTICLES = {
    *("af", "al", "ap", "as", "av", "bar", "ben", "bin", "bint", "da", "das", "de", "degli", "dei", "del", "della"),
    *("den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "les", "los", "of", "san", "st"),
    *("ten", "ter", "tot", "van", "vom", "von", "y", "zu", "zum", "zur", "фон", "де", "ван", "аль", "эль", "оглы"),
}
_ONLY_PARTICLES = {"da", "de", "del", "di", "dos", "von", "фон"}
"""Those that nobody has for a given name, so that "Da Silva" is a family name."""
_OFFICES = re.compile(
    r"\b(minister|secretary|president|chancellor|spokes(person|man|woman)|ambassador|commissioner|governor|premier"
    r"|treasurer|mayor|chair(man|woman|person)?|chief|director|officer|attorney|pm|senator|speaker|commander"
    r"|representative|official|delegation|ministry|department|government|министр|президент|председатель|посол"
    r"|представитель|секретарь|директор|губернатор|мэр|глава|директора)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+")
_PATRONYMIC = re.compile(r"\w+(ович|евич|ьич|овна|евна|ична|инична)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*(\([^)]*\)|\[[^]]*\])")

# Family names that stand first when spoken. They count only where all the name is made of East Asian syllables, so that
# "Kim Campbell" stays what it is.
_EAST_ASIAN = """
ahn bae bai ban cai cao chan chang chen cheng cho choe choi chu chung cui dai deng ding dong du duan fan fang feng
fu gao geng go gong gu guo han hao he hong hou hu hua huang hwang jang jeong ji jia jiang jin jo jung kang kim ko
kong kwon lai lee lei li liang liao lim lin liu long lu luo lyu ma mao meng min mo moon nguyen nie ning oh pan pang
park peng pham qian qiao qin qiu ren ri ryu seo shao shen shi shin shu sim son song su sun tan tang tao tian tran vo
wan wang wei wen wu xi xia xiao xie xu xue yan yang yao ye yi yin yoo yoon you yu yuan yun zeng zhai zhan zhang zhao
zheng zhong zhou zhu zou
"""
_FAMILIES = frozenset(_EAST_ASIAN.split())
_SYLLABLE = (
    r"(?:zh|ch|sh|ng|kh|ph|th|tr|kw|gw|hw|[bpmfdtnlgkhjqxrzcswy])?"
    r"(?:iang|iong|uang|yeo|yae|wae|ian|iao|ing|ang|eng|ong|uan|uai|yu|ew|eo|eu|ae|oe|oo|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua"
    r"|ue|ui|uo|a|e|i|o|u)(?:ng|nh|[nrkmplt])?"
)
_SYLLABLES = re.compile(rf"{_SYLLABLE}(?:-?{_SYLLABLE}){{0,2}}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def parse(written: str) -> Name:
    """Return a name as people write it, taken apart."""
    name = " ".join(_BRACKETED.sub("", written).split()) or written
    words, addition = _without_addition(_spaced(name).split())
    while len(words) > 1 and words[0].rstrip(".").lower() in _HONORIFICS:
        words = words[1:]
    if len(words) < 2 or _OFFICES.search(name) or any(character.isdigit() for character in name):
        return Name(" ".join(words) if words and not _OFFICES.search(name) else name, "", addition)
    start = _family_starts(words)
    if start is None:
        return Name(words[0], " ".join(words[1:]), addition, family_first=words[0].lower() in _FAMILIES)
    return Name(" ".join(words[start:]), " ".join(words[:start]), addition)


def _family_starts(words: list[str]) -> int | None:
    """Return which word the family name begins with; None where it is the first word alone."""
    after = " ".join(words[1:])
    if _INITIALS.fullmatch(after) and not _INITIALS.fullmatch(words[0]):
        return None
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]) and not _PATRONYMIC.fullmatch(words[1]):
        return None
    if words[0].lower() in _FAMILIES and len(words) <= 3 and all(_SYLLABLES.fullmatch(word) for word in words):
        return None
    if words[0].lower() in _ONLY_PARTICLES:
        return 0
    start = len(words) - 1
    while start > 1 and words[start - 1].rstrip(".").lower() in _PARTICLES:
        start -= 1
    return start


def _without_addition(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 2 and words[-1].rstrip(".").lower() in _ADDITIONS:
        return [*words[:-2], words[-2].rstrip(",")], words[-1]
    return words, ""


def _spaced(name: str) -> str:
    """Set apart the initials that touch each other or the name: "С.В.Лавров" is "С. В. Лавров"."""
    return re.sub(r"(?<![^\s.-])([^\W\d_]\.)(?=[^\W\d_])", r"\1 ", name)


def _parts(word: str) -> list[str]:
    return [part for part in word.split("-") if part]
