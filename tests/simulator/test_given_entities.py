"""Entities beside a plain text: what Telegram takes of them, and its words for what it refuses."""

import pytest

from bot.simulator.entities import Entity
from bot.simulator.given_entities import given_entities
from bot.simulator.refusals import Refused

TEXT = "ab\U0001f600cd"


def bold(offset: int, length: int, **more) -> dict:
    return {"type": "bold", "offset": offset, "length": length, **more}


WRONG = [
    ({"type": "sparkle", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"),
    ({"type": "", "offset": 0, "length": 1}, "can't parse MessageEntity: Type is not specified"),
    (bold(0, 1, type="text_link"), 'can\'t parse MessageEntity: Can\'t find field "url"'),
    (bold(0, 1, type="text_link", url="nodot"), "entity URL 'nodot' is invalid: Wrong HTTP URL"),
    (bold(-1, 2), "receive an entity with incorrect offset -1"),
    (bold(0, -2), "receive an entity with incorrect length -2"),
    (bold(10**30, 1), f"receive an entity with incorrect offset {10**30}"),
    (bold(7, 1), "entity begins after the end of the text at UTF-16 offset 7"),
    (bold(2, 5), "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7"),
    (bold(3, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 6"),
    (bold(2, 1), "entity beginning at UTF-16 offset 2 ends in a middle of a UTF-16 symbol at byte offset 6"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), WRONG)
def test_an_entity_that_telegram_refuses_is_refused_in_its_words(entry, words):
    with pytest.raises(Refused) as refused:
        given_entities(TEXT, [bold(0, 1), entry])
    assert refused.value.description == f"Bad Request: {words}"


def test_what_telegram_finds_by_itself_and_what_is_empty_is_left_out():
    entries = [bold(0, 6, type="url"), bold(0, 99, type="hashtag"), bold(2, 0), bold(2, 2)]
    assert given_entities(TEXT, entries) == (Entity("bold", 2, 2),)
