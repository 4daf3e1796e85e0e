"""Small questionnaires with every kind of item, written by hand, and the builders of the survey tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from bot.survey.questionnaire import Item, Option, Questionnaire
from bot.survey.record import Action, Response, Tap, Turn
from bot.survey.response import answer, begin

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=WIB)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def labels(text: str) -> Mapping[str, str]:
    return {"id": text, "en": f"{text} (en)"}


def options(*codes: str, **given: Mapping[str, object]) -> tuple[Option, ...]:
    """An option a code, its label the code with a capital; `given` adds properties by code."""
    return tuple(
        Option(code, labels(code.capitalize()), **given.get(code, {}))  # type: ignore[arg-type]
        for code in codes
    )


def item(name: str, kind: str = "select_one", **properties: object) -> Item:
    properties.setdefault("labels", labels(f"Pertanyaan {name}?"))
    if kind.startswith("select"):
        properties.setdefault("options", options("ya", "tidak"))
    return Item(name, kind, **properties)  # type: ignore[arg-type]


def form(*items: Item, name: str = "kecil") -> Questionnaire:
    return Questionnaire(name, "1", labels("Kecil"), ("id", "en"), items)


def response(**properties: object) -> Response:
    return Response(1, "kecil", "1", **{"seed": 7, **properties})  # type: ignore[arg-type]


def started(questionnaire: Questionnaire, **properties: object) -> Turn:
    return begin(questionnaire, response(**properties), NOW)


def tapped(
    questionnaire: Questionnaire, turn: Turn, action: Action, value: str = "", seconds: float = 7
) -> Turn:
    """A tap on the card that the turn shows, some seconds after it was shown."""
    state = turn.response
    tap = Tap(action, state.current or "", state.revision, value)
    shown = state.shown_at or NOW
    return answer(questionnaire, state, tap, shown + timedelta(seconds=seconds))


# Every kind of item, branching, piping, "other", exclusive options, an option that ends it.
EVERYTHING = form(
    item("nama", "hidden"),
    item("awal", "note", labels=labels("Selamat datang di ${nama}.")),
    item(
        "pindah",
        required=True,
        options=options("tetap", "keluar", keluar={"end": "ineligible"}),
        section=labels("Jabatan"),
    ),
    item("sering", required=True, options=options("tidak", "kadang", "sering")),
    item("contoh", "text", relevant="${sering} != 'tidak'", constraint="string-length(.) <= 40"),
    item(
        "hambatan",
        "select_multiple",
        required=True,
        randomize=True,
        options=options(
            "anggaran",
            "atasan",
            "waktu",
            "lainnya",
            "nihil",
            lainnya={"free_text": True, "fixed": True},
            nihil={"exclusive": True, "fixed": True},
        ),
        constraint="count-selected(.) <= 3",
    ),
    item(
        "utama",
        required=True,
        relevant="count-selected(${hambatan}) >= 2",
        choice_filter="selected(${hambatan}, name)",
        options=options("anggaran", "atasan", "waktu", "lainnya", "nihil"),
        labels=labels("Dari ${hambatan}, mana yang paling menghambat?"),
    ),
    item(
        "terberat",
        "calculate",
        calculation="if(count-selected(${hambatan}) = 1, ${hambatan}, ${utama})",
    ),
    item("peserta", "integer", constraint=". >= 1 and . <= 40"),
    item("biaya", "decimal", constraint=". > 0", constraint_messages=labels("Harus di atas nol.")),
    item("nilai", "range", required=True, start=0, stop=10, step=1, section=labels("Penutup")),
    item("kapan", "date"),
    item("saran", "text"),
    item("akhir", "note", labels=labels("Terima kasih.")),
    name="serba",
)
