"""Entities that a bot sends beside a plain text -> ours. Pure.

Refusals are those of `get_text_entity` in tdlib/telegram-bot-api and `fix_formatted_text` in tdlib/td.
What Telegram finds by itself (commands, links, ...) it does not take from a bot.
"""

from collections.abc import Sequence

from bot.simulator.entities import Entity, is_link, utf16
from bot.simulator.json_types import Json, JsonObject, as_int, as_object, as_text
from bot.simulator.refusals import bad_request

FOUND_BY_TELEGRAM = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
})  # fmt: skip
GIVEN_BY_BOTS = frozenset({
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji", "date_time",
})  # fmt: skip
MOST = 1_000_000


def given_entities(text: str, entries: Sequence[Json]) -> tuple[Entity, ...]:
    read = [_entity(as_object(entry)) for entry in entries]
    kept = [entity for entity in read if entity.type not in FOUND_BY_TELEGRAM]
    for entity in kept:
        _check_link(entity)
        _check_numbers(entity)
    shown = tuple(entity for entity in kept if entity.length)
    for entity in shown:
        _check_place(text, entity)
    return shown


def _entity(entry: JsonObject) -> Entity:
    kind = as_text(entry.get("type"))
    if kind not in FOUND_BY_TELEGRAM | GIVEN_BY_BOTS:
        raise _unparsed("Unsupported type specified" if kind else "Type is not specified")
    if kind == "text_link" and "url" not in entry:
        raise _unparsed('Can\'t find field "url"')
    return Entity(
        type=kind,
        offset=as_int(entry.get("offset")),
        length=as_int(entry.get("length")),
        url=as_text(entry.get("url")) or None,
        language=as_text(entry.get("language")) or None,
        custom_emoji_id=as_text(entry.get("custom_emoji_id")) or None,
    )


def _check_link(entity: Entity) -> None:
    if entity.type == "text_link" and not is_link(entity.url or ""):
        raise bad_request(f"entity URL '{entity.url or ''}' is invalid: Wrong HTTP URL")


def _check_numbers(entity: Entity) -> None:
    for name, number in (("offset", entity.offset), ("length", entity.length)):
        if not 0 <= number <= MOST:
            raise bad_request(f"receive an entity with incorrect {name} {number}")


def _check_place(text: str, entity: Entity) -> None:
    size, end = utf16(text), entity.offset + entity.length
    if entity.offset > size:
        raise bad_request(
            f"entity begins after the end of the text at UTF-16 offset {entity.offset}"
        )
    if (place := _inside_a_character(text, entity.offset)) is not None:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {place}")
    beginning = f"entity beginning at UTF-16 offset {entity.offset}"
    if end > size:
        raise bad_request(f"{beginning} ends after the end of the text at UTF-16 offset {end}")
    if (place := _inside_a_character(text, end)) is not None:
        raise bad_request(f"{beginning} ends in a middle of a UTF-16 symbol at byte offset {place}")


def _inside_a_character(text: str, offset: int) -> int | None:
    """The byte behind the character that this UTF-16 offset cuts in two; None when it cuts none."""
    units = text.encode("utf-16-le")
    low = int.from_bytes(units[2 * offset : 2 * offset + 2], "little")
    if not 0xDC00 <= low <= 0xDFFF:  # noqa: PLR2004 - the second halves of UTF-16
        return None
    return len(units[: 2 * offset + 2].decode("utf-16-le").encode())


def _unparsed(problem: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {problem}")
