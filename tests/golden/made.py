"""Makes the golden PDF and DOCX documents anew: `python -m tests.golden.made`."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from tests.printing import Printed, docx, pdf

HERE = Path(__file__).resolve().parent

SPEECH = [
    (
        "GOVERNOR DUNMORE:",
        "Good afternoon. This is an invented press conference of a board that does not exist, and what is "
        "said in it was never said. The board left the toll where it was. It did so because the bridge is "
        "paid for, because the traffic is light, and because nobody asked us to do anything else; that is not"
        " idleness but thrift.",
    ),
    (
        "VERA LINDQVIST:",
        "Vera Lindqvist, Harbour Courier. Governor Dunmore, you said in spring that the toll would have to "
        "rise before the year is out. What has changed since then, and would you say the same thing today?",
    ),
    (
        "GOVERNOR DUNMORE:",
        "What has changed is the inter-",
        "national traffic, which has halved. I would not say the same today. I would say: wait, and count the"
        " lorries. We have counted them each week since the long-term plan was agreed upon. The long-term "
        "plan still holds, and the international traffic will tell us when it does not.",
    ),
    (
        "PAUL OKAFOR:",
        "Paul Okafor of Radio Vella. If the lorries come back, will the board then raise the toll at once, or"
        " will it wait for another spring?",
    ),
    (
        "GOVERNOR DUNMORE:",
        "It will wait for as long as it takes to be sure. We were wrong once, in the year of the flood, and "
        "we do not wish to be wrong in the same way again. A board may be wrong in a new way; that is human. "
        "But the people who cross the bridge pay for each of our mistakes, and they cross it twice a day.",
    ),
    (
        "VERA LINDQVIST:",
        "One more, if I may. Does the ferry pay its share of what the lights on the river cost?",
    ),
    (
        "GOVERNOR DUNMORE:",
        "It does.",
    ),
    (
        "PAUL OKAFOR:",
        "Since when, Governor?",
    ),
    (
        "GOVERNOR DUNMORE:",
        "It does from this summer on. Thank you all for coming.",
    ),
]


def printed_conference() -> bytes:
    """Return three printed pages with a header, page numbers, indented paragraphs and broken words."""
    rows: list[tuple[float, str, bool]] = [
        (150.0, "Press Conference of Governor Dunmore", True),
        (230.0, "June 4, 2019", False),
    ]
    for label, *parts in SPEECH:
        text = "\n".join(parts)
        first, *rest = text.split("\n")
        lines = (
            wrap(f"{label}  {first}", 78, initial_indent="    ", break_on_hyphens=False)
            if not rest
            else [f"    {label}  {first}"]
        )
        lines += wrap(rest[0], 78, break_on_hyphens=False) if rest else []
        rows += [(108.0 if line.startswith("    ") else 72.0, line.strip(), False) for line in lines]
    pages: list[list[Printed]] = []
    total = -(-len(rows) // 14)
    for start in range(0, len(rows), 14):
        number = len(pages) + 1
        page = [Printed(72, 800, "June 4, 2019          Press Conference of Governor Dunmore          INVENTED")]
        page += [Printed(x, 760 - 24 * at, text, bold) for at, (x, text, bold) in enumerate(rows[start : start + 14])]
        pages.append([*page, Printed(500, 40, f"Page {number} of {total}")])
    return pdf(pages)


def _paragraph(*runs: str, style: str = "") -> str:
    """Return a paragraph; a run that begins with * is bold."""
    words = "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if run.startswith('*') else ''}"
        f'<w:t xml:space="preserve">{run.removeprefix("*")}</w:t></w:r>'
        for run in runs
    )
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{words}</w:p>"


def typed_interview() -> bytes:
    """Return a Word document with a heading, labels bold in pieces, a note, a table of data and a page header."""
    body = [
        _paragraph("Interview of Agriculture Commissioner Sela Moran with the Valley Record", style="Heading1"),
        _paragraph("14 October 2016"),
        _paragraph(""),
        _paragraph("*Ques", "*tion:", " Commissioner, how was the harvest? (This interview is invented.)"),
        _paragraph("*Sela Moran", ": It was small. To be exact: a third of the last."),
        _paragraph("The apples were ", "*good", ", what there was of them."),
        _paragraph("(She shows an apple.)"),
        _paragraph("*Question:", " And the price?"),
        _paragraph("*Sela Moran: ", "The price is what people pay."),
    ]
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{_paragraph('Commission of Agriculture (invented)')}</w:hdr>"
    )
    return docx("".join(body), styles=styles.encode(), more={"word/header1.xml": header.encode()})


def main() -> None:
    """Write both documents."""
    (HERE / "pdf" / "toll-board.pdf").write_bytes(printed_conference())
    (HERE / "docx" / "valley-record.docx").write_bytes(typed_interview())


if __name__ == "__main__":
    main()
