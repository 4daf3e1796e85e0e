"""Who plays which part in the tour, and what its panel shows. Pure: values in, the simulator's Tour out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.chat.class_link import deep_link
from bot.chat.texts import Texts, load_texts
from bot.demo.cast import Alumnus, Superior
from bot.demo.roster import COHORT, TITLE
from bot.demo.stage import BOT_NAME
from bot.demo.story import ADMIN, COORDINATOR
from bot.simulator.tour import Action, Step, Tour

TEXTS_DIR = Path(__file__).parents[3] / "config" / "texts"
ADMIN_NAME, COORDINATOR_NAME = "Ratna Yulianti", "Darma Putra"
ACTIONS = ("answer", "class", "days", "months", "superior", "monday")
STEPS = (  # what, on whose phone, and the action that does it
    ("scan", "coordinator", "answer"),
    ("connect", "visitor", "answer"),
    ("answer", "visitor", "answer"),
    ("class", "", "class"),
    ("reminder", "delayer", "days"),
    ("monday", "admin", "days"),
    ("followup", "coordinator", "months"),
    ("followup_answer", "visitor", "answer"),
    ("superior", "superior", "superior"),
    ("summary", "admin", "monday"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    visitor: Alumnus
    delayer: Alumnus
    others: tuple[Alumnus, ...]  # the class without the visitor
    superior: Superior

    @property
    def phones(self) -> dict[str, int]:
        return {
            "visitor": self.visitor.chat_id,
            "delayer": self.delayer.chat_id,
            "coordinator": COORDINATOR,
            "admin": ADMIN,
            "superior": self.superior.chat_id,
        }


def parts(people: Sequence[Alumnus]) -> Parts:
    """The visitor is the first who would answer at once, and rates and is rated as anybody."""
    visitor = next(one for one in people if one.temperament == "prompt")
    return Parts(
        visitor=visitor,
        delayer=next(one for one in people if one.temperament == "late"),
        others=tuple(one for one in people if one is not visitor),
        superior=visitor.superior,
    )


def panel_texts() -> Texts:
    return load_texts(TEXTS_DIR, ("tour",))


def panel(texts: Texts, language: str, who: Parts, superior_token: str, callback: str) -> Tour:
    words: dict[str, str | int] = {
        "pelatihan": f"{TITLE} {COHORT}",
        "nama": who.visitor.name,
        "huruf": who.visitor.name[:3],
        "lahir": f"{who.visitor.born:%d/%m/%Y}",
        "jumlah": len(who.others) + 1,
        "koordinator": COORDINATOR_NAME,
        "admin": ADMIN_NAME,
        "penunda": who.delayer.name,
        "atasan": who.superior.name,
        "tautan": deep_link(BOT_NAME, superior_token),
    }

    def say(key: str) -> str:
        return texts.plain(key, language, **words)

    phones = who.phones
    return Tour(
        title=say("tur_judul"),
        intro=say("tur_pengantar"),
        steps=tuple(
            Step(name, say(f"langkah_{name}"), say(f"langkah_{name}_isi"), phones.get(part, 0), action)
            for name, part, action in STEPS
        ),
        actions=tuple(
            Action(name, say(f"aksi_{name}"), say(f"aksi_{name}_isi")) for name in ACTIONS
        ),
        callback=callback,
    )  # fmt: skip
