"""Word documents: paragraphs with their bold, what stands beside the text set aside, harm refused."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from app.errors import SourceRefused
from app.readers import packages
from app.readers.docx import read
from tests.printing import docx


def paragraph(*runs: str) -> str:
    """Return a paragraph; a run that begins with * is bold."""
    return (
        "<w:p>"
        + "".join(
            f'<w:r>{"<w:rPr><w:b/></w:rPr>" * r.startswith("*")}<w:t xml:space="preserve">{r.lstrip("*")}</w:t></w:r>'
            for r in runs
        )
        + "</w:p>"
    )


def test_paragraphs_keep_their_bold_and_number_and_signs() -> None:
    body = paragraph("*Ann", "* Bo:", " Yes &amp; no.") + "<w:p/>" + paragraph("Fifty\u00a0years.")
    found = read(docx(body)).blocks
    assert [(block.line, block.text) for block in found] == [(1, "Ann Bo: Yes & no."), (3, "Fifty\u00a0years.")]
    assert found[0].strong == ((0, 7),)


def test_a_paragraph_that_is_a_link_or_stands_in_a_table_is_text() -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Ann:", "Yes."))
    found = read(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")).blocks
    assert [(block.kind, block.text) for block in found] == [("text", "Ann:"), ("text", "Yes.")]


def test_changes_are_read_as_accepted_and_told() -> None:
    body = (
        "<w:p><w:r><w:t>Ann: I </w:t></w:r><w:ins><w:r><w:t>did </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>did not </w:delText></w:r></w:del><w:r><w:t>go.</w:t></w:r></w:p>"
    )
    document = read(docx(body))
    assert document.blocks[0].text == "Ann: I did go."
    assert [finding.code for finding in document.findings] == ["tracked-changes"]


def test_what_stands_beside_the_text_is_furniture() -> None:
    root = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{1}</w:{0}>'
    more = {
        "word/header1.xml": root.format("hdr", paragraph("Ministry")).encode(),
        "word/footer2.xml": root.format("ftr", paragraph("Page 1")).encode(),
        "word/comments.xml": root.format(
            "comments", f'<w:comment w:id="1">{paragraph("Check this")}</w:comment>'
        ).encode(),
    }
    document = read(docx(paragraph("Ann: yes."), more=more))
    assert [(block.reason, block.text) for block in document.blocks[1:]] == [
        ("page header", "Ministry"),
        ("page footer", "Page 1"),
        ("comment", "Check this"),
    ]
    assert document.witness.split() == ["Ann:", "yes.", "Ministry", "Page", "1", "Check", "this"]


def test_macros_are_told_and_nothing_else_comes_of_them() -> None:
    document = read(docx(paragraph("Ann: yes."), more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))
    assert [finding.code for finding in document.findings] == ["macros"]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def packed(name: str, *, attributes: int = 0) -> bytes:
    out = io.BytesIO(docx(paragraph("Ann: yes.")))
    with zipfile.ZipFile(out, "a") as package:
        member = zipfile.ZipInfo(name)
        member.external_attr = attributes << 16
        package.writestr(member, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx(paragraph("a"), prolog=ENTITIES), "entities"),
        (docx(paragraph("a"), more={"word/x.xml": f"\ufeff{ENTITIES}<a/>".encode("utf-16-le")}), "entities"),
        (docx(paragraph("a"), more={"word/x.xml": b" " * (packages._PART + 1)}), "too-large"),
        (docx(paragraph("a"), more={f"{number}": b"" for number in range(3000)}), "too-large"),
        (packed("../../evil.xml"), "unsafe-name"),
        (packed("word\\..\\..\\evil.xml"), "unsafe-name"),
        (packed("/etc/evil.xml"), "unsafe-name"),
        (packed("C:/evil.xml"), "unsafe-name"),
        (packed("word/link.xml", attributes=stat.S_IFLNK | 0o777), "unsafe-name"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "binary"),
        (b"PK\x03\x04 no package", "damaged"),
        (b"Question: why?", "damaged"),
        (docx(paragraph("a"))[:-40], "damaged"),
        (docx(paragraph("a") + "<w:p>"), "damaged"),
        (docx(""), "empty"),
    ],
)
def test_what_is_damaged_or_made_to_do_harm_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(data)
    assert refused.value.code == code


def test_a_member_that_unpacks_to_more_than_it_says_is_refused() -> None:
    data = docx(paragraph("Ann: yes." * 4000))
    size = len(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).to_bytes(4, "little")
    with pytest.raises(SourceRefused):
        read(data.replace(size, (100).to_bytes(4, "little")))


def test_a_table_of_who_says_what_names_its_speakers() -> None:
    said = [
        ("Question", "When?"),
        ("Minister Bo", "Now."),
        ("Question", "And then?"),
        ("Minister Bo", "Later: at noon."),
    ]
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(words)}</w:tc>' for words in (who, what))}</w:tr>" for who, what in said
    )
    found = read(docx(paragraph("*Talk with Minister Bo") + f"<w:tbl>{rows}</w:tbl>")).blocks
    assert [(block.speaker, block.text) for block in found[1:]] == said
