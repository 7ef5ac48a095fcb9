"""How interviews and answers are cited: a style a file, listed here; formats for programs are in exports."""

from __future__ import annotations

from app.citing import apa, chicago, gost, mla
from app.citing.runs import Citation
from app.citing.works import Work

STYLES = {
    "chicago-note": chicago.note,
    "chicago": chicago.entry,
    "apa": apa.reference,
    "mla": mla.entry,
    "gost": gost.reference,
}
"""The styles by the names that commands know them by, in the order in which they are shown."""


def citations(work: Work) -> tuple[Citation, ...]:
    """Return `work` cited in every style."""
    return tuple(cite(work) for cite in STYLES.values())
