"""Saved pages: text, bold, lines and furniture by structure; the witness is taken without the tree."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers.html import read
from app.records import Block


def blocks(html: str) -> list[Block]:
    return list(read(html.encode()).blocks)


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html) if block.kind != "furniture"]


@pytest.mark.parametrize(
    ("html", "strong"),
    [
        ("<p><b>Ann Bo:</b> Yes.</p>", ["Ann Bo:"]),
        ("<p><b>Ann Bo</b>: Yes.</p>", ["Ann Bo"]),
        ("<p><b>Ann</b><b> Bo</b>: Yes.</p>", ["Ann Bo"]),
        ("<p><b>Ann</b> <strong>Bo</strong>: Yes.</p>", ["Ann Bo"]),
        ("<p><b>Ann\n  Bo:</b>\n Yes, <b>yes</b>.</p>", ["Ann Bo:", "yes"]),
        ("<p>\n <span style='font-weight: 700'>Ann Bo:</span> Yes.</p>", ["Ann Bo:"]),
        ("<p><b><i>Ann</i> Bo: Yes.</b></p>", ["Ann Bo: Yes."]),
    ],
)
def test_bold_is_known_in_however_many_pieces(html: str, strong: list[str]) -> None:
    (block,) = blocks(html)
    assert [block.text[start:end] for start, end in block.strong] == strong


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_block_knows_its_line(end: str) -> None:
    html = end.join(
        ["<html><body>", "<!--", "-->", "<p", ' class="a">one</p>', "<div>", "two<br>", "three</div>", "<p>x"]
    )
    assert [(block.line, block.text) for block in blocks(html)] == [(5, "one"), (7, "two"), (8, "three"), (9, "x")]


def test_line_ends_are_a_space_and_other_spaces_are_kept() -> None:
    assert texts("<p>one\n   two  three\u00a0four</p>") == ["one two  three\u00a0four"]


def test_breaks_part_lines_and_preformatted_text_keeps_its_own() -> None:
    assert texts("<p>one<br>two<br><br>three</p><pre>four\nfive\n\nsix</pre>") == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]


def test_hard_wrapped_lines_with_breaks_go_on() -> None:
    lines = [
        "Q: The first paragraph of this text is wrapped at sixty or",
        "so characters, as an old scanner saw it, and it goes on so",
        "for a while, until it ends.",
        "PM: No.",
    ]
    assert [block.continues for block in blocks("<p>" + "<br />\n".join(lines) + "</p>")] == [False, True, True, False]


FURNITURE = [
    "<nav>Home</nav>",
    "<header>Home</header>",
    "<footer>Home</footer>",
    "<aside>Home</aside>",
    "<form>Home</form>",
    "<div role=navigation>Home</div>",
    "<div role=banner>Home</div>",
    "<div hidden>Home</div>",
    '<div aria-hidden="true">Home</div>',
    '<div style="color: red; DISPLAY:none">Home</div>',
    "<ul><li><a href=a>Home</a></li><li><a href=b>News</a></li></ul>",
    "<div><h3>See also</h3><a href=x>Another interview</a><div>May 17, 2017</div></div>",
    "<figure><img src=a><figcaption>Home</figcaption></figure>",
    "<div><img src=a><span>Home, seen from the sea.</span></div>",
    "<noscript>Home</noscript>",
    "<p><a href=x>Home</a></p>",
]


@pytest.mark.parametrize("chrome", FURNITURE)
def test_page_furniture_is_told_by_structure_and_kept_with_its_reason(chrome: str) -> None:
    prose = "<p>A paragraph of prose that is long enough to be seen as what the page is about.</p>"
    found = blocks(f"<body><h1>Title of it</h1>{prose}{chrome}{prose}</body>")
    assert [block.text for block in found if block.kind == "text"] == [prose[3:-4]] * 2
    assert all(block.reason for block in found if block.kind == "furniture")
    assert any(block.kind == "furniture" for block in found)


def test_a_hidden_tooltip_does_not_cut_its_paragraph() -> None:
    found = blocks("<p>I met <a>Mr Zu<span class='tooltip hidden'>Zu, President</span></a>, who agreed.</p>")
    assert [(block.text, block.kind) for block in found] == [
        ("Zu, President", "furniture"),
        ("I met Mr Zu, who agreed.", "text"),
    ]


def test_what_stands_outside_the_declared_article_is_furniture() -> None:
    prose = "A paragraph of prose that is long enough to be seen as what the page is about."
    found = blocks(f"<div>Above</div><article><h1>Title</h1><p>{prose}</p></article><div>Below</div>")
    assert [block.kind for block in found] == ["furniture", "heading", "text", "furniture"]


def test_scripts_styles_comments_and_attributes_are_no_words() -> None:
    html = (
        "<title>t</title><script>if (a<b) 'Question: <p>'</script><style>p{}</style><!-- <p>Question: -->"
        '<p title="a > b">one</p>'
    )
    document = read(html.encode())
    assert [block.text for block in document.blocks] == ["one"]
    assert document.witness.split() == ["one"]


def test_the_witness_is_the_text_between_the_tags() -> None:
    document = read(b"<p>It&rsquo;s &#146;a&#146; &lt;b&gt; 1 < 2 &amp;amp x</p><p>y")
    assert document.witness.split() == ["It’s", "’a’", "<b>", "1", "<", "2", "&amp", "x", "y"]
    assert document.blocks[0].text == "It’s ’a’ <b> 1 < 2 &amp x"


def test_what_the_page_states_of_itself_is_kept_as_fields() -> None:
    document = read(
        b"<html lang=en-GB><head><title>T</title><link rel=canonical href=http://x.invalid/1>"
        b"<link rel=alternate hreflang=ru href=/ru><meta property=og:title content=O></head>"
        b"<body><h1>H</h1><time datetime=2015-12-11>11 December</time></body></html>"
    )
    assert {(item.name, item.value) for item in document.fields} >= {
        ("language", "en-GB"),
        ("title", "T"),
        ("og:title", "O"),
        ("canonical", "http://x.invalid/1"),
        ("also-in", "ru"),
        ("date", "2015-12-11"),
    }


def test_a_declared_encoding_is_followed() -> None:
    html = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Вопрос: почему?</p>'
    assert read(html.encode("cp1251")).blocks[0].text == "Вопрос: почему?"


def test_hostile_nesting_is_refused() -> None:
    with pytest.raises(SourceRefused) as refused:
        read(b"<div>" * 50_000 + b"Question: why?")
    assert refused.value.code == "nesting"


@pytest.mark.parametrize("html", ["http://x.invalid/page", "page.html", "<?xml version='1.0'?><x>Question: why?</x>"])
def test_what_looks_like_an_address_or_xml_is_read_without_a_warning(html: str) -> None:
    assert read(html.encode()).blocks


@pytest.mark.parametrize(
    "html", ["<a '" * 60_000, "<!--" * 60_000, "<" * 200_000, "<p " + "a=" * 100_000, "&" * 200_000]
)
def test_hostile_markup_ends_in_reasonable_time(html: str) -> None:
    read((html + "<p>Question: why?</p>").encode())
