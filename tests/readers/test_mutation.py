"""Whatever is done to a good document of any format, it is refused with a reason or keeps every word."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import SourceRefused
from app.parsing import parse
from app.readers import isolation, media_type, read, suffixes
from app.records import Source

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
DOCUMENTS = [
    path
    for folder in ("captions", "csv", "docx", "html", "json", "markdown", "pdf")
    for path in sorted((GOLDEN / folder).iterdir())
    if path.suffix in suffixes() and not path.name.endswith(".record.json")
    if path.suffix != ".json" or folder == "json"
]
PACKED = (".docx", ".pdf")
"""What has no lines to change: any change of its bytes is a change of the package."""
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPLICED = b"<>&;:\"'{}[]()\\,.-#*_|~\n\r\t \x00\x0c\x85\xad\xff" + string.ascii_letters.encode()


def assert_kept_or_refused(data: bytes, name: str) -> None:
    """Read and parse as the importer does. What parsing keeps is held beside it; here, what reading does."""
    source = Source(name, data, media_type(name))
    refused: SourceRefused | None = None
    try:
        document = read(source)
    except SourceRefused as error:
        refused = error
    if refused is None:
        kept = "".join((block.speaker or "") + block.text for block in document.blocks)
        assert sorted("".join(kept.split())) == sorted("".join(document.witness.split()))
        assert all(block.line >= 1 and block.text.strip() == block.text for block in document.blocks)
        assert all(0 <= a < b <= len(block.text) for block in document.blocks for a, b in block.strong)
        try:
            parse(document, source)
        except SourceRefused as error:
            refused = error
    if refused is not None:
        assert refused.name == name
        assert refused.line >= 1
        assert refused.reason
        assert refused.code not in ("fault", "crash", "too-slow"), refused


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
@QUIET
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_bytes_flipped_doubled_dropped_and_files_cut_short(path: Path, seed: int, times: int) -> None:
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(times):
        at = rng.randrange(len(data))
        end = min(len(data), at + rng.randrange(1, 60))
        match rng.randrange(5):
            case 0:
                data[at] = rng.choice(SPLICED)
            case 1:
                data[at:at] = bytes(rng.choices(SPLICED, k=rng.randrange(1, 6)))
            case 2 if end - at < len(data) // 2:
                del data[at:end]
            case 3:
                data[at:at] = data[at:end]
            case _:
                data[at] = data[at] ^ (1 << rng.randrange(8))
    if rng.random() < 0.2:
        del data[rng.randrange(1, len(data)) :]
    assert_kept_or_refused(bytes(data), path.name)


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.suffix not in (".docx", ".pdf")], ids=lambda p: p.name
)
@QUIET
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_lines_dropped_doubled_and_swapped(path: Path, seed: int, times: int) -> None:
    rng = random.Random(seed)
    lines = path.read_bytes().split(b"\n")
    for _ in range(times):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(3):
            case 0 if len(lines) > 1:
                del lines[one]
            case 1:
                lines.insert(other, lines[one])
            case _:
                lines[one], lines[other] = lines[other], lines[one]
    assert_kept_or_refused(b"\n".join(lines), path.name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(suffixes())))
def test_any_bytes_at_all(data: bytes, suffix: str) -> None:
    heads = {".pdf": b"%PDF-1.4\n", ".docx": b"PK\x03\x04", ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n"}
    assert_kept_or_refused(heads.get(suffix, b"") + data, f"a{suffix}")


def test_the_child_that_read_them_is_one() -> None:
    assert len(isolation._children) <= 1
