"""Registers tell who is who: names of one person are brought together, people of one name are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.archive import listing
from app.archive.opening import Library
from app.errors import SourceRefused
from app.importer import import_paths
from app.registers import OutletEntry, PersonEntry, read_outlets, read_people

PEOPLE = """
[[person]]
name = "Lio Tarn"
slug = "tarn"
aliases = ["Л. Тарн", "Лио Тарн"]

[[person]]
name = "John Bo (Treasurer)"
aliases = ["John Bo"]
outlets = ["The Gull"]

[[person]]
name = "John Bo (Harbour Master)"
aliases = ["John Bo"]
ids = ["harbour-1"]
"""


def test_a_register_states_people_and_outlets() -> None:
    assert read_people("people.toml", PEOPLE.encode())[:2] == (
        PersonEntry("Lio Tarn", "tarn", ("Л. Тарн", "Лио Тарн")),
        PersonEntry("John Bo (Treasurer)", None, ("John Bo",), ("The Gull",)),
    )
    outlets = '[[outlet]]\nname = "The Gull"\nslug = "gull"\naliases = "Gull"'
    assert read_outlets("outlets.toml", outlets.encode()) == (OutletEntry("The Gull", "gull", ("Gull",)),)
    assert read_people("people.toml", b"") == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[people]]\nname = "A"', 1, "unknown key 'people'; did you mean person?"),
        ('[person]\nname = "A"', 1, "each person begins with a line [[person]]"),
        (
            '[[person]]\nname = "A"\n\n[[person]]\nalias = "B"\nname = "B"',
            5,
            "unknown key 'alias'; did you mean aliases?",
        ),
        ('[[person]]\nslug = "a"', 1, "here a person has no name"),
        ('[[person]]\nname = "A"\nslug = "A b"', 3, "slug must be small letters"),
        ('[[person]]\nname = "A"\naliases = [1]', 3, "aliases must be"),
        ('[[person]]\nname = "A"\n[[person]]\nname = "a"', 4, "'a' is the name of another person"),
        ('[[person]]\nname = "A"\nslug = "x"\n[[person]]\nname = "B"\nslug = "x"', 6, "'x' is the slug of another"),
        ('[[person]]\nname = "A"\naliases = ["C"]\n[[person]]\nname = "B"\naliases = ["c"]', 6, "'c' stands for 'A'"),
        ("[[person]\n", 1, "not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read_people("people.toml", text.encode())
    assert str(refused.value).startswith(f"people.toml:{line}: {reason}")


def interview(folder: Path, name: str, answerer: str, sidecar: str) -> Path:
    path = folder / name
    turns = f"Question: Why?\n\n{answerer}: So.\n\nQuestion: And?\n\n{answerer}: Yes.\n"
    path.write_text(f"Interview of 12 May 2014 ({name})\n\n{turns}")
    (folder / f"{name}.toml").write_text(sidecar)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Interviews with people whose names need a register, and that register."""
    (tmp_path / "people.toml").write_text(PEOPLE)
    (tmp_path / "outlets.toml").write_text('[[outlet]]\nname = "The Gull"\nslug = "gull"\naliases = ["Чайка"]')
    given = tmp_path / "transcripts"
    given.mkdir()
    interview(given, "a.txt", "Lio Tarn", 'outlet = "The Gull"')
    interview(given, "b.txt", "Лио Тарн", 'outlet = "Чайка"')
    interview(given, "c.txt", "John Bo", 'outlet = "The Gull"')
    interview(given, "d.txt", "John Bo", 'id = "harbour-1"')
    interview(given, "e.txt", "John Bo", 'id = "elsewhere"')
    return tmp_path


def test_an_import_keeps_to_the_registers_beside_the_archive(folder: Path) -> None:
    report = import_paths([folder / "transcripts"], folder / "archive.db")
    assert {file.outcome for file in report.files} == {"new"}
    library = Library(folder / "archive.db", query_seconds=5)
    with library.lease() as lease:
        speakers = {(one.value, one.name, one.interviews) for one in listing.speakers(lease.connection)}
        outlets = {(one.value, one.name, one.interviews) for one in listing.outlets(lease.connection)}
    library.close()
    assert speakers == {
        ("tarn", "Lio Tarn", 2),
        ("john-bo-treasurer", "John Bo (Treasurer)", 1),
        ("john-bo-harbour-master", "John Bo (Harbour Master)", 1),
        ("john-bo", "John Bo", 1),
    }
    assert outlets == {("gull", "The Gull", 3)}


def test_a_person_whom_the_register_does_not_tell_from_another_keeps_the_name_with_a_warning(folder: Path) -> None:
    text = PEOPLE.replace('ids = ["harbour-1"]', 'outlets = ["The Gull"]')
    (folder / "people.toml").write_text(text)
    report = import_paths([folder / "transcripts" / "c.txt"], folder / "archive.db")
    assert "person-ambiguous" in [finding.code for file in report.files for finding in file.findings]


def test_a_mistake_in_a_register_stops_the_import_with_its_line(folder: Path) -> None:
    (folder / "outlets.toml").write_text("\n[[outlet]]\nnome = 'x'")
    with pytest.raises(SourceRefused, match=r"outlets\.toml:3: unknown key 'nome'; did you mean name\?"):
        import_paths([folder / "transcripts"], folder / "archive.db")
    assert not (folder / "archive.db").exists()
