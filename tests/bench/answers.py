"""Writes the tables of a whole house as large as asked for: seeded, one class as like the next as real ones are.

Twenty items a response, as the analyst gets them. The same seed gives the same files.
"""

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation.tables import (
    ABLE,
    AGREE,
    BARRIERS,
    CODEBOOK_COLUMNS,
    OFTEN,
    PLAN,
    PROOF,
    RATE,
    RESPONSE_COLUMNS,
    RESULT,
    TRAINING_COLUMNS,
    YES_NO,
    round_,
    training,
    write_csv,
)

UNITS = ("Badan", "Dinas", "Kecamatan", "RSUD", "Sekretariat")
GRADES = ("I-II", "III", "IV", "PPPK")
WORDS = ("materi", "lebih", "praktik", "waktu", "contoh", "kasus", "nyata", "ditambah", "mohon")
_AGREED = {"a01": "materi", "a02": "materi", "a03": "materi", "a07": "relevansi", "a08": "relevansi", "a09": "fasilitas", "a10": "fasilitas"}  # fmt: skip
_BACKED = {
    "b09": "dukungan_atasan", "b09b": "dukungan_atasan", "b09c": "dukungan_atasan", "b10": "lingkungan",
    "b10b": "lingkungan", "b11": "kesempatan", "b12": "anggaran", "b05": "dampak",
}  # fmt: skip

# Each item: type, dimension, moment, pair, scm, its codes.
FORMS: Mapping[str, Mapping[str, tuple]] = {
    "post_training": {
        **{item: ("select_one", dimension, "", "", "", AGREE) for item, dimension in _AGREED.items()},
        **{f"a0{item}_{who}": ("select_one", "instruktur", "", "", "", RATE) for item in (4, 5) for who in (1, 2)},
        "a11_now": ("select_one", "efikasi", "now", "k1", "", ABLE),
        "a11_pre": ("select_one", "efikasi", "retro_pre", "k1", "", ABLE),
        "a12_now": ("select_one", "efikasi", "now", "k2", "", ABLE),
        "a12_pre": ("select_one", "efikasi", "retro_pre", "k2", "", ABLE),
        "a00": ("select_one", "kesiapan", "", "", "", YES_NO),
        "a00b": ("select_one", "sinergi", "", "", "", YES_NO),
        "a16": ("select_multiple", "hambatan_perkiraan", "", "", "", BARRIERS),
        "a17": ("range", "rekomendasi", "", "", "", []),
        "a18": ("text", "saran", "", "", "", []),
    },
    "followup_alumni": {
        "b02": ("select_one", "penerapan", "", "", "frekuensi", OFTEN),
        "b03": ("select_one", "penerapan", "", "", "hasil", RESULT),
        "b04k": ("select_one", "komitmen", "", "", "", PLAN),
        "b07": ("select_multiple", "bukti", "", "", "", PROOF),
        **{item: ("select_one", dimension, "", "", "", AGREE) for item, dimension in _BACKED.items()},
        "b13": ("select_multiple", "hambatan", "", "", "", BARRIERS),
        "b14": ("select_one", "hambatan_utama", "", "", "", BARRIERS),
        "b15": ("select_one", "sinergi", "", "", "", YES_NO),
        "b16": ("select_one", "sinergi", "", "", "", YES_NO),
        "b17": ("select_one", "efikasi", "followup", "k1", "", ABLE),
        "b17b": ("select_one", "efikasi", "followup", "k2", "", ABLE),
        "b06": ("select_one", "kepuasan", "", "", "", YES_NO),
        "b19": ("text", "saran", "", "", "", []),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """So many trainings of so many people, all of whom answer at the end and three months later."""

    trainings: int
    people: int
    seed: int = 1

    @property
    def responses(self) -> int:
        return self.trainings * self.people * len(FORMS)


def write(house: House, folder: Path) -> Path:
    """responses.csv, codebook.csv and trainings.csv; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "codebook.csv", CODEBOOK_COLUMNS, _codebook())
    write_csv(folder / "trainings.csv", TRAINING_COLUMNS, _trainings(house))
    with (folder / "responses.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(RESPONSE_COLUMNS)
        writer.writerows(_rows(house))
    return folder


def _codebook() -> Iterator[dict[str, str]]:
    for form, items in FORMS.items():
        for position, (item, (kind, dimension, moment, pair, scm, codes)) in enumerate(
            items.items(), start=1
        ):
            for value, label, score in codes or [("", "", "")]:
                yield {
                    "questionnaire": form, "version": "1", "position": str(position), "item": item, "type": kind,
                    "label": f"Pertanyaan {item}", "dimension": dimension, "moment": moment, "pair": pair, "scm": scm,
                    "value": value, "value_label": label, "score": score, "missing": "dont_know" if value == "tb" else "",
                }  # fmt: skip


def _trainings(house: House) -> Iterator[dict[str, str]]:
    for number in range(house.trainings):
        rounds = [round_(kind, "closed") for kind in FORMS]
        yield training(f"P{number:04}", *rounds, participants=house.people)


def _rows(house: House) -> Iterator[list[str]]:
    draw = random.Random(house.seed)
    for number in range(house.trainings):
        for kind in FORMS:
            for person in range(house.people):
                yield from _response(
                    draw, f"P{number:04}", kind, f"p{number * house.people + person:06}"
                )


def _response(draw: random.Random, code: str, kind: str, who: str) -> Iterator[list[str]]:
    head = [
        code, "Manajemen Keuangan Daerah", "Angk. II", kind, "participant", who, "", UNITS[int(who[1:]) % len(UNITS)],
        GRADES[int(who[1:]) * 7 % len(GRADES)],
    ]  # fmt: skip
    tail = [
        "complete", "2027-01-20T08:30:00+07:00", f"2027-01-{draw.randint(21, 28)}T10:00:00+07:00", kind, "1"
    ]  # fmt: skip
    flag = draw.choice(("", "", "", "", "straightlining"))
    yield [*head, "", *tail, "", "", "", "", "", flag]
    leaning = draw.choice((-1, 0, 1))
    for item, (form, _, _, _, _, codes) in FORMS[kind].items():
        value, missing = answer(draw, form, codes, leaning)
        instructor = f"Pengajar {item[-1]}" if item.startswith(("a04_", "a05_")) else ""
        yield [
            *head,
            instructor,
            *tail,
            item,
            value,
            missing,
            f"{draw.uniform(1, 20):.1f}",
            "0",
            "",
        ]


def answer(draw: random.Random, form: str, codes: list, leaning: int) -> tuple[str, str]:
    if draw.random() < 0.03:
        return "", "skipped"
    if form == "range":
        return str(draw.randint(5, 10)), ""
    if form == "text":
        return " ".join(draw.choices(WORDS, k=9)), ""
    if form == "select_multiple":
        names = [code for code, _, _ in codes[:-1]]
        return " ".join(draw.sample(names, draw.randint(1, 2))), ""
    place = min(max(draw.randrange(len(codes)) + leaning, 0), len(codes) - 1)
    return codes[place][0], "dont_know" if codes[place][0] == "tb" else ""
