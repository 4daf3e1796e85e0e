"""/datasaya as a page that a person can read on a phone: one table a kind of record, in plain words. Pure.

The words for kinds and fields are `data_NAME`, for codes `data_is_CODE`, in config/texts/rights.*.po; a field without one is shown by its name.
"""

import html
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.audit_screens import audit_key
from bot.chat.texts import DEFAULT_LANGUAGE, Texts, spell
from bot.fieldwork.records import MyData

UNTOLD = frozenset(
    {"seconds", "hidden", "revised", "chosen"}
)  # nothing for a reader; in the file for machines
CODES = frozenset(
    {"role", "kind", "disposition", "state", "missing", "outcome", "language", "permission"}
)
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:1rem;max-width:45rem}h2{margin:2rem 0 .5rem}"
    "dl{border-top:1px solid #ccc;margin:0;padding:.5rem 0}dt{color:#555;font-size:.85em}dd{margin:0 0 .4rem}"
)


def my_data_page(texts: Texts, language: str, data: MyData) -> bytes:
    title = texts.say("data_judul", language)
    parts = [f"<h1>{title}</h1>"]
    for kind, rows in data.document.items():
        if isinstance(rows, Sequence) and not isinstance(rows, str):
            parts.append(f"<h2>{html.escape(_word(texts, language, kind))}</h2>")
            parts += [_record(texts, language, data, row) for row in rows] or [
                f"<p>{texts.say('data_kosong', language)}</p>"
            ]
        else:
            parts.append(
                f"<p>{html.escape(_word(texts, language, kind))}: {_value(texts, language, data, rows)}</p>"
            )
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style>'
        f"{''.join(parts)}</html>"
    ).encode()


def _record(texts: Texts, language: str, data: MyData, row: Mapping[str, object]) -> str:
    told = [
        f"<dt>{html.escape(_word(texts, language, name))}</dt><dd>{_value(texts, language, data, value, name)}</dd>"
        for name, value in row.items()
        if name not in UNTOLD and _says_something(value)
    ]
    return f"<dl>{''.join(told)}</dl>"


def _says_something(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, Mapping) and not value)


def _value(texts: Texts, language: str, data: MyData, value: object, name: str = "") -> str:
    if isinstance(value, datetime):
        value = spell(value.astimezone(ZoneInfo(data.zone)), language)
    elif isinstance(value, bool):
        value = texts.plain("data_ya" if value else "data_tidak", language)
    elif isinstance(value, date):
        value = spell(value, language)
    elif isinstance(value, Mapping):
        value = "; ".join(f"{key}: {said}" for key, said in value.items())
    elif name == "action":
        value = _known(texts, language, audit_key(str(value))) or value
    elif name in CODES:
        value = _known(texts, language, f"data_is_{value}") or value
    return html.escape(str(value))


def _word(texts: Texts, language: str, name: str) -> str:
    return _known(texts, language, f"data_{name}") or name


def _known(texts: Texts, language: str, key: str) -> str:
    """Empty when there is no such sentence."""
    return texts.plain(key, language) if key in texts.sentences[DEFAULT_LANGUAGE] else ""
