"""What a person is shown next, as values: a question, the review, the thanks. Pure; no sentence is written here.

A Notice carries the key of a sentence in config/texts with its arguments; only what the author of the
questionnaire wrote (labels, hints, constraint messages) comes as text. Nothing here is HTML-escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.survey.questionnaire import Item, Missing

End = Literal["", "refused", "ineligible", "wrong_person"]
# other: the text of "Lainnya (tulis)"; skip_confirm: "sure?"; the two parts: a too long text waits
# as the last element of `chosen` for the person to keep its beginning or to write it anew.
# which: what was typed can be read in the ways of `chosen`; clock: the day in `chosen` needs an hour;
# more: what came so far is stored, further messages join it until "Selesai"; append: the text at the
# end of `chosen` fits no question here, and may belong to the answer before.
Awaiting = Literal[
    "", "other", "skip_confirm", "keep_part", "other_part", "which", "clock", "more", "append",
]  # fmt: skip

# Every key a Notice may carry, with the arguments its sentence may use.
NOTICES: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("text",),  # the constraint message of the questionnaire
    "jawaban_ditolak": (),  # a constraint without a message
    "tombol_lama": (),
    "tombol_lama_selesai": (),
    "jawaban_perlu_pilihan": ("n",),
    "terlalu_banyak_pilihan": ("maks",),
    "pilih_dahulu": (),  # "Selesai" with nothing ticked
    "angka_salah": ("masukan", "min", "maks", "contoh"),
    "angka_saja": ("masukan", "contoh"),  # no bounds are known
    "angka_diperlukan": ("contoh",),  # a sticker where a number is asked
    "tanggal_salah": ("masukan", "contoh"),
    "tanggal_diperlukan": ("contoh",),
    "tulisan_diperlukan": (),
    "suara_tidak_diterima": (),
    "terlalu_panjang": ("panjang", "maks"),
    "yakin_dilewati": (),
}


@dataclass(frozen=True, slots=True)
class Notice:
    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionView:
    code: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    item: Item
    text: str  # the label, piped
    hint: str = ""
    options: tuple[OptionView, ...] = ()  # also the steps of a short range
    notes: tuple[str, ...] = ()  # consecutive notes join the next question
    position: int = 1
    total: int = 1
    section: str = ""
    previous_label: str = ""  # "Tadi: Setuju"
    previous_missing: Missing = ""  # skipped or refused: there is no label then
    answer_label: str = ""  # what this item holds already, when one comes back to it
    notice: Notice | None = None
    can_back: bool = False
    can_skip: bool = True
    can_keep: bool = False  # it holds an answer: "keep" goes on without changing it
    awaiting: Awaiting = ""
    maximum: int | None = None  # how many may be ticked, or how long a text may be


@dataclass(frozen=True, slots=True)
class ReviewRow:
    item: str
    question: str
    answer_label: str
    missing: Missing = ""
    can_edit: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    rows: tuple[ReviewRow, ...]
    unanswered: int = 0  # applicable items not yet asked
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Thank:
    end: End = ""
    text: str = ""  # the closing notes of the questionnaire
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    pass


Prompt = Ask | Review | Thank | Closed
