"""Cuts typed text into the pieces of a query; what they mean together is in grammar."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Literal

from app.search.folding import is_unspaced, tokens, words
from app.search.query import Lexeme

OPERATORS = {
    "speaker": "speaker",
    "outlet": "outlet",
    "lang": "lang",
    "language": "lang",
    "year": "year",
    "after": "after",
    "before": "before",
    "in": "in",
}
"""What may be typed before a colon, and the operator that it names."""

SHORTEST_PREFIX = 3
LONGEST_PHRASE = 64
"""Words."""
FARTHEST = 50
_DISTANCE = 10
"""Words that may stand between the two of a plain NEAR."""

_DOUBLE = frozenset('"“”„‟«»＂″‶〝〞〟❝❞「」『』《》')
_QUOTES = re.compile(f"[{''.join(_DOUBLE)}]")
_SINGLE = frozenset("'‘’‚‛‹›`＇")
_CLOSING_SINGLE = re.compile(r"['‘’‚‛‹›`＇](?=[\s)）\"“”«»,.;:!?]|$)")
_CLOSERS = {'"': '"', "«": "»", "“": "”", "„": "“”", "「": "」", "『": "』", "《": "》", "»": "«"}
_OPEN, _CLOSE = frozenset("(（"), frozenset(")）")
_DASHES = frozenset("-−–‐‑")
_WORD = re.compile(rf"(?:[^\s()（）{''.join(_DOUBLE)}]|(?<=\w)\([^\s()]*\))*")
_OPERATOR = re.compile(r"([^\W\d_]{2,12}):(?!//)(.*)", re.DOTALL)
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?|(?i:near)/(\d{1,9})")
_MEANS_ANOTHER = re.compile(r"[()（）]|^(?:OR|AND|NOT|NEAR|(?i:near)/\d+)$")
"""What would not be read as a word if it stood alone."""
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Lexer:
    """Reads one typed text once, from left to right; `lexemes` and `mistakes` are what it found."""

    def __init__(self, typed: str) -> None:
        self.typed, self.place = typed, 0
        self.lexemes: list[Lexeme] = []
        self.mistakes: list[str] = []
        self._single_quotes_end = True
        while self.place < len(typed):
            self._step()

    def _step(self) -> None:
        character = self.typed[self.place]
        if character.isspace():
            self.place += 1
        elif character in _OPEN or character in _CLOSE:
            self.place += 1
            kind = ("open", "(") if character in _OPEN else ("close", ")")
            self.lexemes.append(Lexeme(*kind))  # type: ignore[arg-type]
        elif character in _DASHES:
            self._dash()
        else:
            self._piece(negated=False)

    def _dash(self) -> None:
        while self.place < len(self.typed) and self.typed[self.place] in _DASHES:
            self.place += 1
        follower = self.typed[self.place : self.place + 1]
        if follower in _OPEN:
            self.lexemes.append(Lexeme("not", "-"))
        elif follower and not follower.isspace() and follower not in _CLOSE:
            self._piece(negated=True)

    def _piece(self, *, negated: bool) -> None:
        character = self.typed[self.place]
        if character in _DOUBLE:
            self._add_phrase(self._double_quoted(), negated)
            return
        if character in _SINGLE and self._single_quotes_end:
            inner = self._single_quoted()
            if inner is not None:
                self._add_phrase(inner, negated)
                return
        self._word(negated)

    def _double_quoted(self) -> str:
        """Return what stands between the quotation mark here and the one that closes it, and go past it."""
        start = self.place + 1
        closers = _CLOSERS.get(self.typed[self.place], "")
        ends = [end for closer in closers if (end := self.typed.find(closer, start)) >= 0]
        end = min(ends, default=-1)
        if end < 0:
            end = next((place for place in range(start, len(self.typed)) if self.typed[place] in _DOUBLE), -1)
        if end < 0:
            self.mistakes.append("A quotation mark is opened and not closed; the phrase was taken to run to the end.")
            end = len(self.typed)
        self.place = end + 1
        return self.typed[start:end]

    def _single_quoted(self) -> str | None:
        """Return what stands between single quotation marks; None where the one here is an apostrophe."""
        closing = _CLOSING_SINGLE.search(self.typed, self.place + 1)
        if closing is None:
            self._single_quotes_end = False
            return None
        inner = self.typed[self.place + 1 : closing.start()]
        if not words(inner) or any(character in _DOUBLE for character in inner):
            return None
        self.place = closing.end()
        return inner

    def _add_phrase(self, inner: str, negated: bool) -> None:
        if not words(inner):
            self.mistakes.append("The quotation marks hold no word to look for.")
        else:
            self._add_term("phrase", " ".join(inner.split()), negated)

    def _word(self, negated: bool) -> None:
        start = self.place
        self.place = _WORD.match(self.typed, start).end()  # type: ignore[union-attr]
        text = self.typed[start : self.place]
        operator = _OPERATOR.fullmatch(text)
        if operator and self._operator(operator[1], operator[2], negated):
            return
        if not negated and self._connective(text):
            return
        if words(text):
            self._add_term("word", text, negated)

    def _add_term(self, kind: Literal["word", "phrase"], text: str, negated: bool) -> None:
        found = tokens(text)
        if len(found) > LONGEST_PHRASE:
            self.mistakes.append(f"A phrase can have {LONGEST_PHRASE} words; the rest of it was left out.")
        last = found[:LONGEST_PHRASE][-1]
        bare = _QUOTES.sub("", text[found[0].start : last.end])
        prefix = text[last.end :].startswith("*")
        if "*" in bare:
            self.mistakes.append(f"In “{bare}” a star stands inside; it means something only at the end of a word.")
            bare = bare.replace("*", " " if kind == "phrase" else "-")
        if kind == "word" and (_MEANS_ANOTHER.search(bare) or _OPERATOR.fullmatch(bare)):
            bare = "-".join(token.text for token in found[:LONGEST_PHRASE])
        if prefix and len(last.text) < SHORTEST_PREFIX and not is_unspaced(last.text[0]):
            self.mistakes.append(
                f"“{bare}*” is too wide: the beginning of a word needs {SHORTEST_PREFIX} letters or more; "
                "it was taken as a whole word."
            )
            prefix = False
        self.lexemes.append(Lexeme(kind, bare, negated=negated, prefix=prefix))

    def _connective(self, text: str) -> bool:
        near = _NEAR.fullmatch(text)
        if near:
            typed = int(near[1] or near[2] or _DISTANCE)
            if typed > FARTHEST:
                self.mistakes.append(f"NEAR reaches {FARTHEST} words at most.")
            self.lexemes.append(Lexeme("near", text, distance=min(typed, FARTHEST)))
        elif text in ("OR", "AND", "NOT"):
            self.lexemes.append(Lexeme(text.lower(), text))  # type: ignore[arg-type]
        else:
            return False
        return True

    def _operator(self, typed_name: str, value: str, negated: bool) -> bool:
        """Add the operator and say that it is one; what only looks like one is a word, its colon a mistake."""
        name = OPERATORS.get(typed_name.lower())
        follower = self.typed[self.place : self.place + 1]
        if name is None:
            if not value and follower not in _DOUBLE:
                return False
            close = get_close_matches(typed_name.lower(), OPERATORS, 1, 0.75)
            if not close:
                self.mistakes.append(
                    f"“{typed_name}:” is no operator, so it was taken as a word. The operators are "
                    f"{', '.join(f'{each}:' for each in dict.fromkeys(OPERATORS.values()))}."
                )
                self.lexemes.append(
                    Lexeme("word", "-".join(words(f"{typed_name} {value}")[:LONGEST_PHRASE]), negated=negated)
                )
                return True
            name = OPERATORS[close[0]]
            self.mistakes.append(f"“{typed_name}:” is no operator; it was taken for “{name}:”.")
        if not value and follower and follower in _DOUBLE:
            value = self._double_quoted()
        value = " ".join(_QUOTES.sub(" ", value).split()) if words(value) else ""
        self.lexemes.append(Lexeme("operator", value, name, negated))
        return True


def cleaned(typed: str) -> str:
    """Return typed text without what no page and no database can hold: controls are spaces, half characters U+FFFD."""
    return _SURROGATE.sub("\ufffd", _UNSHOWN.sub(" ", typed))
