"""Words and names of a made corpus, and how often each is used: nobody said any of it; texts are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

VOCABULARY = 40_000
"""Words of each language."""
_COMMON = {
    "en": """the of and to in a that is we it for on with as this be are have not our by will they there at from you has
        which but what so about who all can their would more very do been one people also or was countries an when if i
        government important us how these work issues other time other new need must now country think well first than
        should any some know my because between year years world into other make way those only said question say take
        other want two right no support here think still where many security agreement other economic cooperation
        president minister situation political european relations law rights state going course order made forward
        trade parliament council process possible clear decision public today position number part believe national
        talks peace border borders budget energy education health university universe sanctions treaty commission"""
    "",
    "ru": """и в на что не с это по как мы к из для у а о но все от за то есть так я бы или же его их только они было
        быть этого при уже если вопрос более также который которые будет может наши наших нас вы время еще до том во
        где год года году лет страны стран россии мира можно надо очень когда между сегодня должны работы работа
        отношения отношений вопросы вопросов безопасности государства сотрудничество развитие развития экономики
        решение решения переговоры переговоров соглашение соглашения стороны партнёры партнёров президент министр
        ситуация ситуации закон закона права народ людей говорить считаю конечно поэтому через граница границы""",
}
_SYLLABLES = {
    "en": "ba ber cal con cor dan del den dis ex fal fer gor han hol in kel lan lor mar men nor or par per pol ran re "
    "ser sol tan ter tor val ver win",
    "ru": "ба бер вал вер гор дан дел ем зар ин кал ком кон лан лер мар мен нар ор пар пер пол ран раз сер сол тан тер "
    "тор уд фор хор чен шир",
}
_ENDINGS = {
    "en": ["", "s", "ed", "ing", "ion", "ions", "er", "ly", "al", "ment"],
    "ru": ["а", "ы", "у", "ой", "ов", "ами", "ение", "ения", "ный", "ного", "ным", "ать", "ают", "ил"],
}
_FIRST = {
    "en": "Anna John Mary Peter Helen James Laura Martin Susan Robert Alice Thomas Nora Victor Jane Oscar Ruth Simon "
    "Vera Walter",
    "ru": "Анна Иван Мария Пётр Елена Яков Лариса Мартин Софья Роман Алла Тимофей Нина Виктор Яна Олег Рита Семён "
    "Вера Вадим",
}
_LAST = {
    "en": "Petrov Brown Lind Marsh Kovac Hale Novak Ferris Dorn Ashby Weller Strand Moreno Bauer Quill Tarn Rowe Vance "
    "Holm Iversen",
    "ru": "Бровко Линд Марченко Ковач Гальченко Новак Феррис Дорн Эшби Веллер Странд Морено Бауэр Квилл Тарн Роу Ванс "
    "Хольм Иверсен Заец",
}
_OFFICES = ("Foreign Minister", "Prime Minister", "Finance Minister", "Governor", "President")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with its words, the most used first, and the sums of how often each is used."""

    tag: str
    words: tuple[str, ...]
    sums: tuple[float, ...]
    topics: tuple[tuple[str, ...], ...]
    """Words that an interview of one topic uses far more than others do."""
    officials: tuple[str, ...]
    askers: tuple[str, ...]
    asks: str
    """The label of whoever asks and is not named."""
    months: tuple[str, ...]


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


@cache
def tongue(tag: str) -> Tongue:
    """Return the language of this tag, `en` or `ru`: always the same."""
    words = _words(tag)
    people = [f"{first} {last}" for last in _LAST[tag].split() for first in _FIRST[tag].split()]
    # No asker bears the surname of an official: who is meant by a surname alone would be doubtful.
    officials, askers = people[:240], people[240:]
    rng = Random(f"names {tag}")
    rng.shuffle(officials)
    return Tongue(
        tag,
        words,
        # After Zipf and Mandelbrot; the two numbers are those of speech.
        zipf(len(words), shift=2.7, power=1.07),
        tuple(tuple(rng.sample(words[200:6000], 25)) for _ in range(200)),
        tuple(officials),
        tuple(askers),
        {"en": "Question", "ru": "Вопрос"}[tag],
        tuple(_MONTHS[tag].split()),
    )


def office(official: str) -> str:
    """Return the office of an official, always the same."""
    return _OFFICES[sum(map(ord, official)) % len(_OFFICES)]


def zipf(many: int, *, shift: float, power: float) -> tuple[float, ...]:
    """Return how often the first, the first two, … of many things are used: the sums that random.choices takes."""
    return tuple(accumulate(1 / (rank + shift) ** power for rank in range(1, many + 1)))


def _words(tag: str) -> tuple[str, ...]:
    """Return the common words of a language, and after them words made of its syllables and endings."""
    rng, syllables, endings = Random(f"words {tag}"), _SYLLABLES[tag].split(), _ENDINGS[tag]
    found = dict.fromkeys(_COMMON[tag].split())
    while len(found) < VOCABULARY:
        stem = "".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 2, 3))))
        # Inflected forms are used more or less alike, so they stand together.
        found.update(dict.fromkeys(stem + ending for ending in rng.sample(endings, 3)))
    return tuple(found)[:VOCABULARY]
