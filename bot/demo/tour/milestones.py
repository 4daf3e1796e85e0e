"""Which steps of the tour are done, seen in the chats alone, in whatever order and by whomever they were done. Pure.

The bot's messages are recognised by its own sentences (config/texts) in every language, so a sentence may be reworded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.chat.texts import Texts, load_texts
from bot.simulator.views import ChatView, MessageView

CONNECTED = ("terhubung", "terhubung_mulai")
THANKS = ("terima_kasih", "terima_kasih_sebagian")
REMINDERS = (
    "ingat_belum_1", "ingat_belum_2", "ingat_belum_2_umum", "ingat_separuh_1", "ingat_separuh_2",
    "panggilan_terakhir_belum", "panggilan_terakhir_separuh",
)  # fmt: skip
SENDING = ("akan_dikirim", "papan_sending", "papan_waiting", "papan_done")
ALUMNI_RESULTS = ("hasil_followup_alumni", "hasil_akhir_followup_alumni")
NO_SUPERIOR = "no superior has answered"
SUPERIORS_RATE = "tingkat_followup_superior"


@dataclass(frozen=True, slots=True)
class Sentences:
    pattern: Callable[[str], re.Pattern[str]]  # by key

    def begins(self, text: str, *keys: str) -> bool:
        return any(self.pattern(key).match(text) for key in keys)

    def contains(self, text: str, *keys: str) -> bool:
        return any(self.pattern(key).search(text) for key in keys)


@dataclass(frozen=True, slots=True)
class Sighting:
    step: str
    whose: str
    message: MessageView


def sentences(texts_dir: Path) -> Sentences:
    """A pattern is made when it is first looked for: the tour looks for a few dozen of 1,500 sentences."""
    bot_says, analyst_says = load_texts(texts_dir), load_texts(texts_dir, ("evaluation",))
    analysed = analyst_says.keys()

    @cache
    def pattern(key: str) -> re.Pattern[str]:
        if key == NO_SUPERIOR:
            return _pattern(analyst_says, SUPERIORS_RATE, jawab="0")
        return _pattern(analyst_says if key in analysed else bot_says, key)

    return Sentences(pattern)


def sightings(known: Sentences, chats: Mapping[str, ChatView]) -> list[Sighting]:
    """`chats` by part: visitor, delayer, coordinator, admin, superior, as far as they met the bot."""
    found = []
    for step, parts, shows in _marks(known):
        for part in (one for one in parts if one in chats):
            message = next((one for one in chats[part].from_bot if shows(one)), None)
            if message is not None:
                found.append(Sighting(step, chats[part].title, message))
                break
    return found


Mark = tuple[str, tuple[str, ...], Callable[[MessageView], bool]]


def _marks(known: Sentences) -> tuple[Mark, ...]:
    def beginning(*keys: str) -> Callable[[MessageView], bool]:
        return lambda message: known.begins(message.text, *keys)

    def thanks_then(next_key: str) -> Callable[[MessageView], bool]:
        return lambda message: (
            known.begins(message.text, *THANKS) and known.contains(message.text, next_key)
        )

    def has_it_all(message: MessageView) -> bool:
        return (
            known.begins(message.text, "ringkasan_judul")
            and known.contains(message.text, *ALUMNI_RESULTS)
            and known.contains(message.text, SUPERIORS_RATE)
            and not known.contains(message.text, NO_SUPERIOR)
        )

    asked = ("visitor", "delayer")
    return (
        ("scan", ("visitor",), beginning("sambutan_kelas", *CONNECTED)),
        ("connect", ("visitor",), beginning(*CONNECTED)),
        ("answer", ("visitor",), thanks_then("berikutnya_pasca")),
        ("reminder", asked, beginning(*REMINDERS)),
        ("monday", ("admin",), beginning("ringkasan_judul")),
        ("followup", ("coordinator",), lambda message: known.contains(message.text, *SENDING)),
        ("followup", asked, beginning("undangan_3bulan")),
        ("followup_answer", ("visitor",), thanks_then("berikutnya_3bulan")),
        ("followup_answer", ("visitor",), beginning("tidak_memenuhi_syarat")),
        ("superior", ("superior",), thanks_then("berikutnya_atasan")),
        ("superior", ("superior",), beginning("bukan_penilai")),
        ("summary", ("admin",), has_it_all),
    )


def _pattern(texts: Texts, key: str, **given: str) -> re.Pattern[str]:
    spoken = (_one_pattern(of[key], given) for of in texts.sentences.values())
    return re.compile("|".join(f"(?:{one})" for one in spoken), re.DOTALL)


def _one_pattern(template: str, given: Mapping[str, str]) -> str:
    """A template without its tags; in place of a placeholder what is given, or anything."""
    plain = re.sub(r"<[^>]+>", "", template)
    pieces = re.split(r"\{([^{}]*)\}", plain)
    return "".join(
        given.get(piece, ".*?") if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    )
