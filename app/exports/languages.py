"""The codes of three letters that some formats have for languages (ISO 639-2/T)."""

from __future__ import annotations

_CODES = {
    "ar": "ara", "be": "bel", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "hy": "hye", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "ko": "kor",
    "lt": "lit", "lv": "lav", "mk": "mkd", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr",
    "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho",
}  # fmt: skip


def three_letters(tag: str) -> str:
    """Return the code of a BCP 47 tag's language; "und" for one that is not listed and has no such code itself."""
    language = tag.split("-")[0].lower()
    return _CODES.get(language, language if len(language) == 3 else "und")
