"""What a person is shown next, as values: a question, the review, the thanks. Pure; no sentence is written here.

A Notice carries the key of a sentence in config/texts with its arguments; only what the author of the
questionnaire wrote (labels, hints, constraint messages) comes as text. Nothing here is HTML-escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from bot.survey.questionnaire import End, Item, Missing

# other: the text of "Lainnya (tulis)"; skip_confirm: "sure?"; the two parts: a too long text waits
# as the last element of `chosen` for the person to keep its beginning or to write it anew.
# which: what was typed can be read in the ways of `chosen`; clock: the day in `chosen` needs an hour;
# more: what came so far is stored, further messages join it until "Selesai"; probe: it is short, and the
# form's further question was asked once; probed: that one was answered, and more may come until "Selesai";
# append: the text at the end of `chosen` fits no question here, and may belong to the answer before.
Awaiting = Literal[
    "", "other", "skip_confirm", "keep_part", "other_part", "which", "clock", "more", "probe",
    "probed", "append",
]  # fmt: skip
COLLECTING: Final[frozenset[Awaiting]] = frozenset({"more", "probe", "probed"})

# Every key a Notice may carry, with the arguments its sentence may use.
NOTICES: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("text",),  # the constraint message of the questionnaire
    "jawaban_ditolak": (),  # a constraint without a message
    "tombol_lama": (),
    "tombol_lama_selesai": (),
    "lembar_diisi_rekan": (),  # two have the office's sheet open
    "jawaban_perlu_pilihan": ("n",),
    "terlalu_banyak_pilihan": ("maks",),
    "pilih_dahulu": (),  # "Selesai" with nothing ticked
    "angka_salah": ("masukan", "min", "maks", "contoh"),
    "angka_saja": ("masukan", "contoh"),  # no bounds are known
    "angka_bulat": ("masukan", "contoh"),
    "angka_langkah": ("masukan", "urutan", "maks"),  # between two steps of a range
    "angka_diperlukan": ("contoh",),  # a sticker where a number is asked
    "tanggal_salah": ("masukan", "contoh"),
    "tanggal_diperlukan": ("contoh",),
    "tulisan_diperlukan": (),
    "jam_salah": ("masukan", "contoh"),
    "jam_diperlukan": ("contoh",),
    "maksud_angka": ("masukan",),  # what was typed can be read in two ways: which one is meant?
    "maksud_jam": ("masukan",),
    "jam_hari_itu": ("hari", "contoh"),  # the day was tapped; the hour is still to be typed
    "urutkan_semua": ("n", "kurang"),
    "tidak_ditemukan": ("masukan",),  # no option of a long list holds the letters
    "tulis_lainnya_sekarang": (),  # "Lainnya" is among the ticks: its text, then the question is done
    "sambung_jawaban": (),  # a text that fits no button: does it belong to the answer before?
    "tulisan_diterima": (),
    "suara_diterima": ("durasi",),
    "gali": ("pertanyaan",),  # a further question of the form, after a short answer
    "pesan_tidak_muat": ("maks",),
    "suara_diperlukan": (),
    "suara_terlalu_besar": ("maks",),
    "berkas_terlalu_besar": ("maks",),
    "foto_diperlukan": (),
    "berkas_diperlukan": (),
    "jawaban_diubah": ("pertanyaan", "jawaban"),  # an edited message has changed an answer
    "suntingan_ditolak": ("pertanyaan", "jawaban"),  # what it says now is none: the old one stays
    "suntingan_setelah_menolak": (),
    "suntingan_tidak_berlaku": (),  # of a question that is not asked any more
    "suara_tidak_diterima": (),
    "terlalu_panjang": ("panjang", "maks"),
    "yakin_dilewati": (),
    "yakin_dilewati_sebab": ("sebab",),  # the required_message of the questionnaire
}


@dataclass(frozen=True, slots=True)
class Notice:
    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    because: "Notice | None" = None  # said before it


@dataclass(frozen=True, slots=True)
class OptionView:
    code: str
    label: str
    chosen: bool = False
    number: int = 0  # its place in the whole list, from 1; 0 where there is only one page


@dataclass(frozen=True, slots=True)
class Page:
    """Of a long list, or of what a search found in it."""

    number: int
    count: int
    listed: int  # options on all its pages together
    search: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A small calendar. The limits are first days of months."""

    first: date
    open_days: tuple[int, ...]  # that may be tapped
    chosen: int = 0
    least: date = date(1900, 1, 1)
    most: date = date(2100, 12, 1)


@dataclass(frozen=True, slots=True)
class Left:
    """Questions still to be answered, this one included; branches that may open are not known."""

    taps: int = 0
    texts: int = 0


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
    proposal: str = ""  # what the form proposes, while there is no answer
    notice: Notice | None = None
    can_back: bool = False
    can_skip: bool = True
    can_keep: bool = False  # it holds an answer or proposes one: "keep" goes on with it
    awaiting: Awaiting = ""
    page: Page | None = None  # of a long list: `options` are those of this page
    month: Month | None = None  # of a date
    ranked: tuple[OptionView, ...] = ()  # in the order tapped so far
    ticked: int = 0  # how many are chosen, on all pages together
    takes_voice: bool = False
    is_spoken: bool = False  # what was said so far is, in part, a voice message
    left: Left | None = None
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
    page: int = 1


@dataclass(frozen=True, slots=True)
class Thank:
    end: End = ""
    text: str = ""  # the closing notes of the questionnaire
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    pass


Prompt = Ask | Review | Thank | Closed
