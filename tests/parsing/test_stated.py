"""What the format itself states, speakers and facts, is taken as stated; words that look like labels are then text."""

from __future__ import annotations

import pytest

from app.parsing import parse
from app.records import Block, Document, Field, Source

SOURCE = Source("a.json", b"{}", "application/json")


def document(*blocks: Block, fields: tuple[Field, ...] = ()) -> Document:
    witness = " ".join(f"{block.speaker or ''} {block.text}" for block in blocks)
    return Document(blocks, witness, "utf-8", False, fields)


def test_a_stated_speaker_begins_a_turn_and_no_label_is_looked_for_in_the_words() -> None:
    interview = parse(
        document(
            Block("Why now?", 1, speaker="Ann Reporter"),
            Block("Question: that is what I was asked before.", 2, speaker="Minister Lio Tarn"),
            Block("To reiterate: no.", 3),
            Block("And then?", 4, speaker="Ann Reporter"),
            Block("Yes.", 5, speaker="Minister Lio Tarn"),
        ),
        SOURCE,
    )
    assert [(turn.role, turn.speaker) for turn in interview.turns] == [
        ("question", "Ann Reporter"),
        ("answer", "Lio Tarn"),
    ] * 2
    assert interview.turns[1].paragraphs == ("Question: that is what I was asked before.", "To reiterate: no.")


@pytest.mark.parametrize("name", ["SPEAKER_00", "1", "?", "Тарн", "【大臣】", "a" * 200])
def test_any_name_that_a_format_states_is_a_speaker(name: str) -> None:
    interview = parse(document(Block("Why?", 1, speaker="Question"), Block("So.", 2, speaker=name)), SOURCE)
    assert [turn.label for turn in interview.turns] == ["Question", name]


def test_the_outlet_and_place_that_a_format_states_are_taken_and_a_sidecar_goes_before_them() -> None:
    spoken = (Block("Why?", 3, speaker="Question"), Block("So.", 4, speaker="Lio Tarn"))
    fields = (Field("outlet", "The Gull", 1), Field("outlet", "Radio Vella", 1), Field("place", "Tarnholm", 2))
    interview = parse(document(*spoken, fields=fields), SOURCE)
    assert (interview.outlets, interview.place) == (("The Gull", "Radio Vella"), "Tarnholm")
