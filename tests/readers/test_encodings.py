"""Known text in many encodings, made here, is read as what it is or refused; never as other words in silence."""

from __future__ import annotations

from contextlib import suppress

import pytest

from app.errors import SourceRefused
from app.readers.decoding import decode

TEXTS = {
    "en": (
        "Question: Isn’t it “clear” – as the café’s owner said – what comes next? Answer: It is "
        "not; the £50 toll stays, naïve as that may be. "
    ),
    "ru": (
        "Вопрос: Что Вы думаете о переговорах, которые прошли на прошлой неделе в столице? Ответ: "
        "Мы надеемся, что они будут продолжены весной. "
    ),
    "fr": (
        "Question : Monsieur le ministre, où en êtes-vous ? Réponse : Nous avons travaillé tout "
        "l'été, et le traité sera signé à Noël, c'est sûr. "
    ),
    "de": (
        "Frage: Herr Minister, wann öffnet die Brücke? Antwort: Die Brücke öffnet im März, sobald "
        "die Gerüste abgebaut und die Straßen geräumt sind. "
    ),
    "es": (
        "Pregunta: ¿Cuándo empezará el año escolar, señor ministro? Respuesta: Mañana mismo; los "
        "niños están esperando y las aulas también. "
    ),
    "pl": (
        "Pytanie: Kiedy zostanie otwarty most? Odpowiedź: Most zostanie otwarty w przyszłym "
        "tygodniu, jeśli pogoda na to pozwoli, więc czekajmy spokojnie. "
    ),
    "cs": (
        "Otázka: Kdy se otevře most? Odpověď: Most se otevře příští týden, jestliže to počasí "
        "dovolí, takže můžeme klidně čekat. "
    ),
    "ja": (
        "質問：大臣、橋はいつ開通しますか。回答：天候が許せば来週"
        "開通します。皆様にはもう少しお待ちいただきたいと思います。"
    ),
    "zh": ("记者：部长先生，大桥什么时候开通？部长：如果天气允许，大桥将于下周开通。请大家再耐心等待几天。"),
    "zht": ("記者：部長先生，大橋什麼時候開通？部長：如果天氣允許，大橋將於下週開通。請大家再耐心等待幾天。"),
    "ko": (
        "질문: 장관님, 다리는 언제 개통됩니까? 답변: 날씨가 허락하면 다음 주에 개통됩니다. 조금만 더 기다려 주십시오. "
    ),
    "el": (
        "Ερώτηση: Πότε θα ανοίξει η γέφυρα; Απάντηση: Η γέφυρα θα ανοίξει την επόμενη εβδομάδα, αν "
        "το επιτρέψει ο καιρός. "
    ),
    "tr": (
        "Soru: Köprü ne zaman açılacak? Cevap: Hava izin verirse köprü önümüzdeki hafta açılacak; "
        "şimdilik sabırla bekliyoruz, değil mi? "
    ),
    "uk": (
        "Питання: Коли відкриється міст? Відповідь: Міст відкриється наступного тижня, якщо "
        "дозволить погода, тож їдьмо спокійно. "
    ),
    "he": ("שאלה: מתי ייפתח הגשר? תשובה: הגשר ייפתח בשבוע הבא, אם מזג האוויר יאפשר זאת. "),
    "ar": ("سؤال: متى سيفتح الجسر؟ جواب: سيفتح الجسر الأسبوع المقبل إذا سمح الطقس بذلك. "),
}
ENCODINGS = {
    "en": ["cp1252", "mac_roman", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "ru": ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "fr": ["cp1252", "iso8859-15", "mac_roman", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "de": ["cp1252", "iso8859-1", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "es": ["cp1252", "iso8859-1", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "pl": ["cp1250", "iso8859-2", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "cs": ["cp1250", "iso8859-2", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "ja": ["shift_jis", "euc_jp", "iso2022_jp", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "zh": ["gb18030", "gbk", "gb2312", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "zht": ["big5", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "ko": ["euc_kr", "cp949", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "el": ["cp1253", "iso8859-7", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "tr": ["cp1254", "iso8859-9", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "uk": ["cp1251", "koi8-u", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "he": ["cp1255", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
    "ar": ["cp1256", "utf-8", "utf-8-sig", "utf-16", "utf-32"],
}
PLAINER = str.maketrans("’“”–―", "''\"--")
"""What older encodings have no place for."""
CASES = [(language, name) for language, names in ENCODINGS.items() for name in names]


def sample(language: str, encoding: str) -> tuple[str, bytes]:
    """Return a text of some length that the encoding can hold, and its bytes."""
    text = f"{TEXTS[language]}\n" * 3
    try:
        return text, text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(PLAINER)
        return text, text.encode(encoding)


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_undeclared_bytes_are_the_text_they_were_made_from(language: str, encoding: str) -> None:
    text, data = sample(language, encoding)
    decoded = decode(data)
    assert decoded.text == text
    is_told = encoding.startswith(("utf", "iso2022")) or text.isascii()
    assert [finding.code for finding in decoded.findings] == ([] if is_told else ["encoding-guessed"])


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_declared_bytes_are_the_text_they_were_made_from(language: str, encoding: str) -> None:
    text, data = sample(language, encoding)
    decoded = decode(data, encoding)
    assert (decoded.text, decoded.findings) == (text, ())


@pytest.mark.parametrize(
    "declared", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5", "shift_jis", "gb18030", "x-none"]
)
@pytest.mark.parametrize(("language", "encoding"), [case for case in CASES if case[0] in ("ru", "ja", "zh", "uk")])
def test_bytes_declared_as_what_they_are_not_are_never_taken_for_other_words_in_silence(
    language: str, encoding: str, declared: str
) -> None:
    text, data = sample(language, encoding)
    with suppress(SourceRefused):
        decoded = decode(data, declared)
        assert decoded.text == text or [finding.code for finding in decoded.findings] == ["encoding-doubtful"]


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 3, "Вопрос".encode("cp1251") + b"\x98\x81\x8d" * 40])
def test_bytes_that_read_like_no_language_are_refused(data: bytes) -> None:
    with pytest.raises(SourceRefused):
        decode(data)
