"""Prints words into small PDF and DOCX files, for tests that need such; it reads none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """One line of text on a page: where it stands, in points from the lower left corner, and in which type."""

    x: float
    y: float
    text: str
    bold: bool = False


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def pdf(pages: Sequence[Sequence[Printed]]) -> bytes:
    """Return a PDF with these lines on its pages."""
    objects: list[bytes] = [b"", b"", b"", b""]
    kids: list[str] = []
    for page in pages:
        words = b"".join(
            b"BT /F%d 11 Tf %g %g Td (%s) Tj ET\n" % (1 + line.bold, line.x, line.y, _escaped(line.text))
            for line in page
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    face = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica{}/Encoding/WinAnsiEncoding>>"
    objects[2], objects[3] = face.format("").encode(), face.format("-Bold").encode()
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_STYLED = _RELATIONS.replace("relationships/officeDocument", "relationships/styles").replace("word/document", "styles")
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>{0}'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{1}</w:body>'
    "</w:document>"
)


def docx(body: str, *, prolog: str = "", styles: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    """Return a DOCX with this content of <w:body>, what stands before the root, its styles and further members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        members = {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": _DOCUMENT.format(prolog, body).encode(),
            **({"word/styles.xml": styles, "word/_rels/document.xml.rels": _STYLED.encode()} if styles else {}),
            **(more or {}),
        }
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
