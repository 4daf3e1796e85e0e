"""What people heard from a bot that nobody had asked, read from the simulator's books: which round, which words, when."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from string import Formatter

from bot.chat.buttons import Press, decode
from bot.simulator.books import Call
from bot.simulator.json_types import as_object, as_text, read_json
from bot.simulator.keyboards import buttons
from bot.simulator.workbench import Workbench
from tests.chat.phone import TEXTS
from tests.soak.contract import RoundKey, Said, Words

WORDS: Mapping[str, Words] = {
    "undangan_": "invitation", "ingat_belum_": "not_begun", "ingat_separuh_": "half_done",
    "panggilan_terakhir_": "last_call",
}  # fmt: skip
SUMMARY = "RINGKASAN"


def heard(bench: Workbench, rounds: Mapping[int, RoundKey]) -> list[Said]:
    return sorted(
        Said(call.at, chat, *rounds[_round_of(call)], _words_of(text))
        for call, chat, text in _sent(bench)
        if not text.startswith(SUMMARY)
    )


def heard_summaries(bench: Workbench) -> list[tuple[datetime, int]]:
    return [(call.at, chat) for call, chat, text in _sent(bench) if text.startswith(SUMMARY)]


def _sent(bench: Workbench) -> Iterator[tuple[Call, int, str]]:
    for call in bench.books.calls:
        if call.method == "sendMessage" and call.effect:
            yield call, int(as_text(call.parameters["chat_id"])), as_text(call.parameters["text"])


def _round_of(call: Call) -> int:
    markup = as_object(read_json(as_text(call.parameters["reply_markup"])))
    shown = (decode(as_text(one["callback_data"])) for row in buttons(markup) for one in row)
    return next(press.id for press in shown if isinstance(press, Press))


def _words_of(text: str) -> Words:
    return next(words for template, words in _templates() if template.fullmatch(text))


@cache
def _templates() -> list[tuple[re.Pattern[str], Words]]:
    """The sentences of contacts; whatever is filled in matches their placeholders."""
    return [
        (re.compile(_pattern(sentence), re.DOTALL), words)
        for key, sentence in TEXTS.sentences["id"].items()
        for beginning, words in WORDS.items()
        if key.startswith(beginning)
    ]


def _pattern(sentence: str) -> str:
    parts = Formatter().parse(sentence)
    return "".join(re.escape(text) + (".*" if name else "") for text, name, _, _ in parts)
