"""How a person of the demo decides what to do with what the screen shows. Pure; knows only labels.

Nobody here knows the questionnaires: a mind sees buttons and a text, as a civil servant does. All
choices come from a Random that is seeded by person and step, so the same seed gives the same chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

CONTROLS = frozenset({"Kembali", "Lewati", "Jeda", "Selesai", "Lihat semua jawaban"})
PAUSE = "Jeda"  # every question has it, and nothing else does
AGREES = "Ya, saya bersedia"
DECLINES = "Tidak bersedia"
BEGINNINGS = ("Mulai", "Lanjutkan", "Mulai mengisi", "Lanjutkan survei")
CONFIRMATIONS = ("Saya sendiri", "Ya, lewati")
UNSURE = ("Tidak tahu", "Tidak dapat menilai", "Tidak melayani masyarakat", "Sulit diperkirakan")
LEAVING = ("Pensiun", "Saya bukan atasannya", "Bukan untuk saya", "Tidak pernah")
OTHER = "Lainnya"
ONE_IS_ENOUGH, CANNOT_SAY = 0.5, 0.05  # shares
# What is known to go less well everywhere; a part of the question's text, and how far it pulls down.
DAMPERS = (
    ("SEBELUM", 0.4), ("Anggaran", 0.35), ("Atasan saya mendukung", 0.3), ("seberapa sering", 0.35),
    ("Waktu untuk latihan", 0.25), ("membahas", 0.2),
)  # fmt: skip
LIKELY_BARRIERS = ("Anggaran terbatas", "Kurang dukungan atasan", "Beban kerja tinggi")
SENTENCES = (
    "Mulai bulan depan memakai daftar periksa SPJ di bidang kami.",
    "Waktu praktik ditambah, contoh diambil dari pekerjaan kami sehari-hari.",
    "Laporan realisasi sekarang selesai tanggal 5, sebelumnya tanggal 12 (buku agenda).",
    "Perlu pendampingan pada bulan pertama & contoh <format> yang sama untuk semua unit.",
    "Rapat singkat tiap Senin untuk memeriksa kelengkapan SPJ_bidang.",
)


@dataclass(frozen=True, slots=True)
class Tap:
    label: str


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Mind:
    lean: float  # 0: the first option of every list, 1: the last
    talkative: float  # how often an open question is answered


def decide(mind: Mind, text: str, labels: Sequence[str], random: Random) -> Tap | Say | None:
    """The next move on a card, or None when the card asks for nothing."""
    for known in (AGREES, *BEGINNINGS, *CONFIRMATIONS):
        if known in labels:
            return Tap(known)
    if PAUSE not in labels:
        return None  # thanks, a list of answers, a notice: nothing is asked
    chosen = [label for label in labels if label.startswith("☑")]
    offered = [label for label in labels if label.startswith("☐")]
    if chosen or offered:
        return _several(labels, chosen, offered, random)
    options = [label for label in labels if label.split(" (")[0] not in CONTROLS]
    if options:
        return _one(mind, text, options, random)
    return _open(mind, labels, random)


def _several(
    labels: Sequence[str], chosen: list[str], offered: list[str], random: Random
) -> Tap | None:
    finish = next((label for label in labels if label.startswith("Selesai")), None)
    if chosen and finish and (len(chosen) > 1 or random.random() < ONE_IS_ENOUGH):
        return Tap(finish)
    plain = [label for label in offered if OTHER not in label] or offered
    barriers = [label for label in plain if label.endswith(LIKELY_BARRIERS)]
    plain = [*plain, *barriers, *barriers]  # likelier, not certain
    return Tap(random.choice(plain)) if plain else Tap(finish) if finish else None


def _one(mind: Mind, text: str, options: list[str], random: Random) -> Tap:
    likely = [option for option in options if not option.startswith((*UNSURE, *LEAVING, OTHER))]
    if len(likely) < len(options) and random.random() < CANNOT_SAY:
        unsure = [option for option in options if option.startswith(UNSURE)]
        if unsure:
            return Tap(unsure[0])
    likely = likely or options
    lean = mind.lean - sum(weight for words, weight in DAMPERS if words in text)
    last = len(likely) - 1
    wanted = sum(random.random() < max(0.05, lean) for _ in range(last))
    return Tap(likely[wanted])


def _open(mind: Mind, labels: Sequence[str], random: Random) -> Tap | Say | None:
    if "Lewati" in labels and random.random() > mind.talkative:
        return Tap("Lewati")
    if labels:
        return Say(random.choice(SENTENCES))
    return None
