"""The order of lists as values: a date as a number, and the key by which interviews are sorted; and the time now."""

from __future__ import annotations

from datetime import UTC, datetime

BEYOND = "~"
"""Greater than every key of what is listed, and the first character of those of what is not."""


def day(date: str | None) -> int:
    """Return an ISO 8601 date as yyyymmdd, 00 for the parts it does not have; 0 where there is none."""
    return int((date or "0").replace("-", "").ljust(8, "0"))


def date(day: int) -> str | None:
    """Return the date that `day` was made of."""
    year, month, dom = day // 10000, day // 100 % 100, day % 100
    parts = [f"{year:04}", *([f"{month:02}"] if month else []), *([f"{dom:02}"] if dom else [])]
    return "-".join(parts) if year else None


def key(date: str | None, time: str | None, slug: str) -> str:
    """Return what lists are sorted by: date, then time, then slug; the undated are less than every date."""
    return f"{day(date):08} {time or '':5} {slug}"


def order(date: str | None, time: str | None, slug: str, *, is_withheld: bool) -> dict[str, int | str]:
    """Return what an interview is sorted by, by the names of its columns; one that is withheld stands in no list."""
    if is_withheld:
        return {"sort_date": 0, "sort_key": f"{BEYOND} {slug}"}
    return {"sort_date": day(date), "sort_key": key(date, time, slug)}


def now() -> str:
    """Return the time now, in UTC, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
