"""HTML -> text and entities after Telegram's own parser (`parse_html` in tdlib/td), with its error texts. Pure.

1. Lengths and offsets count UTF-16 units; error positions are byte offsets.
2. Only the tags Telegram knows; a lone `<`, an unknown or unclosed tag is refused.
3. Text is trimmed at its ends, as Telegram does, before lengths are measured.
"""

import html
import re
from dataclasses import dataclass, field, replace

from bot.simulator.json_types import JsonObject, present
from bot.simulator.references import HalfCharacter, referred
from bot.simulator.refusals import bad_request

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler", "span": "spoiler",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
UNMATCHED_HALF = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
ATTRIBUTE = re.compile(
    r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?"""
)
DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@\w+)?\b)|(?P<url>\b(?:https?://|t\.me/)[^\s<>]*[^\s<>.,:;!?'\")\]])"
)


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    def as_json(self) -> JsonObject:
        return present({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int  # UTF-16
    piece: int  # where its text begins among the pieces


@dataclass(slots=True)
class _Parsing:
    source: str
    at: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16(text)


def utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def is_link(url: str) -> bool:
    """A link that Telegram cannot make sense of stays plain text; it is not an error."""
    return bool(re.match(r"(?i)(https?|tg|mailto|tel):|[^\s/]+\.[a-z]{2,}(?=[/?#:]|$)", url))


def parse_html(source: str) -> Formatted:
    parsing = _Parsing(source)
    while parsing.at < len(source):
        if source.startswith("</", parsing.at):
            _close(parsing)
        elif source[parsing.at] == "<":
            _open(parsing)
        else:
            _text(parsing)
    if parsing.open:
        tag = parsing.open[-1].tag
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
    marked = [
        replace(entity, language=None) if entity.type == "code" else entity
        for entity in parsing.entities
    ]
    return trimmed(Formatted("".join(parsing.pieces), _sorted(marked)))


def plain(source: str) -> Formatted:
    return trimmed(Formatted(source))


def with_detected(formatted: Formatted) -> Formatted:
    """Commands and links become entities by themselves, outside what is marked already."""
    found = [
        Entity(str(match.lastgroup), utf16(formatted.text[: match.start()]), utf16(match.group()))
        for match in DETECTED.finditer(formatted.text)
    ]
    free = [entity for entity in found if not _inside(entity, formatted.entities)]
    return Formatted(formatted.text, _sorted([*formatted.entities, *free]))


def trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip()
    dropped = len(text) - len(text.lstrip())
    text = text[dropped:]
    end = utf16(text)
    moved = []
    for entity in formatted.entities:
        start = max(0, entity.offset - dropped)
        stop = min(end, entity.offset + entity.length - dropped)
        if stop > start:
            moved.append(replace(entity, offset=start, length=stop - start))
    return Formatted(text, tuple(moved))


def _text(parsing: _Parsing) -> None:
    try:
        reference = referred(parsing.source, parsing.at)
    except HalfCharacter as half:
        raise _wrong(UNMATCHED_HALF) from half
    if reference:
        character, parsing.at = reference
        parsing.add(character)
        return
    stop = parsing.at + 1
    while stop < len(parsing.source) and parsing.source[stop] not in "<&":
        stop += 1
    parsing.add(parsing.source[parsing.at : stop])
    parsing.at = stop


def _open(parsing: _Parsing) -> None:
    begin = parsing.at
    name = re.compile(r"[^\s>]*").match(parsing.source, begin + 1)
    stop = name.end() if name else begin + 1
    if stop >= len(parsing.source):
        raise _wrong(f"Unclosed start tag at byte offset {_byte(parsing, begin)}")
    tag = parsing.source[begin + 1 : stop].lower()
    if tag not in TAGS:
        raise _wrong(f'Unsupported start tag "{tag}" at byte offset {_byte(parsing, begin)}')
    attributes, parsing.at = _attributes(parsing, tag, begin, stop)
    argument = _argument(tag, attributes)
    if tag == "span" and argument != "spoiler":
        place = _byte(parsing, begin)
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
    parsing.open.append(_Open(tag, argument, parsing.length, len(parsing.pieces)))


def _attributes(parsing: _Parsing, tag: str, begin: int, stop: int) -> tuple[dict[str, str], int]:
    """The attributes, and where the text goes on behind the tag's `>`."""
    source = parsing.source
    found: dict[str, str] = {}
    place = _byte(parsing, begin)
    while True:
        stop += len(source[stop:]) - len(source[stop:].lstrip())
        if stop >= len(source):
            raise _wrong(f"Unclosed start tag at byte offset {place}")
        if source[stop] == ">":
            return found, stop + 1
        match = ATTRIBUTE.match(source, stop)
        if match is None:
            raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
        name, *values = match.groups()
        value = next((value for value in values if value is not None), None)
        if value is None:
            _refuse_bare(parsing, tag, begin, name, match.end())
        found[name] = html.unescape(value or "")
        stop = match.end()


def _refuse_bare(parsing: _Parsing, tag: str, begin: int, name: str, stop: int) -> None:
    """A name without a value: refused, but for the one that needs none."""
    place = _byte(parsing, begin)
    rest = parsing.source[stop:].lstrip()
    if not rest.startswith("="):
        if (tag, name) == ("blockquote", "expandable"):
            return
        raise _wrong(
            f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
            f"at byte offset {place}"
        )
    value = rest.removeprefix("=").lstrip()
    if not value:
        raise _wrong(f'Unclosed start tag "{tag}" at byte offset {place}')
    if value[0] in "\"'" or re.fullmatch(r"[A-Za-z0-9.-]+", value):
        raise _wrong(f"Unclosed start tag at byte offset {place}")
    token = len(parsing.source) - len(value)
    raise _wrong(f"Unexpected end of name token at byte offset {_byte(parsing, token)}")


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-")
    if tag == "span":
        return attributes.get("class", "").removeprefix("tg-")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "expandable" if "expandable" in attributes else ""


def _close(parsing: _Parsing) -> None:
    begin = parsing.at
    place = _byte(parsing, begin)
    if not parsing.open:
        raise _wrong(f"Unexpected end tag at byte offset {place}")
    match = re.compile(r"</([^\s>]*)\s*>").match(parsing.source, begin)
    if match is None:
        raise _wrong(f"Unclosed end tag at byte offset {place}")
    opened = parsing.open.pop()
    found = match.group(1).lower()
    if found not in {"", opened.tag}:
        raise _wrong(
            f"Unmatched end tag at byte offset {place}, "
            f'expected "</{opened.tag}>", found "</{found}>"'
        )
    parsing.at = match.end()
    if parsing.length > opened.offset:
        parsing.entities.extend(_entity(parsing, opened))


def _entity(parsing: _Parsing, opened: _Open) -> list[Entity]:
    entity = Entity(TAGS[opened.tag], opened.offset, parsing.length - opened.offset)
    if opened.tag == "a":
        url = opened.argument or "".join(parsing.pieces[opened.piece :])
        return [replace(entity, url=url)] if is_link(url) else []
    if opened.tag == "pre":
        return [replace(entity, language=_language(parsing, entity))]
    if opened.tag == "code" and opened.argument and _inside_pre(parsing):
        return [replace(entity, language=opened.argument)]
    if opened.tag == "tg-emoji":
        return [replace(entity, custom_emoji_id=opened.argument)]
    if opened.argument == "expandable":
        return [replace(entity, type="expandable_blockquote")]
    return [entity]


def _inside_pre(parsing: _Parsing) -> bool:
    return bool(parsing.open) and parsing.open[-1].tag == "pre"


def _language(parsing: _Parsing, outer: Entity) -> str | None:
    """`<pre><code class="language-x">` is one entity: a pre with its language."""
    inner = parsing.entities[-1] if parsing.entities else None
    if (
        inner
        and inner.type == "code"
        and (inner.offset, inner.length) == (outer.offset, outer.length)
    ):
        parsing.entities.pop()
        return inner.language
    return None


def _inside(entity: Entity, marked: tuple[Entity, ...]) -> bool:
    return any(
        other.type in {"code", "pre", "text_link"}
        and other.offset <= entity.offset < other.offset + other.length
        for other in marked
    )


def _sorted(entities: list[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def _byte(parsing: _Parsing, position: int) -> int:
    return len(parsing.source[:position].encode())


def _wrong(problem: str) -> Exception:
    return bad_request(f"can't parse entities: {problem}")
