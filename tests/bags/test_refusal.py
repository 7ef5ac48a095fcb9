"""A bag that is not whole, or whose records cannot be an archive, is refused by file and line, and nothing is left."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app import bags
from app.archive import history, layout
from app.errors import BagRefused

Refused = Callable[[Path], str]
INTERVIEWS = "data/records/interviews.jsonl"


def paths(bag: Path) -> list[str]:
    return sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file())


def manifest(bag: Path, names: Sequence[str]) -> str:
    return "".join(f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def seal_tags(bag: Path, names: Sequence[str] = layout.TAG_FILES) -> None:
    (bag / layout.TAGS).write_text(manifest(bag, names))


def seal(bag: Path, *, digest: bool = True) -> None:
    """Make manifests, octets and digest anew, as somebody would who forges a bag."""
    payload = [name for name in paths(bag) if name.startswith("data/")]
    (bag / layout.MANIFEST).write_text(manifest(bag, payload))
    lines = [
        hashlib.sha256(line).digest()
        for scope in history.SCOPES
        for line in (bag / layout.records(scope)).read_bytes().splitlines()
    ]
    stated = {layout.OXUM: f"{sum((bag / name).stat().st_size for name in payload)}.{len(payload)}"}
    if digest:
        stated[layout.DIGEST] = history.total(lines)
    kept = [line.split(": ", 1) for line in (bag / layout.INFO).read_text().splitlines()]
    (bag / layout.INFO).write_text("".join(f"{label}: {stated.get(label, value)}\n" for label, value in kept))
    seal_tags(bag)


def forge(bag: Path, change: Callable[[list[Any]], object], scope: str = "interview") -> None:
    """Change the records of a scope and seal the bag again."""
    place = bag / layout.records(scope)
    records = [json.loads(line) for line in place.read_bytes().splitlines()]
    change(records)
    place.write_bytes(b"".join(history.line(record) + b"\n" for record in records))
    seal(bag)


def test_what_is_sealed_again_unchanged_is_taken(bag: Path, whole: Path, tmp_path: Path) -> None:
    forge(bag, lambda records: None)
    for name in (INTERVIEWS, layout.INFO):
        assert (bag / name).read_bytes() == (whole / name).read_bytes()
    bags.restore(bag, tmp_path / "archive.db")


def test_a_changed_byte_in_any_file_is_found_and_the_file_named(bag: Path, refused: Refused) -> None:
    chance = random.Random(8493)
    for name in paths(bag):
        place, kept = bag / name, (bag / name).read_bytes()
        at = chance.randrange(len(kept))
        place.write_bytes(kept[:at] + bytes([kept[at] ^ (1 << chance.randrange(8))]) + kept[at + 1 :])
        # A damaged list of checksums is known by itself only where it still is one.
        assert refused(bag).startswith(f"BAG/{name}:" if name != layout.TAGS else "BAG/"), name
        place.write_bytes(kept)


def test_a_file_that_is_missing_is_named(bag: Path, refused: Refused) -> None:
    for name in paths(bag):
        kept = (bag / name).read_bytes()
        (bag / name).unlink()
        assert name in refused(bag)
        (bag / name).write_bytes(kept)


def test_a_file_that_is_cut_off_anywhere_is_refused(bag: Path, refused: Refused) -> None:
    kept = (bag / INTERVIEWS).read_bytes()
    for share in range(8):
        (bag / INTERVIEWS).write_bytes(kept[: len(kept) * share // 8])
        assert refused(bag).startswith(f"BAG/{INTERVIEWS}:1: has other bytes than")
        seal(bag)
        assert refused(bag)


def test_a_file_that_nobody_lists_is_refused(bag: Path, refused: Refused) -> None:
    (bag / "data" / "more.txt").write_text("more")
    assert refused(bag) == "BAG/data/more.txt:1: is not in manifest-sha256.txt"
    seal(bag)
    assert refused(bag) == "BAG/data/more.txt:1: no record names this file"


@pytest.mark.parametrize(
    "path", ["../out.txt", "/etc/hosts", "data/../../out.txt", "~/out.txt", "data//out.txt", "data/./out.txt"]
)
def test_a_manifest_that_leads_out_of_the_bag_is_refused(bag: Path, refused: Refused, path: str) -> None:
    with (bag / layout.MANIFEST).open("a") as file:
        file.write(f"{'0' * 64}  {path}\n")
    seal_tags(bag)
    assert f"{path!r} leads out of the bag" in refused(bag)


def test_a_path_that_is_listed_twice_is_refused(bag: Path, refused: Refused) -> None:
    listed = (bag / layout.MANIFEST).read_text().splitlines(keepends=True)
    (bag / layout.MANIFEST).write_text("".join([*listed, listed[0]]))
    seal_tags(bag)
    assert refused(bag) == f"BAG/{layout.MANIFEST}:{len(listed) + 1}: {listed[0].split()[1]!r} stands here twice"


def test_a_path_in_a_manifest_is_decoded(bag: Path, refused: Refused) -> None:
    (bag / "data" / "100%.txt").write_text("more")
    seal(bag)
    (bag / layout.MANIFEST).write_text((bag / layout.MANIFEST).read_text().replace("100%", "100%25"))
    seal_tags(bag)
    assert refused(bag) == "BAG/data/100%.txt:1: no record names this file"


def test_a_bag_of_another_weight_is_refused(bag: Path, refused: Refused) -> None:
    lines = (bag / layout.INFO).read_text().splitlines()
    told = [f"{layout.OXUM}: 1.1" if line.startswith(layout.OXUM) else line for line in lines]
    (bag / layout.INFO).write_text("\n".join(told))
    seal_tags(bag)
    assert refused(bag).startswith(f"BAG/{layout.INFO}:1: {layout.OXUM} is 1.1, and data/ has ")


def test_a_tag_file_that_nobody_vouches_for_is_refused(bag: Path, refused: Refused) -> None:
    for name in layout.TAG_FILES:
        seal_tags(bag, [other for other in layout.TAG_FILES if other != name])
        assert refused(bag) == f"BAG/{layout.TAGS}:1: does not list {name}"


def test_a_bag_with_files_still_to_be_fetched_is_refused(bag: Path, refused: Refused) -> None:
    (bag / "fetch.txt").write_text("https://example.org/more 4 data/more.txt\n")
    assert "is not complete" in refused(bag)


def test_a_link_in_a_bag_is_refused_and_not_followed(bag: Path, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text("[[person]]\n")
    place = bag / "data" / "registers" / "people.toml"
    place.unlink()
    place.symlink_to(tmp_path / "outside.toml")
    assert refused(bag) == "BAG/data/registers/people.toml:1: is a link or a device: a bag holds files and folders only"


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (layout.BAGIT, "1.0", "0.97", "BAG/bagit.txt:1: not “BagIt-Version: 1.0”"),
        (layout.BAGIT, "UTF-8", "UTF-16", "BAG/bagit.txt:2: not “Tag-File-Character-Encoding: UTF-8”"),
        (layout.INFO, "Verbatim-Schema: ", "Verbatim-Schema: 9", "this program reads"),
        (layout.INFO, "Verbatim-Digest", "Their-Digest", "this is no bag of an archive"),
    ],
)
def test_a_bag_of_another_kind_is_refused(
    bag: Path, refused: Refused, name: str, old: str, new: str, reason: str
) -> None:
    (bag / name).write_text((bag / name).read_text().replace(old, new))
    seal(bag)
    assert reason in refused(bag)


def test_a_digest_that_is_not_of_the_records_is_refused(bag: Path, refused: Refused) -> None:
    info = (bag / layout.INFO).read_text()
    stated = info.split(f"{layout.DIGEST}: ")[1][:64]
    (bag / layout.INFO).write_text(info.replace(f"{layout.DIGEST}: {stated}", f"{layout.DIGEST}: {'0' * 64}"))
    seal(bag, digest=False)
    assert refused(bag).startswith(f"BAG/{layout.INFO}:1: {layout.DIGEST} is 0000")


def version(records: list[Any], number: int = 0) -> Any:
    """Return a version of the interview that has two."""
    (held,) = (record["versions"] for record in records if record["version"] == 2)
    return held[number]


def passage(records: list[Any]) -> Any:
    return version(records)["passages"][0]


def ending(records: list[Any]) -> Any:
    return next(ended for record in records for ended in record["endings"])


FORGERIES: dict[str, Callable[[list[Any]], object]] = {
    "another word": lambda records: passage(records).update(text="What did they agree on?"),
    "a word more": lambda records: passage(records).update(text=passage(records)["text"] + " Indeed."),
    "paragraphs without lines": lambda records: passage(records).update(text="One.\nTwo."),
    "no words": lambda records: passage(records).update(text=""),
    "a wrong line": lambda records: passage(records).update(lines="3x"),
    "a mistyped id": lambda records: records[0]["turns"][0].update(public_id="0" * 13),
    "a turn twice": lambda records: records[0]["turns"].append(records[0]["turns"][0]),
    "a turn less": lambda records: records[0]["turns"].pop(),
    "an unknown role": lambda records: records[0]["turns"][0].update(role="judge"),
    "an unknown speaker": lambda records: records[0]["turns"][0].update(speaker="nobody"),
    "another's words": lambda records: passage(records).update(public_id=version(records)["passages"][1]["public_id"]),
    "places swapped": lambda records: version(records)["passages"].reverse(),
    "a name more": lambda records: records[0].update(more="more"),
    "a name less": lambda records: records[0].pop("slug"),
    "a text for a number": lambda records: records[0].update(version="1"),
    "a number for a text": lambda records: version(records).update(title=1),
    "a huge number": lambda records: passage(records).update(line=2**63),
    "a version less": lambda records: records[1 if records[1]["version"] == 2 else 0]["versions"].pop(),
    "an older version after the current one": lambda records: version(records).update(number=5),
    "a slug that is none": lambda records: records[0].update(slug="../out"),
    "no date": lambda records: version(records).update(date="2020-13-45"),
    "no moment": lambda records: version(records).update(imported_at="yesterday"),
    "another source": lambda records: version(records)["source"].update(sha256="0" * 64),
    "another size": lambda records: version(records)["source"].update(size=1),
    "a source said to be withheld": lambda records: version(records)["source"].update(withheld=True),
    "no media type": lambda records: version(records)["source"].update(media_type="text/html\r\nX: y"),
    "another sidecar": lambda records: version(records).update(sidecar="0" * 64),
    "words counted wrong": lambda records: version(records).update(word_count=1),
    "answers counted wrong": lambda records: version(records).update(answer_count=9),
    "an ending of nothing": lambda records: ending(records).update(public_id="0" * 13),
    "an ending of another kind": lambda records: ending(records).update(kind="lost"),
    "last words elsewhere": lambda records: ending(records).update(position=ending(records)["position"] - 1),
    "a successor that is not there": lambda records: ending(records).update(successor="0" * 13),
    "no ending": lambda records: [record["endings"].clear() for record in records],
    "an interview twice": lambda records: records.append(records[0]),
    "an interview less": lambda records: records.pop(),
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_records_that_cannot_be_an_archive_are_refused_though_the_bag_is_sealed_anew(
    bag: Path, refused: Refused, change: Callable[[list[Any]], object]
) -> None:
    forge(bag, change)
    assert refused(bag).startswith("BAG")


@pytest.mark.parametrize(
    ("scope", "change"),
    [
        ("redirect", lambda records: records[0].update(new="nowhere")),
        ("redirect", lambda records: records[0].update(kind="page")),
        ("redirect", lambda records: [one.update(old="round", new="round") for one in records[:1]]),
        ("speaker", lambda records: records[0].update(slug="Not A Slug")),
        ("speaker", lambda records: records.pop()),
        ("speaker", lambda records: records.append(records[0])),
        ("outlet", lambda records: records.clear()),
        ("lapse", lambda records: records[0].update(kind="page")),
        ("lapse", lambda records: records[0].update(kind="version", gone="a-talk?v=second")),
    ],
)
def test_people_outlets_and_redirects_that_do_not_fit_are_refused(
    bag: Path, refused: Refused, scope: str, change: Callable[[list[Any]], object]
) -> None:
    forge(bag, change, scope)
    assert refused(bag).startswith("BAG")


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"null", b"\xff\xfe", b'{"a":NaN}', b'{"a":1.5}', b"[" * 100_000, b'{"is": "interview"}']
)
def test_a_line_that_is_no_record_is_refused_with_its_number(bag: Path, refused: Refused, line: bytes) -> None:
    place = bag / INTERVIEWS
    many = len(place.read_bytes().splitlines())
    place.write_bytes(place.read_bytes() + line + b"\n")
    seal(bag)
    assert refused(bag).startswith(f"BAG/{INTERVIEWS}:{many + 1}: ")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [('{"is"', '{ "is"', "in its one form"), ('{"is"', '{"is":"speaker","is"', "in its one form")],
)
def test_a_record_in_another_form_is_refused(bag: Path, refused: Refused, old: str, new: str, reason: str) -> None:
    place = bag / layout.records("speaker")
    place.write_text(place.read_text().replace(old, new))
    seal(bag)
    assert reason in refused(bag)


def test_a_record_in_the_wrong_file_is_refused(bag: Path, refused: Refused) -> None:
    forge(bag, lambda records: records[0].update({"is": "outlet"}), "speaker")
    assert refused(bag) == f"BAG/{layout.records('speaker')}:1: this is the record of no speaker"


def test_a_register_with_a_mistake_is_refused(bag: Path, refused: Refused) -> None:
    (bag / "data" / "registers" / "people.toml").write_text("[[person]]\nnick = 1\n")
    seal(bag)
    assert "people.toml" in refused(bag)


def test_a_folder_that_is_no_bag_is_refused(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "bagit.txt").write_bytes(layout.DECLARATION)
    with pytest.raises(BagRefused, match="the file is missing"):
        bags.restore(tmp_path / "bag", tmp_path / "archive.db")
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
