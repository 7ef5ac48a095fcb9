"""The order of lists as values: a date as a number, and the key by which interviews are sorted; and the time now."""

from __future__ import annotations

from datetime import UTC, datetime


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


def now() -> str:
    """Return the time now, in UTC, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
