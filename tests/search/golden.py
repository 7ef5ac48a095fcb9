"""Five interviews of a few turns each, invented so that whatever is asked can be counted by hand, and their turns."""

from __future__ import annotations

from collections.abc import Callable

TURNS = {
    "P1": "Good evening.",
    "P2": "We won’t build",
    "P3": "The Su-24",
    "V1": "We are negotiating.",
    "V2": "The negotiation goes",
    "M1": "На переговорах",
    "M2": "Им пи",
    "O1": "Nothing to add",
    "Y1": "Security is for all.",
    "p1": "Some came to Europe",
    "p2": "And what of migration?",
    "p3": "Will sanctions end?",
    "v1": "How do the negotiations",
    "v2": "And Russia’s position?",
    "m1": "О чём были",
    "m2": "Что с беженцами?",
    "o1": "Anything on refugees?",
    "h": "Time for one last",
}
"""How the text of each turn begins, by a name of the interview and of the turn: answers P1, questions p1."""


def tell(add: Callable[..., object]) -> None:
    """Store the interviews."""
    add(
        "paris",
        "2015-12-11",
        ("statement", "sergey-lavrov", None, "Good evening. I have one remark on the “islands of security”."),
        ("question", "anna-kern", 1, "Some came to Europe among the refugees. Is Schengen over?"),
        ("question", "ivan-petrov", 1, "And what of migration?"),
        (
            "answer",
            "sergey-lavrov",
            1,
            "We won’t build refugee camps.\nWe can't rule out anti-Russian steps, US/Russia.",
        ),
        ("answer", "maria-zakharova", 1, "The Su-24 and the A321, at 18:47, under Executive Order No. 553."),
        ("moderator", "oleg-host", None, "Time for one last question."),
        ("question", None, 2, "Will sanctions end?"),
        outlets=("rossiya-segodnya", "tass"),
    )
    add(
        "vienna",
        "2016-05",
        ("question", None, 1, "How do the negotiations go?"),
        ("answer", "sergey-lavrov", 1, "We are negotiating. A political settlement is near, a settlement for Syria."),
        ("question", "anna-kern", 2, "And Russia’s position?"),
        ("answer", "john-kerry", 2, "The negotiation goes on. Security first."),
        outlets=("bbc",),
    )
    add(
        "moskva",
        "2016-05-20",
        ("question", None, 1, "О чём были переговоры?"),
        (
            "answer",
            "sergey-lavrov",
            1,
            "На переговорах мы ещё раз сказали: беженцы рядом. Йод, «острова безопасности».",
        ),
        ("question", None, 2, "Что с беженцами?"),
        ("answer", "sergey-lavrov", 2, "Им пи\u0301шут, е\u0308лка стоит. NATO рядом."),
        language="ru",
        outlets=("tass",),
    )
    add(
        "old",
        None,
        ("question", None, 1, "Anything on refugees?"),
        ("answer", "john-kerry", 1, "Nothing to add on the islands, on security or on refuge."),
    )
    add("year", "2016", ("statement", "john-kerry", None, "Security is for all. 安全保障は大切です。"), language="ja")
